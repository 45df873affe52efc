// Logging for a day that is past: the day is in the address, so that it stays for the next log, and Back keeps it.
import { type Day, dayOf, today } from '../ui/dates'
import { where } from '../ui/router'

/** The day that the address names, if it is one that is over. */
export function askedDay(): Day | null {
  const [year = '', month = '', date = ''] = (new URLSearchParams(where.value.search).get('day') ?? '').split(
    '-',
  )
  const day = dayOf(year, month, date)
  return day !== null && day < today() ? day : null
}

export const addressed = (path: string, day: Day | null) => (day === null ? path : `${path}?day=${day}`)
