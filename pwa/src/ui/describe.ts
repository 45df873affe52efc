// An entry in words: what the rows, cards and lists say of it.
import { peopleIn } from '../data/persons'
import type { DraftAnswers, EntryBody, Kind } from '../data/phone'
import { answersOfList } from '../rules/answers'
import { kindDescribed } from '../rules/description'
import { familyOf } from '../rules/family'
import { options, words } from '../words/en'
import { nearDay, today } from './dates'
import { live } from './live'

export const met = (entry: DraftAnswers) =>
  entry.attendance === undefined || entry.attendance === 'attended' || entry.attendance === 'attended_late'

/** What the service calls a kind of activity. */
export function kindName(kind: Kind): string {
  const named = live.session.value?.service.settings.kinds.find((one) => one.kind === kind)
  return named?.label || words.kinds[kind]
}

/** What the service itself calls an answer of a list, such as `signposting.items.category`; nothing where it is as usual. */
export function ownName(list: string, answer: string): string | undefined {
  const settings = live.session.value?.service.settings
  return settings === undefined ? undefined : answersOfList(settings, list).labels[answer]
}

/** "45 minutes", "1 hour", "1½ hours", "1 hour 10 minutes" */
export function length(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const ofMinutes = `${rest} ${rest === 1 ? 'minute' : 'minutes'}`
  if (hours === 0) return ofMinutes
  if (rest === 30) return `${hours}½ hours`
  const ofHours = `${hours} ${hours === 1 ? 'hour' : 'hours'}`
  return rest === 0 ? ofHours : `${ofHours} ${ofMinutes}`
}

/** As on a chip, where space is short: "45 min". */
export const shortLength = (minutes: number) => (minutes < 60 ? `${minutes} min` : length(minutes))

export function personCode(id: string | null | undefined): string | null {
  if (!id) return null
  return peopleIn(live.persons.value).standing(id)?.code ?? words.person.unknown
}

/** The parts of the second line of a card: "45 minutes", "In person", "KITE-12" */
export function inShort(entry: EntryBody): string[] {
  const topic =
    entry.details.kind === 'signposting'
      ? entry.details.items.map((item) => topicName(item.category)).join(', ')
      : familyOf(entry) === 'direct'
        ? null
        : sortOf(entry)
  return [
    met(entry) ? entry.minutes && length(entry.minutes) : words.form.notMet,
    entry.mode && (ownName('entry.mode', entry.mode) ?? options.mode?.[entry.mode]),
    topic,
    personCode(entry.person_id),
  ].filter((part): part is string => Boolean(part))
}

// What work that was not with a person was: "Handover", "Reading". Its length alone would say little.
function sortOf({ details }: EntryBody): string | null {
  const sort = kindDescribed(details.kind)?.fields.find((field) => field.first && field.ask === 'one')
  const answer = sort && (details as unknown as Readonly<Record<string, unknown>>)[sort.name]
  if (!sort || typeof answer !== 'string') return null
  const labels = options[`${details.kind}.${sort.name}`] ?? options[`details.${sort.name}`]
  return ownName(`${details.kind}.${sort.name}`, answer) ?? labels?.[answer] ?? null
}

const topicName = (topic: string) =>
  ownName('signposting.items.category', topic) ?? options['details.items.category']?.[topic]

/** As the Saved banner says it: "One-to-one, 45 minutes, today." */
export function aboutEntry(entry: EntryBody): string {
  const day = nearDay(entry.happened_on, today())
  const near = day === 'Today' || day === 'Yesterday'
  const parts = [
    kindName(entry.details.kind),
    met(entry) ? entry.minutes && length(entry.minutes) : words.form.notMet.toLowerCase(),
    near ? day.toLowerCase() : day,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}
