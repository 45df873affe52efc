// Everything between the phones and the server: what is on its way can be lost, held, copied, cut, or answered by
// somebody else. Which of these happens is the seed's choice.

import { type Answer, type FakeResponse, PORTALS, PROXY, response, short } from './answers.ts'
import type { Tab } from './device.ts'
import type { Ledger } from './ledger.ts'
import { ask } from './lines.ts'
import type { Chance } from './random.ts'

interface Message {
  readonly number: number
  readonly tab: Tab
  readonly method: string
  readonly path: string
  readonly body: string | null
  readonly cookie: string
  answer: Answer | null
  /** Held up on a slow link until then. */
  not_before: number
  /** The page no longer waits for it. */
  abandoned: boolean
  done(response: FakeResponse): void
  failed(error: Error): void
}

/** What a phone speaks through. */
export interface Between {
  fetch(tab: Tab, path: string, init: RequestInit): Promise<Response>
  /** A page is gone. */
  forget(tab: Tab): void
}

type WayThere = 'arrives' | 'lost' | 'copied' | 'busy' | 'crash_before' | 'crash_after' | 'portal' | 'proxy'
type WayBack = 'arrives' | 'lost' | 'cut' | 'portal'

const WAYS_THERE: Record<WayThere, number> = {
  arrives: 74,
  lost: 5,
  copied: 8,
  busy: 3,
  crash_before: 2,
  crash_after: 2,
  portal: 4,
  proxy: 2,
}
const WAYS_BACK: Record<WayBack, number> = { arrives: 84, lost: 9, cut: 4, portal: 3 }
export class Network implements Between {
  /** Nothing goes wrong any more. */
  healed = false
  /** A proxy in between lets through no more operations than this at once. */
  most_operations = Number.POSITIVE_INFINITY
  /** The server stumbles over a push with one of these in it. */
  readonly poisoned = new Set<string>()
  onWay: Message[] = []
  private copies: Message[] = []
  private count = 0
  /** How many of the messages are held up on their way. */
  private readonly slow: number
  private readonly chance: Chance
  private readonly ledger: Ledger
  private readonly now: () => number
  private readonly note: (line: string) => void
  private readonly fault: (name: string) => void

  constructor(around: {
    readonly chance: Chance
    readonly ledger: Ledger
    readonly now: () => number
    readonly note: (line: string) => void
    readonly fault: (name: string) => void
  }) {
    this.chance = around.chance
    this.slow = around.chance.one([0.05, 0.1, 0.3]) ?? 0.1
    this.ledger = around.ledger
    this.now = around.now
    this.note = around.note
    this.fault = around.fault
  }

  fetch(tab: Tab, url: string, init: RequestInit): Promise<Response> {
    return new Promise((done, failed) => {
      if (!tab.alive) return
      if (tab.device.signal === 'none') {
        tab.soon(() => failed(new TypeError('Failed to fetch')))
        return
      }
      this.count += 1
      const message: Message = {
        number: this.count,
        tab,
        method: init.method ?? 'GET',
        path: url,
        body: typeof init.body === 'string' ? init.body : null,
        cookie: tab.device.cookie,
        answer: null,
        not_before: 0,
        abandoned: false,
        done: (response) => tab.soon(() => done(response as unknown as Response)),
        failed: (error) => tab.soon(() => failed(error)),
      }
      if (url === '/api/sync/push') this.ledger.sent(tab.device, message.body ?? '')
      this.onWay.push(message)
      init.signal?.addEventListener('abort', () => {
        message.abandoned = true
        message.failed(new DOMException('gone', 'AbortError'))
        // A request that left the phone may still arrive.
        if (message.answer !== null) this.drop(message)
      })
    })
  }

  /** A page that is gone hears nothing; what it sent is on its way all the same. */
  forget(tab: Tab): void {
    for (const message of this.onWay) if (message.tab === tab) message.abandoned = true
    this.onWay = this.onWay.filter((message) => message.tab !== tab || message.answer === null)
  }

  /** Something on its way arrives, or does not. Answers whether there was anything. */
  deliver(): boolean {
    const ready = this.onWay.filter(
      ({ tab, answer, not_before }) =>
        (!tab.frozen || answer === null) && (this.healed || not_before <= this.now()),
    )
    if (!this.healed && this.copies.length > 0 && this.chance.is(0.15)) {
      const copy = this.chance.one(this.copies) as Message
      this.copies = this.copies.filter((other) => other !== copy)
      this.fault('request delivered twice')
      this.reach(copy, null)
      return true
    }
    const message = this.healed || this.chance.is(0.6) ? ready[0] : this.chance.one(ready)
    if (message === undefined) return false
    if (message !== ready[0]) this.fault('out of order')
    if (!this.healed && message.not_before === 0 && this.chance.is(this.slow)) {
      this.fault('held up')
      // Some longer than the phone waits.
      message.not_before = this.now() + this.chance.whole(1_000, 45_000)
    } else if (message.answer === null) this.goThere(message)
    else this.comeBack(message)
    return true
  }

