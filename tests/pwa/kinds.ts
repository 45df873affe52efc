// Every kind, and the least that it must say, as the table of the cases has it.
import type { Settings } from '../../pwa/src/data/phone'
import table from '../cases/kinds.json'
import { SETTINGS } from './a-server'

export const KINDS: readonly string[] = Object.keys(table.base)

export const base = (kind: string): Readonly<Record<string, unknown>> => {
  const found = (table.base as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[kind]
  if (found === undefined) throw new Error(`no cases are known for ${kind}`)
  return found
}

/** A day on which a service that offers every kind looks at what was logged. */
export const TODAY = {
  date: '2026-11-20',
  settings: {
    ...SETTINGS,
    notes: 'off',
    kinds: KINDS.map((kind) => ({ kind, label: kind, offered: true })),
  } as unknown as Settings,
}
