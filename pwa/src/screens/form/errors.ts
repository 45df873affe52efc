// What is wrong with a form, said at the question that it is about.
import type { Draft, SaveAnswer } from '../../data/phone'
import type { Problem } from '../../data/schema.gen'
import type { FormError } from '../../ui/error-summary'
import { live, phone } from '../../ui/live'
import { problems, questions, words } from '../../words/en'
import type { Form } from './forms'
import { questionId } from './question'

type Refusal = Extract<SaveAnswer, { ok: false }>['problem']

export function errorsOf(
  draft: Draft,
  form: Form,
  unread: Readonly<Record<string, string>>,
  refusal: Refusal = phone.problems(draft),
): FormError[] {
  if (refusal === 'storage_full') return [{ id: null, text: words.form.storageFull }]
  if (refusal === 'storage_broken') return [{ id: null, text: words.form.storageBroken }]
  const found = new Map<string, FormError>()
  for (const [id, text] of Object.entries(unread)) found.set(id, { id, text })
  for (const problem of [...refusal, ...personMissing(draft)]) {
    const field = fieldOf(problem)
    const id = field === null ? null : questionId(field)
    if (!found.has(id ?? problem.code)) found.set(id ?? problem.code, { id, text: say(problem, field) })
  }
  const order = [...form.front, ...form.filled, ...form.more].map((one) => questionId(one.field))
  return [...found.values()].sort((a, b) => order.indexOf(a.id ?? '') - order.indexOf(b.id ?? ''))
}

/** The question that a problem is about. The server names the field of the operation: `set.minutes`. */
export function fieldOf({ field }: Problem): string | null {
  const path = field?.replace(/^set\./, '') ?? ''
  if (path.startsWith('details.items')) {
    return path.endsWith('.how') ? 'details.items.how' : 'details.items.category'
  }
  if (path in questions) return path
  const parent = Object.keys(questions).find((known) => path.startsWith(`${known}.`))
  return parent ?? null
}

function say({ code }: Problem, field: string | null): string {
  const missing = code === 'required' || code === 'not_null' || code === 'too_short'
  if (missing && field && questions[field]?.missing) return questions[field].missing
  if (field === 'minutes' && code === 'too_large') return words.form.tooLong
  return problems[code] ?? problems.unreadable ?? code
}

// The phone knows the service's settings, so that nobody has to wait for the server to say so.
function personMissing(draft: Draft): Problem[] {
  const needed = live.value.session?.service.settings.person_codes === 'required'
  return needed && !draft.entry.person_id ? [{ code: 'required', field: 'person_id' }] : []
}
