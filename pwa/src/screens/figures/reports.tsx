// Reports: contact volumes for chosen dates, in steps, split as wanted; as a table here and as a file.
import { useSignal } from '@preact/signals'
import type { VolumesQuery } from '../../data/phone'
import { Chips } from '../../ui/chips'
import { today } from '../../ui/dates'
import { live, phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { ledTeams, seesService } from '../../ui/roles'
import { words } from '../../words/en'
import { NeedsSignal } from '../not-found'
import { DateRange } from './date-range'
import { lastMonths, quarter, type Range } from './ranges'
import { Refused } from './refused'
import { useVolumes } from './use-volumes'
import { VolumesTable } from './volumes-table'

type By = NonNullable<VolumesQuery['by']>
type Split = NonNullable<VolumesQuery['split']>

export default function Reports() {
  const session = live.session.value
  const now = today()
  // Analysts and admins take the whole service. A lead takes teams of their own, all of them to begin with.
  const teams = seesService(session) ? [] : ledTeams(session)
  const dates = useSignal<{ key: string; range: Range }>({ key: 'month', range: lastMonths(now, 1) })
  const by = useSignal<By>('month')
  const split = useSignal<Split>('kind')
  const chosen = useSignal<readonly string[]>(teams.map((team) => team.id))
  const query: VolumesQuery = {
    ...dates.value.range,
    by: by.value,
    split: split.value,
    ...(teams.length > 0 ? { team_id: chosen.value } : {}),
  }
  const { reading, again } = useVolumes(teams.length > 0 && chosen.value.length === 0 ? null : [query])
  if (reading.state === 'failed' && typeof reading.problem === 'string') {
    return <NeedsSignal title={words.reports.title} onAgain={again} />
  }
  const found = reading.state === 'there' ? reading.volumes[0] : undefined

  return (
    <Page title={words.reports.title} kind="wide">
      <p class="text">{words.reports.lead}</p>
      <DateRange
        ask={words.reports.when}
        chosen={dates.value.key}
        choices={{
          month: { name: words.reports.lastMonth, range: lastMonths(now, 1) },
          last: { name: words.reports.lastQuarter, range: quarter(now, 1) },
          this: { name: words.reports.thisQuarter, range: quarter(now, 0) },
        }}
        onChange={(key, range) => {
          dates.value = { key, range }
        }}
      />
      <div class="columns">
        <Chips
          id="by"
          ask={words.reports.by}
          answers={{ week: words.reports.week, month: words.reports.month, quarter: words.reports.quarter }}
          chosen={[by.value]}
          onChange={([next]) => {
            by.value = next as By
          }}
        />
        <Chips
          id="split"
          ask={words.reports.split}
          answers={words.reports.splits}
          chosen={[split.value]}
          onChange={([next]) => {
            split.value = next as Split
          }}
        />
      </div>
      {teams.length > 1 && (
        <Chips
          id="teams"
          ask={words.reports.teams}
          many
          answers={Object.fromEntries(teams.map(({ id, name }) => [id, name]))}
          chosen={chosen.value}
          onChange={(next) => {
            chosen.value = next
          }}
        />
      )}
      <div aria-live="polite">
        {reading.state === 'loading' && <p class="text text--quiet">{words.loading}</p>}
        {reading.state === 'failed' && typeof reading.problem !== 'string' && (
          <Refused {...reading.problem} />
        )}
        {found && <VolumesTable volumes={found} />}
      </div>
      {found && found.rows.length > 0 && (
        <div class="buttons">
          <a class="button" href={phone.reportUrl({ ...query, format: 'csv' })} download>
            {words.reports.download}
          </a>
        </div>
      )}
    </Page>
  )
}
