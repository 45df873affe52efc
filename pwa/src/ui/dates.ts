// Civil days as people say them. A day is text like 2026-11-21; nothing here knows of time zones but `today`. The names
// are our own: browsers differ in them ("Sept"), and to ask for the first one keeps a slow phone busy for a while.
import { months, weekdays } from '../words/dates'

export type Day = string

export function today(now = new Date()): Day {
  return [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join('-')
}

export function daysLater(day: Day, days: number): Day {
  const at = date(day)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((date(to).getTime() - date(from).getTime()) / 86_400_000)
}

/** Text of a real day, or null: 31 February is none. */
export function dayOf(year: string, month: string, day: string): Day | null {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text
}

/** "Saturday 21 November", with the year when it is not this one. */
export function longDay(day: Day, now = today()): string {
  return `${weekday(day)} ${dayAndMonth(day)}${otherYear(day, now)}`
}

/** "Sat 21 Nov" */
export const shortDay = (day: Day) =>
  `${weekday(day).slice(0, 3)} ${dayNumber(day)} ${month(day).slice(0, 3)}`

/** "21 November 2026" */
export const plainDay = (day: Day) => `${dayAndMonth(day)} ${year(day)}`

export const weekday = (day: Day) => weekdays[date(day).getUTCDay()] ?? ''

/** "Today", "Yesterday" or the long day. */
export function nearDay(day: Day, now = today()): string {
  if (day === now) return 'Today'
  if (day === daysLater(now, -1)) return 'Yesterday'
  return longDay(day, now)
}

/** The same inside a sentence: "yesterday", "Friday 20 November". */
export function inSentence(day: Day, now = today()): string {
  const near = nearDay(day, now)
  return near === 'Today' || near === 'Yesterday' ? near.toLowerCase() : near
}

/** "today at 3:42pm" */
export function moment(ms: number, now = new Date()): string {
  const at = new Date(ms)
  const day = today(at)
  const clock = clockOf(at)
  if (day === today(now)) return `today at ${clock}`
  if (day === daysLater(today(now), -1)) return `yesterday at ${clock}`
  return `on ${dayAndMonth(day)} at ${clock}`
}

/** "21 November, 4:10pm", with the year when it is not this one. */
export function stamp(ms: number, now = new Date()): string {
  const at = new Date(ms)
  const day = today(at)
  return `${dayAndMonth(day)}${otherYear(day, today(now))}, ${clockOf(at)}`
}

/** "September", with the year when it is not this one. */
export function monthName(day: Day, now = today()): string {
  return `${month(day)}${otherYear(day, now)}`
}

/** "September 2026" of "2026-09" */
export const monthOf = (which: string) => `${month(which)} ${year(which)}`

const clockOf = (at: Date) =>
  `${at.getHours() % 12 || 12}:${pad(at.getMinutes())}${at.getHours() < 12 ? 'am' : 'pm'}`
const year = (day: Day) => day.slice(0, 4)
const month = (day: Day) => months[Number(day.slice(5, 7)) - 1] ?? ''
const dayNumber = (day: Day) => Number(day.slice(8))
const dayAndMonth = (day: Day) => `${dayNumber(day)} ${month(day)}`
const otherYear = (day: Day, now: Day) => (year(day) === year(now) ? '' : ` ${year(day)}`)
const date = (day: Day) => new Date(`${day}T00:00:00Z`)
const pad = (n: number) => String(n).padStart(2, '0')
