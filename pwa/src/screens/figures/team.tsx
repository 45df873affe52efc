// Team summary: one sentence, a few numbers, the table by activity, the weeks. For the leads of a team.
import { useSignal } from '@preact/signals'
import type { Volumes } from '../../data/schema.gen'
import { Chips } from '../../ui/chips'
import { daysLater, moment, plainDay, today } from '../../ui/dates'
import { live, phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { ledTeams } from '../../ui/roles'
import { words } from '../../words/en'
import { TeamLinks } from '../lead/links'
import { NeedsSignal } from '../not-found'
import { ActivityTable } from './activity-table'
import { DateRange } from './date-range'
import { days, lastMonths, monday, type Range, rangeName, thisMonth } from './ranges'
import { Refused } from './refused'
import { figure, hours } from './sums'
import { useVolumes } from './use-volumes'
import { usual } from './usual'
import { Weeks } from './weeks'

/** How far back the weeks go: half a year before the range is enough to know what is usual. */
const WEEKS_BEFORE = 26

export default function Team() {
  const teams = ledTeams(live.session.value)
  const now = today()
  const team = useSignal(teams[0]?.id ?? '')
  const chosen = useSignal<{ key: string; range: Range }>({ key: 'this', range: thisMonth(now) })
  const { range } = chosen.value
  const base = { ...range, by: 'month', team_id: [team.value] } as const
  const { reading, again } = useVolumes([
    { ...base, split: 'kind' },
    { ...base, split: 'topic' },
    { ...base, split: 'stage' },
    { ...base, from: daysLater(monday(range.from), -7 * WEEKS_BEFORE), by: 'week', split: 'team' },
  ])

  if (reading.state === 'failed' && typeof reading.problem === 'string') {
    return <NeedsSignal title={words.team.title} onAgain={again} />
  }
  return (
    <Page title={words.team.title} kind="wide">
      {teams.length > 1 && (
        <Chips
          id="team"
          ask={words.team.choose}
          answers={Object.fromEntries(teams.map(({ id, name }) => [id, name]))}
          chosen={[team.value]}
          onChange={([id = '']) => {
            team.value = id
          }}
        />
      )}
      <DateRange
        ask={words.team.period}
        chosen={chosen.value.key}
        choices={{
          this: { name: words.team.thisMonth, range: thisMonth(now) },
          last: { name: words.team.lastMonth, range: lastMonths(now, 1) },
          three: { name: words.team.lastThree, range: lastMonths(now, 3) },
        }}
        onChange={(key, next) => {
          chosen.value = { key, range: next }
        }}
      />
      <div aria-live="polite">
        {reading.state === 'loading' && <p class="text text--quiet">{words.loading}</p>}
        {reading.state === 'failed' && typeof reading.problem !== 'string' && (
          <Refused {...reading.problem} />
        )}
        {reading.state === 'there' && <Summary volumes={reading.volumes} team_id={team.value} />}
      </div>
      <TeamLinks />
    </Page>
  )
}

function Summary({ volumes, team_id }: { readonly volumes: readonly Volumes[]; readonly team_id: string }) {
  const [kinds, topics, stages, weeks] = volumes
  if (!kinds || !topics || !stages || !weeks) return null
  const { totals } = kinds
  const range = { from: kinds.from, to: kinds.to }
  if (totals.entries === 0) return <div class="nhsuk-inset-text">{words.team.empty}</div>

  const name = range.to === today() ? words.team.soFar(rangeName(range)) : rangeName(range)
  const worked = hours(totals.minutes)
  const contacts = words.team.contacts(figure(totals.contacts), totals.contacts === 1)
  const before = usual(weeks, range)
  const csv = phone.reportUrl({ ...range, by: 'month', split: 'kind', team_id: [team_id], format: 'csv' })
  return (
    <>
      <p class="headline">
        {words.team.headline(name, contacts, words.team.hours(figure(worked), worked === 1))}
      </p>
      {before.weeks >= 12 && totals.contacts !== null && (
        <p class="text">
          {words.team.usual(
            before.weeks,
            figure(Math.round((totals.contacts / days(range)) * 7)),
            figure(Math.round(before.average)),
          )}
        </p>
      )}
      <dl class="numbers">
        {(
          [
            [words.team.cardContacts, totals.contacts],
            [words.team.cardHours, worked],
            [words.team.cardWentAhead, totals.attended],
            [words.team.cardPeople, totals.people],
          ] as const
        ).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{figure(value)}</dd>
          </div>
        ))}
      </dl>
      <div class="columns">
        <ActivityTable kinds={kinds} topics={topics} stages={stages} />
        <Weeks volumes={weeks} range={range} weeksBefore={before.weeks} />
      </div>
      <p class="text text--quiet">{completeness(kinds)}</p>
      <div class="buttons">
        <a class="button" href={csv} download>
          {words.team.downloadCsv}
        </a>
        <a class="button button--quiet" href="/reports">
          {words.nav.reports}
        </a>
      </div>
    </>
  )
}

function completeness({ as_of, to, complete }: Volumes): string {
  const counted = words.team.complete(moment(Date.parse(as_of)))
  const quiet = complete.phones - complete.in_touch_since_end
  if (to >= today() || complete.phones === 0) return counted
  return `${counted} ${quiet > 0 ? words.team.quiet(quiet, plainDay(to)) : words.team.allIn(plainDay(to))}`
}
