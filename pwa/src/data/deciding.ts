// What a lead decides about the work of others: what a conflict says, whether it can be accepted, and the operations
// that settle it. Pure.
import { after, bodyOf } from './fold'
import { type Made, type Making, made } from './making'
import type { MadeOperation, OutboxBody, OutboxItem } from './outbox'
import type { EntryBody, Settings } from './phone'
import type { Row } from './replica'
import type { Entry, EntryChange, OpenConflict, Person, Problem } from './schema.gen'

/** Why a lead cannot accept something as it is. */
export type Obstacle = 'closed' | 'to_come' | 'there_already' | 'not_there' | 'codes_off' | 'merge'

/** Something that the server keeps and that is not in effect until somebody decides. */
export interface Matter {
  readonly conflict: OpenConflict
  /** What it would be if it were accepted; null where the server does not have what it changes. */
  readonly wanted: Row | null
  readonly obstacle: Obstacle | null
  /** The closed months that it touches, such as 2026-09. */
  readonly closed: readonly string[]
}

/** What the server has today of what it is decided by. */
export interface Around {
  readonly today: string
  readonly settings: Settings
  readonly closed_months: (team_id: string) => readonly string[]
}

/** A lead's decision that only this phone has so far. */
export interface Decision {
  readonly id: string
  readonly action: 'create' | 'amend' | 'void' | 'unvoid'
  readonly author_id: string
  readonly thing_id: string
  /** The conflict that it settles, if it settles one. */
  readonly closes: string | null
  readonly sending: 'waiting' | 'needs_a_look'
  readonly reason: string | null
  readonly problems: readonly Problem[]
  readonly saved_at: number
}

export function matterOf(conflict: OpenConflict, around: Around): Matter {
  const stored = (conflict.record ?? null) as Row | null
  const wanted = after(stored, asOperation(conflict), conflict.author_id)
  const months = [stored, wanted].flatMap((row) => (isEntry(row) ? [row.happened_on.slice(0, 7)] : []))
  const shut = around.closed_months(conflict.team_id)
  const closed = [...new Set(months)].filter((month) => shut.includes(month))
  return { conflict, wanted, closed, obstacle: obstacleOf(conflict, stored, wanted, closed, around) }
}

function obstacleOf(
  { action, reason }: OpenConflict,
  stored: Row | null,
  wanted: Row | null,
  closed: readonly string[],
  { today, settings }: Around,
): Obstacle | null {
  if (action === 'create' && stored !== null) return 'there_already'
  if (action !== 'create' && stored === null) return 'not_there'
  if (reason === 'rule:merge') return 'merge'
  if (!isEntry(wanted)) return settings.person_codes === 'off' ? 'codes_off' : null
  if (action === 'void' || action === 'unvoid') return null
  if (closed.length > 0) return 'closed'
  const before = isEntry(stored) ? stored : null
  if (wanted.happened_on > today && wanted.happened_on !== before?.happened_on) return 'to_come'
  const new_code = wanted.person_id && wanted.person_id !== before?.person_id
  return settings.person_codes === 'off' && new_code ? 'codes_off' : null
}

/** The same words again, by a lead: they take effect in their author's name. */
export function accepted({ conflict, wanted }: Matter, making: Making): Made {
  const stored = (conflict.record ?? null) as Row | null
  const { op, action, thing, author_id, zone, utc_offset_min, set, why } = conflict
  const bodies: OutboxBody[] = []
  let base = action === 'create' ? 0 : (stored?.version ?? 0)
  if (action === 'amend' && isEntry(stored) && stored.state === 'void') {
    bodies.push({ operation: made(making, idsOf(conflict), 'unvoid', base), before: stored, author_id })
    base += 1
  }
  const operation = {
    ...made(making, idsOf(conflict), action, base),
    thing,
    closes: op,
    zone,
    utc_offset_min,
    ...(action === 'create' || action === 'amend' ? { set } : {}),
    ...(why === undefined ? {} : { reason: why }),
  } as MadeOperation
  bodies.push({ operation, before: stored ?? wanted, author_id })
  return settled(conflict, bodies)
}

/** What the server has stays as it is. */
export function leftOut({ conflict, wanted }: Matter, making: Making): Made {
  const stored = (conflict.record ?? null) as Row | null
  const operation = {
    ...made(making, idsOf(conflict), 'amend', stored?.version ?? 0),
    thing: conflict.thing,
    closes: conflict.op,
    set: {},
  } as MadeOperation
  return settled(conflict, [{ operation, before: stored ?? wanted, author_id: conflict.author_id }])
}

/** Deletes an entry of the team, or brings it back. */
export function byLead(entry: Entry, action: 'void' | 'unvoid', reason: string | null, making: Making): Made {
  const { id: thing_id, team_id, version, author_id } = entry
  const operation = made(making, { thing_id, team_id }, action, version)
  return {
    bodies: [{ operation: { ...operation, ...(reason ? { reason } : {}) }, before: entry, author_id }],
  }
}

/** The decisions that are not on the server yet, and those that it refused. */
export function decisionsOf(outbox: ReadonlyMap<string, OutboxItem>): readonly Decision[] {
  return [...outbox.values()].flatMap(({ id, author_id, operation, standing, saved_at }) => {
    const waits = standing.state === 'pending'
    const refused = standing.state === 'quarantined' && standing.closed_by === null
    if (author_id === undefined || !(waits || refused)) return []
    const { action, thing_id, closes = null } = operation
    const { reason, problems } = standing
    const sending = waits ? ('waiting' as const) : ('needs_a_look' as const)
    return [{ id, action, author_id, thing_id, closes, sending, reason, problems, saved_at }]
  })
}

/** A refused decision is put out of sight. It stays in the outbox. */
export const putAway = (id: string): Made => ({ bodies: [], closing: { ids: [id], by: 'put_away' } })

export const bodyIn = (row: Row | null | undefined): EntryBody | null =>
  isEntry(row ?? null) ? bodyOf(row as Entry) : null

export function isEntry(row: Row | null): row is Entry {
  return row !== null && 'details' in row
}

export const codeIn = (row: Row | null): string | null =>
  row !== null && 'code' in row ? (row as Person).code : null

/** One's own conflict stands in the own log, and is dealt with there too. */
function settled({ op }: OpenConflict, bodies: readonly OutboxBody[]): Made {
  return { bodies, closing: { ids: [op], by: bodies.at(-1)?.operation.id ?? 'put_away' } }
}

const idsOf = ({ thing_id, team_id }: OpenConflict) => ({ thing_id, team_id })

function asOperation(conflict: OpenConflict): MadeOperation {
  const { op: id, thing, action, thing_id, team_id, base, zone, utc_offset_min, received_at } = conflict
  const set = conflict.set as EntryChange
  return {
    ...{ id, thing, action, thing_id, team_id, base, set, zone, utc_offset_min },
    ...{ schema: 1, made_at: received_at },
  } as MadeOperation
}
