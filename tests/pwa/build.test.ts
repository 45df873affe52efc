// The build's own parts: the list of files that the service worker keeps, and what is read from the API’s own description.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { described, type Schemas } from '../../pwa/vite/description'
import { shell } from '../../pwa/vite/service-worker'

test('the worker keeps every file of the app but itself, and knows when one has changed', () => {
  const out = mkdtempSync(join(tmpdir(), 'shell-'))
  mkdirSync(join(out, 'assets'))
  for (const name of [
    'index.html',
    'sw.js',
    'assets/index-abc.js',
    'assets/index-abc.js.map',
    'manifest.webmanifest',
  ]) {
    writeFileSync(join(out, name), 'one')
  }
  const before = shell(out)
  expect(before.map(({ url }) => url)).toEqual([
    '/assets/index-abc.js',
    '/index.html',
    '/manifest.webmanifest',
  ])
  expect(before[0]?.revision).toBeNull()
  writeFileSync(join(out, 'index.html'), 'two')
  const after = shell(out)
  expect(after[1]?.revision).not.toBe(before[1]?.revision)
  // What a deployment in the middle of an install has replaced is refused, so that two versions are never mixed.
  expect(after[1]?.integrity).toMatch(/^sha256-.{44}$/)
  expect(after[1]?.integrity).not.toBe(before[1]?.integrity)
  expect(after[2]).toEqual(before[2])
  rmSync(out, { recursive: true })
})

test('a kind is described by its struct: its fields in their order, how each is asked, its answers and limits', () => {
  const { kinds, shapes } = described(schemasOf({ stage: STAGE, ward_label: WARD, goals: GOALS }))
  expect(shapes.EntryChange?.[0]).toMatchObject({ name: 'minutes', ask: 'minutes', limit: { maximum: 5 } })
  expect(kinds.a_kind).toEqual({
    family: 'direct',
    fields: [
      { name: 'stage', ask: 'one', required: true, options: ['before', 'after'], limit: {}, first: true },
      { name: 'ward_label', ask: 'text', limit: { maxLength: 80 }, when: { stage: ['before'] } },
      {
        name: 'goals',
        ask: 'list',
        default: [],
        limit: { maxItems: 3 },
        fields: [{ name: 'done_on', ask: 'date', limit: {} }],
      },
    ],
  })
})

test('each type of a field has one way of asking', () => {
  const ask = (name: string, schema: Schemas[string]) =>
    described(schemasOf({ [name]: schema })).kinds.a_kind?.fields[0]?.ask
  expect(ask('who', { type: 'array', items: { enum: ['carer'] } })).toBe('many')
  expect(ask('debrief_after', { anyOf: [{ type: 'boolean' }, { type: 'null' }] })).toBe('yes_no')
  expect(ask('participants', { type: 'integer' })).toBe('number')
  expect(ask('prep_minutes', { type: 'integer' })).toBe('spare_minutes')
  expect(ask('person_id', { type: 'string', format: 'uuid' })).toBe('person')
})

test('a shape that is missing, or a kind without a family, is named', () => {
  const schemas = schemasOf({})
  expect(() => described({ ...schemas, PersonChange: {} })).toThrow('does not describe PersonChange')
  const { 'x-family': _, ...unknown } = schemas.AKind ?? {}
  expect(() => described({ ...schemas, AKind: unknown })).toThrow('does not say the family of AKind')
})

const STAGE = { enum: ['before', 'after'], 'x-ask': { first: true } }
const WARD = {
  anyOf: [{ type: 'string', maxLength: 80 }, { type: 'null' }],
  default: null,
  'x-ask': { when: { stage: ['before'] } },
}
const GOALS = { type: 'array', maxItems: 3, default: [], items: { $ref: '#/components/schemas/Goal' } }

function schemasOf(fields: Schemas): Schemas {
  const shape = { properties: { minutes: { anyOf: [{ type: 'integer', maximum: 5 }, { type: 'null' }] } } }
  return {
    ...Object.fromEntries(['EntryChange', 'PersonChange', 'EntryOperation'].map((name) => [name, shape])),
    Entry: { properties: { details: { anyOf: [{ $ref: '#/components/schemas/AKind' }] } } },
    AKind: {
      'x-family': 'direct',
      required: ['kind', 'stage'],
      properties: { kind: { enum: ['a_kind'] }, ...fields },
    },
    Goal: { properties: { done_on: { type: 'string', format: 'date' } } },
  }
}
