// A phone for tests: the real data layer on a clock that the test moves, with timers that fire when it says so.
import { IDBFactory } from 'fake-indexeddb'
import type { Environment } from '../../pwa/src/data/environment'
import { openPhone } from '../../pwa/src/data/open-phone'
import type { Draft, Phone } from '../../pwa/src/data/phone'
import { AServer } from './a-server'
import { turn, underWay } from './setup'

/** Friday 20 November 2026, ten in the morning. */
export const TEN = Date.UTC(2026, 10, 20, 10)
export const TODAY = '2026-11-20'

export class World {
  at = TEN
  readonly server = new AServer()
  chance = 0.5
  app = '2026.12.1'
  free_turn = true
  /** Whoever holds the turn is frozen: it can be taken from it, and is not given back. */
  frozen = false
  /** The tabs do not hear of each other. */
  deaf = false
  private timers: { due: number; work: () => void }[] = []
  private heard: ((cause: 'visible' | 'online') => void)[] = []
  private tabs: ((message: string) => void)[] = []

  constructor() {
    globalThis.indexedDB = new IDBFactory()
    this.server.now = () => this.at
  }

  environment(): Environment {
    return {
      app: this.app,
      device_name: 'Test phone',
      fetch: (input, init) => this.server.fetch(input as string, init),
      now: () => this.at,
      chance: () => this.chance,
      zone: () => 'Europe/London',
      after: (ms, work) => {
        const timer = { due: this.at + ms, work }
        this.timers.push(timer)
        return () => {
          this.timers = this.timers.filter((other) => other !== timer)
        }
      },
      heed: (listener) => {
        this.heard.push(listener)
        return () => {
          this.heard = this.heard.filter((other) => other !== listener)
        }
      },
      visible: () => true,
      turn: async (_, steal) => (this.free_turn || (this.frozen && steal) ? () => undefined : null),
      tabs: (_, heard) => {
        this.tabs.push(heard)
        return {
          tell: (message) => {
            for (const other of this.deaf ? [] : this.tabs) if (other !== heard) other(message)
          },
          close: () => {
            this.tabs = this.tabs.filter((other) => other !== heard)
          },
        }
      },
      storage: async () => 'ok',
      protect: async () => undefined,
      shell: { ready: () => false, watch: () => undefined, take: () => undefined },
    }
  }

  /** The clock of the phone is put back; how long a timer has still to run is not its business. */
  putBack(ms: number): void {
    this.at -= ms
    for (const timer of this.timers) timer.due -= ms
  }

  /** Opens the app, as after a cold start. */
  open(): Promise<Phone> {
    return openPhone(this.environment())
  }

  async signedIn(): Promise<Phone> {
    const phone = await this.open()
    const answer = await phone.signIn('sam', 'a long passphrase')
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
    await rest()
    return phone
  }

  /** Moves the clock and fires what is due, as often as it takes. */
  async pass(ms: number): Promise<void> {
    const until = this.at + ms
    for (;;) {
      await rest()
      const due = this.timers.filter((timer) => timer.due <= until).sort((a, b) => a.due - b.due)[0]
      if (due === undefined) break
      this.timers = this.timers.filter((timer) => timer !== due)
      this.at = Math.max(this.at, due.due)
      due.work()
    }
    this.at = until
    await rest()
  }

  /** The browser throws away what it keeps for the app, and leaves the cookie: such as after weeks without a visit. */
  evict(): void {
    globalThis.indexedDB = new IDBFactory()
  }

  signal(cause: 'visible' | 'online' = 'online'): Promise<void> {
    for (const listener of this.heard) listener(cause)
    return rest()
  }
}

/** Saves without waiting for the grace in which "Saved" may become "Saved and sent". */
export async function saved(world: World, act: Promise<unknown>): Promise<never> {
  let answer: unknown
  const done = act.then((value) => {
    answer = value
  })
  await rest()
  if (answer === undefined) await world.pass(1_500)
  await done
  return answer as never
}

export function aOneToOne(phone: Phone, answers: object = {}): Draft {
  return phone.openDraft('one_to_one', { minutes: 45, mode: 'in_person', attendance: 'attended', ...answers })
}

/** Lets everything that is under way come to its end. */
export async function rest(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet += 1) {
    await turn()
    if (underWay.count > 0) quiet = 0
  }
}
