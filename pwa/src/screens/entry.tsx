// One log: its answers, each with Change; how far it was sent; delete and bring back.
import { useSignal } from '@preact/signals'
import type { LogItem, SaveAnswer } from '../data/phone'
import { kindName, met } from '../ui/describe'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { go } from '../ui/router'
import { words } from '../words/en'
import { rowsOf } from './form/in-words'
import { NotFound } from './not-found'
import { problemText } from './reason'

export function Entry({ id }: { readonly id: string }) {
  const item = live.value.log.find((one) => one.id === id)
  const trouble = useSignal<string | null>(null)
  if (!item) return <NotFound />
  const mine = item.author_id === live.value.session?.user.id
  const deleted = item.state === 'void'

  async function bringBack() {
    const answer = await phone.bringBack(id)
    if (answer.ok) go('/my-log', { notice: { what: 'done', text: words.saved.broughtBack } })
    else trouble.value = sayTrouble(answer)
  }

  return (
    <Page title={kindName(item.entry.details.kind)} back="/my-log">
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      {deleted && <div class="nhsuk-inset-text">{words.entry.isDeleted}</div>}
      <Standing item={item} />
      <Answers item={item} change={mine && !deleted && item.sending !== 'changed_in_two_places'} />
      {mine && (
        <div class="buttons">
          {deleted ? (
            <button type="button" class="button" onClick={bringBack}>
              {words.saved.bringBack}
            </button>
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
        <p class="text">{problemText(item.reason, item.problems)}</p>
        <a class="button button--small" href={`/my-log/${item.id}/look`}>
          {words.entry.fix}
        </a>
      </div>
    )
  }
  if (item.sending === 'changed_in_two_places') {
    return (
      <div class="nhsuk-inset-text">
        <p class="text">{item.theirs?.state === 'void' ? words.two.deleted : words.two.lead}</p>
        <a class="button button--small" href={`/my-log/${item.id}/choose`}>
          {words.entry.choose}
        </a>
      </div>
    )
  }
  return null
}

function Answers({ item, change }: { readonly item: LogItem; readonly change: boolean }) {
  const rows = rowsOf(item.entry).filter((row) => met(item.entry) || row.field !== 'minutes')
  return (
    <dl class="answers">
      {rows.map(({ field, label, text }) => (
        <div key={`${field}${label}`}>
          <dt>{label}</dt>
          <dd>{text}</dd>
          {change && (
            <dd class="answers__act">
              <a class="link" href={`/my-log/${item.id}/change?ask=${field}`}>
                {words.change}
                <span class="nhsuk-u-visually-hidden"> {label.toLowerCase()}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
      <div>
        <dt>{words.entry.state}</dt>
        <dd>{words.sending[item.sending]}</dd>
      </div>
    </dl>
  )
}

export function DeleteLog({ id }: { readonly id: string }) {
  const item = live.value.log.find((one) => one.id === id)
  const trouble = useSignal<string | null>(null)
  if (!item || item.state === 'void') return <NotFound />

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
        <button type="button" class="button" onClick={remove}>
          {words.entry.removeYes}
        </button>
        <a class="button button--quiet" href={`/my-log/${id}`}>
          {words.entry.keep}
        </a>
      </div>
    </Page>
  )
}

function sayTrouble({ problem }: Extract<SaveAnswer, { ok: false }>): string {
  if (problem === 'storage_full') return words.form.storageFull
  if (problem === 'storage_broken') return words.form.storageBroken
  return problemText(null, problem)
}
