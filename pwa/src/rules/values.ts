// Whether one value is what its field is described to be. The codes are those that the server gives.
import type { Problem } from '../data/schema.gen'
import type { Field } from './description'

// NUL and other control characters, and the invisible ones that turn text around or hide it.
const BAD_TEXT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/

/** What speaks against the answers of some fields; `where` is the path to them, such as `details`. */
export function fieldsProblems(answers: unknown, fields: readonly Field[], where: string): Problem[] {
  const given = (answers ?? {}) as Readonly<Record<string, unknown>>
  return fields.flatMap((field) => {
    const path = `${where}.${field.name}`
    const value = given[field.name]
    if (value === undefined || value === null) return field.required ? [required(path)] : []
    return valueProblems(value, field, path)
  })
}

/** What speaks against one answer that was given. */
export function valueProblems(value: unknown, field: Field, path: string): Problem[] {
  switch (field.ask) {
    case 'one':
      return field.options?.includes(value as string) ? [] : [problem('not_an_option', path)]
    case 'many':
    case 'list':
      return listProblems(value, field, path)
    case 'minutes':
    case 'spare_minutes':
    case 'number':
      return numberProblems(value, field, path)
    case 'text':
      return textProblems(value, field, path)
    case 'date':
      return isDate(value) ? [] : [problem('not_a_date', path)]
    case 'person':
      return isId(value) ? [] : [problem('not_an_id', path)]
    case 'yes_no':
      return typeof value === 'boolean' ? [] : [problem('not_a_boolean', path)]
    default:
      return []
  }
}

export const required = (path: string): Problem => problem('required', path)

export function isDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const parsed = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value)
}

const isId = (value: unknown) =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)

function listProblems(value: unknown, { ask, options, fields, limit }: Field, path: string): Problem[] {
  if (!Array.isArray(value)) return [problem('not_a_list', path)]
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = limit
  if (value.length < minItems) return [problem('too_short', path, minItems)]
  if (value.length > maxItems) return [problem('too_long', path, maxItems)]
  if (ask === 'list') {
    return value.flatMap((item, place) => fieldsProblems(item, fields ?? [], `${path}.${place}`))
  }
  const strange = value.findIndex((one) => !options?.includes(one))
  return strange < 0 ? [] : [problem('not_an_option', `${path}.${strange}`)]
}

function numberProblems(value: unknown, { limit: { minimum, maximum } }: Field, path: string): Problem[] {
  if (!Number.isInteger(value)) return [problem('not_an_integer', path)]
  const number = value as number
  if (maximum !== undefined && number > maximum) return [problem('too_large', path, maximum)]
  if (minimum !== undefined && number < minimum) return [problem('too_small', path, minimum)]
  return []
}

function textProblems(value: unknown, { limit }: Field, path: string): Problem[] {
  if (typeof value !== 'string') return [problem('not_text', path)]
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = limit
  // The server counts characters, not the halves of them.
  const length = [...value].length
  if (length > maxLength) return [problem('too_long', path, maxLength)]
  if (length < minLength) return [problem('too_short', path, minLength)]
  if (pattern !== undefined && !new RegExp(pattern).test(value)) return [problem('wrong_form', path)]
  return BAD_TEXT.test(value) ? [problem('bad_text', path)] : []
}

function problem(code: string, path: string, limit?: number): Problem {
  return { code, field: `set.${path}`, ...(limit === undefined ? {} : { limit }) }
}
