// Makes operations out of what the worker did. Pure: ids, the clock and the zone come in from outside.
import { SCHEMA } from './engine'
import { bodyOf, changed, difference } from './fold'
import type { MadeOperation, OutboxBody, Standing } from './outbox'
import type { Draft, EntryBody } from './phone'
import type { ReflectionDraft } from './reflections'
import { type Row, thingOf } from './replica'
import type { Entry, EntryChange } from './schema.gen'
import type { Closing } from './store'
import type { Thing } from './view'

/** When and where it is made. */
export interface Making {
  readonly id: () => string
  readonly at: number
  readonly zone: string
  readonly utc_offset_min: number
  /** Whether the user is in this team today. */
  readonly member: (team_id: string) => boolean
}

/** What is kept in one transaction. */
export interface Made {
  readonly bodies: readonly OutboxBody[]
  readonly closing?: Closing
}

const NOTHING: Made = { bodies: [] }

export function fromDraft(draft: Draft, making: Making): Made {
  const set = { ...draft.entry, details: { ...draft.entry.details } } as EntryChange
  const operation = made(
    making,
    { id: draft.operation_id, team_id: draft.team_id, thing_id: draft.id },
    'create',
    0,
  )
  return { bodies: [{ operation: { ...operation, set: answered(set) }, before: null }] }
}

/** A reflection is kept like an entry that has no details: everything below holds for both. */
export function reflected(draft: ReflectionDraft, sealed: string, making: Making): Made {
  const { id: thing_id, operation_id: id, team_id, entry_id, kept_on } = draft
  const operation = { ...made(making, { id, team_id, thing_id }, 'create', 0), thing: 'reflection' as const }
  const set = { ...(entry_id === null ? {} : { entry_id }), kept_on, sealed }
  return { bodies: [{ operation: { ...operation, set }, before: null }] }
}

/**
 * Changes an entry. One that waits for the worker is tried anew, with the change in it: as a create where the
 * server has no such entry, else as an amend of what the server has.
 */
export function amended(thing: Thing, change: EntryChange, making: Making): Made {
  const entry = thing.row as Entry
  if (thing.open.length === 0) {
    const set = difference(bodyOf(entry), change)
    return Object.keys(set).length === 0 ? NOTHING : { bodies: [amend(thing, set, entry.version, making)] }
  }
  const body = bodyOf(entry)
  return again(thing, asChange({ ...body, ...changed(body, change) }), making)
}

/** The worker's own version goes before what the server has. */
export function mine(thing: Thing, making: Making): Made {
  return keeping(again(thing, asChange(bodyOf(thing.row as Entry)), making), alive(thing.theirs))
}

/** What the server has stays; the worker's own version is closed. */
export function theirs(thing: Thing, making: Making): Made {
  const stored = thing.theirs as Entry | null
  const own = { ...(thing.row as Entry), state: 'active' as const }
  if (stored === null) return keeping(putAway(thing, making), own)
  const bodies = settled(thing, storedConflicts(thing), making)
  const ids = thing.open.map((item) => item.id)
  return keeping(closed(bodies, ids), own)
}

/** What was not chosen once goes before what is there now; that is kept in its turn. */
export function instead(thing: Thing, copy: EntryBody, making: Making): Made {
  if (thing.open.length > 0 || thing.theirs === null) {
    return keeping(again(thing, asChange(copy), making), alive(thing.theirs))
  }
  const row = thing.row as Entry
  const bodies: OutboxBody[] = []
  if (row.state === 'void') bodies.push(say(thing, 'unvoid', row.version, making))
  const set = difference(bodyOf(row), withCleared(row, asChange(copy)))
  const version = row.version + bodies.length
  if (Object.keys(set).length > 0) bodies.push(amend(thing, set, version, making))
  return keeping({ bodies }, alive(row))
}

