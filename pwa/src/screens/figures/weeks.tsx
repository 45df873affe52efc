// Contacts by week: a chart for the eye, and the same numbers in a table for everyone.

import type { Volumes } from '../../data/schema.gen'
import { daysLater, plainDay, today } from '../../ui/dates'
import { later } from '../../ui/later'
import { words } from '../../words/en'
import { monday, type Range, weeksOf } from './ranges'
import { figure } from './sums'
import { contactsByWeek } from './usual'

const LEAST_WEEKS = 13
const MOST_WEEKS = 53

export interface Week {
  readonly start: string
  readonly contacts: number | null
  /** Not over yet: it will grow. */
  readonly partial: boolean
}

const Chart = later<{ weeks: readonly Week[] }>(
  async () => (await import('./chart')).Chart,
  () => <p class="text text--quiet">{words.loading}</p>,
  () => <p class="text text--quiet">{words.team.noChart}</p>,
)

interface WeeksProps {
  readonly volumes: Volumes
  readonly range: Range
  readonly weeksBefore: number
}

export function Weeks({ volumes, range, weeksBefore }: WeeksProps) {
  const weeks = weeksShown(volumes, range)
  return (
    <section class="panel">
      <h2 class="heading">{words.team.byWeek}</h2>
      <Chart weeks={weeks} />
      {weeksBefore < 12 && <p class="text text--quiet">{words.team.fewWeeks(weeksBefore)}</p>}
      <table class="table">
        <caption class="nhsuk-u-visually-hidden">{words.team.byWeek}</caption>
        <thead>
          <tr>
            <th scope="col">{words.team.week}</th>
            <th scope="col" class="table__number">
              {words.team.contactsColumn}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...weeks].reverse().map(({ start, contacts, partial }) => (
            <tr key={start}>
              <th scope="row">
                {plainDay(start)} {partial && <span class="tag">{words.team.partialWeek}</span>}
              </th>
              <td class="table__number">{figure(contacts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The weeks of the range, and enough before it to see them beside others; none before anything was logged. */
function weeksShown(volumes: Volumes, range: Range): Week[] {
  const contacts = contactsByWeek(volumes)
  const first = [...contacts.keys()].sort()[0] ?? monday(range.to)
  const back = daysLater(monday(range.to), -7 * (LEAST_WEEKS - 1))
  const from = [back < range.from ? back : range.from, first].sort().at(-1) ?? first
  return weeksOf({ from, to: range.to })
    .slice(-MOST_WEEKS)
    .map((start) => ({
      start,
      contacts: contacts.has(start) ? (contacts.get(start) ?? null) : 0,
      // The figures stop at the end of the range, in the middle of its last week perhaps.
      partial: daysLater(start, 6) > range.to || daysLater(start, 6) >= today(),
    }))
}
