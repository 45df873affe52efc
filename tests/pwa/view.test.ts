// The overlay alone: what the server said, with what this phone has not settled laid on top.
import { expect, test } from 'vitest'
import type { Memory } from '../../pwa/src/data/memory'
import { type MadeOperation, type OutboxItem, PENDING, type Standing } from '../../pwa/src/data/outbox'
import { keyOf, type Row, thingOf } from '../../pwa/src/data/replica'
import type { Entry, OpenConflict, Person } from '../../pwa/src/data/schema.gen'
import { counts, logOf, personsOf, things } from '../../pwa/src/data/view'
import { SAM, TEAM } from './a-server'

const ID = '01900000-0000-7000-8000-000000000001'
const OTHER = '01900000-0000-7000-8000-000000000002'
const CONFLICT: Partial<Standing> = { state: 'settled', outcome: 'conflict', reason: 'version' }

function anEntry(more: Partial<Entry> = {}): Entry {
  return {
    thing: 'entry',
    id: ID,
    team_id: TEAM,
    author_id: SAM,
    version: 3,
    state: 'active',
    schema: 1,
    happened_on: '2026-11-20',
    zone: 'Europe/London',
    utc_offset_min: 0,
    minutes: 45,
    mode: 'in_person',
    details: { kind: 'one_to_one' },
    ...more,
  }
}

function anOperation(
  n: number,
  more: Partial<MadeOperation>,
  standing: Partial<Standing> = {},
  before: Row | null = null,
) {
  const { thing = 'entry', thing_id = ID, action = 'amend' } = more
  const at = { made_at: n, zone: 'Europe/London', utc_offset_min: 0 }
  const operation = {
    id: `op-${n}`,
    thing,
    action,
    thing_id,
    team_id: TEAM,
    schema: 1,
    ...at,
    ...more,
  } as MadeOperation
  const where = { thing, thing_id, team_id: TEAM, saved_at: n, bytes: 1 }
  return {
    id: `op-${n}`,
    n,
    ...where,
    operation,
    before,
    standing: { ...PENDING, ...standing },
  } as OutboxItem
}

function laid(rows: Row[], items: OutboxItem[], elsewhere: OpenConflict[] = []) {
  const memory = {
    outbox: new Map(items.map((item) => [item.id, item])),
    replica: new Map(rows.map((row) => [keyOf(thingOf(row), row.id), { epoch: 1, row }])),
    drafts: new Map(),
    conflicts: new Map(elsewhere.map((conflict) => [conflict.op, conflict])),
    texts: new Map(),
    meta: {} as Memory['meta'],
  }
  const found = things(memory, SAM)
  return { log: logOf(found), persons: personsOf(found), counts: counts(found) }
}

test('an entry without operations is what the server said', () => {
  const { log, counts } = laid([anEntry()], [])
  expect(log).toMatchObject([{ id: ID, version: 3, sending: 'sent', entry: { minutes: 45 }, theirs: null }])
  expect(counts).toEqual({ waiting: 0, oldest_waiting_at: null, needs_a_look: 0, changed_in_two_places: 0 })
})

test('changes are laid on top in the order of their numbers, and each counts as a version', () => {
  const changes = [
    anOperation(9, { set: { minutes: 60 } }),
    anOperation(7, { set: { minutes: 50, place: 'ward' } }),
    anOperation(8, { action: 'void' }),
  ]
  const { log, counts } = laid([anEntry()], changes)
  expect(log).toMatchObject([
    {
      version: 6,
      state: 'void',
      sending: 'waiting',
      entry: { minutes: 60, place: 'ward', mode: 'in_person' },
    },
  ])
  expect(counts).toMatchObject({ waiting: 1, oldest_waiting_at: 7 })
})

test('deleting what is deleted is no new version', () => {
  const { log } = laid([anEntry({ state: 'void' })], [anOperation(1, { action: 'void' })])
  expect(log).toMatchObject([{ version: 3, state: 'void', sending: 'waiting' }])
})

test('what is settled and applied is not laid on top again', () => {
  const applied = anOperation(1, { set: { minutes: 99 } }, { state: 'settled', outcome: 'applied' })
  expect(laid([anEntry()], [applied]).log).toMatchObject([
    { version: 3, sending: 'sent', entry: { minutes: 45 } },
  ])
})

test('a conflict shows mine and theirs, and is no version', () => {
  const { log, counts } = laid([anEntry()], [anOperation(1, { set: { minutes: 50 } }, CONFLICT)])
  expect(log).toMatchObject([
    {
      version: 3,
      sending: 'changed_in_two_places',
      entry: { minutes: 50 },
      theirs: { entry: { minutes: 45 } },
    },
  ])
  expect(counts.changed_in_two_places).toBe(1)
})

test('a refusal goes before a conflict, and both before waiting', () => {
  const refused = { state: 'quarantined', reason: 'unreadable', problems: [{ code: 'too_large' }] } as const
  const { log, counts } = laid(
    [anEntry()],
    [
      anOperation(1, { set: { minutes: 1 } }, CONFLICT),
      anOperation(2, { set: { minutes: 2 } }, refused),
      anOperation(3, { set: { minutes: 3 } }),
    ],
  )
  expect(log).toMatchObject([{ sending: 'needs_a_look', problems: [{ code: 'too_large' }] }])
  expect(counts).toMatchObject({ waiting: 1, needs_a_look: 1, changed_in_two_places: 0 })
})

test('a change of an entry that the server no longer shows is shown from what it was made of', () => {
  const item = anOperation(1, { set: { minutes: 50 } }, { ...CONFLICT, reason: 'not_member' }, anEntry())
  expect(laid([], [item]).log).toMatchObject([
    { id: ID, sending: 'needs_a_look', reason: 'not_member', entry: { minutes: 50, mode: 'in_person' } },
  ])
})

test('the newest day comes first, and within a day what was saved last', () => {
  const rows = [anEntry({ id: ID, happened_on: '2026-11-19' }), anEntry({ id: OTHER })]
  const late = anOperation(1, {
    action: 'create',
    thing_id: 'third',
    set: { happened_on: '2026-11-20', details: { kind: 'signposting' } },
  })
  const third = { ...late, saved_at: Date.UTC(2027, 1, 1) }
  expect(laid(rows, [third]).log.map(({ id }) => id)).toEqual(['third', OTHER, ID])
})

test('a person that a waiting log names is not counted beside it', () => {
  const person = anOperation(1, { thing: 'person', action: 'create', thing_id: OTHER, set: { code: 'K7' } })
  const alone = laid([], [person])
  expect(alone.counts.waiting).toBe(1)
  expect(alone.persons).toMatchObject([{ person: { id: OTHER, code: 'K7', version: 1 }, sending: 'waiting' }])
  const set = { happened_on: '2026-11-20', person_id: OTHER, details: { kind: 'one_to_one' } }
  expect(laid([], [person, anOperation(2, { action: 'create', set })]).counts.waiting).toBe(1)
})

test('a person from the server is listed by code', () => {
  const person = (id: string, code: string): Person => ({
    thing: 'person',
    id,
    team_id: TEAM,
    version: 1,
    code,
  })
  const { persons, log } = laid([person('b', 'ROWAN-20'), person('a', 'ALDER-24')], [])
  expect(persons.map(({ person }) => person.code)).toEqual(['ALDER-24', 'ROWAN-20'])
  expect(log).toEqual([])
})
