// What is left of the answers when those that no longer apply are taken out: that is what is saved. Pure.
import type { DraftAnswers } from '../../data/phone'
import { met } from '../../ui/describe'
import { asksNow, envelopeFields, formFor } from './forms'

/** Answers to questions that are not asked any more go, and cards of a list in which nothing was said. */
export function applying(answers: DraftAnswers): DraftAnswers {
  const { front, filled, more } = formFor(answers)
  const all = [...front, ...filled, ...more]
  const asked = new Set(all.map(({ field }) => field))
  const top = Object.entries(answers).filter(([field]) => !envelopeFields.includes(field) || asked.has(field))
  const details = Object.entries(answers.details).flatMap(([name, value]) => {
    const question = all.find(({ field }) => field === `details.${name}`)
    if (question === undefined) return [[name, value]]
    if (!asksNow(question, answers)) return []
    return [[name, question.ask === 'list' && Array.isArray(value) ? value.filter(saysSomething) : value]]
  })
  const left = { ...Object.fromEntries(top), details: Object.fromEntries(details) } as DraftAnswers
  // There are no minutes of what did not go ahead; where that is no question, it went ahead.
  if (met(answers) || !met(left) || left.minutes !== 0) return left
  const { minutes: _, ...rest } = left
  return rest
}

/** A card in which nothing was said is not saved. */
export function saysSomething(thing: unknown): boolean {
  return Object.values(thing as object).some((value) => value !== null && value !== undefined && value !== '')
}
