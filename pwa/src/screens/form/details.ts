// A kind's own questions, made from its struct as the server describes it. No kind has a screen, or a list, of its own.
import type { Kind } from '../../data/phone'
import { type Field, kindDescribed } from '../../rules/description'
import type { Question } from './forms'

// What is offered where the struct names no numbers: minutes with a person talked about, and minutes beside a session.
const FEW_MINUTES = [5, 10, 15, 30]
const SPARE_MINUTES = [0, 15, 30, 60]

export interface OwnQuestions {
  /** Asked in full on a new log. */
  readonly first: readonly Question[]
  /** Behind More questions. */
  readonly later: readonly Question[]
}

const known = new Map<Kind, OwnQuestions>()

/** The questions of a kind, in the order of its struct. */
export function ownQuestions(kind: Kind): OwnQuestions {
  const found = known.get(kind) ?? made(kind)
  known.set(kind, found)
  return found
}

/** What each signposting topic can say of itself, behind More questions. */
export function topicQuestions(): readonly Question[] {
  const [items] = kindDescribed('signposting')?.fields ?? []
  return (items?.fields ?? [])
    .filter(({ name }) => name !== 'category')
    .map((field) => question(field, `item.${field.name}`, [`item.${field.name}`]))
}

function made(kind: Kind): OwnQuestions {
  const fields = kindDescribed(kind)?.fields ?? []
  const questions = fields.map((field) => ({
    first: field.first === true,
    questions: field.ask === 'list' && field.first ? topics(kind, field) : [own(kind, field)],
  }))
  return {
    first: questions.filter(({ first }) => first).flatMap((one) => one.questions),
    later: questions.filter(({ first }) => !first).flatMap((one) => one.questions),
  }
}

function own(kind: Kind, field: Field): Question {
  const path = `details.${field.name}`
  const words = [`${kind}.${field.name}`, path]
  const items = field.fields?.map((inner) => itemQuestion(kind, field, inner))
  return { ...question(field, path, words), ...(items ? { items } : {}) }
}

/** A question of each thing in a list. */
function itemQuestion(kind: Kind, list: Field, inner: Field): Question {
  const key = `${kind}.${list.name}.${inner.name}`
  return question(inner, inner.name, [key, `details.${list.name}.${inner.name}`, `item.${inner.name}`])
}

// A list that is asked first is asked as chips: its first fact for each thing, the next once for all of them.
function topics(kind: Kind, list: Field): readonly Question[] {
  return (list.fields ?? [])
    .filter(({ first }) => first)
    .map((field, place) => {
      const path = `details.${list.name}.${field.name}`
      const made = { ...question(field, path, [`${kind}.${list.name}.${field.name}`, path]), again: true }
      return place === 0 ? { ...made, ask: 'many' as const, most: list.limit.maxItems ?? 99 } : made
    })
}

function question(field: Field, path: string, words: readonly string[]): Question {
  const { ask, front, limit } = field
  const offered =
    ask === 'minutes' ? (front ?? FEW_MINUTES) : ask === 'spare_minutes' ? (front ?? SPARE_MINUTES) : front
  const numbers = ask === 'minutes' || ask === 'spare_minutes' || ask === 'number'
  return {
    field: path,
    words,
    ask: ask === 'other' ? 'text' : ask,
    limit,
    ...(offered === undefined
      ? {}
      : numbers
        ? { amounts: offered as readonly number[] }
        : { front: offered as readonly string[] }),
    ...(field.options ? { options: field.options } : {}),
    ...(limit.maxItems === undefined ? {} : { most: limit.maxItems }),
    ...(field.required ? { required: true } : {}),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.again ? { again: true } : {}),
    ...(field.when ? { when: field.when } : {}),
  }
}

/** Whether the answers beside a question are those on which it hangs. */
export function holds({ when = {} }: Question, beside: object): boolean {
  const given = beside as Readonly<Record<string, unknown>>
  return Object.entries(when).every(([field, answers]) => answers?.includes(given[field]))
}
