// Finding in My log: by activity, by person code, by month. Pure but for the names that the service has given.
import type { LogItem } from '../data/phone'
import { kindName, personCode } from '../ui/describe'

export interface Wanted {
  readonly text: string
  /** Such as `2026-09`, or nothing for all months. */
  readonly month: string
}

/** Every word typed has to be in the name of the activity or in the person's code. */
export function found(log: readonly LogItem[], { text, month }: Wanted): LogItem[] {
  const sought = plain(text).split(/\s+/).filter(Boolean)
  return log.filter(({ entry }) => {
    if (!entry.happened_on.startsWith(month)) return false
    const said = plain(`${kindName(entry.details.kind)} ${personCode(entry.person_id) ?? ''}`)
    return sought.every((word) => said.includes(word))
  })
}

/** The months that have logs, newest first. */
export const monthsOf = (log: readonly LogItem[]) => [
  ...new Set(log.map(({ entry }) => entry.happened_on.slice(0, 7))),
]

export function byDay(log: readonly LogItem[]): [string, LogItem[]][] {
  const days = new Map<string, LogItem[]>()
  for (const item of log) {
    const day = item.entry.happened_on
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return [...days]
}

const plain = (text: string) => text.toLowerCase().trim()
