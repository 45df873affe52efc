// Civil days as people say them. A day is text like 2026-11-21; nothing here knows of time zones but `today`.

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
  return format(day, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(day.slice(0, 4) === now.slice(0, 4) ? {} : { year: 'numeric' }),
  })
}

/** "Sat 21 Nov" */
export const shortDay = (day: Day) => format(day, { weekday: 'short', day: 'numeric', month: 'short' })

/** "21 November 2026" */
export const plainDay = (day: Day) => format(day, { day: 'numeric', month: 'long', year: 'numeric' })

export const weekday = (day: Day) => format(day, { weekday: 'long' })

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
  return `on ${format(day, { day: 'numeric', month: 'long' })} at ${clock}`
}

/** "21 November, 4:10pm", with the year when it is not this one. */
export function stamp(ms: number, now = new Date()): string {
  const at = new Date(ms)
  const other = at.getFullYear() !== now.getFullYear()
  const day = format(today(at), { day: 'numeric', month: 'long', ...(other ? { year: 'numeric' } : {}) })
  return `${day}, ${clockOf(at)}`
}

/** "September", with the year when it is not this one. */
export function monthName(day: Day, now = today()): string {
  const other = day.slice(0, 4) !== now.slice(0, 4)
  return format(`${day.slice(0, 7)}-01`, { month: 'long', ...(other ? { year: 'numeric' } : {}) })
}

/** "September 2026" of "2026-09" */
export const monthOf = (month: string) => format(`${month}-01`, { month: 'long', year: 'numeric' })

const clockOf = (at: Date) =>
  `${at.getHours() % 12 || 12}:${pad(at.getMinutes())}${at.getHours() < 12 ? 'am' : 'pm'}`
const date = (day: Day) => new Date(`${day}T00:00:00Z`)
const pad = (n: number) => String(n).padStart(2, '0')

function format(day: Day, parts: Intl.DateTimeFormatOptions): string {
  // The British form puts a comma after the day of the week; plain dates here have none.
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(date(day)).replace(',', '')
}
