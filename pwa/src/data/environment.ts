// The browser as the data layer sees it: clock, chance, timers, signs of life. Tests give another one.
import { type Shell, shell } from './shell'

export interface Environment {
  readonly app: string
  readonly device_name: string
  readonly fetch: typeof globalThis.fetch
  now(): number
  /** From 0 to 1: spreads the phones of a service over time. */
  chance(): number
  /** The name of the time zone where the worker is. */
  zone(): string
  after(ms: number, work: () => void): () => void
  /** Calls back when the app comes into view and when the browser thinks that there is a network again. */
  heed(listener: (cause: 'visible' | 'online') => void): () => void
  visible(): boolean
  /** Takes turns with other tabs: answers what gives the turn back, or null while another tab has it. */
  turn(name: string, steal: boolean): Promise<(() => void) | null>
  /** Other tabs of this phone. */
  tabs(name: string, heard: (message: string) => void): { tell(message: string): void; close(): void }
  /** How safe the storage is, and a request to keep it. */
  storage(): Promise<'ok' | 'low' | 'unprotected'>
  protect(): Promise<void>
  readonly shell: Shell
}

const LITTLE_BYTES = 50 * 1024 * 1024
const ASKED_TO_KEEP = 'asked-to-keep-at'
const WEEK_MS = 7 * 86_400_000

export function browserEnvironment(): Environment {
  return {
    app: __APP__,
    device_name: deviceName(navigator.userAgent),
    fetch: globalThis.fetch.bind(globalThis),
    now: () => Date.now(),
    chance: () => Math.random(),
    zone: () => zoneNamed(Intl.DateTimeFormat().resolvedOptions().timeZone),
    after(ms, work) {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
    heed(listener) {
      const seen = () => document.visibilityState === 'visible' && listener('visible')
      const online = () => listener('online')
      document.addEventListener('visibilitychange', seen)
      window.addEventListener('online', online)
      return () => {
        document.removeEventListener('visibilitychange', seen)
        window.removeEventListener('online', online)
      }
    },
    visible: () => document.visibilityState === 'visible',
    turn,
    tabs(name, heard) {
      const channel = new BroadcastChannel(name)
      channel.onmessage = (event) => heard(String(event.data))
      return { tell: (message) => channel.postMessage(message), close: () => channel.close() }
    },
    async storage() {
      const { usage = 0, quota = Number.POSITIVE_INFINITY } = (await navigator.storage?.estimate?.()) ?? {}
      if (usage > quota * 0.8 || quota - usage < LITTLE_BYTES) return 'low'
      return (await navigator.storage?.persisted?.()) === false ? 'unprotected' : 'ok'
    },
    protect: askToKeep,
    shell: shell(),
  }
}

/** A device may be set to no place but to a distance such as +01:00. The distance is sent anyway; this is a name. */
export const zoneNamed = (said: string | undefined) =>
  (/^[A-Za-z]/.test(said ?? '') ? said : null) ?? 'Europe/London'

/** Nothing is wrong when a browser has no locks: two tabs then only do the same work twice. */
function turn(name: string, steal: boolean): Promise<(() => void) | null> {
  if (navigator.locks === undefined) return Promise.resolve(() => undefined)
  return new Promise((answer) => {
    navigator.locks
      .request(name, steal ? { steal: true } : { ifAvailable: true }, (lock) => {
        if (lock === null) return answer(null)
        return new Promise<void>((done) => answer(done))
      })
      // Another tab took the turn from us: what we write is still right, only not alone.
      .catch(() => answer(null))
  })
}

/** Some browsers put the question to the person, so it comes at most once a week. */
async function askToKeep(): Promise<void> {
  const { storage } = navigator
  if (storage?.persist === undefined || (await storage.persisted())) return
  const asked = Number(localStorage.getItem(ASKED_TO_KEEP) ?? 0)
  if (Math.abs(Date.now() - asked) < WEEK_MS) return
  localStorage.setItem(ASKED_TO_KEEP, String(Date.now()))
  await storage.persist()
}

/** Enough for a worker to know the phone again in a list of their own. */
function deviceName(agent: string): string {
  const system = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac', 'Linux'].find((name) => agent.includes(name))
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(name))
  return [browser === 'Edg' ? 'Edge' : (browser ?? 'Browser'), 'on', system ?? 'a device'].join(' ')
}
