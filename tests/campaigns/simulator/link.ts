// A link with a speed: each direction carries one thing after the other, and what is called off half way stops there.
import { type Answer, response } from './answers.ts'
import type { Tab } from './device.ts'
import type { Ledger } from './ledger.ts'
import { ask } from './lines.ts'
import type { Between } from './network.ts'

export interface Speed {
  readonly bytes_a_second: number
  /** From one end to the other. */
  readonly latency_ms: number
}

/** What a browser and a server add to each body. */
const HEADERS = 400

interface Travelling {
  due: number
  readonly arrives: () => void
}

export class Link implements Between {
  speed: Speed
  requests = 0
  timeouts = 0
  bytes_up = 0
  bytes_down = 0
  /** How often each body was sent to each path. */
  readonly asked = new Map<string, number>()
  /** Says of an answer to a request whether it is cut on its way. */
  cuts: (path: string, body: string | null, times: number) => boolean = () => false
  private readonly ledger: Ledger
  private readonly now: () => number
  private travelling: Travelling[] = []
  private free = { up: 0, down: 0 }

  constructor(ledger: Ledger, now: () => number, speed: Speed) {
    this.ledger = ledger
    this.now = now
    this.speed = speed
  }

  get quiet(): boolean {
    return this.travelling.length === 0
  }

  /** When something arrives next. */
  get next(): number {
    return Math.min(...this.travelling.map(({ due }) => due))
  }

  fetch(tab: Tab, path: string, init: RequestInit): Promise<Response> {
    return new Promise((done, failed) => {
      if (tab.device.signal === 'none') {
        tab.soon(() => failed(new TypeError('Failed to fetch')))
        return
      }
      const body = typeof init.body === 'string' ? init.body : null
      const key = `${path} ${body === null ? '' : cursorsOf(body)}`
      this.requests += 1
      this.asked.set(key, (this.asked.get(key) ?? 0) + 1)
      if (path === '/api/sync/push' && body !== null) this.ledger.sent(tab.device, body)
      const back = (answer: Answer) =>
        this.carry('down', size(answer.body), () => {
          tab.device.takeCookies(answer.cookies)
          const cut = this.cuts(path, body, this.asked.get(key) ?? 0)
          if (!cut) this.ledger.told(tab.device, path, body, answer)
          const text = cut ? answer.body.slice(0, Math.floor(answer.body.length / 2)) : answer.body
          tab.soon(() => done(response(answer.status, text, answer.retry_after) as unknown as Response))
        })
      let stop = this.carry('up', size(body ?? ''), () => {
        const { cookie } = tab.device
        const method = init.method ?? 'GET'
        const question = { at: this.now(), method, path, body, cookie, breaks: null }
        const answer = ask<Answer>('request', question)
        this.ledger.decided(path, body, answer)
        stop = back(answer)
      })
      init.signal?.addEventListener('abort', () => {
        this.timeouts += 1
        stop()
        tab.soon(() => failed(new DOMException('gone', 'AbortError')))
      })
    })
  }

  forget(): void {
    this.travelling = []
  }

  /** What is due has arrived. */
  arrive(): void {
    for (const one of this.travelling.filter(({ due }) => due <= this.now())) {
      this.travelling = this.travelling.filter((other) => other !== one)
      one.arrives()
    }
  }

  /** Puts something on its way; answers how to call it off. */
  private carry(way: 'up' | 'down', bytes: number, arrives: () => void): () => void {
    const { bytes_a_second, latency_ms } = this.speed
    const start = Math.max(this.now(), this.free[way])
    const left = start + Math.ceil((bytes / bytes_a_second) * 1000)
    this.free[way] = left
    this.count(way, bytes)
    const one = { due: left + latency_ms, arrives }
    this.travelling.push(one)
    return () => {
      if (!this.travelling.includes(one)) return
      this.travelling = this.travelling.filter((other) => other !== one)
      // The rest of it is not sent any more.
      const unsent = Math.max(0, left - Math.max(this.now(), start))
      this.count(way, -Math.floor((unsent / 1000) * bytes_a_second))
      this.free[way] = Math.min(this.free[way], Math.max(this.now(), start))
    }
  }

  private count(way: 'up' | 'down', bytes: number): void {
    if (way === 'up') this.bytes_up += bytes
    else this.bytes_down += bytes
  }
}

function size(body: string): number {
  return HEADERS + Buffer.byteLength(body)
}

/** What makes one question the same as another: for a pull, from where it reads on. */
function cursorsOf(body: string): string {
  const value = JSON.parse(body) as { cursors?: Record<string, string | null> }
  return value.cursors === undefined ? '' : JSON.stringify(value.cursors)
}