/** Voids an entry. What the server never took is only put out of sight. */
export function removed(thing: Thing, reason: string | null, making: Making): Made {
  const entry = thing.row as Entry
  const on_its_way = thing.own.some(
    ({ operation, standing }) => operation.action === 'create' && standing.state === 'pending',
  )
  if (thing.theirs === null && !on_its_way) return putAway(thing, making, 'void')
  const [closes, ...more] = storedConflicts(thing)
  const body = say(thing, 'void', entry.version, making, {
    ...(reason ? { reason } : {}),
    ...(closes ? { closes } : {}),
  })
  if (thing.open.length === 0) return { bodies: [body] }
  const ids = thing.open.map((item) => item.id)
  return { bodies: [body, ...settled(thing, more, making)], closing: { ids, by: body.operation.id } }
}

export function broughtBack(thing: Thing, making: Making): Made {
  const made_here = thing.own.some(
    ({ operation, standing }) => operation.action === 'create' && waits(standing),
  )
  // One that was let go before the server had it is made once more.
  if (thing.theirs === null && !made_here) return again(thing, asChange(bodyOf(thing.row as Entry)), making)
  return { bodies: [say(thing, 'unvoid', (thing.row as Entry).version, making)] }
}

/** Takes back what this phone did last to an entry. */
export function undone(thing: Thing, making: Making): Made | null {
  const last = thing.own.at(-1)
  if (last === undefined) return null
  const { operation, before } = last
  if (operation.action === 'create') return removed(thing, null, making)
  if (operation.action === 'void') return broughtBack(thing, making)
  if (operation.action === 'unvoid') return removed(thing, null, making)
  if (before === null || operation.thing !== 'entry') return null
  const back = bodyOf(before as Entry) as unknown as Record<string, unknown>
  const now = (thing.row as Entry).details as unknown as Record<string, unknown>
  const change: Record<string, unknown> = {}
  for (const name of Object.keys(operation.set ?? {})) change[name] = back[name] ?? null
  if ('details' in change) {
    // Keys that were not there before are cleared again.
    const cleared = Object.fromEntries(Object.keys(now).map((key) => [key, null]))
    change.details = { ...cleared, ...(back.details as object) }
  }
  return amended(thing, change as EntryChange, making)
}

/** Sends everything anew that waits for the worker. */
function again(thing: Thing, wanted: EntryChange, making: Making): Made {
  const stored = thing.theirs as Entry | null
  if (stored === null) {
    const operation = made(making, { thing_id: thing.row.id, team_id: thing.row.team_id }, 'create', 0)
    const [closes, ...more] = storedSoon(thing)
    const body: OutboxBody = {
      operation: { ...operation, ...of(thing), ...(closes ? { closes } : {}), set: answered(wanted) },
      before: thing.row,
    }
    const bodies = [body, ...settled(thing, more, making)]
    return { bodies, closing: { ids: unanswered(thing), by: operation.id } }
  }
  const [closes, ...more] = storedConflicts(thing)
  const bodies: OutboxBody[] = []
  let version = thing.row.version
  if (stored.state === 'void') {
    bodies.push(say(thing, 'unvoid', version, making))
    version += 1
  }
  const set = difference(bodyOf(stored), withCleared(stored, wanted))
  bodies.push(amend(thing, set, version, making, closes), ...settled(thing, more, making))
  return closed(
    bodies,
    thing.open.map((item) => item.id),
  )
}

/**
 * The server has no such entry: the worker lets it go. It stays in the outbox, out of sight; what the server has kept
 * of it is settled there too.
 */
function putAway(thing: Thing, making: Making, action: 'amend' | 'void' = 'amend'): Made {
  return closed(settled(thing, storedSoon(thing), making, action), unanswered(thing))
}

/** Says of each conflict that it is settled, and changes nothing on the server. */
function settled(
  thing: Thing,
  conflicts: readonly string[],
  making: Making,
  action: 'amend' | 'void' = 'amend',
): readonly OutboxBody[] {
  // To a team that the user has left the server would only keep another conflict.
  if (!making.member(thing.row.team_id)) return []
  const base = thing.row.version
  return conflicts.map((closes) =>
    action === 'void' ? say(thing, 'void', base, making, { closes }) : amend(thing, {}, base, making, closes),
  )
}

