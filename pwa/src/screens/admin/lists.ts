// The lists of answers that a service can choose from: of each kind, as the server describes it, and of every entry.
import type { Kind } from '../../data/phone'
import { type Field, fieldOf, kindDescribed } from '../../rules/description'
import { usualAnswers, wordsOf } from '../form/said'

export interface List {
  /** Its name in the settings. */
  readonly name: string
  readonly title: string
  /** Every answer with its usual name, in the order in which they are shown; none where it takes a name. */
  readonly plain: Readonly<Record<string, string>>
  /** How long an own name may be; null where there are only answers. */
  readonly longest: number | null
  /** What no answer means: it cannot be retired. */
  readonly stands: string | null
}

const OF_EVERY_KIND = ['mode', 'place', 'others_present', 'with_colleague', 'focus']
/** Fields that take the name of a ward, a place, a group or a course. The server has the same list. */
const NAMED = [
  'discharge_support.ward_label',
  'community_access.place_label',
  'group_session.group_name',
  'recovery_college.course_name',
]

export const listsOfEveryKind = (): readonly List[] =>
  OF_EVERY_KIND.map((field) => listOf(fieldOf('EntryChange', field), `entry.${field}`, [field]))

export function listsOf(kind: Kind): readonly List[] {
  return (kindDescribed(kind)?.fields ?? []).flatMap((field) => {
    const inside = (field.fields ?? []).map((inner) => listed(kind, `${field.name}.${inner.name}`, inner))
    return [listed(kind, field.name, field), ...inside].filter((one) => one !== null)
  })
}

export function listNamed(name: string): List | null {
  const [kind = ''] = name.split('.')
  const lists = kind === 'entry' ? listsOfEveryKind() : listsOf(kind as Kind)
  return lists.find((one) => one.name === name) ?? null
}

function listed(kind: Kind, path: string, field: Field): List | null {
  const name = `${kind}.${path}`
  if (field.options === undefined && !NAMED.includes(name)) return null
  return listOf(field, name, [name, `details.${path}`, `item.${field.name}`])
}

function listOf(field: Field, name: string, words: readonly string[]): List {
  const asked = { field: name, words, ...(field.options ? { options: field.options } : {}) }
  return {
    name,
    title: wordsOf(asked).short,
    plain: field.options === undefined ? {} : usualAnswers(asked),
    longest: field.options === undefined ? (field.limit.maxLength ?? 80) : null,
    stands:
      typeof field.default === 'string' && field.options?.includes(field.default) ? field.default : null,
  }
}
