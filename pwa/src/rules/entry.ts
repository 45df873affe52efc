// The phone's copy of the entry rules, so that an answer is put right while the form is still open.
// The server judges again; tests/cases/entry-rules*.json hold both to the same words.
import type { Attendance, EntryBody, Settings } from '../data/phone'
import type { Problem } from '../data/schema.gen'
import { against, personsIn } from './against'
import { retiredFields } from './answers'
import { type Family, fieldOf, type KindDescription, kindDescribed } from './description'
import { familyOf } from './family'
import { fieldsProblems, isDate, required, valueProblems } from './values'

/** Answers as a form has them: any may be missing, and a number may still be half typed. */
export type Answers = Partial<Omit<EntryBody, 'details'>> & { readonly details?: AnsweredDetails }
type AnsweredDetails = { readonly kind: string } & Readonly<Record<string, unknown>>

export interface Today {
  /** The civil date where the worker is, such as 2026-11-20. */
  readonly date: string
  readonly settings: Settings
}

const MET: readonly Attendance[] = ['attended', 'attended_late']

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
  const kind = kindDescribed(details.kind)
  if (kind === undefined) return [{ code: 'unknown_kind', field: 'set.details.kind' }]
  const family = familyOf({ ...answers, details })
  return [
    ...whatWasDone(details, today, before),
    ...howLong(answers, family),
    ...howTheyWereInTouch(answers, family),
    ...when(answers, today, before),
    ...who(answers, family, today, before),
    ...detailsProblems(details, kind, answers.minutes),
    ...retiredFields(today.settings, answers, before).map((field) => ({
      code: 'retired_answer',
      field: `set.${field}`,
    })),
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

function howLong(answers: Answers, family: Family): Problem[] {
  const problems = described(answers, 'minutes', 'travel_minutes', 'admin_minutes')
  if (problems.length > 0) return problems
  if (!met(answers.attendance)) {
    return answers.minutes ? [{ code: 'minutes_without_meeting', field: 'set.minutes' }] : []
  }
  return family === 'direct' && answers.minutes == null ? [required('minutes')] : []
}

function howTheyWereInTouch(answers: Answers, family: Family): Problem[] {
  return family === 'direct' && answers.mode == null ? [required('mode')] : described(answers, 'mode')
}

function when(answers: Answers, { date, settings }: Today, before: EntryBody | null): Problem[] {
  const { happened_on } = answers
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
  return [...problems, ...described(answers, 'started_at')]
}

function who(answers: Answers, family: Family, { settings }: Today, before: EntryBody | null): Problem[] {
  const { person_id } = answers
  if (settings.person_codes === 'off') {
    const known = [before?.person_id, ...personsIn(before?.details)]
    const added = [person_id, ...personsIn(answers.details)].some((id) => id && !known.includes(id))
    return added ? [{ code: 'person_codes_off', field: 'set.person_id' }] : []
  }
  const owed = settings.person_codes === 'required' && (family === 'direct' || family === 'indirect')
  return owed && !person_id
    ? [{ code: 'person_required', field: 'set.person_id' }]
    : described(answers, 'person_id')
}

// What cannot be read is said first: only whole answers can speak against each other.
function detailsProblems(details: AnsweredDetails, { fields }: KindDescription, minutes?: number | null) {
  const unread = fieldsProblems(details, fields, 'details')
  return unread.length > 0 ? unread : against(details, minutes)
}

function theRest(answers: Answers, { settings }: Today, before: EntryBody | null): Problem[] {
  const problems = described(
    answers,
    'attendance',
    'place',
    'subject',
    'others_present',
    'with_colleague',
    'focus',
    'note',
  )
  if (answers.note && settings.notes === 'off' && answers.note !== before?.note) {
    problems.push({ code: 'not_allowed', field: 'set.note' })
  }
  return problems
}

/** What speaks against answers that every kind has, by the description of the API. */
function described(answers: Answers, ...names: readonly (keyof Answers)[]): Problem[] {
  return names.flatMap((name) => {
    const value = answers[name]
    return value === undefined || value === null
      ? []
      : valueProblems(value, fieldOf('EntryChange', name), name)
  })
}

function daysBefore(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - days)
  return day.toISOString().slice(0, 10)
}
