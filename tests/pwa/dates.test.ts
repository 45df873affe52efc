// Days as people say them, held against what the platform knows of calendars.
import { expect, test } from 'vitest'
import * as dates from '../../pwa/src/ui/dates'

const NOW = '2026-11-22'
const THREE_YEARS = Array.from({ length: 3 * 365 }, (_, at) => dates.daysLater('2025-01-01', at))

function platform(day: string, parts: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' })
  return format.format(new Date(`${day}T00:00:00Z`)).replace(',', '')
}

test('each day of three years is named as the platform names it', () => {
  for (const day of THREE_YEARS) {
    const other = day.startsWith('2026') ? {} : ({ year: 'numeric' } as const)
    const day_and_month = { day: 'numeric', month: 'long' } as const
    expect(dates.longDay(day, NOW)).toBe(platform(day, { weekday: 'long', ...day_and_month, ...other }))
    expect(dates.plainDay(day)).toBe(platform(day, { ...day_and_month, year: 'numeric' }))
    expect(dates.weekday(day)).toBe(platform(day, { weekday: 'long' }))
    expect(dates.monthName(day, NOW)).toBe(platform(day, { month: 'long', ...other }))
    expect(dates.monthOf(day.slice(0, 7))).toBe(platform(day, { month: 'long', year: 'numeric' }))
    // Platforms differ in how many letters September keeps.
    const short = platform(day, { weekday: 'short', day: 'numeric', month: 'short' }).replace('Sept', 'Sep')
    expect(dates.shortDay(day)).toBe(short)
  }
})

test('today and yesterday are called so, in a sentence too', () => {
  expect(dates.nearDay('2026-11-22', NOW)).toBe('Today')
  expect(dates.inSentence('2026-11-21', NOW)).toBe('yesterday')
  expect(dates.inSentence('2026-11-20', NOW)).toBe('Friday 20 November')
})

test('a moment has its clock, and a stamp its year when it is not this one', () => {
  const at = (text: string) => new Date(text)
  const now = at('2026-11-22T18:00:00')
  expect(dates.moment(at('2026-11-22T15:42:00').getTime(), now)).toBe('today at 3:42pm')
  expect(dates.moment(at('2026-11-21T00:05:00').getTime(), now)).toBe('yesterday at 12:05am')
  expect(dates.moment(at('2026-11-03T12:00:00').getTime(), now)).toBe('on 3 November at 12:00pm')
  expect(dates.stamp(at('2026-11-03T09:30:00').getTime(), now)).toBe('3 November, 9:30am')
  expect(dates.stamp(at('2025-11-03T09:30:00').getTime(), now)).toBe('3 November 2025, 9:30am')
})
