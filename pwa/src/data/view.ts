// What the worker sees: what the server said, with what this phone has not settled laid on top. Pure.
import { asItem, notSettledHere } from './conflicts'
import { bodyOf, after as fold, onlySettles } from './fold'
import { madeAt } from './id'
import type { Memory } from './memory'
import { type OutboxItem, open, trouble } from './outbox'
import type { Act, LogItem, PersonItem, Sending, SyncState } from './phone'
import { keyOf, type ReplicaItem, type Row, thingOf } from './replica'
import type { Entry, Person, Problem } from './schema.gen'

/** One entry or person with everything that is known of it on this phone. */
export interface Thing {
  /** What the worker sees. */
  readonly row: Row
  /** What the server said last, if it said anything. */
  readonly theirs: Row | null
  readonly sending: Sending
  /** Not in effect until the worker settles them, oldest first. */
  readonly open: readonly OutboxItem[]
  /** The operations of this phone that are not closed, oldest first. */
  readonly own: readonly OutboxItem[]
  readonly saved_at: number
}

export function things(memory: Memory, user_id: string): Map<string, Thing> {
  const own = new Map<string, OutboxItem[]>()
  for (const item of memory.outbox.values()) {
    if (item.author_id !== undefined) continue
    const key = keyOf(item.thing, item.thing_id)
    const list = own.get(key)
    if (list) list.push(item)
    else own.set(key, [item])
  }
  const elsewhere = new Map<string, OutboxItem[]>()
  for (const conflict of notSettledHere(memory.conflicts, memory.outbox)) {
    const key = keyOf(conflict.thing, conflict.thing_id)
    elsewhere.set(key, [...(elsewhere.get(key) ?? []), asItem(conflict)])
  }
  const found = new Map<string, Thing>()
  for (const [key, item] of memory.replica) {
    if (!own.has(key) && !elsewhere.has(key)) found.set(key, asTheServerSaid(item))
  }
  for (const key of new Set([...own.keys(), ...elsewhere.keys()])) {
    const items = (own.get(key) ?? []).sort((a, b) => a.n - b.n)
    const thing = laid(memory.replica.get(key)?.row ?? null, items, elsewhere.get(key) ?? [], user_id)
    if (thing !== null) found.set(key, thing)
  }
  return found
}

// A phone holds years of logs that nothing has touched: what is made of one is made once for each word of the server.
const untouched = new WeakMap<ReplicaItem, Thing>()
const shown = new WeakMap<Thing, LogItem>()

function asTheServerSaid(item: ReplicaItem): Thing {
  const known = untouched.get(item)
  if (known !== undefined) return known
  const { row } = item
  const thing: Thing = { row, theirs: row, sending: 'sent', open: [], own: [], saved_at: madeAt(row.id) }
  untouched.set(item, thing)
  return thing
}

/** Lays what is not settled on top of what the server said. A version counts what the server will count. */
function laid(
  theirs: Row | null,
  items: readonly OutboxItem[],
  elsewhere: readonly OutboxItem[],
  user_id: string,
): Thing | null {
  const own = items.filter((item) => item.standing.closed_by === null || item.standing.state === 'pending')
  const opened = [...elsewhere, ...own.filter((item) => open(item.standing))]
  const on_top = [
    ...elsewhere,
    ...own.filter((item) => item.standing.state === 'pending' || open(item.standing)),
  ]
  if (on_top.length === 0 && theirs === null) return null
  const start = theirs ?? on_top.find((item) => item.before !== null)?.before ?? null
  let row = theirs
  let version = theirs?.version ?? on_top[0]?.operation.base ?? 0
  for (const { operation, standing } of on_top) {
    // What was let go is on its way only so that the server hears of it.
    if (standing.closed_by !== null || onlySettles(operation)) continue
    const next = fold(row ?? start, operation, user_id)
    if (next === null) continue
    const lets_go = row === null && operation.action === 'void' && operation.closes != null
    if (standing.state === 'pending' && next !== row && !lets_go) version += 1
    row = next
  }
  row ??= opened.length > 0 ? start : letGo(on_top, start, user_id)
  if (row === null) return null
  const sending = opened.some((item) => trouble(item.standing) === 'needs_a_look')
    ? 'needs_a_look'
    : opened.length > 0
      ? 'changed_in_two_places'
      : on_top.length > 0
        ? 'waiting'
        : 'sent'
  const saved_at = items[0]?.saved_at ?? madeAt(row.id)
  return { row: { ...row, version }, theirs, sending, open: opened, own, saved_at }
}

