// What a service made of a list of answers: which are retired, what it calls them, the names it offers. Pure.
import type { EntryBody, Settings } from '../data/phone'

export type Language = 'en' | 'cy'

export interface AnswersOf {
  /** Not for new logs. A log that has one keeps it. */
  readonly retired: readonly string[]
  /** The service's own words, by answer. */
  readonly labels: Readonly<Record<string, string>>
  /** Names to choose from where a field takes a name. */
  readonly own: readonly string[]
}

/** The name of a list in the settings: `discharge_support.stage`, `signposting.items.how`, `entry.place`. */
export function listName(kind: string, field: string): string {
  if (field.startsWith('details.')) return `${kind}.${field.slice('details.'.length)}`
  if (field.startsWith('item.')) return `signposting.items.${field.slice('item.'.length)}`
  return `entry.${field}`
}

/** What the settings say of one field of a kind, such as `answersOf(settings, 'discharge_support', 'details.stage')`. */
export const answersOf = (settings: Settings, kind: string, field: string, language: Language = 'en') =>
  answersOfList(settings, listName(kind, field), language)

export function answersOfList(settings: Settings, list: string, language: Language = 'en'): AnswersOf {
  // A session that an older app has kept knows nothing of answers.
  const { retired = [], labels = {}, own = [] } = settings.answers?.[list] ?? {}
  const named = Object.entries(labels).map(([answer, words]) => [answer, words[language] || words.en])
  return { retired, labels: Object.fromEntries(named), own }
}

/**
 * The fields with a retired answer that the entry did not have before: `details.stage`, `place`. The server keeps such
 * an entry until somebody decides; an old one stays as it is.
 */
export function retiredFields(
  settings: Settings,
  entry: Partial<Omit<EntryBody, 'details'>> & { readonly details?: object },
  before: EntryBody | null = null,
): string[] {
  const kind = kindOf(entry)
  return Object.entries(settings.answers ?? {}).flatMap(([list, { retired = [] }]) => {
    const [of = '', ...path] = list.split('.')
    if (retired.length === 0 || (of !== 'entry' && of !== kind)) return []
    const had = of === 'entry' || kindOf(before ?? {}) === kind ? given(before, of, path) : []
    const fresh = given(entry, of, path).filter((answer) => !had.includes(answer))
    const field = of === 'entry' ? path.join('.') : `details.${path.join('.')}`
    return fresh.some((answer) => retired.includes(answer)) ? [field] : []
  })
}

const kindOf = (entry: { readonly details?: object }) =>
  (entry.details as { kind?: string } | undefined)?.kind

function given(entry: object | null, of: string, path: readonly string[]): string[] {
  if (entry === null) return []
  return values(of === 'entry' ? entry : (entry as { details?: unknown }).details, path)
}

function values(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => values(one, path))
  if (value === null || value === undefined) return []
  const [first, ...rest] = path
  return first === undefined ? [String(value)] : values((value as Record<string, unknown>)[first], rest)
}
