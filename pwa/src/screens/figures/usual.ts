// What is usual: the average of the whole weeks before a range. Not before 12 weeks have something in them. Pure.
import type { Volumes } from '../../data/schema.gen'
import { daysLater } from '../../ui/dates'
import { monday, type Range, weeksOf } from './ranges'
import { plus } from './sums'

export interface Usual {
  /** Whole weeks before the range, from the first in which anything was logged. */
  readonly weeks: number
  readonly average: number
}

export function usual(volumes: Volumes, range: Range): Usual {
  const contacts = contactsByWeek(volumes)
  const first = [...contacts.keys()].sort()[0]
  const last = daysLater(monday(range.from), -7)
  if (first === undefined || first > last) return { weeks: 0, average: 0 }
  const weeks = weeksOf({ from: first, to: last })
  const found = weeks.map((week) => contacts.get(week) ?? 0)
  return { weeks: weeks.length, average: found.reduce((sum, n) => sum + n, 0) / weeks.length }
}

/** A week with no row had no contacts; one with a hidden figure is null. */
export function contactsByWeek(volumes: Volumes): Map<string, number | null> {
  const found = new Map<string, number | null>()
  for (const row of volumes.rows) found.set(row.period, plus(found.get(row.period) ?? 0, row.contacts))
  return found
}
