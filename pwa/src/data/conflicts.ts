// Open matters of this user that the server keeps and this phone did not send: made on the other phone, or here
// before the browser cleared the storage. They are shown like our own, so that they can be settled on either phone.
import { SCHEMA } from './engine'
import { type OutboxItem, PENDING } from './outbox'
import type { OpenConflict } from './schema.gen'
import type { Sealed } from './vault'

/** One of them as it rests on the phone. The list is replaced as a whole, when a pull has come to its end. */
export interface ConflictRecord {
  readonly op: string
  readonly sealed: Sealed
}

/** Which of the server's open conflicts this phone keeps: the user's own, of today's teams, and not sent from here. */
export function fromElsewhere(
  listed: readonly OpenConflict[],
  user_id: string,
  scope: readonly string[],
  outbox: ReadonlyMap<string, OutboxItem>,
): readonly OpenConflict[] {
  return listed.filter(
    ({ op, author_id, team_id }) => author_id === user_id && scope.includes(team_id) && !outbox.has(op),
  )
}

/** Those that nothing on this phone is about to settle or has settled. */
export function notSettledHere(
  conflicts: ReadonlyMap<string, OpenConflict>,
  outbox: ReadonlyMap<string, OutboxItem>,
): readonly OpenConflict[] {
  const settled = new Set<string>()
  for (const { operation, standing } of outbox.values()) {
    const counts = standing.state === 'pending' || standing.outcome === 'applied'
    if (counts && operation.closes != null) settled.add(operation.closes)
  }
  return [...conflicts.values()].filter(({ op }) => !settled.has(op))
}

/** Like an operation of our own outbox that was answered with a conflict; older than all of them. */
export function asItem(conflict: OpenConflict): OutboxItem {
  const { op, thing, action, thing_id, team_id, received_at, reason, base, set } = conflict
  const { zone, utc_offset_min } = conflict
  const where = { thing_id, team_id }
  const when = { made_at: received_at, zone, utc_offset_min }
  const operation = { id: op, thing, action, ...where, base, schema: SCHEMA, ...when, set }
  return {
    id: op,
    n: 0,
    thing,
    ...where,
    saved_at: received_at,
    bytes: 0,
    operation: operation as OutboxItem['operation'],
    before: null,
    standing: { ...PENDING, state: 'settled', outcome: 'conflict', reason },
  }
}
