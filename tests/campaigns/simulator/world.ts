// The phones, the network and the clock of one seed, and the order in which things happen to them.
import { createHash } from 'node:crypto'
import type { Code } from './bundle.ts'
import { Device } from './device.ts'
import { weightsFor } from './happenings.ts'
import { Ledger, Violation } from './ledger.ts'
import { ask } from './lines.ts'
import { Network } from './network.ts'
import { Chance } from './random.ts'
import { Watch } from './watch.ts'

export interface People {
  readonly password: string
  readonly at: number
  readonly teams: Readonly<Record<string, string>>
  readonly users: Readonly<Record<string, string>>
}

/** Who uses which phone. Sam has two; the last is shared. */
export const USERS: Readonly<Record<string, readonly string[]>> = {
  A: ['sam'],
  B: ['sam'],
  C: ['priya'],
  D: ['maria', 'sam'],
}

export const checkpoint = new Function('%PerformMicrotaskCheckpoint()') as () => void

export class World {
  readonly chance: Chance
  readonly people: People
  readonly ledger = new Ledger()
  readonly network: Network
  readonly watch: Watch
  readonly devices: readonly Device[]
  readonly faults: Record<string, number> = {}
  readonly trace: string[] = []
  /** Everybody works on the same few entries. */
  readonly hot: boolean
  readonly weights: ReturnType<typeof weightsFor>
  at: number
  readonly suspended = new Set<string>()
  moves = 0
  backups = 0
  private readonly digest = createHash('sha256')

  constructor(seed: number, code: Code, people: People) {
    this.chance = new Chance(seed)
    this.weights = weightsFor(this.chance)
    this.hot = this.chance.is(0.4)
    this.people = people
    this.at = people.at
    this.watch = new Watch(this.ledger, Object.values(people.users))
    this.network = new Network({
      chance: this.chance,
      ledger: this.ledger,
      now: () => this.at,
      note: (line) => this.note(line),
      fault: (name) => this.fault(name),
    })
    const around = {
      code,
      chance: this.chance,
      network: this.network,
      ledger: this.ledger,
      now: () => this.at,
      complained: (what: string) => {
        this.ledger.found ??= new Violation(0, `the app stumbled: ${what}`)
      },
    }
    this.devices = Object.keys(USERS).map((name) => new Device(name, around, this.chance.is(0.4)))
    for (const device of this.devices) {
      device.open()
      if (this.chance.is(0.3)) device.open()
    }
  }

  note(line: string): void {
    const told = `${((this.at - this.people.at) / 1000).toFixed(1)} ${line}`
    this.trace.push(told)
    this.digest.update(told)
  }

  hash(): string {
    return this.digest.copy().digest('hex').slice(0, 16)
  }

  fault(name: string): void {
    this.faults[name] = (this.faults[name] ?? 0) + 1
  }

  /** One piece of work of one phone. Answers whether there was any. */
  work(): boolean {
    const ready = this.devices.filter((device) => device.tasks.length > 0)
    const device = ready.length > 1 ? this.chance.one(ready) : ready[0]
    if (device === undefined) return false
    device.tasks.shift()?.()
    checkpoint()
    return true
  }

  /** Lets the phones work: until nothing is left to do, or only so much. */
  turns(most = 100_000): void {
    let left = most
    checkpoint()
    while (left > 0 && this.work()) left -= 1
    if (left === 0 && most >= 100_000) throw new Violation(0, 'the phones never come to rest')
  }

  /** Time passes, and what was waiting for it wakes. */
  pass(ms: number): void {
    const until = this.at + ms
    for (;;) {
      let next: { due: number; work: () => void } | null = null
      let of = null
      for (const device of this.devices) {
        for (const tab of device.tabs) {
          if (tab.frozen) continue
          for (const timer of tab.timers) {
            if (timer.due <= until && (next === null || timer.due < next.due)) {
              next = timer
              of = tab
            }
          }
        }
      }
      if (next === null || of === null) break
      const due = next
      of.timers = of.timers.filter((timer) => timer !== due)
      this.at = Math.max(this.at, due.due)
      due.work()
      checkpoint()
    }
    this.at = until
  }

  /** Everything that the rules say of this moment. */
  check(): void {
    if (this.ledger.found !== null) throw this.ledger.found
    for (const device of this.devices) this.watch.look(device, this.at)
  }

  ask<T>(question: string, more: object = {}): T {
    return ask<T>(question, { at: this.at, ...more })
  }
}
