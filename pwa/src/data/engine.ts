// Decides what the phone does next to be in step with the server. Pure: no fetch, no clock, no IndexedDB.
//
//   rest ─wake─▶ looking ─▶ (binding) ─▶ pushing ─▶ looking ─▶ … ─▶ pulling ─▶ … ─▶ rest
//
// Push comes before pull, so that a new epoch or a lost team meets an outbox that was offered already. "In flight"
// is never written down: after a kill, whatever is not settled is simply sent again.

import type { Cause, Effect, EngineState, Event, Step, Waiting } from './engine-events'
import { backOff, bytesOf, failed, NOTHING_YET, rest } from './engine-failures'
import type { Phase } from './phone'

/** The version of the entry's shape that this app writes. */
export const SCHEMA = 1
export const PROTOCOL = 1

export const MOST_OPERATIONS = 100
/** Sealed bytes in one push, well below the 512 KiB that the server reads. */
export const MOST_BYTES = 256 * 1024
/** A first page is small enough for a weak signal; where there is more, the next ones are larger. */
const FIRST_ROWS = 100
const MOST_ROWS = 500
/** How often a phone at rest asks for news. */
const REST_MS = 5 * 60_000
/** How soon a tab looks again while another tab speaks to the server. */
const ELSEWHERE_MS = 30_000

export interface Known {
  readonly epoch: number
  readonly scope_version: number
  readonly bound: boolean
  readonly signed_out?: boolean
}

export function atRest({ epoch, scope_version, bound, signed_out = false }: Known): EngineState {
  return {
    epoch,
    scope_version,
    signed_out,
    // Whether somebody has signed in again, another tab perhaps, shows by binding.
    bound: bound && !signed_out,
    phase: signed_out ? 'needs_signin' : 'idle',
    step: 'rest',
    again: false,
    failures: 0,
    failed_at: 0,
    not_before: 0,
    batch: MOST_OPERATIONS,
    batch_bytes: MOST_BYTES,
    rows: FIRST_ROWS,
    too_much: NOTHING_YET,
    sending: [],
    held: [],
    skew_ms: null,
    asked_who: false,
  }
}

export function step(state: EngineState, event: Event): Step {
  const [next, effects] = heard(state, event)
  // Between one push and the next there is more to send; at rest nothing is on its way.
  const over = next.step !== 'pushing' && next.step !== 'looking' && next.sending.length > 0
  return [over ? { ...next, sending: [] } : next, effects]
}

function heard(state: EngineState, event: Event): Step {
  switch (event.type) {
    case 'wake':
      return wake(state, event.cause, event.at)
    case 'elsewhere': {
      const phase: Phase = state.phase === 'sending' ? 'idle' : state.phase
      const rested: EngineState = { ...state, phase, step: 'rest', again: false }
      return [rested, [{ do: 'wait', until: event.at + ELSEWHERE_MS }]]
    }
    case 'outbox':
      // The database has the last word: one that could not begin with a new epoch has to hear of it again.
      return offer(ofEpoch(state, event.epoch), event.pending)
    case 'outdated':
      return [{ ...state, step: 'looking' }, [{ do: 'look' }]]
    case 'somebody_else':
      return somebodyElse(state)
    case 'bound':
      return bound(state, event.epoch)
    case 'pushed':
      return pushed(state, event)
    case 'pulled':
      return pulled(state, event)
    case 'failed':
      return failed(state, event)
    case 'storage_failed':
      return backOff({ ...state, phase: 'storage_broken' }, event)
  }
}

/** What only a person can put right; trying by ourselves would change nothing. */
const WAITS_FOR_SOMEBODY: readonly Phase[] = ['needs_signin', 'account_closed', 'update_needed']

/** Nothing was heard from the service, so it did not ask for time. */
export const UNREACHED: readonly Phase[] = ['offline', 'no_answer']

function wake(state: EngineState, cause: Cause, at: number): Step {
  if (state.step !== 'rest') return [{ ...state, again: state.again || cause !== 'timer' }, []]
  const by_hand = cause === 'tap' || cause === 'signed_in'
  const looked_at = by_hand || cause === 'opened' || cause === 'visible'
  if (WAITS_FOR_SOMEBODY.includes(state.phase) && !looked_at) return [state, []]
  // A server that asks for time is given it. A missing network is not disturbed by trying.
  // A clock that was put back says nothing of how long that has lasted, and must not keep the phone waiting for years.
  const early = at < state.not_before && at >= state.failed_at
  const only_network = UNREACHED.includes(state.phase) && cause !== 'timer'
  if (early && !by_hand && !only_network) return [state, [{ do: 'wait', until: state.not_before }]]
  const phase: Phase = by_hand ? 'sending' : state.phase
  return [{ ...state, phase, step: 'looking', again: false }, [{ do: 'look' }]]
}

/** A session that the server lets in: whatever was said of the one before is over. */
function bound(state: EngineState, epoch: number): Step {
  const over: Effect[] = state.signed_out ? [{ do: 'keep_signed_out', signed_out: false }] : []
  const next: EngineState = { ...state, bound: true, signed_out: false, step: 'looking' }
  return fresh(next, epoch, [...over, { do: 'look' }])
}

