// What is being sent and what waits for what: at a first try as at a later one.
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { SyncState } from '../data/phone'
import { words } from '../words/en'
import { moment } from './dates'
import { live } from './live'
import { LONG_DAYS } from './standing'

const SOON_MS = 1_000

export interface Progress {
  readonly place: number
  readonly of: number
  /** The place when it was last worth saying aloud: every quarter of the way. */
  readonly said: number
}

/** How far sending has come: nothing for the first second, then the place of the log that is on its way. */
export function useProgress(): Progress | null {
  const { waiting } = live.sync.value
  const sending = live.sync.value.sending.length > 0
  const long = useSignal(false)
  const most = useRef(0)
  useEffect(() => {
    if (!sending) return
    const timer = setTimeout(() => {
      long.value = true
    }, SOON_MS)
    return () => {
      clearTimeout(timer)
      long.value = false
      most.current = 0
    }
  }, [sending, long])
  if (sending) most.current = Math.max(most.current, waiting)
  return sending && long.value && most.current > 0 ? progress(most.current, waiting) : null
}

/** What one log waits for at this moment. */
export function waitsFor({ phase, signed_out, sending }: SyncState, id: string): string {
  const say = words.waiting.waitsFor
  if (sending.includes(id)) return say.sending
  if (signed_out) return say.needs_signin
  // Another one is on its way, and this one comes after it.
  return phase === 'sending' ? say.idle : say[phase]
}

export interface Unsent {
  readonly logs: number
  readonly codes: number
  /** Something else asks for a decision. */
  readonly asks: boolean
  /** Send now was pressed. */
  readonly tried: boolean
  /** How long the oldest has waited. */
  readonly days: number
}

/** The one sentence on top of Waiting to send. */
export function howItStands(sync: SyncState, { logs, codes, asks, tried, days }: Unsent): string {
  const { phase, waiting, last_sent_at } = sync
  const say = words.waiting
  if (waiting === 0 && asks) return say.nothingElse
  if (waiting === 0) return last_sent_at === null ? say.empty : say.allSent(moment(last_sent_at))
  if (sync.signed_out) return `${words.banners.signedOut} ${words.banners.signedOutSafe}`
  if (phase === 'needs_signin') return words.banners.logIn
  if (phase === 'account_closed') return words.banners.closed
  if (phase === 'update_needed') return words.banners.update
  const failed = phase === 'server_down' || phase === 'no_answer'
  if (failed || (phase === 'offline' && tried)) return say.couldNot
  if (days >= LONG_DAYS) return words.banners.waitingLong(days)
  if (phase === 'offline') return say.offline
  if (waiting === logs) return say.some.logs(waiting)
  return waiting === codes ? say.some.codes(waiting) : say.some.things(waiting)
}

export function progress(most: number, waiting: number): Progress {
  const gone = most - waiting
  const quarter = Math.floor((gone / most) * 4) / 4
  return {
    place: Math.min(most, gone + 1),
    of: most,
    said: Math.min(most, Math.ceil(quarter * most) + 1),
  }
}
