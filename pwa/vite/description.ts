// Gives the phone what the server says of its shapes: `virtual:description`, made from openapi.json. It holds the
// limits of every field, and each kind as a list of questions in the order of its struct.
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import type { Ask, Field, KindDescription, Limit } from '../src/rules/description'

/** Shapes that are no kind, but whose limits and answers the rules look at. */
const SHAPES = ['EntryChange', 'PersonChange', 'EntryOperation']
const LIMITS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern'] as const
const ID = '\0virtual:description'

interface Schema extends Limit {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly default?: unknown
  readonly 'x-ask'?: Ask
  readonly 'x-family'?: string
}
export type Schemas = Readonly<Record<string, Schema>>

export function description(document: URL): Plugin {
  return {
    name: 'alongside-description',
    resolveId: (id) => (id === 'virtual:description' ? ID : null),
    load(id) {
      if (id !== ID) return null
      this.addWatchFile(document.pathname)
      const { components } = JSON.parse(readFileSync(document, 'utf8'))
      return `export default ${JSON.stringify(described(components.schemas))}`
    },
  }
}

export function described(schemas: Schemas) {
  const shapes = Object.fromEntries(SHAPES.map((name) => [name, fieldsOf(shape(schemas, name), schemas)]))
  return { shapes, kinds: kindsOf(schemas) }
}

/** Every kind that the details of an entry can be of, by its tag, in the server's order. */
function kindsOf(schemas: Schemas): Record<string, KindDescription> {
  const details = shape(schemas, 'Entry').properties?.details
  const choices = details?.anyOf ?? details?.oneOf
  if (choices === undefined) throw new Error('openapi.json does not say what details can be: run make types')
  return Object.fromEntries(
    choices.map(({ $ref }) => {
      const schema = shape(schemas, nameOf($ref))
      const [kind] = schema.properties?.kind?.enum ?? []
      const family = schema['x-family'] as KindDescription['family'] | undefined
      if (kind === undefined || family === undefined) {
        throw new Error(`openapi.json does not say the family of ${nameOf($ref)}: run make types`)
      }
      const fields = fieldsOf(schema, schemas).filter(({ name }) => name !== 'kind')
      return [kind, { family, fields }]
    }),
  )
}

function fieldsOf(schema: Schema, schemas: Schemas): Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, given]) => {
    // A field that may be null says what it is in the other choice.
    const choices = given.anyOf?.filter(({ type }) => type !== 'null')
    const value = choices?.length === 1 && choices[0] ? choices[0] : given
    const { front = [], first, again, when } = given['x-ask'] ?? {}
    const inner = value.items?.$ref === undefined ? null : shape(schemas, nameOf(value.items.$ref))
    const options = value.enum ?? value.items?.enum
    return {
      name,
      ask: askOf(name, value),
      ...(schema.required?.includes(name) ? { required: true } : {}),
      ...(options === undefined ? {} : { options }),
      ...(given.default === undefined || given.default === null ? {} : { default: given.default }),
      ...(inner === null ? {} : { fields: fieldsOf(inner, schemas) }),
      limit: Object.fromEntries(
        LIMITS.filter((limit) => value[limit] !== undefined).map((limit) => [limit, value[limit]]),
      ),
      ...(front.length > 0 ? { front } : {}),
      ...(first ? { first } : {}),
      ...(again ? { again } : {}),
      ...(when ? { when } : {}),
    }
  })
}

/** The way of asking for a value of this type. */
function askOf(name: string, value: Schema): Field['ask'] {
  if (value.enum) return 'one'
  switch (value.type) {
    case 'array':
      return value.items?.enum ? 'many' : 'list'
    case 'boolean':
      return 'yes_no'
    case 'integer':
      return name === 'minutes' ? 'minutes' : name.endsWith('_minutes') ? 'spare_minutes' : 'number'
    case 'string':
      return value.format === 'date' ? 'date' : value.format === 'uuid' ? 'person' : 'text'
    default:
      return 'other'
  }
}

function shape(schemas: Schemas, name: string): Schema {
  const found = schemas[name]
  if (found?.properties === undefined) {
    throw new Error(`openapi.json does not describe ${name}: run make types`)
  }
  return found
}

const nameOf = (reference = '') => reference.slice(reference.lastIndexOf('/') + 1)
