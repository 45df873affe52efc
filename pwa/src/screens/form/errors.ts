// What is wrong with a form, said at the question that it is about.
import type { Draft, SaveAnswer } from '../../data/phone'
import type { Problem } from '../../data/schema.gen'
import { familyOf } from '../../rules/family'
import type { FormError } from '../../ui/error-summary'
import { live, phone } from '../../ui/live'
import { problems, words } from '../../words/en'
import { envelopeFields, type Form, type Question, questionId } from './forms'
import { wordsOf } from './said'

type Refusal = Extract<SaveAnswer, { ok: false }>['problem']

export function errorsOf(
  draft: Draft,
  form: Form,
  unread: Readonly<Record<string, string>>,
  refusal: Refusal = phone.problems(draft),
): FormError[] {
  if (refusal === 'storage_full') return [{ id: null, text: words.form.storageFull }]
  if (refusal === 'storage_broken') return [{ id: null, text: words.form.storageBroken }]
  const all = [...form.front, ...form.filled, ...form.more]
  const found = new Map<string, FormError>()
  for (const [id, text] of Object.entries(unread)) found.set(id, { id, text })
  for (const problem of [...refusal, ...personMissing(draft)]) {
    const field = fieldOf(problem)
    const id = field === null ? null : idOf(problem, field)
    if (found.has(id ?? problem.code)) continue
    found.set(id ?? problem.code, { id, text: say(problem, questionOf(all, problem, field)) })
  }
  const order = all.map((one) => questionId(one.field))
  const place = ({ id }: FormError) => order.findIndex((one) => id === one || id?.startsWith(`${one}-`))
  return [...found.values()].sort((a, b) => place(a) - place(b))
}

/** The question that a problem is about. The server names the field of the operation: `set.minutes`. */
export function fieldOf(problem: Problem): string | null {
  // A retired answer is named without the place of its topic.
  const [top = '', field, place, inner = place] = pathOf(problem)
  // Topics are asked as chips: once for what they are, once for what was done.
  if (top === 'details' && field === 'items') return `details.items.${inner === 'how' ? 'how' : 'category'}`
  if (top === 'details') return field === undefined ? null : `details.${field}`
  return QUESTIONS.has(top) ? top : null
}

const QUESTIONS: ReadonlySet<string> = new Set([...envelopeFields, 'details'])

const pathOf = ({ field }: Problem) => (field?.replace(/^set\./, '') ?? '').split('.')

/** Where on the page: a question of one thing in a list stands in the card of that thing. */
function idOf(problem: Problem, field: string): string {
  const path = pathOf(problem)
  const inCard = path.length > 3 && !field.startsWith('details.items.')
  return questionId(inCard ? path.slice(0, 4).join('.') : field)
}

function questionOf(all: readonly Question[], problem: Problem, field: string | null): Question | undefined {
  const question = all.find((one) => one.field === field)
  const [, , , inner] = pathOf(problem)
  return question?.items?.find((one) => one.field === inner) ?? question
}

function say({ code }: Problem, question: Question | undefined): string {
  const left = code === 'required' || code === 'not_null' || code === 'too_short'
  const missing = left && question && wordsOf(question).missing
  if (missing) return missing
  if (question?.field === 'minutes' && code === 'too_large') return words.form.tooLong
  const outside = code === 'too_large' || code === 'too_small' || code === 'not_an_integer'
  if (question?.ask === 'number' && outside)
    return words.form.numberNeeded(question.limit?.minimum ?? 0, question.limit?.maximum ?? 9999)
  return problems[code] ?? problems.unreadable ?? code
}

// The phone knows the service's settings, so that nobody has to wait for the server to say so.
function personMissing(draft: Draft): Problem[] {
  const needed = live.session.value?.service.settings.person_codes === 'required'
  const counted = ['direct', 'indirect'].includes(familyOf(draft.entry))
  return needed && counted && !draft.entry.person_id ? [{ code: 'required', field: 'person_id' }] : []
}
