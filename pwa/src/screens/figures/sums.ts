// Adding up rows of volumes, and saying numbers. A figure that is hidden stays hidden in every sum. Pure.
import type { VolumeRow } from '../../data/schema.gen'

export interface Sum {
  readonly key: string
  readonly contacts: number | null
  readonly attended: number | null
  readonly minutes: number | null
}

/** One sum for each key, the most contacts first. */
export function byKey(rows: readonly VolumeRow[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const row of rows) {
    const sum = sums.get(row.key) ?? { key: row.key, contacts: 0, attended: 0, minutes: 0 }
    sums.set(row.key, {
      key: row.key,
      contacts: plus(sum.contacts, row.contacts),
      attended: plus(sum.attended, row.attended),
      minutes: plus(sum.minutes, row.minutes),
    })
  }
  return [...sums.values()].sort((a, b) => (b.contacts ?? 0) - (a.contacts ?? 0))
}

export const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b)

export const hours = (minutes: number | null) => (minutes === null ? null : Math.round(minutes / 60))

/** With a comma over 999; a hidden number is a star. */
export const figure = (n: number | null) => (n === null ? '*' : n.toLocaleString('en-GB'))
