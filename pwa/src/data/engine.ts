// Decides what the phone does next to be in step with the server. Pure: no fetch, no clock, no IndexedDB.
//
//   rest ─wake─▶ looking ─▶ (binding) ─▶ pushing ─▶ looking ─▶ … ─▶ pulling ─▶ … ─▶ rest
//
// Push comes before pull, so that a new epoch or a lost team meets an outbox that was offered already. "In flight"
// is never written down: after a kill, whatever is not settled is simply sent again.
import type { Phase } from './phone'
import type { PullAnswer, PushAnswer, Result } from './schema.gen'
import type { Failure } from './wire'

/** The version of the entry's shape that this app writes. */
export const SCHEMA = 1
export const PROTOCOL = 1

export const MOST_OPERATIONS = 100
/** Sealed bytes in one push, well below the 512 KiB that the server reads. */
export const MOST_BYTES = 256 * 1024
const MOST_ROWS = 500
const FEWEST_ROWS = 25
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 5 * 60_000
/** How often a phone at rest asks for news. */
const REST_MS = 5 * 60_000
/** How soon a tab looks again while another tab speaks to the server. */
const ELSEWHERE_MS = 30_000

export type Cause = 'saved' | 'opened' | 'visible' | 'online' | 'timer' | 'tap' | 'signed_in'

export interface Waiting {
  readonly id: string
  readonly thing_id: string
  readonly bytes: number
}

export type Cursors = Readonly<Record<string, string | null>>

export interface EngineState {
  readonly phase: Phase
  readonly step: 'rest' | 'looking' | 'binding' | 'pushing' | 'pulling'
  /** Something happened meanwhile: go round once more. */
  readonly again: boolean
  readonly bound: boolean
  readonly epoch: number
  readonly scope_version: number
  /** Failures in a row, for the wait that follows. */
  readonly failures: number
  /** Before this only a tap starts anything. */
  readonly not_before: number
  /** Operations in the next push, at most; halved where a batch does not get through. */
  readonly batch: number
  /** Bytes in the next push, at most; halved on a slow link. */
  readonly batch_bytes: number
  readonly rows: number
  /** Things whose turn comes last, because one of their operations would not get through just now. */
  readonly held: readonly string[]
  readonly skew_ms: number | null
  /** Who is signed in was asked since this start, or since the teams changed. */
  readonly asked_who: boolean
}

export type Event =
  | { readonly type: 'wake'; readonly cause: Cause; readonly at: number }
  | { readonly type: 'elsewhere'; readonly at: number }
  | { readonly type: 'outbox'; readonly pending: readonly Waiting[] }
  | { readonly type: 'bound'; readonly epoch: number; readonly at: number }
  | {
      readonly type: 'pushed'
      readonly sent: readonly Waiting[]
      readonly answer: PushAnswer
      readonly sent_at: number
      readonly at: number
      readonly jitter: number
    }
  | {
      readonly type: 'pulled'
      readonly asked: Cursors
      readonly answer: PullAnswer
      readonly sent_at: number
      readonly at: number
      readonly jitter: number
    }
  | {
      readonly type: 'failed'
      readonly failure: Failure
      readonly sent: readonly Waiting[]
      readonly at: number
      readonly jitter: number
    }
  | { readonly type: 'storage_failed'; readonly at: number; readonly jitter: number }

export type Effect =
  | { readonly do: 'look' }
  | { readonly do: 'bind' }
  | { readonly do: 'push'; readonly batch: readonly Waiting[] }
  | { readonly do: 'settle'; readonly results: readonly Result[]; readonly epoch: number }
  | { readonly do: 'new_epoch'; readonly epoch: number }
  | { readonly do: 'pull'; readonly rows: number }
  | { readonly do: 'keep_pages'; readonly asked: Cursors; readonly answer: PullAnswer }
  | { readonly do: 'keep_conflicts'; readonly open: readonly string[]; readonly asked_at: number }
  | { readonly do: 'ask_who' }
  | { readonly do: 'wait'; readonly until: number }

export type Step = readonly [EngineState, readonly Effect[]]

export function atRest(known: { epoch: number; scope_version: number; bound: boolean }): EngineState {
  return {
    ...known,
    phase: 'idle',
    step: 'rest',
    again: false,
    failures: 0,
    not_before: 0,
    batch: MOST_OPERATIONS,
    batch_bytes: MOST_BYTES,
    rows: MOST_ROWS,
    held: [],
    skew_ms: null,
    asked_who: false,
  }
}

