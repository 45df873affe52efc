// The phone's copy of what speaks against a person's code: it could identify somebody outside the team.
import type { Problem } from '../data/schema.gen'
import { limitOf } from './limits'

export function codeProblems(code: string): Problem[] {
  const field = 'set.code'
  const { maxLength } = limitOf('PersonChange', 'code')
  if (code === '') return [{ code: 'required', field }]
  if (maxLength !== undefined && [...code].length > maxLength) {
    return [{ code: 'too_long', field, limit: maxLength }]
  }
  const unspaced = code.replace(/[^\p{L}\p{N}]/gu, '')
  if (code.includes('@') || /\p{Nd}{6,}/u.test(unspaced)) return [{ code: 'looks_like_an_identifier', field }]
  if (/^\p{L}{2,}[ ]+\p{L}{2,}$/u.test(code)) return [{ code: 'looks_like_a_name', field }]
  return []
}
