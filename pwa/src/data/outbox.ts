// The outbox: what becomes of an operation once the server has answered. Pure, and the same for every tab.
//
//   pending ──applied, duplicate, conflict──▶ settled ──30 days──▶ forgotten
//      ▲  └──rejected──▶ quarantined            │
//      └──────────── the server was restored ───┘
//
// No other edge exists. In particular nothing here removes what only this phone has.

import type { Row, RowThing } from './replica'
import type { EntryOperation, PersonOperation, Problem, ReflectionOperation, Result } from './schema.gen'
import type { Sealed } from './vault'

/** A server that was restored from a backup is offered again what it acknowledged within this time, by its own clock. */
export const KEPT_MS = 30 * 24 * 60 * 60 * 1000

/** What is known of an operation beside its body. It holds nothing that anybody wrote. */
export interface Standing {
  readonly state: 'pending' | 'settled' | 'quarantined'
  /** When the server settled it, by the latest time that this phone had heard from it then. */
  readonly settled_at: number | null
  readonly outcome: 'applied' | 'conflict' | null
  readonly reason: string | null
  readonly retry: 'never' | 'after_update' | null
  readonly problems: readonly Problem[]
  /** What came in its place: the operation that settles it, or `put_away` by the worker. */
  readonly closed_by: string | null
}

/** A row of the outbox as it rests on the phone. */
export interface OutboxRecord {
  readonly id: string
  readonly n: number
  readonly thing: RowThing
  readonly thing_id: string
  readonly team_id: string
  readonly saved_at: number
  readonly bytes: number
  readonly standing: Standing
  readonly sealed: Sealed
}

/** An operation as it is sealed. Its number is given when it is kept, and stands beside it. */
export type MadeOperation =
  | Omit<EntryOperation, 'n'>
  | Omit<PersonOperation, 'n'>
  | Omit<ReflectionOperation, 'n'>

/** What is sealed in a row: the operation, which never changes again, and what goes with it. */
export interface OutboxBody {
  readonly operation: MadeOperation
  readonly before: Row | null
  /** Where it chooses between two: the one that was not chosen, kept as long as the choice. */
  readonly other?: Row
  /** Whose words or entry it is about, where a lead decides about another's. It is no part of the own log then. */
  readonly author_id?: string
}

/** The same row, open. */
export type OutboxItem = Omit<OutboxRecord, 'sealed'> & OutboxBody

export const PENDING: Standing = {
  state: 'pending',
  settled_at: null,
  outcome: null,
  reason: null,
  retry: null,
  problems: [],
  closed_by: null,
}

/** What an operation becomes by its own result, and by nothing else. */
export function settle(standing: Standing, result: Result, at: number): Standing {
  if (result.outcome === 'rejected') {
    if (standing.state === 'settled' || result.retry === 'later') return standing
    return {
      ...standing,
      state: 'quarantined',
      reason: result.reason ?? 'unreadable',
      retry: result.retry ?? 'never',
      problems: result.problems ?? [],
    }
  }
  const outcome = result.outcome === 'duplicate' ? (result.first ?? 'applied') : result.outcome
  return {
    ...standing,
    state: 'settled',
    settled_at: at,
    outcome,
    reason: outcome === 'conflict' ? (result.reason ?? 'unknown') : null,
    retry: null,
    problems: result.problems ?? [],
  }
}

/** After a restore everything that the server once acknowledged is offered again: it answers duplicate, or takes it. */
export function reoffered(standing: Standing): Standing {
  if (standing.state !== 'settled') return standing
  return { ...PENDING, closed_by: standing.closed_by }
}

/** A newer app may send what an older one could not make readable. */
export function afterUpdate(standing: Standing): Standing {
  if (standing.state !== 'quarantined' || standing.retry !== 'after_update' || standing.closed_by)
    return standing
  return PENDING
}

/**
 * Whether a settled operation has been kept long enough; `at` is the latest time that the server has told. An open conflict is kept until
 * somebody settles it. After a server whose clock was once ahead, what was settled before that is forgotten early (it
 * is on the server, but is not offered again after a restore), and what is settled later is kept for longer.
 */
export function forgettable(standing: Standing, at: number): boolean {
  if (standing.state !== 'settled' || at - (standing.settled_at ?? at) <= KEPT_MS) return false
  return standing.outcome === 'applied' || standing.closed_by !== null
}

/** Only this phone has it. */
export function unsettled(standing: Standing): boolean {
  return standing.state === 'pending' || (standing.state === 'quarantined' && standing.closed_by === null)
}

/** Stored or kept, but not in effect until the worker says what to do. */
export function open(standing: Standing): boolean {
  return standing.closed_by === null && (standing.state === 'quarantined' || standing.outcome === 'conflict')
}

/** Stored on the server and not in effect, as far as this phone knows. */
export function openConflict(standing: Standing): boolean {
  return standing.closed_by === null && standing.outcome === 'conflict'
}

/** What the worker is told about an open one. */
export function trouble(standing: Standing): 'needs_a_look' | 'changed_in_two_places' {
  const two_places = ['version', 'entry_void', 'exists', 'unknown_entry']
  return standing.outcome === 'conflict' && two_places.includes(standing.reason ?? '')
    ? 'changed_in_two_places'
    : 'needs_a_look'
}
