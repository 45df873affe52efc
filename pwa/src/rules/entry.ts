// The phone's copy of the entry rules, so that an answer is put right while the form is still open.
// The server judges again; tests/cases/entry-rules.json holds both to the same words.
import type { Attendance, EntryBody, Kind, Settings } from '../data/phone'
import type { Problem } from '../data/schema.gen'
import { limitOf } from './limits'

/** Answers as a form has them: any may be missing, and a number may still be half typed. */
export type Answers = Partial<Omit<EntryBody, 'details'>> & { readonly details?: AnsweredDetails }
type AnsweredDetails = { readonly kind: string } & Readonly<Record<string, unknown>>

export interface Today {
  /** The civil date where the worker is, such as 2026-11-20. */
  readonly date: string
  readonly settings: Settings
}

/** Kinds whose contacts are counted: they say how, and if they met, how long. */
const DIRECT: readonly string[] = [
  'one_to_one',
  'accompanied_appointment',
  'signposting',
  'discharge_support',
] satisfies Kind[]

const MET: readonly Attendance[] = ['attended', 'attended_late']

// NUL and other control characters, and the invisible ones that turn text around or hide it.
const BAD_TEXT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/

export function met(attendance: Attendance | null | undefined): boolean {
  return MET.includes(attendance ?? 'attended')
}

/**
 * Everything that speaks against an entry, in the order of the form. With `before`, only what the change touches
 * is held against the day and the service again: an old entry may stay old.
 */
export function entryProblems(answers: Answers, today: Today, before: EntryBody | null = null): Problem[] {
  const { details } = answers
  if (details === undefined) return [required('details')]
  const direct = DIRECT.includes(details.kind)
  return [
    ...whatWasDone(details, today, before),
    ...howLong(answers, direct),
    ...howTheyWereInTouch(answers, direct),
    ...when(answers, today, before),
    ...who(answers, direct, today, before),
    ...detailsOf(details),
    ...theRest(answers, today, before),
  ]
}

/**
 * The closed month that the new day or the old one is in, or null. Only a warning: the month may have been reopened
 * since the phone heard of it, and the server keeps what comes for a closed one until somebody decides.
 */
export function closedMonth(
  closed_months: readonly string[],
  ...days: readonly (string | null | undefined)[]
): string | null {
  const months = days.flatMap((day) => (day ? [day.slice(0, 7)] : []))
  return months.find((month) => closed_months.includes(month)) ?? null
}

function whatWasDone(details: AnsweredDetails, { settings }: Today, before: EntryBody | null): Problem[] {
  if (before?.details.kind === details.kind) return []
  const offered = settings.kinds.some(({ kind, offered }) => kind === details.kind && offered !== false)
  return offered ? [] : [{ code: 'retired', field: 'set.details.kind' }]
}

function howLong(answers: Answers, direct: boolean): Problem[] {
  const problems = ['minutes', 'travel_minutes', 'admin_minutes'].flatMap((field) =>
    number(answers[field as 'minutes'], field),
  )
  if (problems.length > 0) return problems
  if (!met(answers.attendance)) {
    return answers.minutes ? [{ code: 'minutes_without_meeting', field: 'set.minutes' }] : []
  }
  return direct && answers.minutes == null ? [required('minutes')] : []
}

function howTheyWereInTouch(answers: Answers, direct: boolean): Problem[] {
  return direct && answers.mode == null ? [required('mode')] : []
}

function when(answers: Answers, { date, settings }: Today, before: EntryBody | null): Problem[] {
  const { happened_on, started_at } = answers
  const problems: Problem[] = []
  if (!happened_on) problems.push(required('happened_on'))
  else if (!isDate(happened_on)) problems.push({ code: 'not_a_date', field: 'set.happened_on' })
  else if (happened_on !== before?.happened_on) {
    if (happened_on > date) problems.push({ code: 'future_date', field: 'set.happened_on' })
    else if (happened_on < daysBefore(date, settings.back_dating_days)) {
      const limit = settings.back_dating_days
      problems.push({ code: 'too_far_back', field: 'set.happened_on', limit })
    }
  }
  const pattern = limitOf('EntryChange', 'started_at').pattern
  if (started_at != null && pattern && !new RegExp(pattern).test(started_at)) {
    problems.push({ code: 'wrong_form', field: 'set.started_at' })
  }
  return problems
}

