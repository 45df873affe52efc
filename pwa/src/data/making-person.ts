// Makes operations of what the worker does to a person's code. Pure, like making.ts.
import { closed, type Made, type Making, made, storedConflicts } from './making'
import type { OutboxBody } from './outbox'
import type { Person, PersonChange } from './schema.gen'
import type { Thing } from './view'

export function added(id: string, team_id: string, set: PersonChange, making: Making): Made {
  return { bodies: [operationOf({ thing_id: id, team_id }, 'create', 0, set, null, making)] }
}

/** Tries a code again that needs a look, with another or the same: as a create where the server has no such person. */
export function putRight(thing: Thing, code: string, making: Making): Made {
  const [closes, ...more] = storedConflicts(thing)
  const { row, theirs } = thing
  const ids = { thing_id: row.id, team_id: row.team_id, ...(closes ? { closes } : {}) }
  const { thing: _, id: _i, team_id: _t, version: _v, ...rest } = row as Person
  const first =
    theirs === null
      ? operationOf(ids, 'create', 0, { ...rest, code }, row, making)
      : operationOf(ids, 'amend', row.version, { code }, row, making)
  return closed([first, ...settled(thing, more, making)], opened(thing))
}

/** The code is let go: whatever the server has stays. What the worker wrote is put out of sight, still kept. */
export function letGo(thing: Thing, making: Making): Made {
  return closed(settled(thing, storedConflicts(thing), making), opened(thing))
}

function settled({ row }: Thing, conflicts: readonly string[], making: Making): OutboxBody[] {
  if (!making.member(row.team_id)) return []
  return conflicts.map((closes) =>
    operationOf({ thing_id: row.id, team_id: row.team_id, closes }, 'amend', row.version, {}, row, making),
  )
}

const opened = (thing: Thing) => thing.open.map((item) => item.id)

function operationOf(
  { closes, ...ids }: { thing_id: string; team_id: string; closes?: string },
  action: 'create' | 'amend',
  base: number,
  set: PersonChange,
  before: OutboxBody['before'],
  making: Making,
): OutboxBody {
  const said = Object.fromEntries(Object.entries(set).filter(([, value]) => value != null))
  const closing = closes === undefined ? {} : { closes }
  const operation = {
    ...made(making, ids, action, base),
    thing: 'person' as const,
    ...closing,
    set: said as PersonChange,
  }
  return { operation, before }
}
