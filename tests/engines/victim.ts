// A worker's phone in the hands of somebody who pulls its battery, and what is found on it afterwards.
import { expect } from '@playwright/test'
import { pause } from '../journeys/browser'
import type { Server } from '../journeys/server'
import { chance } from './chance'
import { type Entries, held } from './held'
import { OtherPhone } from './other-phone'
import type { PageTab, Phone } from './phone'
import { notHere, notThere, type Resting, resting, strange, torn } from './resting'
import type { Signal } from './signal'
import { says, shows } from './tab'
import { type Moment, stopAt, watch } from './watch'
import { allSent, filled, home, installed, logIn, logOne, save, waiting } from './worker'

const QUIET_MS = 15_000

export interface Found {
  /** Operations that the phone has acknowledged since the last look. */
  readonly saved: number
  readonly lost: readonly string[]
  readonly torn: readonly string[]
}

export class Victim {
  readonly signal: Signal
  private readonly phone: Phone
  private readonly server: Server
  private readonly chance: () => number
  private before: Entries = new Map()
  /** Operations whose transaction was complete. "Saved" is never shown before that, which is looked at too. */
  private readonly acknowledged = new Set<string>()
  /** What a draft was kept of. */
  private readonly drafted = new Set<string>()
  private readonly told = new Set<string>()
  private said: string[] = []
  private tab: PageTab | null = null
  private logs = 0
  private readonly other: OtherPhone

  constructor(phone: Phone, signal: Signal, server: Server, seed: number) {
    this.phone = phone
    this.signal = signal
    this.server = server
    this.chance = chance(seed)
    this.other = new OtherPhone(server)
  }

  /** Signed in, with the app and the session on the disk, and open again. */
  async begin(): Promise<void> {
    this.before = await held(this.server)
    this.tab = await this.phone.open(watch)
    await this.tab.go(this.signal.origin)
    await logIn(this.tab, this.server.account('worker'))
    await installed(this.tab)
    await allSent(this.tab)
    await this.phone.close()
    this.tab = null
    await this.open()
  }

  get page(): PageTab {
    if (this.tab === null) throw new Error('the phone is off')
    return this.tab
  }

  /** SIGKILL, with all that the phone had said until then. */
  async kill(): Promise<void> {
    this.tab = null
    await this.phone.kill()
  }

  /** Starts the browser; the app is not opened. */
  async start(): Promise<void> {
    this.tab = await this.phone.open(watch, (said) => this.said.push(said))
  }

  /** Opens the app: in a browser that has to be started, or again in the one that runs. */
  async open(): Promise<void> {
    if (this.tab === null) await this.start()
    await this.page.go(this.signal.origin)
    await home(this.page)
  }

  /** Looks without signal, then with it, then at the server. */
  async look(): Promise<Found> {
    const before = this.acknowledged.size
    for (const said of this.said) {
      const [, what, ids = ''] = /^watch: (complete|draft) (.+)$/.exec(said) ?? []
      for (const id of ids.split(' ')) {
        if (what === 'complete') this.acknowledged.add(id)
        if (what === 'draft') this.drafted.add(id)
      }
    }
    await this.signal.off()
    await this.open()
    const without = await resting(this.page)
    const pending = without.outbox.filter(({ state }) => state === 'pending').length
    await (pending > 0 ? waiting(this.page, pending) : shows(this.page, 'All sent'))

    await this.signal.on()
    await this.open()
    await allSent(this.page)
    const there = new Map([...(await held(this.server))].filter(([id]) => !this.before.has(id)))
    const sent = await this.quiet(there)
    const saved = this.acknowledged.size - before
    this.said = []
    return {
      saved,
      lost: this.news([
        ...this.missing(without),
        ...this.missing(sent),
        ...notThere(sent, there),
        ...notHere(sent, there),
      ]),
      torn: this.news([...torn(without), ...torn(sent), ...strange(sent, there, this.other.logged)]),
    }
  }

  /** Waits until the app says that it is at this moment. */
  async at(moment: Moment | 'draft' | 'opening'): Promise<void> {
    for (let waited = 0; !this.said.some((said) => said.startsWith(`watch: ${moment} `)); waited++) {
      if (waited > 5_000) throw new Error(`the app did not come to: ${moment}`)
      await pause(2)
    }
  }

  stopAt(moment: Moment): Promise<void> {
    return this.page.run(stopAt, moment)
  }

  /** A form that is filled in, and kept as a draft. Each log has its own length, so that they can be told apart. */
  async fill(): Promise<void> {
    await filled(this.page, this.length())
    await this.at('draft')
  }

  async tapSave(): Promise<void> {
    await this.fill()
    await save(this.page)
  }

  /** A log that the screen says is saved, while there is no signal. */
  async saveWithoutSignal(): Promise<void> {
    await this.signal.off()
    await logOne(this.page, this.length())
    await this.at('complete')
  }

  /** Two logs that this phone has to pull. */
  logElsewhere(): Promise<void> {
    return this.other.log([this.length(), this.length()])
  }

  /** Some time, up to so many milliseconds, that only the seed knows. */
  async sometime(most: number): Promise<void> {
    await pause(this.chance() * most)
  }

  async isNotSaidToBeSaved(): Promise<void> {
    await pause(150)
    expect(await says(this.page, 'Saved'), 'Saved is shown before the transaction is complete').toBe(false)
  }

  private length(): number {
    this.logs += 1
    return ((this.logs - 1) % 240) + 1
  }

  /** What is found is told once, after the kill that did it. */
  private news(found: readonly string[]): string[] {
    const fresh = [...new Set(found)].filter((one) => !this.told.has(one))
    for (const one of fresh) this.told.add(one)
    return fresh
  }

  /** A draft is there until its log is. */
  private missing({ outbox, drafts }: Resting): string[] {
    const there = new Set(outbox.map(({ id }) => id))
    const things = new Set([...drafts, ...outbox.map(({ thing_id }) => thing_id)])
    return [
      ...[...this.acknowledged].filter((id) => !there.has(id)).map((id) => `${id} is not on the phone`),
      ...[...this.drafted].filter((id) => !things.has(id)).map((id) => `draft ${id} is gone`),
    ]
  }

  /** What rests on the phone once it has settled what it sent and has pulled what there is, or has had the time to. */
  private async quiet(there: Entries): Promise<Resting> {
    const until = Date.now() + QUIET_MS
    for (;;) {
      const now = await resting(this.page)
      const settled = now.outbox.every(({ state }) => state === 'settled')
      if ((settled && notHere(now, there).length === 0) || Date.now() > until) return now
      await pause(50)
    }
  }
}
