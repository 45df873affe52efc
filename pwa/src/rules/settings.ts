// A service's settings while an admin changes them: what is wrong with them, and what becomes of two admins' changes.
import type { Settings } from '../data/phone'

/** The server says the same again. `where` is the path of the setting, as in its answer. */
export interface Wrong {
  readonly where: string
  readonly code: 'required' | 'twice' | 'too_long' | 'bad_text' | 'nothing_offered' | 'not_an_integer'
}

const LONGEST = 80
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const BAD_TEXT = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/

export function kindsWrong({ kinds }: Settings): Wrong[] {
  const named = (part: 'label' | 'label_cy') =>
    names(kinds.map((one): [string, string | null | undefined] => [`kinds.${one.kind}.${part}`, one[part]]))
  const none = kinds.every(({ offered }) => offered === false)
  return [
    ...(none ? [{ where: 'kinds', code: 'nothing_offered' } as const] : []),
    ...named('label'),
    ...named('label_cy'),
  ]
}

/** `plain` holds every answer of the list with its usual name; `longest` is how long an own name may be. */
export function listWrong(
  settings: Settings,
  list: string,
  plain: Readonly<Record<string, string>>,
  longest = LONGEST,
): Wrong[] {
  const { retired = [], labels = {}, own = [] } = settings.answers[list] ?? {}
  const answers = Object.keys(plain)
  const where = `answers.${list}`
  const called = (language: 'en' | 'cy') =>
    names(
      answers.map((answer): [string, string | null | undefined] => {
        const words = labels[answer]
        return [
          `${where}.labels.${answer}.${language}`,
          language === 'cy' ? words?.cy : (words?.en ?? plain[answer]),
        ]
      }),
    )
  const none = answers.length > 0 && answers.every((answer) => retired.includes(answer))
  return [
    ...(none ? [{ where: `${where}.retired`, code: 'nothing_offered' } as const] : []),
    ...called('en'),
    ...called('cy'),
    ...names(
      own.map((name, place): [string, string] => [`${where}.own.${place}`, name]),
      longest,
    ),
  ]
}

export function daysWrong({ back_dating_days: days }: Settings): Wrong[] {
  const fits = Number.isInteger(days) && days >= 0 && days <= 366
  return fits ? [] : [{ where: 'back_dating_days', code: 'not_an_integer' }]
}

export const weekWrong = ({ week }: Settings): Wrong[] =>
  week.length > 0 ? [] : [{ where: 'week', code: 'required' }]

/** Each says something, on one line, and no two say the same. */
function names(
  given: readonly [where: string, name: string | null | undefined][],
  longest = LONGEST,
): Wrong[] {
  const seen = new Set<string>()
  return given.flatMap(([where, name]): Wrong[] => {
    if (name === null || name === undefined) return []
    const plain = name.trim().replace(/\s+/g, ' ').toLowerCase()
    const twice = seen.has(plain)
    seen.add(plain)
    if (plain === '') return [{ where, code: 'required' }]
    if (BAD_TEXT.test(name)) return [{ where, code: 'bad_text' }]
    if ([...name].length > longest) return [{ where, code: 'too_long' }]
    return twice ? [{ where, code: 'twice' }] : []
  })
}

/** Without spaces around names, and without empty lines. */
export function tidied(settings: Settings): Settings {
  const kinds = settings.kinds.map((one) => ({
    ...one,
    label: one.label.trim(),
    label_cy: one.label_cy?.trim() || null,
  }))
  const answers = Object.entries(settings.answers).map(([list, { own = [], labels = {}, ...rest }]) => {
    const called = Object.entries(labels).map(([answer, { en, cy }]) => [
      answer,
      { en: en.trim(), cy: cy?.trim() || null },
    ])
    const names = own.map((name) => name.trim()).filter((name) => name !== '')
    return [list, { ...rest, labels: Object.fromEntries(called), own: names }]
  })
  return { ...settings, kinds, answers: Object.fromEntries(answers) }
}

/** My changes to `base`, made to what it has become since: another admin's changes stay where mine say nothing. */
export function rebased(base: Settings, mine: Settings, theirs: Settings): Settings {
  const merged = merge(byKind(base), byKind(mine), byKind(theirs)) as ReturnType<typeof byKind>
  const { order, of, ...rest } = merged
  return { ...rest, kinds: order.flatMap((kind) => of[kind] ?? []) } as Settings
}

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

function byKind({ kinds, ...rest }: Settings) {
  return {
    ...rest,
    order: kinds.map(({ kind }) => kind),
    of: Object.fromEntries(kinds.map((one) => [one.kind, one])),
  }
}

function merge(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (same(mine, base)) return theirs
  if (same(theirs, base)) return mine
  if (isList(base) && isList(mine) && isList(theirs)) return mergedLists(base, mine, theirs)
  if (!isPlain(base) || !isPlain(mine) || !isPlain(theirs)) return mine
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)])
  const pairs = [...keys].map((key) => [key, merge(base[key], mine[key], theirs[key])] as const)
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
}

// Of a list I keep my order; what they have added is added, and what they have taken out is out.
function mergedLists(
  base: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
): unknown[] {
  const kept = mine.filter((one) => theirs.includes(one) || !base.includes(one))
  return [...kept, ...theirs.filter((one) => !base.includes(one) && !mine.includes(one))]
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
