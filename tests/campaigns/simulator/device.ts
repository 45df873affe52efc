// A phone: its storage, its cookie, its clock, and the tabs in which the app is open. A tab may die at any moment.
import type { Environment } from '../../../pwa/src/data/environment'
import type { Phone } from '../../../pwa/src/data/phone'
import type { Browser, Code } from './bundle.ts'
import { cipher } from './cipher.ts'
import type { Ledger } from './ledger.ts'
import type { Between } from './network.ts'
import type { Chance } from './random.ts'
import { cut } from './storage.ts'

/** What a phone needs of the world around it. */
export interface Around {
  readonly code: Code
  readonly chance: Chance
  readonly network: Between
  readonly ledger: Ledger
  now(): number
  /** What the product would only say on the console is a fault here. */
  complained(what: string): void
}

export class Device {
  readonly name: string
  readonly around: Around
  /** Work that waits for its turn: of the database, the cipher, the network and the other tabs. */
  readonly tasks: (() => void)[] = []
  browser: Browser
  /** Counts up when the storage is thrown away. */
  storage = 1
  cookie = ''
  /** How far this phone's clock is off. */
  skew = 0
  app = '2026.12.1'
  signal: 'good' | 'none' = 'good'
  /** Some browsers have no locks; nothing may depend on them. */
  readonly has_locks: boolean
  readonly locks = new Map<string, Tab>()
  tabs: Tab[] = []
  opened = 0
  /** How often its database died. Only then may it say that it cannot save. */
  deaths = 0

  constructor(name: string, around: Around, has_locks: boolean) {
    this.name = name
    this.around = around
    this.has_locks = has_locks
    this.browser = around.code.newBrowser((work) => this.tasks.push(work))
  }

  open(): Tab {
    this.opened += 1
    const tab = new Tab(this, this.opened)
    this.tabs.push(tab)
    tab.start()
    return tab
  }

  /** The browser throws everything away, as one that needs space may. */
  evict(): void {
    for (const tab of this.tabs) tab.die()
    this.tabs = []
    this.tasks.length = 0
    this.cookie = ''
    this.storage += 1
    this.browser = this.around.code.newBrowser((work) => this.tasks.push(work))
  }

  /** Keeps and forgets cookies as a browser does. */
  takeCookies(headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = '', ...rest] = header.split('; ')
      this.cookie = rest.includes('Max-Age=0') ? '' : pair
    }
  }
}

interface Timer {
  readonly due: number
  readonly work: () => void
}

export class Tab {
  readonly device: Device
  readonly number: number
  alive = true
  /** The browser no longer runs it, though it holds what it holds. */
  frozen = false
  phone: Phone | null = null
  /** The user waits for the answer of a sign-in. */
  signing = false
  timers: Timer[] = []
  readonly connections = new Set<IDBDatabase>()
  private readonly listeners = new Set<(cause: 'visible' | 'online') => void>()
  private heard: ((message: string) => void) | null = null

  constructor(device: Device, number: number) {
    this.device = device
    this.number = number
  }

  start(): void {
    const { browser, around } = this.device
    const globals = {
      indexedDB: { open: (name: string, version: number) => this.openDatabase(name, version) },
      crypto: {
        getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => around.chance.fill(bytes),
        subtle: cipher((value) => this.later(value)),
      },
      setTimeout: (work: () => void, ms: number) => this.after(ms, work),
      clearTimeout: (stop: () => void) => stop(),
      console: { error: (error: unknown) => this.alive && around.complained(String(error)) },
    }
    const openPhone = around.code.load(globals, browser.classes)
    openPhone(this.environment()).then((phone) => {
      if (this.alive) this.phone = phone
    })
  }

  /** Killed: what was not committed is undone, and whatever it still wants to do comes to nothing. */
  die(): void {
    this.alive = false
    this.phone = null
    this.timers = []
    this.listeners.clear()
    for (const [name, holder] of this.device.locks) if (holder === this) this.device.locks.delete(name)
    this.loseConnections()
    this.device.tabs = this.device.tabs.filter((tab) => tab !== this)
    this.device.around.network.forget(this)
  }

  /** The browser's database process dies under a page that lives on. */
  loseConnections(): void {
    this.device.deaths += 1
    for (const connection of this.connections) {
      cut(connection)
      const force = this.device.browser.classes.forceCloseDatabase as (db: IDBDatabase) => void
      if (this.alive) force(connection)
      else connection.close()
    }
    this.connections.clear()
  }

  signs(cause: 'visible' | 'online'): void {
    for (const listener of [...this.listeners]) listener(cause)
  }

  soon(work: () => void): void {
    this.device.tasks.push(() => {
      if (this.alive) work()
    })
  }

  private later<T>(value: () => T): Promise<T> {
    return new Promise((done, failed) => {
      this.soon(() =>
        this.soon(() => {
          try {
            done(value())
          } catch (error) {
            failed(error)
          }
        }),
      )
    })
  }

  private after(ms: number, work: () => void): () => void {
    const timer = { due: this.device.around.now() + ms, work }
    if (this.alive) this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  private openDatabase(name: string, version: number): IDBOpenDBRequest {
    const { factory, classes } = this.device.browser
    const Request = classes.IDBOpenDBRequest as new () => IDBOpenDBRequest
    if (!this.alive) return new Request()
    const request = factory.open(name, version)
    request.addEventListener('success', () => {
      if (this.alive) this.connections.add(request.result)
      else request.result.close()
    })
    return request
  }

  private environment(): Environment {
    const { device } = this
    const { around } = device
    return {
      app: device.app,
      device_name: `Phone ${device.name}`,
      fetch: (path, init) => around.network.fetch(this, String(path), init ?? {}),
      now: () => Math.floor(around.now()) + device.skew,
      chance: () => around.chance.next(),
      zone: () => 'Europe/London',
      after: (ms, work) => this.after(ms, work),
      heed: (listener) => {
        this.listeners.add(listener)
        return () => this.listeners.delete(listener)
      },
      visible: () => device.tabs.at(-1) === this,
      turn: (name, steal) => new Promise((done) => this.soon(() => done(this.takeTurn(name, steal)))),
      tabs: (_, heard) => {
        this.heard = heard
        const tell = (message: string) => {
          if (!this.alive) return
          for (const other of device.tabs) if (other !== this) other.soon(() => other.heard?.(message))
        }
        return {
          tell,
          close: () => {
            this.heard = null
          },
        }
      },
      storage: async () => 'ok',
      protect: async () => undefined,
      shell: { ready: () => false, watch: () => undefined, take: () => undefined },
    }
  }

  private takeTurn(name: string, steal: boolean): (() => void) | null {
    const { locks, has_locks } = this.device
    if (!has_locks) return () => undefined
    if (locks.has(name) && !steal) return null
    locks.set(name, this)
    return () => {
      if (locks.get(name) === this) locks.delete(name)
    }
  }
}
