// Gives the phone's rules the limits that the server describes: `virtual:limits`, made from openapi.json.
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const SHAPES = [
  'EntryChange',
  'PersonChange',
  'Signposting',
  'SignpostingItem',
  'DischargeSupport',
  'EntryOperation',
]
const LIMITS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern']
const ID = '\0virtual:limits'

type Schema = Record<string, unknown> & { anyOf?: Schema[]; properties?: Record<string, Schema> }

export function limits(description: URL): Plugin {
  return {
    name: 'alongside-limits',
    resolveId: (id) => (id === 'virtual:limits' ? ID : null),
    load(id) {
      if (id !== ID) return null
      this.addWatchFile(description.pathname)
      const { components } = JSON.parse(readFileSync(description, 'utf8'))
      return `export default ${JSON.stringify(limitsOf(components.schemas))}`
    },
  }
}

export function limitsOf(schemas: Record<string, Schema>) {
  const found: Record<string, Record<string, Record<string, unknown>>> = {}
  for (const shape of SHAPES) {
    const fields = schemas[shape]?.properties
    if (fields === undefined) throw new Error(`openapi.json does not describe ${shape}: run make types`)
    found[shape] = {}
    for (const [field, schema] of Object.entries(fields)) {
      // A field that may be null has its limits in the other choice.
      const limits = [schema, ...(schema.anyOf ?? [])].flatMap((choice) =>
        Object.entries(choice).filter(([name]) => LIMITS.includes(name)),
      )
      if (limits.length > 0) found[shape][field] = Object.fromEntries(limits)
    }
  }
  return found
}