/** Sends what waits, oldest first; asks for news when nothing is left to send. */
function offer(state: EngineState, pending: readonly Waiting[]): Step {
  if (!state.bound) return [{ ...state, step: 'binding' }, [{ do: 'bind' }]]
  const ready = pending.filter((operation) => !state.held.includes(operation.thing_id))
  if (ready.length === 0) return [{ ...state, step: 'pulling' }, [{ do: 'pull', rows: state.rows }]]
  const batch: Waiting[] = []
  let bytes = 0
  for (const operation of ready) {
    bytes += operation.bytes
    if (batch.length > 0 && (batch.length >= state.batch || bytes > state.batch_bytes)) break
    batch.push(operation)
  }
  // While the network is away, trying again is no news.
  const phase: Phase = state.failures > 0 ? state.phase : 'sending'
  const sending = batch.map((operation) => operation.thing_id)
  return [{ ...state, step: 'pushing', phase, sending }, [{ do: 'push', batch }]]
}

/** An answer of a newer incarnation of the server starts everything over; one of an older is not listened to. */
function fresh(state: EngineState, epoch: number, then: readonly Effect[]): Step {
  if (epoch <= state.epoch) return [state, then]
  return [ofEpoch(state, epoch), [{ do: 'new_epoch', epoch }, ...then]]
}

/** What was known of the teams is of the epoch in which it was heard. */
function ofEpoch(state: EngineState, epoch: number): EngineState {
  return epoch === state.epoch ? state : { ...state, epoch, scope_version: 0 }
}

function pushed(state: EngineState, event: Event & { type: 'pushed' }): Step {
  const { answer, sent } = event
  const heard = { ...state, skew_ms: skew(answer.server_time, event) }
  if (answer.epoch < state.epoch) return backOff({ ...heard, phase: 'server_down' }, event)
  // Somebody else has signed in on this phone meanwhile.
  if (answer.results.some(({ reason }) => reason === 'forged')) return somebodyElse(heard)
  const results = answer.results.filter(
    ({ id, outcome, retry }) =>
      sent.some((operation) => operation.id === id) && (outcome !== 'rejected' || retry !== 'later'),
  )
  // What was not answered, or is to come again later, waits until the others had their turn.
  const left = sent.filter(({ id }) => !results.some((result) => result.id === id))
  const held = [...state.held, ...left.map((operation) => operation.thing_id)]
  const [lowest] = answer.accepts_schema
  const next: EngineState = {
    ...heard,
    held,
    phase: lowest > SCHEMA ? 'update_needed' : 'sending',
    step: 'looking',
    failures: held.length > 0 ? state.failures : 0,
    batch: grown(state.batch, sent.length, MOST_OPERATIONS, state.too_much.operations),
    batch_bytes: grown(state.batch_bytes, bytesOf(sent), MOST_BYTES, state.too_much.bytes),
  }
  const settle: Effect = { do: 'settle', results, epoch: answer.epoch, told_at: answer.server_time }
  return fresh(next, answer.epoch, [settle, { do: 'look' }])
}

function pulled(state: EngineState, event: Event & { type: 'pulled' }): Step {
  const { answer, asked } = event
  const heard = { ...state, skew_ms: skew(answer.server_time, event) }
  if (answer.epoch > state.epoch) return fresh({ ...heard, step: 'looking' }, answer.epoch, [{ do: 'look' }])
  const stale = answer.epoch < state.epoch || answer.scope_version < state.scope_version
  const senseless = Object.entries(answer.teams).some(([id, page]) => page.reset != null && asked[id] == null)
  if (stale || senseless) return backOff({ ...heard, phase: 'server_down' }, event)
  const moved = answer.scope_version !== state.scope_version
  const rows = Object.values(answer.teams).reduce((sum, page) => sum + (page.rows?.length ?? 0), 0)
  const next = {
    ...heard,
    scope_version: answer.scope_version,
    rows: grown(state.rows, rows, MOST_ROWS, state.too_much.rows),
    asked_who: state.asked_who && !moved,
  }
  const keep: Effect = { do: 'keep_pages', asked, answer }
  const unfinished = Object.values(answer.teams).some((page) => page.more || page.reset != null)
  if (unfinished) return [next, [keep, { do: 'pull', rows: next.rows }]]
  const [rested, then] = finish(next, event.at, event.jitter)
  return [rested, [keep, { do: 'keep_conflicts', open_here: event.open_here, answer }, ...then]]
}

function finish(state: EngineState, at: number, jitter: number): Step {
  const who: Effect[] = state.asked_who ? [] : [{ do: 'ask_who' }]
  const done: EngineState = { ...state, asked_who: true, too_much: NOTHING_YET }
  if (state.again) return [{ ...done, step: 'looking', again: false }, [...who, { do: 'look' }]]
  if (state.held.length > 0) {
    const [rested, wait] = backOff({ ...done, phase: 'server_down', held: [] }, { at, jitter })
    return [rested, [...who, ...wait]]
  }
  const phase: Phase = state.phase === 'update_needed' ? 'update_needed' : 'idle'
  const until = at + REST_MS * (0.75 + jitter / 2)
  return [{ ...done, phase, step: 'rest', failures: 0, not_before: 0 }, [...who, { do: 'wait', until }]]
}

/**
 * How much may go next time, once more than half of what may go has gone: twice as much, but only half of the way to
 * what took too long, and not quite up to it. So a slow link is not asked for too much again and again.
 */
function grown(now: number, gone: number, most: number, too_much: number): number {
  if (gone * 2 <= now) return now
  return Math.max(now, Math.min(most, now * 2, Math.floor(Math.min((now + too_much) / 2, too_much * 0.875))))
}

/** What is ours waits until we are back. */
function somebodyElse(state: EngineState): Step {
  return rest({ ...state, phase: 'needs_signin', bound: false })
}

function skew(server_time: number, when: { readonly sent_at: number; readonly at: number }): number {
  return Math.round(server_time - (when.sent_at + when.at) / 2)
}