export function step(state: EngineState, event: Event): Step {
  switch (event.type) {
    case 'wake':
      return wake(state, event.cause, event.at)
    case 'elsewhere': {
      const phase: Phase = state.phase === 'sending' ? 'idle' : state.phase
      const rested: EngineState = { ...state, phase, step: 'rest', again: false }
      return [rested, [{ do: 'wait', until: event.at + ELSEWHERE_MS }]]
    }
    case 'outbox':
      return offer(state, event.pending)
    case 'bound':
      return fresh({ ...state, bound: true, step: 'looking' }, event.epoch, [{ do: 'look' }])
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

function wake(state: EngineState, cause: Cause, at: number): Step {
  if (state.step !== 'rest') return [{ ...state, again: state.again || cause !== 'timer' }, []]
  const by_hand = cause === 'tap' || cause === 'signed_in'
  const looked_at = by_hand || cause === 'opened' || cause === 'visible'
  if (WAITS_FOR_SOMEBODY.includes(state.phase) && !looked_at) return [state, []]
  // A server that asks for time is given it. A missing network is not disturbed by trying.
  const early = at < state.not_before
  const only_network = state.phase === 'offline' && cause !== 'timer'
  if (early && !by_hand && !only_network) return [state, [{ do: 'wait', until: state.not_before }]]
  const phase: Phase = by_hand ? 'sending' : state.phase
  return [{ ...state, phase, step: 'looking', again: false }, [{ do: 'look' }]]
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
  return [{ ...state, step: 'pushing', phase }, [{ do: 'push', batch }]]
}

/** An answer of a newer incarnation of the server starts everything over; one of an older is not listened to. */
function fresh(state: EngineState, epoch: number, then: readonly Effect[]): Step {
  if (epoch <= state.epoch) return [state, then]
  return [{ ...state, epoch, scope_version: 0 }, [{ do: 'new_epoch', epoch }, ...then]]
}

function pushed(state: EngineState, event: Event & { type: 'pushed' }): Step {
  const { answer, sent } = event
  const heard = { ...state, skew_ms: skew(answer.server_time, event) }
  if (answer.epoch < state.epoch) return backOff({ ...heard, phase: 'server_down' }, event)
  // Somebody else has signed in on this phone meanwhile. What is ours waits until we are back.
  if (answer.results.some(({ reason }) => reason === 'forged')) {
    return rest({ ...heard, phase: 'needs_signin', bound: false })
  }
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
    batch: Math.min(MOST_OPERATIONS, state.batch * 2),
    batch_bytes: Math.min(MOST_BYTES, state.batch_bytes * 2),
  }
  return fresh(next, answer.epoch, [{ do: 'settle', results, epoch: answer.epoch }, { do: 'look' }])
}

function pulled(state: EngineState, event: Event & { type: 'pulled' }): Step {
  const { answer, asked } = event
  const heard = { ...state, skew_ms: skew(answer.server_time, event) }
  if (answer.epoch > state.epoch) return fresh({ ...heard, step: 'looking' }, answer.epoch, [{ do: 'look' }])
  const stale = answer.epoch < state.epoch || answer.scope_version < state.scope_version
  const senseless = Object.entries(answer.teams).some(([id, page]) => page.reset != null && asked[id] == null)
  if (stale || senseless) return backOff({ ...heard, phase: 'server_down' }, event)
  const moved = answer.scope_version !== state.scope_version
  const next = {
    ...heard,
    scope_version: answer.scope_version,
    rows: Math.min(MOST_ROWS, state.rows * 2),
    asked_who: state.asked_who && !moved,
  }
  const keep: Effect = { do: 'keep_pages', asked, answer }
  const unfinished = Object.values(answer.teams).some((page) => page.more || page.reset != null)
  if (unfinished) return [next, [keep, { do: 'pull', rows: next.rows }]]
  const conflicts = answer.conflicts.map((conflict) => conflict.op)
  const [rested, then] = finish(next, event.at, event.jitter)
  return [rested, [keep, { do: 'keep_conflicts', open: conflicts, asked_at: event.sent_at }, ...then]]
}

function finish(state: EngineState, at: number, jitter: number): Step {
  const who: Effect[] = state.asked_who ? [] : [{ do: 'ask_who' }]
  const done: EngineState = { ...state, asked_who: true }
  if (state.again) return [{ ...done, step: 'looking', again: false }, [...who, { do: 'look' }]]
  if (state.held.length > 0) {
    const [rested, wait] = backOff({ ...done, phase: 'server_down', held: [] }, { at, jitter })
    return [rested, [...who, ...wait]]
  }
  const phase: Phase = state.phase === 'update_needed' ? 'update_needed' : 'idle'
  const until = at + REST_MS * (0.75 + jitter / 2)
  return [{ ...done, phase, step: 'rest', failures: 0, not_before: 0 }, [...who, { do: 'wait', until }]]
}

function failed(state: EngineState, event: Event & { type: 'failed' }): Step {
  const { failure, sent } = event
  if (failure.kind === 'network') return backOff({ ...state, phase: 'offline' }, event)
  if (failure.kind === 'timeout') return timedOut(state, event)
  const { status, code } = failure
  if (status === 401) return rest({ ...state, phase: 'needs_signin', bound: false })
  if (status === 403) {
    const phase: Phase = code === 'device_revoked' ? 'needs_signin' : 'account_closed'
    return code === 'cross_site'
      ? backOff({ ...state, phase: 'server_down' }, event)
      : rest({ ...state, phase })
  }
  if (status === 426) return rest({ ...state, phase: 'update_needed' })
  const about_the_batch = state.step === 'pushing' && [400, 413, 422].includes(status)
  if (about_the_batch && sent.length > 1) return halved(state, sent)
  const only = sent[0]
  if (about_the_batch && only !== undefined) {
    const problems = [...failure.problems]
    const result: Result = { id: only.id, outcome: 'rejected', reason: code, retry: 'after_update', problems }
    return [
      { ...state, step: 'looking' },
      [{ do: 'settle', results: [result], epoch: state.epoch }, { do: 'look' }],
    ]
  }
  // An operation that the server stumbles over must not hold up the others.
  if (state.step === 'pushing' && status === 500 && state.failures >= 2) {
    if (sent.length > 1) return [{ ...state, batch: 1, step: 'looking' }, [{ do: 'look' }]]
    if (only !== undefined) return backOff(holding({ ...state, phase: 'server_down' }, only), event)
  }
  return backOff({ ...state, phase: 'server_down' }, { ...event, at_least_ms: failure.retry_after_ms ?? 0 })
}

/** A timeout says nothing about what was sent: smaller next time, and a single one only waits for its turn. */
function timedOut(state: EngineState, event: Event & { type: 'failed' }): Step {
  if (state.step === 'pulling') {
    const rows = Math.max(FEWEST_ROWS, Math.floor(state.rows / 2))
    return backOff({ ...state, rows, phase: 'offline' }, event)
  }
  if (event.sent.length > 1) return halved(state, event.sent)
  const only = event.sent[0]
  return backOff({ ...(only ? holding(state, only) : state), phase: 'offline' }, event)
}

function halved(state: EngineState, sent: readonly Waiting[]): Step {
  const bytes = sent.reduce((sum, operation) => sum + operation.bytes, 0)
  const batch = Math.ceil(sent.length / 2)
  return [{ ...state, batch, batch_bytes: Math.ceil(bytes / 2), step: 'looking' }, [{ do: 'look' }]]
}

function holding(state: EngineState, operation: Waiting): EngineState {
  return { ...state, held: [...state.held, operation.thing_id] }
}

function rest(state: EngineState): Step {
  return [{ ...state, step: 'rest', again: false, held: [] }, []]
}

/** Two seconds, four, eight… to five minutes; never all phones of a service at the same moment. */
function backOff(
  state: EngineState,
  when: { readonly at: number; readonly jitter: number; readonly at_least_ms?: number },
): Step {
  const failures = state.failures + 1
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10))
  const not_before = when.at + Math.max(when.at_least_ms ?? 0, wait * (0.5 + when.jitter / 2))
  return [{ ...state, step: 'rest', again: false, failures, not_before }, [{ do: 'wait', until: not_before }]]
}

function skew(server_time: number, when: { readonly sent_at: number; readonly at: number }): number {
  return Math.round(server_time - (when.sent_at + when.at) / 2)
}
