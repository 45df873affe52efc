// My log: what was logged, by day, newest first. And what was deleted, to bring back.
import { useSignal } from '@preact/signals'
import type { LogItem } from '../data/phone'
import { nearDay } from '../ui/dates'
import { inShort, kindName } from '../ui/describe'
import { Icon } from '../ui/icons'
import { live } from '../ui/live'
import { Page } from '../ui/page'
import { Parts } from '../ui/parts'
import { words } from '../words/en'

const FIRST = 40

export function MyLog() {
  const shown = useSignal(FIRST)
  const user = live.value.session?.user.id
  const log = live.value.log.filter((item) => item.state === 'active' && item.author_id === user)
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
      {byDay(log.slice(0, shown.value)).map(([day, items]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 class="day" id={`day-${day}`}>
            {nearDay(day)}
          </h2>
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
        {log.length > shown.value && (
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
      </div>
    </Page>
  )
}

export function Deleted() {
  const user = live.value.session?.user.id
  const log = live.value.log.filter((item) => item.state === 'void' && item.author_id === user)
  return (
    <Page title={words.myLog.deleted} back="/my-log">
      {log.length === 0 && <p class="text">{words.myLog.deletedEmpty}</p>}
      <ul class="rows">
        {log.map((item) => (
          <li key={item.id}>
            <LogRow item={item} day />
          </li>
        ))}
      </ul>
    </Page>
  )
}

interface LogRowProps {
  readonly item: LogItem
  /** Says the day too, where the list is not by day. */
  readonly day?: boolean
  /** Leads further than the page of the log: to the question that it asks. */
  readonly path?: string
}

/** One log in a list. It says how far it was sent only when it was not. */
export function LogRow({ item, day = false, path }: LogRowProps) {
  const { entry, sending } = item
  return (
    <a class="row" href={`/my-log/${item.id}${path ? `/${path}` : ''}`}>
      <span class={`badge badge--${entry.details.kind}`}>
        <Icon name={entry.details.kind} />
      </span>
      <span class="row__text">
        <b>{kindName(entry.details.kind)}</b>
        <span>
          <Parts of={[...(day ? [nearDay(entry.happened_on)] : []), ...inShort(entry)]} />
        </span>
        {sending !== 'sent' && (
          <span>
            <span class={`tag${sending === 'waiting' ? '' : ' tag--asks'}`}>{words.sending[sending]}</span>
          </span>
        )}
      </span>
      <Icon name="right" />
    </a>
  )
}

function byDay(log: readonly LogItem[]): [string, LogItem[]][] {
  const days = new Map<string, LogItem[]>()
  for (const item of log) {
    const day = item.entry.happened_on
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return [...days]
}
