// The table of docs/kinds.md is made of what the server says of the kinds and of the phone's words for it.
// `npx vitest run ../tests/pwa/kinds-page.test.ts -u` in pwa writes it again.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Kind } from '../../pwa/src/data/phone'
import { type Family, type Field, type KindDescription, kindDescribed } from '../../pwa/src/rules/description'
import { familyOf } from '../../pwa/src/rules/family'
import { questions, words } from '../../pwa/src/words/en'

const PAGE = new URL('../../docs/kinds.md', import.meta.url)
const TABLE = /(<!-- The table is made[^\n]*-->\n).*(<!-- That was the table\. -->\n)/s
const COUNTS: Readonly<Record<Family, string>> = {
  direct: 'contact',
  group: 'group session',
  indirect: 'indirect activity',
  other: "the service's own work",
}
const either = new Intl.ListFormat('en-GB', { type: 'disjunction' })
const kinds = Object.keys(words.kinds) as Kind[]

test('the page of kinds has a row for each, with what it asks and what it counts as', async () => {
  const page = readFileSync(PAGE, 'utf8')
  expect(page).toMatch(TABLE)
  const rows = kinds.map((kind) => [
    `${words.kinds[kind]}<br>\`${kind}\``,
    words.kindHints[kind],
    asks(kind, described(kind).fields),
    either.format(countsAs(kind)),
  ])
  const table = [['Kind', 'What it is', 'Asks', 'Counts as'], ['---', '---', '---', '---'], ...rows]
  const lines = table
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
    .replaceAll('| --- ', '|---')
    .replaceAll('--- |', '---|')
  await expect(page.replace(TABLE, `$1\n${lines.replaceAll('’', "'")}\n$2`)).toMatchFileSnapshot(
    PAGE.pathname,
  )
})

test('the page of kinds explains every kind that can count as one thing or another', () => {
  const explained = [...readFileSync(PAGE, 'utf8').matchAll(/^- \*\*(.+?)\*\* is/gm)].map(([, name]) => name)
  const several = kinds.filter((kind) => countsAs(kind).length > 1).map((kind) => words.kinds[kind])
  expect(several).toHaveLength(3)
  expect(explained).toEqual([...several, words.kinds.team_meeting])
})

function described(kind: Kind): KindDescription {
  const found = kindDescribed(kind)
  if (found === undefined) throw new Error(`openapi.json says nothing of ${kind}`)
  return found
}

function asks(kind: Kind, fields: readonly Field[], list: string | null = null): string {
  const named = fields.map((field) => {
    if (kind === 'signposting' && field.fields) return asks(kind, field.fields, field.name)
    const inner = field.fields ? ` (${asks(kind, field.fields, field.name)})` : ''
    const short = shortName(kind, field.name, list)
    return (field.required ? `**${short}**` : short) + inner
  })
  return named.join(', ')
}

function shortName(kind: Kind, field: string, list: string | null): string {
  const keys = list ? [`${kind}.${list}.${field}`, `item.${field}`] : [`${kind}.${field}`, `details.${field}`]
  const short = keys.map((key) => questions[key]?.short).find(Boolean)
  if (short === undefined) throw new Error(`${kind} has no words for ${field}`)
  return short.toLowerCase()
}

/** What a kind can count as: first as a rule, then whatever one answer or two make of it. */
function countsAs(kind: Kind): string[] {
  const { family, fields } = described(kind)
  const answers = fields
    .flatMap(({ name, ask, options = [] }) =>
      (ask === 'yes_no' ? [true, false] : ask === 'one' ? options : []).map((one) => ({ [name]: one })),
    )
    .concat({})
  const found = answers.flatMap((one) =>
    answers.flatMap((two) =>
      ['person', 'proxy'].map((subject) => familyOf({ subject, details: { kind, ...one, ...two } })),
    ),
  )
  const order: Family[] = ['direct', 'group', 'indirect', 'other']
  return [...new Set([family, ...order.filter((one) => found.includes(one))])].map((one) => COUNTS[one])
}
