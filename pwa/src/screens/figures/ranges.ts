// The ranges of days that people ask for: months, quarters and weeks. Pure.
import { type Day, daysBetween, daysLater, plainDay } from '../../ui/dates'

export interface Range {
  readonly from: Day
  readonly to: Day
}

export const thisMonth = (today: Day): Range => ({ from: `${today.slice(0, 8)}01`, to: today })

export const lastMonths = (today: Day, months: number): Range => {
  const end = daysLater(`${today.slice(0, 8)}01`, -1)
  return { from: monthsLater(`${end.slice(0, 8)}01`, 1 - months), to: end }
}

/** `ago` 0 is the quarter of today, up to today; 1 is the whole one before. Quarters follow the calendar. */
export function quarter(today: Day, ago: 0 | 1): Range {
  const month = Number(today.slice(5, 7))
  const start = monthsLater(`${today.slice(0, 8)}01`, -((month - 1) % 3))
  return ago === 0 ? { from: start, to: today } : { from: monthsLater(start, -3), to: daysLater(start, -1) }
}

/** "October 2026" for a whole month or one that is not over, else "1 July to 30 September 2026". */
export function rangeName({ from, to }: Range): string {
  const month = from.slice(0, 7)
  const startsMonth = from.endsWith('-01')
  if (startsMonth && to.slice(0, 7) === month) return plainDay(from).replace(/^\d+ /, '')
  const [first, last] = [plainDay(from), plainDay(to)]
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return `${sameYear ? first.replace(/ \d{4}$/, '') : first} to ${last}`
}

export const days = ({ from, to }: Range) => daysBetween(from, to) + 1

/** The Monday of the week that the day is in. */
export function monday(day: Day): Day {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return daysLater(day, -weekday)
}

/** The Mondays of all weeks that have a day in the range. */
export function weeksOf({ from, to }: Range): Day[] {
  const weeks: Day[] = []
  for (let week = monday(from); week <= to; week = daysLater(week, 7)) weeks.push(week)
  return weeks
}

function monthsLater(first: Day, months: number): Day {
  const total = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 + months
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, '0')}-01`
}
