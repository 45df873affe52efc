// The phone's copy of what speaks against a person's code or reference: it could identify somebody outside the team.
// tests/cases/person-codes.json holds it and domain/people.py to the same answers.
import type { Person, Problem } from '../data/schema.gen'
import { fieldOf } from './description'

// Two words or more of letters alone.
const TWO_WORDS = /^\p{L}+(?:['’.-]\p{L}+)*(?:\s+\p{L}+(?:['’.-]\p{L}+)*)+$/u

// 1/5/80, 1980-05-12 and 12 May 1980, which is how a date of birth is written.
const DAY = '(?:0?[1-9]|[12][0-9]|3[01])'
const MONTH = '(?:0?[1-9]|1[0-2])'
const YEAR = '(?:(?:19|20)?[0-9]{2})'
const NAMED = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const GAP = '[^\\p{L}\\p{N}]*'
const DATES = [
  `(?<![\\p{L}\\p{N}_])${DAY}([/.-])${MONTH}\\1${YEAR}(?![\\p{L}\\p{N}_])`,
  `(?<![\\p{L}\\p{N}_])(?:19|20)[0-9]{2}([/.-])${MONTH}\\1${DAY}(?![\\p{L}\\p{N}_])`,
  `(?<![\\p{L}\\p{N}])${DAY}(?:st|nd|rd|th)?${GAP}${NAMED}${GAP}${YEAR}(?![\\p{L}\\p{N}])`,
].map((pattern) => new RegExp(pattern, 'iu'))
// A British number as it is dialled.
const TELEPHONE = /^(?:(?:\+|00)[0-9]{8,14}|0[1-37][0-9]{9})$/

export function codeProblems(code: string): Problem[] {
  const field = 'set.code'
  const first = lengthProblems(code, 'code')
  if (first.length > 0) return first
  const unspaced = code.replace(/[^\p{L}\p{N}]/gu, '')
  if (isDate(code) || code.includes('@') || /\p{Nd}{6,}/u.test(unspaced)) {
    return [{ code: 'looks_like_an_identifier', field }]
  }
  return TWO_WORDS.test(code.trim()) ? [{ code: 'looks_like_a_name', field }] : []
}

/** What speaks against a person as written: their code, their references, and days that cannot be. */
export function personProblems(person: Person): Problem[] {
  const problems = codeProblems(person.code)
  for (const name of ['local_patient_id', 'referral_ref'] as const) {
    const reference = person[name]
    if (reference != null) problems.push(...referenceProblems(reference, name))
  }
  const { started_on, ended_on, end_reason } = person
  if (end_reason && !ended_on) problems.push({ code: 'required', field: 'set.ended_on' })
  if (started_on && ended_on && ended_on < started_on) {
    problems.push({ code: 'from_after_to', field: 'set.ended_on' })
  }
  return problems
}

/** A reference of the records has digits by its nature: only numbers of other sorts are refused. */
export function referenceProblems(reference: string, name: 'local_patient_id' | 'referral_ref'): Problem[] {
  const field = `set.${name}`
  const first = lengthProblems(reference, name)
  if (first.length > 0) return first
  const digits = [...reference].filter((one) => /\p{Nd}/u.test(one)).map(digitOf)
  const plain = reference.replace(/[\s().-]/g, '')
  if (reference.includes('@') || isDate(reference) || TELEPHONE.test(plain) || isNhsNumber(digits)) {
    return [{ code: 'reference_identifies', field }]
  }
  return TWO_WORDS.test(reference.trim()) ? [{ code: 'looks_like_a_name', field }] : []
}

/** Ten digits of which the last checks the others by Modulus 11, or that are all the same. */
function isNhsNumber(digits: readonly number[]): boolean {
  if (digits.length !== 10) return false
  const sum = digits.slice(0, 9).reduce((so_far, digit, place) => so_far + digit * (10 - place), 0)
  return new Set(digits).size === 1 || (11 - (sum % 11)) % 11 === digits[9]
}

/** What a digit of any script is worth: each script has its ten in a row. */
function digitOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let zero = point
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return point - zero
}

const isDate = (text: string) => DATES.some((date) => date.test(text))

function lengthProblems(value: string, name: string): Problem[] {
  const { maxLength } = fieldOf('PersonChange', name).limit
  if (value.trim() === '') return [{ code: 'required', field: `set.${name}` }]
  if (maxLength !== undefined && [...value].length > maxLength) {
    return [{ code: 'too_long', field: `set.${name}`, limit: maxLength }]
  }
  return []
}
