// What one operation makes of an entry or a person, so that the worker sees it before the server has answered.
import { met } from '../rules/entry'
import type { MadeOperation } from './outbox'
import type { EntryBody } from './phone'
import type { Row } from './replica'
import type { Entry, EntryChange, Person, Reflection } from './schema.gen'

/** The answer that an untouched form gives. */
const UNTOUCHED = {
  started_at: null,
  minutes: null,
  travel_minutes: 0,
  admin_minutes: 0,
  mode: null,
  attendance: 'attended',
  place: null,
  person_id: null,
  subject: 'person',
  others_present: [],
  with_colleague: null,
  focus: [],
  note: null,
} as const

/** An operation that only says that a matter is settled: whatever the server has stays, and is no new version. */
export function onlySettles(operation: MadeOperation): boolean {
  const nothing = Object.keys(operation.set ?? {}).length === 0
  return operation.action === 'amend' && operation.closes != null && nothing
}

/** The row after an operation; what cannot be understood leaves it as it was. */
export function after(row: Row | null, operation: MadeOperation, user_id: string): Row | null {
  if (onlySettles(operation)) return row
  if (operation.thing === 'person') {
    if (row === null && operation.action !== 'create') return null
    const start = { thing: 'person', id: operation.thing_id, team_id: operation.team_id, version: 0 }
    return { ...start, ...row, ...operation.set, version: (row?.version ?? 0) + 1 } as Person
  }
  const entry = row as Entry | null
  if (operation.action === 'void' || operation.action === 'unvoid') {
    const state = operation.action === 'void' ? 'void' : 'active'
    return entry === null || entry.state === state ? entry : { ...entry, state, version: entry.version + 1 }
  }
  if (operation.thing === 'reflection') {
    if (row === null && operation.action !== 'create') return null
    const { thing_id: id, team_id, set } = operation
    const start = { thing: 'reflection', id, team_id, author_id: user_id, state: 'active', entry_id: null }
    return { ...start, ...row, ...set, version: (row?.version ?? 0) + 1 } as Reflection
  }
  const change = operation.set ?? {}
  if (entry === null && change.details === undefined) return null
  const { zone, utc_offset_min } = operation
  const timed = entry === null || 'happened_on' in change || 'started_at' in change
  return {
    ...UNTOUCHED,
    thing: 'entry',
    id: operation.thing_id,
    team_id: operation.team_id,
    author_id: user_id,
    state: 'active',
    schema: operation.schema,
    ...entry,
    ...(timed ? { zone, utc_offset_min } : {}),
    ...changed(entry, change),
    version: (entry?.version ?? 0) + 1,
  } as Entry
}

/** The answers after a change: absent is unchanged, null is cleared, details merge while the kind stays. */
export function changed(body: EntryBody | null, change: EntryChange): Partial<EntryBody> {
  const result: Record<string, unknown> = { ...change }
  if (change.details !== undefined) {
    const old = body?.details
    const same_kind = old !== undefined && (change.details.kind ?? old.kind) === old.kind
    const merged = { ...(same_kind ? old : {}), ...change.details }
    result.details = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
  }
  const attendance = change.attendance === undefined ? (body?.attendance ?? 'attended') : change.attendance
  if (!met(attendance) && change.minutes == null) result.minutes = 0
  return result
}

/** The answers of an entry, without what the phone and the server add. */
export function bodyOf(entry: Entry): EntryBody {
  const { thing: _, id: _i, team_id: _t, author_id: _a, version: _v, ...more } = entry
  const { state: _s, schema: _c, zone: _z, utc_offset_min: _u, ...body } = more
  return body
}

/** Only what differs; a kind that stays keeps its other details. */
export function difference(before: EntryBody, wanted: EntryChange): EntryChange {
  const now = { ...UNTOUCHED, ...before } as Record<string, unknown>
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(wanted)) {
    if (name !== 'details' && value !== undefined && !same(now[name], value, name)) result[name] = value
  }
  const details = wanted.details
  if (details === undefined) return result
  if ((details.kind ?? before.details.kind) !== before.details.kind) return { ...result, details }
  const old = before.details as unknown as Record<string, unknown>
  const keys = Object.keys(details).filter((key) => key !== 'kind' && !same(old[key], details[key], key))
  if (keys.length > 0) result.details = Object.fromEntries(keys.map((key) => [key, details[key]]))
  return result
}

function same(a: unknown, b: unknown, name: string): boolean {
  return canonical(a, name) === canonical(b, name)
}

function canonical(value: unknown, name: string): string {
  const untouched = (UNTOUCHED as Record<string, unknown>)[name]
  const given = value ?? untouched ?? null
  if (given === null || (Array.isArray(given) && given.length === 0)) return 'none'
  return JSON.stringify(given, (_key, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, each]) => each != null && !(Array.isArray(each) && each.length === 0))
            .sort(([x], [y]) => (x < y ? -1 : 1)),
        )
      : inner,
  )
}
