// The words of the forms: every field of every kind asks something, every answer is called something, in plain words.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { options, questions, words } from '../../pwa/src/words/en'

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly discriminator?: { readonly mapping: Readonly<Record<string, string>> }
  readonly default?: unknown
}
interface Field {
  readonly kind: string
  readonly list: string | null
  readonly name: string
  readonly required: boolean
  readonly answers: readonly string[]
}

const document = JSON.parse(readFileSync(new URL('../../pwa/openapi.json', import.meta.url), 'utf8'))
const schemas: Readonly<Record<string, Schema>> = document.components.schemas
const named = (ref: string): Schema => schemas[ref.split('/').at(-1) ?? ''] ?? {}
const kinds = Object.entries(schemas.Entry?.properties?.details?.discriminator?.mapping ?? {})
const fields = kinds.flatMap(([kind, ref]) => fieldsOf(kind, named(ref)))
const ofEntry = Object.keys(schemas.Entry?.properties ?? {})
const choices = fields.filter(({ answers }) => answers.length > 0)
const called = new Map(fields.map((field) => [inDocument(field), questions[keyOf(field, questions)]]))
const labelled = new Map(choices.map((field) => [inDocument(field), options[keyOf(field, options)] ?? {}]))

// What fits on a phone that is 375 px wide: a chip on one line, a question on two at most, and a short name beside its answer.
const CHIP = 33
const ASK = 40
const SHORT = 22
const HINT = 46
// Under the name of a kind, beside an arrow.
const LINE = 34

test('the document has eighteen kinds with fields and answers to be put in words', () => {
  expect(kinds).toHaveLength(18)
  expect(fields.length).toBeGreaterThan(90)
  expect(choices.flatMap(({ answers }) => answers).length).toBeGreaterThan(300)
})

test('every field of every kind has a question, and a short name for the list of answers', () => {
  const without = [...called].filter(([, question]) => !question?.ask.endsWith('?') || !question.short)
  expect(without.map(([field]) => field)).toEqual([])
})

test('every field that a kind cannot do without says so where it was left out', () => {
  const needed = fields.filter(({ required }) => required)
  expect(needed.length).toBeGreaterThan(18)
  const silent = needed.filter((field) => !called.get(inDocument(field))?.missing?.startsWith('Choose '))
  expect(silent.map(inDocument)).toEqual([])
})

test('every answer has a label, and every label an answer', () => {
  for (const field of choices) {
    const labels = labelled.get(inDocument(field)) ?? {}
    expect([inDocument(field), Object.keys(labels).sort()]).toEqual([
      inDocument(field),
      [...field.answers].sort(),
    ])
  }
})

test('no label is said twice in a list', () => {
  for (const [field, labels] of labelled) {
    const plain = Object.values(labels).map((label) => label.toLowerCase())
    expect([field, plain]).toEqual([field, [...new Set(plain)]])
  }
})

test('no two questions of a form, and no two short names, are the same', () => {
  for (const [kind] of kinds) {
    const own = fields.filter((field) => field.kind === kind)
    for (const list of new Set(own.map((field) => field.list))) {
      const form = own.filter((field) => field.list === list).map((field) => called.get(inDocument(field)))
      const around =
        list === null ? ofEntry.map((name) => questions[`${kind}.${name}`] ?? questions[name]) : []
      for (const part of ['ask', 'short'] as const) {
        const said = [...form, ...around].flatMap((question) => question?.[part] ?? [])
        expect([kind, part, said]).toEqual([kind, part, [...new Set(said)]])
      }
    }
  }
})

test('the answer for all else stands at the end of its list', () => {
  const last = ['Something else', 'Someone else', 'Somewhere else', 'Nobody', 'Nothing']
  for (const [field, labels] of labelled) {
    const shown = Object.values(labels)
    const early = shown.filter((label, place) => last.includes(label) && place < shown.length - 2)
    expect([field, early]).toEqual([field, []])
  }
})

test('words that no field asks for are not kept', () => {
  const ofForms = ['details.kind', 'item.category', 'item.how', 'details.items.how']
  const families = ['direct', 'group', 'indirect', 'other']
  const otherwise = [...kinds.map(([kind]) => kind), ...families].flatMap((one) =>
    ofEntry.map((name) => `${one}.${name}`),
  )
  for (const table of [questions, options]) {
    const used = new Set([
      ...ofForms,
      ...ofEntry,
      ...otherwise,
      ...fields.map((field) => keyOf(field, table)),
    ])
    expect(Object.keys(table).filter((key) => !used.has(key))).toEqual([])
  }
})

