// What the server says of an entry and of each kind: fields, answers, limits, and how a form asks. Nothing typed again.
import description from 'virtual:description'
import type { Kind } from '../data/phone'

export interface Limit {
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
}

/** What is said beside the field in its struct: see domain/kinds/asking.py. */
export interface Ask {
  /** Asked in full on a new log. */
  readonly first?: boolean
  /** The answers, or the numbers, that are shown before More. */
  readonly front?: readonly (string | number)[]
  /** Log again takes the answer over. */
  readonly again?: boolean
  /** Asked only while another field of the kind has one of these answers. */
  readonly when?: Readonly<Record<string, readonly unknown[]>>
}

export interface Field extends Ask {
  readonly name: string
  readonly ask:
    | 'one'
    | 'many'
    | 'yes_no'
    | 'date'
    | 'text'
    | 'number'
    | 'minutes'
    | 'spare_minutes'
    | 'person'
    | 'list'
    | 'other'
  readonly required?: boolean
  /** The answers that there are. Their order on the screen is that of their words. */
  readonly options?: readonly string[]
  /** What an untouched form means. */
  readonly default?: unknown
  readonly limit: Limit
  /** What each thing of a list says of itself. */
  readonly fields?: readonly Field[]
}

export type Family = 'direct' | 'group' | 'indirect' | 'other'

export interface KindDescription {
  /** What the kind counts as, as a rule; `familyOf` knows the exceptions. */
  readonly family: Family
  readonly fields: readonly Field[]
}

/** The description of a kind, or nothing for one that this version of the app does not know. */
export function kindDescribed(kind: string): KindDescription | undefined {
  return (description.kinds as Partial<typeof description.kinds>)[kind as Kind]
}

/** A field of a shape that is no kind, such as `fieldOf('EntryChange', 'minutes')`. */
export function fieldOf(shape: string, name: string): Field {
  const field = description.shapes[shape]?.find((one) => one.name === name)
  if (field === undefined) throw new Error(`openapi.json says nothing of ${shape}.${name}`)
  return field
}
