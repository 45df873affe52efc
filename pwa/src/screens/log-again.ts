// Log again: which past logs are offered, and what a new log takes over from one. Pure.
import type { DraftAnswers, EntryBody, Kind, LogItem } from '../data/phone'
import type { Day } from '../ui/dates'
import { met } from '../ui/describe'
import { items } from './form/answers'
import { formFor } from './form/forms'

const MOST = 3
/** Who has done only two things for so long is not asked to wait for a third to be found. */
const LOOKED_AT = 200

/** The last few that differ in what would be taken over, newest first. What did not go ahead is not repeated. */
export function pastLogs(log: readonly LogItem[], offered: readonly Kind[]): LogItem[] {
  const found = new Map<string, LogItem>()
  for (const item of [...log].sort((a, b) => b.saved_at - a.saved_at).slice(0, LOOKED_AT)) {
    if (found.size === MOST) break
    if (item.state === 'void' || item.sending === 'needs_a_look') continue
    if (!met(item.entry) || !offered.includes(item.entry.details.kind)) continue
    const key = JSON.stringify(carriedOver(item.entry))
    if (!found.has(key)) found.set(key, item)
  }
  return [...found.values()]
}

/** A new log like a past one: what is said of each session anew (the day, how it went) is left out. */
export function likeThat(past: EntryBody, happened_on: Day): DraftAnswers {
  return { ...carriedOver(past), happened_on }
}

function carriedOver(past: EntryBody): DraftAnswers {
  const { kind } = past.details
  const { front, filled, more } = formFor(past)
  const kept = [...front, ...filled, ...more]
    .filter((question) => question.again)
    .map((question) => question.field)
  const top = pick(past, kept)
  if (past.details.kind === 'signposting') {
    const like = items(past).map(({ category, how }) => ({ category, how }))
    return { ...top, details: { kind, items: like } as unknown as DraftAnswers['details'] }
  }
  const own = kept
    .filter((field) => field.startsWith('details.'))
    .map((field) => field.slice('details.'.length))
  return { ...top, details: { kind, ...pick(past.details, own) } as DraftAnswers['details'] }
}

function pick(from: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(from)
      .filter(([key, value]) => keys.includes(key) && value !== null)
      // By code units: an order by language takes a slow phone a tenth of a second to set up.
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
