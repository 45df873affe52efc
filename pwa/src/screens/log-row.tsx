// One log in a list. It says how far it was sent only when it was not.
import type { LogItem } from '../data/phone'
import { nearDay } from '../ui/dates'
import { inShort, kindName } from '../ui/describe'
import { Icon } from '../ui/icons'
import { Parts } from '../ui/parts'
import { words } from '../words/en'

interface LogRowProps {
  readonly item: LogItem
  /** Says the day too, where the list is not by day. */
  readonly day?: boolean
  /** Leads further than the page of the log: to the question that it asks. */
  readonly path?: string
  /** Why it is in the list, in place of how far it was sent. */
  readonly why?: string | null
}

export function LogRow({ item, day = false, path, why }: LogRowProps) {
  const { entry, sending } = item
  const tagged = why === undefined && sending !== 'sent'
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
        {why && <span>{why}</span>}
        {tagged && (
          <span>
            <span class={`tag${sending === 'waiting' ? '' : ' tag--asks'}`}>{words.sending[sending]}</span>
          </span>
        )}
      </span>
      <Icon name="right" />
    </a>
  )
}
