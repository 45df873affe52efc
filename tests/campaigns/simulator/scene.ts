// One phone, one link and the server, for a story that is told the same way every time. Time is the simulation's own.
import type { Phone } from '../../../pwa/src/data/phone'
import type { Code } from './bundle.ts'
import { Device, type Tab } from './device.ts'
import { Ledger, Violation } from './ledger.ts'
import { ask } from './lines.ts'
import { Link, type Speed } from './link.ts'
import { Chance } from './random.ts'
import { type Stored, storedOn } from './storage.ts'
import { checkpoint, type People } from './world.ts'

const MINUTE = 60_000

export class Scene {
  readonly people: People
  readonly ledger = new Ledger()
  readonly device: Device
  readonly link: Link
  at: number

  constructor(code: Code, people: People, speed: Speed) {
    this.people = people
    this.at = people.at
    const now = () => this.at
    const chance = new Chance(1)
    this.link = new Link(this.ledger, now, speed)
    this.device = new Device(
      'A',
      {
        code,
        chance,
        ledger: this.ledger,
        network: this.link,
        now,
        complained: (what) => {
          this.ledger.found ??= new Violation(0, `the app stumbled: ${what}`)
        },
      },
      true,
    )
    this.device.open()
  }

  get tab(): Tab {
    return this.device.tabs.at(-1) ?? this.device.open()
  }

  get phone(): Phone {
    if (this.tab.phone === null) throw new Violation(0, 'the app does not start')
    return this.tab.phone
  }

  get stored(): Stored {
    const user_id = this.people.users.sam ?? ''
    const stored = storedOn(this.device.browser).get(user_id)
    if (stored == null) throw new Violation(0, 'nothing is kept on the phone')
    return stored
  }

  /** The app is closed and opened again. */
  reopen(): void {
    for (const tab of this.device.tabs) tab.die()
    this.device.open()
    this.settle()
  }

  signIn(): void {
    this.settle()
    void this.phone.signIn('sam', this.people.password)
    this.until('signed in', () => this.phone.snapshot().session !== null, 60)
    this.until('at rest', () => this.idle(), 60)
  }

  idle(): boolean {
    const { sync } = this.phone.snapshot()
    return sync.phase === 'idle' && sync.waiting === 0 && this.link.quiet
  }

  /** What can be done at this moment is done. */
  settle(): void {
    checkpoint()
    for (let task = this.device.tasks.shift(); task !== undefined; task = this.device.tasks.shift()) {
      task()
      checkpoint()
    }
    if (this.ledger.found !== null) throw this.ledger.found
  }

  /** Time passes until it is so. */
  until(what: string, so: () => boolean, minutes: number): void {
    const last = this.at + minutes * MINUTE
    for (;;) {
      this.settle()
      if (so()) return
      const due = Math.min(this.link.next, ...this.tab.timers.map((timer) => timer.due))
      if (due > last) throw new Violation(13, `not ${what} after ${minutes} minutes`)
      this.pass(Math.max(0, due - this.at))
    }
  }

  pass(ms: number): void {
    this.at += ms
    this.link.arrive()
    for (const timer of this.tab.timers.filter(({ due }) => due <= this.at)) {
      this.tab.timers = this.tab.timers.filter((other) => other !== timer)
      timer.work()
    }
    this.settle()
  }

  ask<T>(question: string, more: object = {}): T {
    return ask<T>(question, { at: this.at, ...more })
  }
}
