// The words of a question and of its answers. A field without words is still asked, by its own name.
import { type AnswersOf, answersOfList } from '../../rules/answers'
import { live } from '../../ui/live'
import { options, type QuestionWords, questions } from '../../words/en'
import type { Question } from './forms'

const LONG = 12
const SHOWN = 6

type Asked = Pick<Question, 'field' | 'words' | 'options'>

export function wordsOf({ field, words }: Asked): QuestionWords {
  const key = words.find((one) => questions[one] !== undefined)
  const plain = spelled(field.slice(field.lastIndexOf('.') + 1))
  return (key === undefined ? undefined : questions[key]) ?? { ask: plain, short: plain }
}

/** The answers that the service offers, by its names, as they are shown. A retired one that was given stays. */
export function answersOf(question: Asked, given: readonly string[] = []): Readonly<Record<string, string>> {
  const { retired, labels } = ofService(question)
  const shown = Object.entries(usualAnswers(question)).filter(
    ([answer]) => !retired.includes(answer) || given.includes(answer),
  )
  return Object.fromEntries(shown.map(([answer, usual]) => [answer, labels[answer] ?? usual]))
}

/** Every answer by its usual name, in the order in which they are shown. */
export function usualAnswers(question: Asked): Readonly<Record<string, string>> {
  const labels = labelsOf(question)
  if (question.options === undefined) return labels
  const there = new Set(question.options)
  const named = Object.entries(labels).filter(([answer]) => there.has(answer))
  const unnamed = question.options.filter((answer) => labels[answer] === undefined)
  return Object.fromEntries([...named, ...unnamed.map((answer) => [answer, spelled(answer)])])
}

/** The answers shown before More. A long list of which none stand out begins with those that its words begin with. */
export function frontOf(question: Asked & Pick<Question, 'front'>): readonly string[] | undefined {
  const answers = Object.keys(answersOf(question))
  return question.front ?? (answers.length > LONG ? answers.slice(0, SHOWN) : undefined)
}

export const labelOf = (question: Asked, answer: string): string =>
  ofService(question).labels[answer] ?? labelsOf(question)[answer] ?? spelled(answer)

/** What the service made of a question's answers, and the names that it offers for a text. */
export function ofService({ words }: Pick<Asked, 'words'>): AnswersOf {
  const settings = live.session.value?.service.settings
  const [first = ''] = words
  const last = words.at(-1) ?? ''
  const list = !last.includes('.')
    ? `entry.${last}`
    : first.replace(/^item\./, 'signposting.items.').replace(/^details\./, 'signposting.')
  return settings === undefined ? NOTHING : answersOfList(settings, list)
}

const NOTHING: AnswersOf = { retired: [], labels: {}, own: [] }

function labelsOf({ words }: Asked): Readonly<Record<string, string>> {
  const key = words.find((one) => options[one] !== undefined)
  return (key === undefined ? undefined : options[key]) ?? {}
}

const spelled = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`.replaceAll('_', ' ')