test('a kind that means something else by a field has words of its own for it', () => {
  expect(questions['ward_welcome.place_kind']?.ask).not.toBe(questions['details.place_kind']?.ask)
  expect(options['ward_welcome.place_kind']?.ward).toBe('Ward')
  expect(options['details.place_kind']?.ward).toBeUndefined()
  expect(questions['recovery_planning.plan_stage'], 'the same in both plans').toBeUndefined()
})

test('every kind has the name that the server gives it, and a line that explains it', () => {
  const defaults = schemas.ServiceSettings?.properties?.kinds?.default as { kind: string; label: string }[]
  expect(words.kinds).toEqual(Object.fromEntries(defaults.map(({ kind, label }) => [kind, label])))
  const hints = Object.values(words.kindHints)
  expect(Object.keys(words.kindHints).sort()).toEqual(Object.keys(words.kinds).sort())
  expect(new Set(hints).size).toBe(hints.length)
  expect(hints.filter((hint) => hint.length > LINE || /[.?]$/.test(hint))).toEqual([])
})

test('labels fit on a chip, and questions and hints on a small screen', () => {
  const labels = [...labelled.values()].flatMap((one) => Object.values(one))
  expect(labels.filter((label) => label.length > CHIP)).toEqual([])
  const asked = [...called.values()].flatMap((question) => question ?? [])
  expect(asked.filter(({ ask }) => ask.length > ASK)).toEqual([])
  expect(asked.filter(({ short }) => short.length > SHORT)).toEqual([])
  expect(asked.filter(({ hint = '' }) => hint.length > HINT)).toEqual([])
})

test('nothing is said in clinical words, nor in words that people do not use of each other', () => {
  const source = readFileSync(new URL('../test_no_clinical_words.py', import.meta.url), 'utf8')
  const parts = /CLINICAL = re\.compile\(\n(.*?)\n\)/s.exec(source)?.[1]?.matchAll(/r"(.*?)"/g) ?? []
  const clinical = new RegExp([...parts].map(([, part]) => part).join(''))
  expect(clinical.test('any symptoms?')).toBe(true)
  const unkind =
    /\b(patients?|clients?|cases?|caseload|service users?|clinical|clinician|dna|fail\w*|refus\w*|non-?compli\w*|suffer\w*|target|outcome|assess|engage\w*|facilitat\w*|deliver\w*)\b/
  const allowed = ['Psychiatrist or prescriber']
  const found = everything().filter(
    (text) => clinical.test(text.toLowerCase()) || unkind.test(text.toLowerCase()),
  )
  expect(found.filter((text) => !allowed.includes(text))).toEqual([])
})

test('nothing is short for something that a newcomer would have to ask', () => {
  const known = new Set(['GP', 'NHS', 'OK', 'WRAP', 'LGBTQ'])
  const short = everything().flatMap((text) => text.match(/\b[A-Z]{2,}\b/g) ?? [])
  expect(short.filter((one) => !known.has(one))).toEqual([])
})

test('nothing praises, blames or shouts', () => {
  expect(
    everything().filter((text) => /!|\b(should|must|well done|great|wrong|why not)\b/i.test(text)),
  ).toEqual([])
})

/** Everything that the kinds say in questions and answers, less their names. */
function everything(): string[] {
  return [
    ...[...called.values()].flatMap((one) => [one?.ask, one?.short, one?.missing, one?.hint]),
    ...[...labelled.values()].flatMap((labels) => Object.values(labels)),
    ...Object.values(words.kindHints),
  ].filter((text) => text !== undefined)
}

function fieldsOf(kind: string, schema: Schema, list: string | null = null): Field[] {
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== 'kind')
    .flatMap(([name, described]) => {
      const schemas = [described, ...(described.anyOf ?? [])].flatMap((one) => [one, one.items ?? {}])
      const answers = schemas.flatMap((one) => one.enum ?? []).filter((answer) => answer !== null)
      const field = { kind, list, name, required: schema.required?.includes(name) ?? false, answers }
      const ref = schemas.find((one) => one.$ref)?.$ref
      const inner = ref ? fieldsOf(kind, named(ref), name) : []
      // Signposting asks for the topics themselves.
      return kind === 'signposting' && ref ? inner : [field, ...inner]
    })
}

function keyOf({ kind, list, name }: Field, table: Readonly<Record<string, unknown>>): string {
  if (kind === 'signposting') return name === 'category' ? 'details.items.category' : `item.${name}`
  const own = list ? `${kind}.${list}.${name}` : `${kind}.${name}`
  return list || own in table ? own : `details.${name}`
}

function inDocument({ kind, list, name }: Field): string {
  return [kind, list, name].filter(Boolean).join('.')
}
