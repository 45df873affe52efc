// One log: its answers, each with Change; what happened to it; delete and bring back.
import { useSignal } from '@preact/signals'
import type { LogItem } from '../data/phone'
import { kindName } from '../ui/describe'
import { useHeld } from '../ui/held'
import { Icon } from '../ui/icons'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { go } from '../ui/router'
import { words } from '../words/en'
import { AnswerRows } from './answer-rows'
import { keptUntil } from './deleted'
import { useDeletedDays, withinReach } from './deleted-days'
import { EntryHistory } from './entry-history'
import { NotFound } from './not-found'
import { AboutThisLog } from './portfolio/mentions'
import { problemText, sayTrouble } from './reason'
import { goneElsewhere } from './two-places'

export function Entry({ id }: { readonly id: string }) {
  const item = live.log.value.find((one) => one.id === id)
  const trouble = useSignal<string | null>(null)
  const deletedOn = useDeletedDays(item?.state === 'void' ? [item] : []).get(id) ?? null
  if (!item) return <NotFound />
  const mine = item.author_id === live.session.value?.user.id
  const deleted = item.state === 'void'
  const change = mine && !deleted && item.sending !== 'changed_in_two_places'
  const copies = live.copies.value.filter((copy) => copy.entry_id === id)

  async function bringBack() {
    const answer = await phone.bringBack(id)
    if (answer.ok) go('/my-log', { notice: { what: 'done', text: words.saved.broughtBack } })
    else trouble.value = sayTrouble(answer)
  }

  return (
    <Page title={kindName(item.entry.details.kind)} back="/my-log">
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      {deleted && (
        <div class="nhsuk-inset-text">
          {withinReach(deletedOn) ? words.entry.isDeleted : words.entry.isGone}
        </div>
      )}
      <Standing item={item} />
      <AnswerRows entry={item.entry} {...(change ? { change: `/my-log/${id}/change` } : {})} />
      {copies.map((copy) => (
        <a key={copy.id} class="row copy" href={`/my-log/copy/${copy.id}`}>
          <span class="row__text">
            <b>{words.copy.one}</b>
            <span>{keptUntil(copy.until)}</span>
          </span>
          <Icon name="right" />
        </a>
      ))}
      <AboutThisLog item={item} />
      <EntryHistory item={item} />
      {mine && (
        <div class="buttons">
          {deleted ? (
            withinReach(deletedOn) && (
              <button type="button" class="button" onClick={bringBack}>
                {words.saved.bringBack}
              </button>
            )
          ) : (
            <a class="button button--quiet" href={`/my-log/${id}/delete`}>
              {words.entry.remove}
            </a>
          )}
        </div>
      )}
    </Page>
  )
}

function Standing({ item }: { readonly item: LogItem }) {
  if (item.sending === 'needs_a_look') {
    return (
      <div class="nhsuk-inset-text">
        <p class="text">{problemText(item.reason, item.problems, item.entry.happened_on)}</p>
        <a class="button button--small" href={`/my-log/${item.id}/look`}>
          {words.entry.fix}
        </a>
      </div>
    )
  }
  if (item.sending === 'changed_in_two_places') {
    return (
      <div class="nhsuk-inset-text">
        <p class="text">{goneElsewhere(item) ? words.two.deleted : words.two.choose}</p>
        <a class="button button--small" href={`/my-log/${item.id}/choose`}>
          {words.entry.choose}
        </a>
      </div>
    )
  }
  return null
}

export function DeleteLog({ id }: { readonly id: string }) {
  const { shown, hold } = useHeld(live.log.value.find((one) => one.id === id && one.state === 'active'))
  const trouble = useSignal<string | null>(null)
  if (!shown) return <NotFound />

  async function remove() {
    const answer = await phone.remove(id)
    if (answer.ok) go('/my-log', { replace: true, notice: { what: 'deleted', id } })
    else trouble.value = sayTrouble(answer)
  }

  return (
    <Page title={words.entry.removeTitle} back={`/my-log/${id}`}>
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      <p class="text">{words.entry.removeText}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => hold(remove)}>
          {words.entry.removeYes}
        </button>
        <a class="button button--quiet" href={`/my-log/${id}`}>
          {words.entry.keep}
        </a>
      </div>
    </Page>
  )
}