/** One that was deleted says nothing that could be used instead. */
const alive = (row: Row | null) => (row !== null && 'state' in row && row.state === 'active' ? row : null)

/** The one that was not chosen stays with the choice. */
function keeping(made: Made, other: Row | null): Made {
  const [first, ...more] = made.bodies
  return first === undefined || other === null ? made : { ...made, bodies: [{ ...first, other }, ...more] }
}

export function closed(bodies: readonly OutboxBody[], ids: readonly string[]): Made {
  return { bodies, closing: { ids, by: bodies.at(-1)?.operation.id ?? 'put_away' } }
}

/** What is open, and what is still on its way to a server that has no such entry. */
export function unanswered(thing: Thing): readonly string[] {
  const on_its_way = thing.own.filter((item) => item.standing.state === 'pending')
  return [...thing.open, ...on_its_way].map((item) => item.id)
}

/** The open conflicts that the server keeps: ours, and those that one of ours was to close and did not. */
export function storedConflicts(thing: Thing): readonly string[] {
  const named = thing.open.flatMap(({ id, operation, standing }) => [
    ...(standing.outcome === 'conflict' ? [id] : []),
    ...(operation.closes != null ? [operation.closes] : []),
  ])
  return [...new Set(named)]
}

/** The same where the server has no such entry: whatever is on its way will be one of them. */
export function storedSoon(thing: Thing): readonly string[] {
  const on_its_way = thing.own.filter(
    ({ operation, standing }) => waits(standing) && operation.closes == null,
  )
  return [...storedConflicts(thing), ...on_its_way.map((item) => item.id)]
}

function waits(standing: Standing): boolean {
  return standing.state === 'pending' && standing.closed_by === null
}

function amend(thing: Thing, set: EntryChange, base: number, making: Making, closes?: string): OutboxBody {
  const ids = { thing_id: thing.row.id, team_id: thing.row.team_id }
  const operation = { ...made(making, ids, 'amend', base), ...of(thing), ...(closes ? { closes } : {}), set }
  return { operation, before: thing.row }
}

function say(
  thing: Thing,
  action: 'void' | 'unvoid',
  base: number,
  making: Making,
  more: { reason?: string; closes?: string } = {},
): OutboxBody {
  const ids = { thing_id: thing.row.id, team_id: thing.row.team_id }
  return { operation: { ...made(making, ids, action, base), ...of(thing), ...more }, before: thing.row }
}

const of = (thing: Thing) => ({ thing: thingOf(thing.row) as 'entry' })

export function made(
  making: Making,
  ids: { readonly id?: string; readonly thing_id: string; readonly team_id: string },
  action: MadeOperation['action'],
  base: number,
) {
  const { at, zone, utc_offset_min } = making
  const { id = making.id(), thing_id, team_id } = ids
  const when = { made_at: at, zone, utc_offset_min }
  return { id, thing: 'entry' as const, action, thing_id, team_id, base, schema: SCHEMA, ...when }
}

/** Everything that an entry says, as a change. */
function asChange(body: EntryBody): EntryChange {
  const details = body.details === undefined ? {} : { details: { ...body.details } }
  return { ...body, ...details } as EntryChange
}

/** A create names only what was answered: absent means "not asked". */
function answered(set: EntryChange): EntryChange {
  const details = Object.entries(set.details ?? {}).filter(([, value]) => value != null)
  const rest = Object.entries(set).filter(([name, value]) => name !== 'details' && value != null)
  const kind = set.details === undefined ? {} : { details: Object.fromEntries(details) }
  return { ...Object.fromEntries(rest), ...kind } as EntryChange
}

/** The whole of an entry as a change of another: what the other has beyond it is cleared. */
function withCleared(stored: Entry, wanted: EntryChange): EntryChange {
  if (wanted.details === undefined || wanted.details.kind !== stored.details.kind) return wanted
  const cleared = Object.fromEntries(Object.keys(stored.details).map((key) => [key, null]))
  return { ...wanted, details: { ...cleared, ...wanted.details } }
}