  private goThere(message: Message): void {
    const way: WayThere = this.healed ? 'arrives' : this.chance.weighted(WAYS_THERE)
    if (way === 'lost') {
      this.fault('request lost')
      this.lose(message)
      return
    }
    if (way === 'portal' || way === 'proxy') {
      this.fault(way === 'portal' ? 'captive portal' : 'answer of a proxy')
      const page = this.chance.one(way === 'portal' ? PORTALS : PROXY) as (typeof PORTALS)[number]
      this.strange(message, page)
      return
    }
    const refused = this.refusedOnTheWay(message)
    if (refused !== null) {
      this.fault('413 for a batch')
      message.answer = refused
      this.comeBack(message)
      return
    }
    const poisoned =
      message.path === '/api/sync/push' && [...this.poisoned].some((id) => message.body?.includes(id))
    if (poisoned) this.fault('poisoned operation')
    if (way === 'copied') this.copies.push(message)
    const breaks = way === 'busy' || way === 'crash_before' || way === 'crash_after' ? way : null
    if (breaks !== null)
      this.fault({ busy: '503', crash_before: '500 before commit', crash_after: '500 after commit' }[breaks])
    message.answer = this.reach(message, poisoned ? 'crash_before' : breaks)
    if (message.abandoned) this.drop(message)
    else if (this.healed || this.chance.is(0.7)) this.comeBack(message)
  }

  /** The server hears it. */
  private reach(message: Message, breaks: string | null): Answer {
    const body = message.path === '/api/sync/pull' ? this.withSmallPages(message.body) : message.body
    const { method, path, cookie } = message
    const answer = ask<Answer>('request', { at: this.now(), method, path, body, cookie, breaks })
    this.note(
      `#${message.number} ${message.tab.device.name} ${method} ${path} -> ${answer.status} ${short(answer)}`,
    )
    this.ledger.decided(path, message.body, answer)
    return answer
  }

  private comeBack(message: Message): void {
    const { answer, tab } = message
    if (answer === null) throw new Error('it has not been answered')
    const way: WayBack = this.healed ? 'arrives' : this.chance.weighted(WAYS_BACK)
    if (way === 'lost') {
      this.fault('answer lost')
      this.lose(message)
      return
    }
    if (way === 'portal') {
      this.fault('captive portal')
      this.strange(message, this.chance.one(PORTALS) as (typeof PORTALS)[number])
      return
    }
    this.drop(message)
    tab.device.takeCookies(answer.cookies)
    const whole = way === 'arrives' || answer.body.length < 4
    if (!whole) this.fault('answer cut')
    const body = whole ? answer.body : answer.body.slice(0, this.chance.whole(1, answer.body.length - 1))
    if (whole) this.ledger.told(tab.device, message.path, message.body, answer)
    this.note(`#${message.number} back to ${tab.device.name}${whole ? '' : ' cut'}`)
    message.done(response(answer.status, body, answer.retry_after))
  }

  private lose(message: Message): void {
    this.drop(message)
    this.note(`#${message.number} lost`)
    message.failed(new TypeError('Failed to fetch'))
  }

  private strange(message: Message, page: { status: number; body: string }): void {
    this.drop(message)
    this.note(`#${message.number} answered by somebody else, ${page.status}`)
    if (page.status === 302) message.failed(new TypeError('redirected'))
    else message.done(response(page.status, page.body, null))
  }

  private refusedOnTheWay(message: Message): Answer | null {
    if (this.healed || message.path !== '/api/sync/push') return null
    const { operations } = JSON.parse(message.body ?? '') as { operations: unknown[] }
    if (operations.length <= this.most_operations) return null
    const body = { server: 'alongside', status: 413, code: 'too_big', problems: [{ code: 'too_big' }] }
    return { status: 413, body: JSON.stringify(body), cookies: [], retry_after: null }
  }

  /** However the pages are cut, the phone ends up with the same. */
  private withSmallPages(body: string | null): string | null {
    if (body === null || this.chance.is(0.3)) return body
    return JSON.stringify({ ...JSON.parse(body), limit: this.chance.whole(1, 4) })
  }

  private drop(message: Message): void {
    this.onWay = this.onWay.filter((other) => other !== message)
  }
}
