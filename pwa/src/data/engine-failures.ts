// What the engine makes of a request that failed: tries a smaller one, sets one operation aside, waits, or asks for
// somebody. Pure, like the engine. Nothing here takes anything out of the outbox.
import type { EngineState, Event, Step, TooMuch, Waiting } from './engine-events'
import type { Phase } from './phone'
import type { Result } from './schema.gen'

export const NOTHING_YET: TooMuch = {
  operations: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
  rows: Number.POSITIVE_INFINITY,
}

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 5 * 60_000

/** What a request that did not get through means for the next one. */
export function failed(state: EngineState, event: Event & { type: 'failed' }): Step {
  const { failure, sent } = event
  if (failure.kind === 'network') return backOff({ ...state, phase: 'offline' }, event)
  if (failure.kind === 'timeout') return timedOut(state, event)
  const { status, code } = failure
  if (status === 401) return nobody(state, code)
  if (status === 403) {
    return code === 'cross_site'
      ? backOff({ ...state, phase: 'server_down' }, event)
      : rest({ ...state, phase: 'account_closed' })
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
      [{ do: 'settle', results: [result], epoch: state.epoch, told_at: null }, { do: 'look' }],
    ]
  }
  // An operation that the server stumbles over must not hold up the others.
  if (state.step === 'pushing' && status === 500 && state.failures >= 2) {
    if (sent.length > 1) return [{ ...state, batch: 1, step: 'looking' }, [{ do: 'look' }]]
    if (only !== undefined) return backOff(holding({ ...state, phase: 'server_down' }, only), event)
  }
  return backOff({ ...state, phase: 'server_down' }, { ...event, at_least_ms: failure.retry_after_ms ?? 0 })
}

/** The session has ended. Why, where the service ended it, is kept until somebody signs in. */
function nobody(state: EngineState, code: string): Step {
  const phase: Phase = code === 'account_closed' ? 'account_closed' : 'needs_signin'
  const signed_out = state.signed_out || code === 'device_signed_out'
  const [rested] = rest({ ...state, phase, bound: false, signed_out })
  return [rested, signed_out && !state.signed_out ? [{ do: 'keep_signed_out', signed_out }] : []]
}

/** A timeout says nothing about what was sent: smaller next time, and a single one only waits for its turn. */
function timedOut(state: EngineState, event: Event & { type: 'failed' }): Step {
  if (state.step === 'pulling' && state.rows > 1) {
    const rows = Math.ceil(state.rows / 2)
    const too_much = { ...state.too_much, rows: state.rows }
    return [{ ...state, rows, too_much }, [{ do: 'pull', rows }]]
  }
  const { sent } = event
  if (sent.length > 1) {
    const too_much = { ...state.too_much, operations: sent.length, bytes: bytesOf(sent) }
    return halved({ ...state, too_much }, sent)
  }
  // Where not even one gets through, what was learned about the link is worth nothing.
  const [only] = sent
  const waiting = only ? holding(state, only) : state
  return backOff({ ...waiting, too_much: NOTHING_YET, phase: 'no_answer' }, event)
}

function halved(state: EngineState, sent: readonly Waiting[]): Step {
  const smaller = { batch: Math.ceil(sent.length / 2), batch_bytes: Math.ceil(bytesOf(sent) / 2) }
  return [{ ...state, ...smaller, step: 'looking' }, [{ do: 'look' }]]
}

export function bytesOf(operations: readonly Waiting[]): number {
  return operations.reduce((sum, operation) => sum + operation.bytes, 0)
}

function holding(state: EngineState, operation: Waiting): EngineState {
  return { ...state, held: [...state.held, operation.thing_id] }
}

export function rest(state: EngineState): Step {
  return [{ ...state, step: 'rest', again: false, held: [] }, []]
}

/** Two seconds, four, eight… to five minutes; never all phones of a service at the same moment. */
export function backOff(
  state: EngineState,
  when: { readonly at: number; readonly jitter: number; readonly at_least_ms?: number },
): Step {
  const failures = state.failures + 1
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10))
  const not_before = when.at + Math.max(when.at_least_ms ?? 0, wait * (0.5 + when.jitter / 2))
  const rested: EngineState = {
    ...state,
    step: 'rest',
    again: false,
    failures,
    failed_at: when.at,
    not_before,
  }
  return [rested, [{ do: 'wait', until: not_before }]]
}
