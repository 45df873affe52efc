// Entries of the team, by day, page by page. The page says that looking is noted.
import { useEffect } from 'preact/hooks'
import type { Entry } from '../../data/schema.gen'
import { nearDay, today } from '../../ui/dates'
import { inShort, kindName } from '../../ui/describe'
import { Icon } from '../../ui/icons'
import { Page } from '../../ui/page'
import { Parts } from '../../ui/parts'
import { words } from '../../words/en'
import { leadWords } from '../../words/lead'
import { DateRange } from '../figures/date-range'
import { lastMonths, thisMonth } from '../figures/ranges'
import { Refused } from '../figures/refused'
import { NeedsSignal } from '../not-found'
import { nameOf } from './names'
import { type PagesRead, pagesRead, readFirst, readOn } from './pages-read'
import { teamId, WhichTeam } from './which-team'

export function Entries() {
  const say = leadWords.entries
  const team = teamId()
  const now = today()
  const pages = pagesRead()
  const key = pages?.key ?? 'this'
  const range = pages?.range ?? thisMonth(now)
  useEffect(() => {
    if (pages === null || pages.team_id !== team) readFirst(team, key, range)
  }, [team])

  const failed = typeof pages?.state === 'object' ? pages.state.failed : null
  if (typeof failed === 'string') return <NeedsSignal onAgain={readOn} />
  return (
    <Page title={say.title} back="/team">
      <p class="text text--quiet">{say.noted}</p>
      <WhichTeam />
      <DateRange
        ask={words.team.period}
        chosen={key}
        choices={{
          this: { name: words.team.thisMonth, range: thisMonth(now) },
          last: { name: words.team.lastMonth, range: lastMonths(now, 1) },
          three: { name: words.team.lastThree, range: lastMonths(now, 3) },
        }}
        onChange={(next, chosen) => readFirst(team, next, chosen)}
      />
      {failed && <Refused {...failed} />}
      {pages && <List pages={pages} />}
    </Page>
  )
}

function List({ pages: { entries, next, state } }: { readonly pages: PagesRead }) {
  const say = leadWords.entries
  return (
    <>
      <p class="text" role="status">
        {state === 'loading'
          ? words.loading
          : state !== 'there'
            ? ''
            : entries.length === 0
              ? say.empty
              : say.count(entries.length, next !== null)}
      </p>
      {byDay(entries).map(([day, some]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 class="day" id={`day-${day}`}>
            {nearDay(day)}
          </h2>
          <ul class="rows">
            {some.map((entry) => (
              <li key={entry.id}>
                <EntryRow entry={entry} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {next !== null && state === 'there' && (
        <div class="buttons">
          <button type="button" class="button button--quiet" onClick={readOn}>
            {say.more}
          </button>
        </div>
      )}
    </>
  )
}

function EntryRow({ entry }: { readonly entry: Entry }) {
  const { kind } = entry.details
  return (
    <a class="row" href={`/team/entries/${entry.id}`}>
      <span class={`badge badge--${kind}`}>
        <Icon name={kind} />
      </span>
      <span class="row__text">
        <b>{kindName(kind)}</b>
        <span>
          <Parts of={[nameOf(entry.author_id), ...inShort(entry)]} />
        </span>
        {entry.state === 'void' && (
          <span>
            <span class="tag">{leadWords.entries.deleted}</span>
          </span>
        )}
      </span>
      <Icon name="right" />
    </a>
  )
}

function byDay(entries: readonly Entry[]): [string, Entry[]][] {
  const days = new Map<string, Entry[]>()
  for (const entry of entries) {
    days.set(entry.happened_on, [...(days.get(entry.happened_on) ?? []), entry])
  }
  return [...days].sort(([a], [b]) => (a < b ? 1 : -1))
}
