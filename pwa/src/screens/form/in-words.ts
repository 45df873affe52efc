// One answer in words, for the filled-in list, the page of a log and the choice between two.
import type { DraftAnswers } from '../../data/phone'
import { nearDay, plainDay, shortDay, today } from '../../ui/dates'
import { length, personCode, shortLength } from '../../ui/describe'
import { live } from '../../ui/live'
import { loggingTeams } from '../../ui/roles'
import { words } from '../../words/en'
import { type DraftItem, items, read } from './answers'
import { topicQuestions } from './details'
import { formFor, type Question } from './forms'
import { labelOf, wordsOf } from './said'

/** What was answered, or null where nothing was. */
export function inWords(question: Question, answers: DraftAnswers): string | null {
  const value = read(answers, question.field)
  if (value === undefined || value === null || value === '') return null
  return answerInWords(question, value)
}

/** An answer that is no more than the default says nothing. */
export function says(question: Question, answers: DraftAnswers): boolean {
  const value = read(answers, question.field)
  if (value === question.default) return false
  return inWords(question, answers) !== null
}

export interface Row {
  readonly field: string
  readonly label: string
  readonly text: string
}

/** Every answer of an entry, as a list of rows. */
export function rowsOf(answers: DraftAnswers): Row[] {
  const { front, filled, more } = formFor(answers)
  const rows = [...front, ...filled, ...more]
    .filter((question) => filled.includes(question) || says(question, answers))
    .flatMap((question) => {
      const text = inWords(question, answers)
      return text === null ? [] : [rowOf(question, text)]
    })
  return [...rows, ...items(answers).flatMap(aboutItem)]
}

const rowOf = (question: Question, text: string): Row => ({
  field: question.field,
  label: wordsOf(question).short,
  text,
})

// What was said about one topic goes on one row, which leads to the topics.
function aboutItem(item: DraftItem): Row[] {
  const said = topicQuestions()
    .filter(({ field }) => field !== 'item.how')
    .flatMap((question) => {
      const value = (item as Record<string, unknown>)[question.field.slice('item.'.length)]
      if (value === undefined || value === null || value === question.default) return []
      return answerInWords(question, value) ?? []
    })
  const topic = topicName(item.category)
  return said.length === 0 ? [] : [{ field: 'details.items.category', label: topic, text: said.join(', ') }]
}

export const topicName = (topic: string | undefined): string =>
  topic === undefined ? '' : labelOf({ field: '', words: ['details.items.category'] }, topic)

export function answerInWords(question: Question, value: unknown): string | null {
  switch (question.ask) {
    case 'one':
      return labelOf(question, String(value))
    case 'many': {
      const chosen = value as readonly string[]
      return chosen.length === 0 ? null : chosen.map((one) => labelOf(question, one)).join(', ')
    }
    case 'list': {
      const things = value as readonly Readonly<Record<string, unknown>>[]
      return things.map((thing) => thingInWords(question, thing)).join('; ') || null
    }
    case 'minutes':
      return length(Number(value))
    case 'spare_minutes':
      return Number(value) === 0 ? words.form.none : length(Number(value))
    case 'yes_no':
      return value === true ? words.form.yes : words.form.no
    case 'when':
      return nearDay(String(value), today())
    case 'date':
      return plainDay(String(value))
    case 'person':
      return personCode(String(value))
    default:
      return String(value)
  }
}

// One thing of a list: what was said of it, "Goals, Doing it".
function thingInWords({ items = [] }: Question, thing: Readonly<Record<string, unknown>>): string {
  const said = items.map((inner) => {
    const value = thing[inner.field]
    return value === undefined || value === null || value === '' ? null : answerInWords(inner, value)
  })
  return said.filter((text) => text !== null).join(', ')
}

/** The same, short and whole in itself, for the filled-in list: "No travel", "Person not added". */
export function onCard(question: Question, answers: DraftAnswers, team_id: string): string {
  const { field } = question
  if (field === 'happened_on' && answers.happened_on) {
    const now = today()
    const near = nearDay(answers.happened_on, now)
    const day = shortDay(answers.happened_on)
    return near === 'Today' || near === 'Yesterday' ? `${near}, ${day}` : day
  }
  if (field === 'attendance' && (answers.attendance ?? 'attended') === 'attended') return words.form.wentAhead
  if (field === 'travel_minutes') {
    const minutes = answers.travel_minutes ?? 0
    return minutes === 0 ? words.form.noTravel : words.form.travel(shortLength(minutes))
  }
  if (field === 'person_id' && !answers.person_id) return words.form.personNotAdded
  if (field === 'team_id') {
    return loggingTeams(live.session.value).find((team) => team.id === team_id)?.name ?? ''
  }
  return inWords(question, answers) ?? words.form.notAdded
}
