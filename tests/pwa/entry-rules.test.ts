// The phone's rules and the server's are held to the same cases.
import { expect, test } from 'vitest'
import type { EntryBody, Settings } from '../../pwa/src/data/phone'
import { fieldOf, kindDescribed } from '../../pwa/src/rules/description'
import { type Answers, entryProblems } from '../../pwa/src/rules/entry'
import { familyOf } from '../../pwa/src/rules/family'
import { codeProblems } from '../../pwa/src/rules/person'
import cases from '../cases/entry-rules.json'
import families from '../cases/families.json'
import table from '../cases/kinds.json'
import { base, KINDS, TODAY } from './kinds'

const owed: Readonly<Record<string, readonly string[]>> = table.owed
// Long enough for every person who can be talked about in a meeting.
const LONG = 1440
const ENTRY = {
  happened_on: '2026-11-20',
  minutes: 45,
  mode: 'in_person',
  details: { kind: 'one_to_one' },
} as const

function codes(answers: object, settings: Partial<Settings> = {}, before: EntryBody | null = null) {
  const today = { ...TODAY, settings: { ...TODAY.settings, ...settings } }
  return entryProblems(answers as Answers, today, before).map(({ code, field }) => ({ code, field }))
}

test.each(cases)('$name', ({ set, expect: expected }) => {
  // The server names a broken rule as the reason of a conflict: `rule:` and the code.
  const plain = expected.map(({ code, field }) => ({ code: code.replace(/^rule:/, ''), field }))
  expect(codes(set)).toEqual(plain)
})

test.each(table.rows)('$kind: $field takes its answers and refuses the others', ({ kind, field, ...row }) => {
  const least = base(kind)
  const where = `set.details.${field}`
  const said = (value: unknown) => codes({ ...ENTRY, minutes: LONG, details: { ...least, [field]: value } })
  for (const value of row.takes) expect(said(value), JSON.stringify(value)).toEqual([])
  for (const { value, code, at } of row.refuses) {
    expect(said(value), JSON.stringify(value)).toEqual([{ code, field: at ? `${where}.${at}` : where }])
  }
  const { [field]: _, ...without } = { ...least } as Record<string, unknown>
  expect(codes({ ...ENTRY, details: without })).toEqual(
    row.required ? [{ code: 'required', field: where }] : [],
  )
})

test.each(KINDS)('%s owes its length and its mode, or neither', (kind) => {
  for (const field of ['minutes', 'mode'] as const) {
    const { [field]: _, ...without } = ENTRY
    const missing = owed[kind]?.includes(field) ? [{ code: 'required', field: `set.${field}` }] : []
    expect(codes({ ...without, details: base(kind) })).toEqual(missing)
  }
})

test.each(families)('$name: $family', ({ family, details, subject }) => {
  expect(familyOf({ details, subject: subject ?? null })).toBe(family)
})

test('a person’s code is asked for where a person is what it is about, with them or without', () => {
  const required = { person_codes: 'required' } as const
  for (const { details, subject, family } of families) {
    const answers = { ...ENTRY, details, ...(subject ? { subject } : {}) }
    const missing = family === 'direct' || family === 'indirect'
    const expected = missing ? [{ code: 'person_required', field: 'set.person_id' }] : []
    expect(codes(answers, required), JSON.stringify(details)).toEqual(expected)
  }
})

test('a kind that this version of the app does not know is refused as one', () => {
  const details = { kind: 'a_newer_kind' }
  expect(codes({ ...ENTRY, details })).toEqual([{ code: 'unknown_kind', field: 'set.details.kind' }])
})

test('all that is wrong is said at once, in the order of the form', () => {
  expect(codes({ details: { kind: 'accompanied_appointment' }, travel_minutes: 15.5 })).toEqual([
    { code: 'not_an_integer', field: 'set.travel_minutes' },
    { code: 'required', field: 'set.mode' },
    { code: 'required', field: 'set.happened_on' },
    { code: 'required', field: 'set.details.appointment_kind' },
  ])
})

test('an activity that the service has retired is refused for new entries only', () => {
  const kinds = [{ kind: 'one_to_one', label: 'One-to-one', offered: false }] as Settings['kinds']
  expect(codes(ENTRY, { kinds })).toEqual([{ code: 'retired', field: 'set.details.kind' }])
  expect(codes(ENTRY, { kinds }, ENTRY)).toEqual([])
})

test('person codes are asked for, or left alone, as the service has chosen', () => {
  const person_id = '01900000-0000-7000-8000-000000000001'
  expect(codes(ENTRY, { person_codes: 'required' })).toEqual([
    { code: 'person_required', field: 'set.person_id' },
  ])
  expect(codes({ ...ENTRY, person_id }, { person_codes: 'required' })).toEqual([])
  expect(codes({ ...ENTRY, person_id }, { person_codes: 'off' })).toEqual([
    { code: 'person_codes_off', field: 'set.person_id' },
  ])
  expect(codes({ ...ENTRY, person_id }, { person_codes: 'off' }, { ...ENTRY, person_id })).toEqual([])
})

test('a note is kept only where the service keeps notes, short and with characters that can be shown', () => {
  const note = (text: string, notes: 'off' | 'short' = 'short') => codes({ ...ENTRY, note: text }, { notes })
  expect(note('Walked by the river')).toEqual([])
  expect(note('Walked by the river', 'off')).toEqual([{ code: 'not_allowed', field: 'set.note' }])
  expect(note('🌊'.repeat(280))).toEqual([])
  expect(note('🌊'.repeat(281))).toEqual([{ code: 'too_long', field: 'set.note' }])
  expect(note('turned \u202e around')).toEqual([{ code: 'bad_text', field: 'set.note' }])
})

test('an old entry may stay old, but cannot be moved too far back or into the future', () => {
  const before = { ...ENTRY, happened_on: '2026-01-05' }
  expect(codes({ ...before, minutes: 50 }, {}, before)).toEqual([])
  expect(codes({ ...before, happened_on: '2026-01-06' }, {}, before)).toEqual([
    { code: 'too_far_back', field: 'set.happened_on' },
  ])
})

test.each(['2026-02-30', '20-11-2026', '2026-11-2', 'today'])('%s is not a day', (happened_on) => {
  expect(codes({ ...ENTRY, happened_on })).toEqual([{ code: 'not_a_date', field: 'set.happened_on' }])
})

test.each([
  ['K7', null],
  ['river 12', null],
  ['', 'required'],
  ['k'.repeat(21), 'too_long'],
  ['Alex Example', 'looks_like_a_name'],
  ["Ann O'Hara", 'looks_like_a_name'],
  ['Ann-Mary Lee', 'looks_like_a_name'],
  ['alex@example.org', 'looks_like_an_identifier'],
  ['01/02/1990', 'looks_like_an_identifier'],
  ['077 009 00123', 'looks_like_an_identifier'],
])('the code %j: %s', (code, problem) => {
  expect(codeProblems(code)[0]?.code ?? null).toBe(problem)
})

test('limits come from the description of the API', () => {
  expect(fieldOf('EntryChange', 'minutes').limit).toMatchObject({ minimum: 0, maximum: 1440 })
  expect(kindDescribed('signposting')?.fields[0]?.limit).toEqual({ minItems: 1, maxItems: 5 })
  expect(() => fieldOf('EntryChange', 'nothing')).toThrow('says nothing of EntryChange.nothing')
})
