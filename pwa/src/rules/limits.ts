// Minimum, maximum and lengths, read from the server's own description of the shapes instead of typed again.
import schemas from 'virtual:limits'

export interface Limit {
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
}

/** The limits of one field, such as `limitOf('EntryChange', 'minutes')`. */
export function limitOf(shape: string, field: string): Limit {
  const limit = schemas[shape]?.[field]
  if (limit === undefined) throw new Error(`no limits are known of ${shape}.${field}`)
  return limit
}