/** What the server never had, and what only waits to be settled there: it is as good as deleted. */
function letGo(on_top: readonly OutboxItem[], start: Row | null, user_id: string): Row | null {
  const row = on_top.reduce((before, item) => fold(before, item.operation, user_id), start)
  return row !== null && 'state' in row ? { ...row, state: 'void' } : row
}

export function logOf(found: ReadonlyMap<string, Thing>): LogItem[] {
  const log: LogItem[] = []
  for (const thing of found.values()) {
    if (thingOf(thing.row) === 'entry') log.push(logItem(thing))
  }
  return log.sort((a, b) => {
    const [x, y] = [a.entry.happened_on, b.entry.happened_on]
    return x === y ? b.saved_at - a.saved_at : x < y ? 1 : -1
  })
}

function logItem(thing: Thing): LogItem {
  const known = shown.get(thing)
  if (known !== undefined) return known
  const item = itemOf(thing)
  shown.set(thing, item)
  return item
}

function itemOf(thing: Thing): LogItem {
  const entry = thing.row as Entry
  const theirs = thing.theirs as Entry | null
  const two_places = thing.sending === 'changed_in_two_places' && theirs !== null
  return {
    id: entry.id,
    team_id: entry.team_id,
    author_id: entry.author_id,
    entry: bodyOf(entry),
    version: entry.version,
    state: entry.state,
    sending: thing.sending,
    problems: problemsOf(thing.open),
    reason: thing.open.at(-1)?.standing.reason ?? null,
    theirs: two_places ? { entry: bodyOf(theirs), state: theirs.state } : null,
    saved_at: thing.saved_at,
    acts: actsOf(thing.own),
  }
}

/** What took effect or is on its way; what only settles a matter changed nothing. */
function actsOf(own: readonly OutboxItem[]): Act[] {
  return own
    .filter(({ operation, standing }) => !onlySettles(operation) && !open(standing))
    .map(({ id, operation, standing, saved_at }) => ({
      op: id,
      action: operation.action,
      at: standing.settled_at ?? saved_at,
      waiting: standing.state === 'pending',
    }))
}

export function personsOf(found: ReadonlyMap<string, Thing>): PersonItem[] {
  const persons: PersonItem[] = []
  for (const thing of found.values()) {
    if (thingOf(thing.row) !== 'person') continue
    const reason = thing.open.at(-1)?.standing.reason ?? null
    const problems = problemsOf(thing.open)
    const theirs = thing.sending === 'sent' ? null : (thing.theirs as Person | null)
    persons.push({ person: thing.row as Person, sending: thing.sending, theirs, problems, reason })
  }
  return persons.sort((a, b) => (a.person.code < b.person.code ? -1 : 1))
}

/** A broken rule is a problem like any other: it has a code, and the field that it is about. */
const FIELD_OF_RULE: Record<string, string> = {
  future_date: 'set.happened_on',
  too_far_back: 'set.happened_on',
  retired: 'set.details.kind',
  person_codes_off: 'set.person_id',
  person_required: 'set.person_id',
}

function problemsOf(items: readonly OutboxItem[]): Problem[] {
  return items.flatMap(({ standing }) => {
    const rule = standing.reason?.startsWith('rule:') ? standing.reason.slice('rule:'.length) : null
    if (rule === null) return [...standing.problems]
    return [...standing.problems, { code: rule, field: FIELD_OF_RULE[rule] ?? null }]
  })
}

/** What the worker would count: logs, and people that no waiting log names. */
export function counts(found: ReadonlyMap<string, Thing>) {
  const waiting = [...found.values()].filter((thing) =>
    thing.own.some((item) => item.standing.state === 'pending'),
  )
  const named = new Set(waiting.map(({ row }) => ('details' in row ? row.person_id : null)))
  const logs = waiting.filter(({ row }) => thingOf(row) === 'entry' || !named.has(row.id))
  const since = waiting.flatMap(({ own }) => own.filter((item) => item.standing.state === 'pending'))
  const count = (sending: Sending) => [...found.values()].filter((thing) => thing.sending === sending).length
  return {
    waiting: logs.length,
    oldest_waiting_at: since.length > 0 ? Math.min(...since.map((item) => item.saved_at)) : null,
    needs_a_look: count('needs_a_look'),
    changed_in_two_places: count('changed_in_two_places'),
  } satisfies Partial<SyncState>
}
