// My log: what was logged, by day, newest first, with a search, a month to go to, and a way to add to a past day.
import { useSignal } from '@preact/signals'
import { type Day, daysBetween, daysLater, monthOf, nearDay, today } from '../ui/dates'
import { Field } from '../ui/field'
import { live } from '../ui/live'
import { Page } from '../ui/page'
import { where } from '../ui/router'
import { words } from '../words/en'
import { byDay, found, monthsOf, type Wanted } from './finding'
import { LogRow } from './log-row'

const FIRST = 40

export function MyLog() {
  const shown = useSignal(FIRST)
  // What is sought is in the address: Back returns to it.
  const wanted = useSignal<Wanted>(fromAddress())
  const user = live.session.value?.user.id
  const log = live.log.value.filter((item) => item.state === 'active' && item.author_id === user)
  const all = found(log, wanted.value)
  const sought = wanted.value.text.trim() !== '' || wanted.value.month !== ''
  const days = byDay(all.slice(0, shown.value))
  const yesterday = daysLater(today(), -1)
  return (
    <Page title={words.myLog.title}>
      {log.length === 0 && (
        <>
          <p class="text">{words.myLog.empty}</p>
          <p>
            <a class="button" href="/">
              {words.myLog.logSomething}
            </a>
          </p>
        </>
      )}
      {log.length > 0 && (
        <Find
          wanted={wanted.value}
          months={monthsOf(log)}
          onChange={(next) => {
            wanted.value = next
            shown.value = FIRST
            toAddress(next)
          }}
        />
      )}
      <div role="status">{sought && <p class="text text--quiet">{words.myLog.found(all.length)}</p>}</div>
      {!sought && !days.some(([day]) => day === yesterday) && log.length > 0 && (
        <a class="link" href={`/?day=${yesterday}`}>
          {words.myLog.addYesterday}
        </a>
      )}
      {days.map(([day, items]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <div class="day-head">
            <h2 class="day" id={`day-${day}`}>
              {nearDay(day)}
            </h2>
            {open(day) && (
              <a class="link" href={`/?day=${day}`}>
                {words.add}
                <span class="nhsuk-u-visually-hidden">
                  {' '}
                  {words.myLog.addForDay}: {nearDay(day)}
                </span>
              </a>
            )}
          </div>
          <ul class="rows">
            {items.map((item) => (
              <li key={item.id}>
                <LogRow item={item} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div class="buttons">
        {all.length > shown.value && (
          <button
            type="button"
            class="button button--quiet"
            onClick={() => {
              shown.value += FIRST
            }}
          >
            {words.myLog.showMore}
          </button>
        )}
        <a class="link" href="/my-log/deleted">
          {words.myLog.deleted}
        </a>
        <a class="link" href="/waiting">
          {words.waiting.title}
        </a>
      </div>
    </Page>
  )
}

interface FindProps {
  readonly wanted: Wanted
  readonly months: readonly string[]
  readonly onChange: (wanted: Wanted) => void
}

function Find({ wanted, months, onChange }: FindProps) {
  const coded = live.session.value?.service.settings.person_codes !== 'off'
  return (
    <search class="find" aria-label={words.myLog.search}>
      <Field
        id="find"
        label={coded ? words.myLog.findCoded : words.myLog.find}
        value={wanted.text}
        onInput={(text) => onChange({ ...wanted, text })}
      />
      <div>
        <label class="nhsuk-label" for="month">
          {words.myLog.month}
        </label>
        <select
          id="month"
          class="nhsuk-select"
          value={wanted.month}
          onChange={(event) => onChange({ ...wanted, month: event.currentTarget.value })}
        >
          <option value="">{words.myLog.allMonths}</option>
          {months.map((month) => (
            <option key={month} value={month}>
              {monthOf(month)}
            </option>
          ))}
        </select>
      </div>
    </search>
  )
}

/** Whether the service still takes a log for this day. */
function open(day: Day): boolean {
  const ago = daysBetween(day, today())
  return ago >= 0 && ago <= (live.session.value?.service.settings.back_dating_days ?? 0)
}

function fromAddress(): Wanted {
  const asked = new URLSearchParams(where.value.search)
  return { text: asked.get('find') ?? '', month: asked.get('month') ?? '' }
}

function toAddress({ text, month }: Wanted): void {
  const asked = new URLSearchParams({ ...(text && { find: text }), ...(month && { month }) })
  history.replaceState(history.state, '', asked.size > 0 ? `?${asked}` : location.pathname)
}