function who(answers: Answers, direct: boolean, { settings }: Today, before: EntryBody | null): Problem[] {
  const { person_id } = answers
  if (settings.person_codes === 'off' && person_id && person_id !== before?.person_id) {
    return [{ code: 'person_codes_off', field: 'set.person_id' }]
  }
  const owed = settings.person_codes === 'required' && direct
  return owed && !person_id ? [{ code: 'person_required', field: 'set.person_id' }] : []
}

/** Facts that a kind cannot do without. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  accompanied_appointment: ['appointment_kind'],
  discharge_support: ['stage'],
}

function detailsOf(details: AnsweredDetails): Problem[] {
  const problems = (REQUIRED[details.kind] ?? [])
    .filter((field) => details[field] == null)
    .map((field) => required(`details.${field}`))
  if (details.kind === 'discharge_support') {
    problems.push(...text(details.ward_label, 'DischargeSupport', 'ward_label', 'details.ward_label'))
    for (const field of ['planned_discharge_on', 'discharged_on', 'ending_planned_for']) {
      problems.push(...date(details[field], `details.${field}`))
    }
  }
  return details.kind === 'signposting' ? signposted(details.items) : problems
}

function signposted(given: unknown): Problem[] {
  const items = Array.isArray(given) ? given : []
  const { minItems = 1, maxItems = 5 } = limitOf('Signposting', 'items')
  if (given == null) return [required('details.items')]
  if (items.length < minItems) return [{ code: 'too_short', field: 'set.details.items', limit: minItems }]
  if (items.length > maxItems) return [{ code: 'too_long', field: 'set.details.items', limit: maxItems }]
  return items.flatMap((item, place) => {
    const at = `details.items.${place}`
    const owed = ['category', 'how'].filter((field) => item?.[field] == null)
    return [
      ...owed.map((field) => required(`${at}.${field}`)),
      ...text(item?.service, 'SignpostingItem', 'service', `${at}.service`),
      ...date(item?.outcome_on, `${at}.outcome_on`),
      ...date(item?.check_back_on, `${at}.check_back_on`),
    ]
  })
}

function theRest(answers: Answers, { settings }: Today, before: EntryBody | null): Problem[] {
  const problems = text(answers.note, 'EntryChange', 'note', 'note')
  if (answers.note && settings.notes === 'off' && answers.note !== before?.note) {
    problems.push({ code: 'not_allowed', field: 'set.note' })
  }
  const most = limitOf('EntryChange', 'focus').maxItems
  if (most !== undefined && (answers.focus?.length ?? 0) > most) {
    problems.push({ code: 'too_long', field: 'set.focus', limit: most })
  }
  return problems
}

function required(field: string): Problem {
  return { code: 'required', field: `set.${field}` }
}

function number(value: unknown, field: string): Problem[] {
  if (value == null) return []
  if (!Number.isInteger(value)) return [{ code: 'not_an_integer', field: `set.${field}` }]
  const { minimum, maximum } = limitOf('EntryChange', field)
  if (maximum !== undefined && (value as number) > maximum) {
    return [{ code: 'too_large', field: `set.${field}`, limit: maximum }]
  }
  if (minimum !== undefined && (value as number) < minimum) {
    return [{ code: 'too_small', field: `set.${field}`, limit: minimum }]
  }
  return []
}

function text(value: unknown, shape: string, field: string, where: string): Problem[] {
  if (typeof value !== 'string') return []
  const { minLength = 0, maxLength } = limitOf(shape, field)
  // The server counts characters, not the halves of them.
  const length = [...value].length
  if (maxLength !== undefined && length > maxLength) {
    return [{ code: 'too_long', field: `set.${where}`, limit: maxLength }]
  }
  if (length < minLength) return [{ code: 'too_short', field: `set.${where}`, limit: minLength }]
  return BAD_TEXT.test(value) ? [{ code: 'bad_text', field: `set.${where}` }] : []
}

function date(value: unknown, where: string): Problem[] {
  return typeof value === 'string' && !isDate(value) ? [{ code: 'not_a_date', field: `set.${where}` }] : []
}

function isDate(value: string): boolean {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null
  return parsed !== null && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value)
}

function daysBefore(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - days)
  return day.toISOString().slice(0, 10)
}
