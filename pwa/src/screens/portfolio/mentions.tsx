// Where other pages mention reflections: on the page of a supervision or learning log, and on Waiting to send.
import type { LogItem } from '../../data/phone'
import { inSentence, longDay } from '../../ui/dates'
import { inShort, kindName } from '../../ui/describe'
import { Icon } from '../../ui/icons'
import { live } from '../../ui/live'
import { portfolioWords } from '../../words/portfolio'

const say = portfolioWords.reflections

/** What the worker wrote about a log, and the way to write more. */
export function AboutThisLog({ item }: { readonly item: LogItem }) {
  const { kind } = item.entry.details
  const mine = item.author_id === live.session.value?.user.id
  const own = live.portfolio.value.reflections.filter(
    (one) => one.entry_id === item.id && one.state === 'active',
  )
  if (!mine || (kind !== 'supervision' && kind !== 'cpd' && own.length === 0)) return null
  return (
    <section>
      <h2 class="heading">{say.title}</h2>
      <p class="text text--quiet">{portfolioWords.onlyYouHere}</p>
      <Rows of={own} />
      {item.state === 'active' && (
        <a class="button button--quiet" href={`/portfolio/new?log=${item.id}`}>
          {say.add}
        </a>
      )}
    </section>
  )
}

/** Reflections that are not on the server yet, or that ask something. */
export function UnsentReflections() {
  const unsent = live.portfolio.value.reflections.filter(({ sending }) => sending !== 'sent')
  if (unsent.length === 0) return null
  return (
    <section>
      <h2 class="heading">{say.title}</h2>
      <Rows of={unsent} />
    </section>
  )
}

const SHORT = 100

/** The beginning of a long text, up to the end of a word. */
export function startOf(text: string, most: number): string {
  if (text.length <= most) return text
  const start = [...text.slice(0, most)].slice(0, -1).join('')
  return `${start.replace(/\s+\S*$/, '')}…`
}

export function Rows({ of }: { readonly of: typeof live.portfolio.value.reflections }) {
  if (of.length === 0) return null
  return (
    <ul class="rows">
      {of.map((one) => (
        <li key={one.id}>
          <a class="row" href={`/portfolio/${one.id}`}>
            <span class="row__text">
              <b>{longDay(one.kept_on)}</b>
              <span class="reflection__start">{startOf(one.text ?? say.noKey, SHORT)}</span>
              <Tag sending={one.sending} />
            </span>
            <Icon name="right" />
          </a>
        </li>
      ))}
    </ul>
  )
}

export function Tag({ sending }: { readonly sending: LogItem['sending'] }) {
  if (sending === 'sent') return null
  const text = { waiting: say.waiting, needs_a_look: say.needsLook, changed_in_two_places: say.twoPlaces }[
    sending
  ]
  return (
    <span>
      <span class={`tag${sending === 'waiting' ? '' : ' tag--asks'}`}>{text}</span>
    </span>
  )
}

/** "supervision, Friday 20 November": the log that a reflection is about, if this phone has it. */
export function logCalled(id: string): string | null {
  const item = live.log.value.find((one) => one.id === id)
  if (!item) return null
  const last = inShort(item.entry).at(-1)
  return [kindName(item.entry.details.kind), last, inSentence(item.entry.happened_on)]
    .filter(Boolean)
    .join(', ')
}
