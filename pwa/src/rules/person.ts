// The phone's copy of what speaks against a person's code: it could identify somebody outside the team.
import type { Problem } from '../data/schema.gen'
import { limitOf } from './limits'

// Two words or more of letters alone.
const TWO_WORDS = /^\p{L}+(?:['’.-]\p{L}+)*(?:\s+\p{L}+(?:['’.-]\p{L}+)*)+$/u

export function codeProblems(code: string): Problem[] {
  const field = 'set.code'
  const { maxLength } = limitOf('PersonChange', 'code')
  if (code.trim() === '') return [{ code: 'required', field }]
  if (maxLength !== undefined && [...code].length > maxLength) {
    return [{ code: 'too_long', field, limit: maxLength }]
  }
  const unspaced = code.replace(/[^\p{L}\p{N}]/gu, '')
  if (code.includes('@') || /\p{Nd}{6,}/u.test(unspaced)) return [{ code: 'looks_like_an_identifier', field }]
  if (TWO_WORDS.test(code.trim())) return [{ code: 'looks_like_a_name', field }]
  return []
}
