// Makes operations of what the worker does to a person's code. Pure, like making.ts.
import { closed, type Made, type Making, made, storedConflicts, storedSoon, unanswered } from './making'
import type { OutboxBody } from './outbox'
import type { Person, PersonChange } from './schema.gen'
import type { Thing } from './view'

type Ids = { readonly thing_id: string; readonly team_id: string; readonly closes?: string }

export function added(id: string, team_id: string, set: PersonChange, making: Making): Made {
  return { bodies: [operationOf({ thing_id: id, team_id }, 'create', 0, set, null, making)] }
}

/**
 * Changes a person. One that needs a look is tried again, with the change in it: as a create where the server has no
 * such person, else as an amend of what the server has.
 */
export function changed(thing: Thing, change: PersonChange, making: Making): Made {
  const row = thing.row as Person
  if (thing.open.length > 0) return again(thing, { ...saidOf(row), ...change }, making)
  const set = difference(row, change)
  return Object.keys(set).length === 0 ? { bodies: [] } : { bodies: [amend(thing, set, making)] }
}

/** Both are one person from now on: whoever stood for the one stands for the other, so that it stays one step. */
export function merged(thing: Thing, aliases: readonly Thing[], into: string, making: Making): Made {
  const before = aliases.map((alias) => amend(alias, { merged_into: into }, making))
  const own = changed(thing, { merged_into: into }, making)
  return { ...own, bodies: [...before, ...own.bodies] }
}

/** What the worker wrote is let go: whatever the server has stays. It is put out of sight, still kept. */
export function letGo(thing: Thing, making: Making): Made {
  if (thing.theirs === null) return closed(settled(thing, storedSoon(thing), making), unanswered(thing))
  return closed(settled(thing, storedConflicts(thing), making), opened(thing))
}

function again(thing: Thing, wanted: PersonChange, making: Making): Made {
  const { row, theirs } = thing
  const ids = { thing_id: row.id, team_id: row.team_id }
  if (theirs === null) {
    const [closes, ...more] = storedSoon(thing)
    const create = operationOf({ ...ids, ...closing(closes) }, 'create', 0, wanted, row, making)
    return {
      bodies: [create, ...settled(thing, more, making)],
      closing: { ids: unanswered(thing), by: create.operation.id },
    }
  }
  const set = difference(theirs as Person, wanted)
  if (Object.keys(set).length === 0) return letGo(thing, making)
  const [closes, ...more] = storedConflicts(thing)
  return closed([amend(thing, set, making, closes), ...settled(thing, more, making)], opened(thing))
}

function settled(thing: Thing, conflicts: readonly string[], making: Making): OutboxBody[] {
  // To a team that the user has left the server would only keep another conflict.
  if (!making.member(thing.row.team_id)) return []
  return conflicts.map((closes) => amend(thing, {}, making, closes))
}

/** What a person says, without what the phone and the server add. */
function saidOf(row: Person): PersonChange {
  const { thing: _, id: _i, team_id: _t, version: _v, ...said } = row
  return said
}

function difference(before: Person, wanted: PersonChange): PersonChange {
  const now = before as unknown as Record<string, unknown>
  const differs = Object.entries(wanted).filter(([name, value]) => (now[name] ?? null) !== (value ?? null))
  return Object.fromEntries(differs) as PersonChange
}

const opened = (thing: Thing) => thing.open.map((item) => item.id)
const closing = (closes: string | undefined) => (closes === undefined ? {} : { closes })

function amend({ row }: Thing, set: PersonChange, making: Making, closes?: string): OutboxBody {
  const ids = { thing_id: row.id, team_id: row.team_id, ...closing(closes) }
  return operationOf(ids, 'amend', row.version, set, row, making)
}

function operationOf(
  { closes, ...ids }: Ids,
  action: 'create' | 'amend',
  base: number,
  set: PersonChange,
  before: OutboxBody['before'],
  making: Making,
): OutboxBody {
  // A create names only what is known; a change clears with null.
  const said = Object.entries(set).filter(([, value]) => action === 'amend' || value != null)
  const operation = {
    ...made(making, ids, action, base),
    thing: 'person' as const,
    ...closing(closes),
    set: Object.fromEntries(said) as PersonChange,
  }
  return { operation, before }
}
