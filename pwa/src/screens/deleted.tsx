// Recently deleted: what can be brought back, and the copies that were not chosen where a log was changed twice.
import { useSignal } from '@preact/signals'
import type { SaveAnswer } from '../data/phone'
import { nearDay, plainDay, today } from '../ui/dates'
import { inShort, kindName } from '../ui/describe'
import { useHeld } from '../ui/held'
import { Icon } from '../ui/icons'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { Parts } from '../ui/parts'
import { go } from '../ui/router'
import { words } from '../words/en'
import { AnswerRows } from './answer-rows'
import { useDeletedDays, withinReach } from './deleted-days'
import { LogRow } from './log-row'
import { NotFound } from './not-found'
import { sayTrouble } from './reason'

export function Deleted() {
  const user = live.session.value?.user.id
  const voids = live.log.value.filter((item) => item.state === 'void' && item.author_id === user)
  const days = useDeletedDays(voids)
  const log = voids.filter((item) => withinReach(days.get(item.id) ?? null))
  const copies = live.copies.value.filter((copy) => copy.author_id === user)
  return (
    <Page title={words.myLog.deleted} back="/my-log">
      <p class="text">
        {log.length + copies.length === 0 ? words.myLog.deletedEmpty : words.myLog.deletedText}
      </p>
      <ul class="rows">
        {log.map((item) => (
          <li key={item.id}>
            <LogRow item={item} day />
          </li>
        ))}
      </ul>
      {copies.length > 0 && (
        <section>
          <h2 class="heading">{words.copy.title}</h2>
          <p class="text text--quiet">{words.copy.text}</p>
          <ul class="rows">
            {copies.map(({ id, entry, until }) => (
              <li key={id}>
                <a class="row" href={`/my-log/copy/${id}`}>
                  <span class={`badge badge--${entry.details.kind}`}>
                    <Icon name={entry.details.kind} />
                  </span>
                  <span class="row__text">
                    <b>{kindName(entry.details.kind)}</b>
                    <span>
                      <Parts of={[nearDay(entry.happened_on), ...inShort(entry)]} />
                    </span>
                    <span>{keptUntil(until)}</span>
                  </span>
                  <Icon name="right" />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}

/** One copy: its answers, and the way to use it after all. */
export function Copy({ id }: { readonly id: string }) {
  const { shown: copy, hold } = useHeld(live.copies.value.find((one) => one.id === id))
  const trouble = useSignal<string | null>(null)
  if (!copy) return <NotFound />

  async function use() {
    const answer: SaveAnswer = await phone.useCopy(id)
    if (answer.ok) go('/my-log', { replace: true, notice: { what: 'done', text: words.copy.used } })
    else trouble.value = sayTrouble(answer)
  }

  return (
    <Page title={words.copy.one} back="/my-log/deleted">
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      <p class="text">{kindName(copy.entry.details.kind)}</p>
      <p class="text text--quiet">{keptUntil(copy.until)}</p>
      <AnswerRows entry={copy.entry} />
      <div class="buttons">
        <button type="button" class="button" onClick={() => hold(use)}>
          {words.copy.use}
        </button>
      </div>
    </Page>
  )
}

export function keptUntil(until: number | null): string {
  return until === null ? words.copy.kept : words.copy.keptUntil(plainDay(today(new Date(until))))
}
