// One reflection: its words, what it asks, change, delete and bring back; and those that were deleted or not chosen.
import { useSignal } from '@preact/signals'
import type { SaveAnswer } from '../../data/phone'
import { longDay } from '../../ui/dates'
import { useHeld } from '../../ui/held'
import { live, phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { go } from '../../ui/router'
import { portfolioWords } from '../../words/portfolio'
import { keptUntil } from '../deleted'
import { NotFound } from '../not-found'
import { sayTrouble } from '../reason'
import { Rows, Tag } from './mentions'
import { aboutLog } from './portfolio'

const say = portfolioWords.reflections

const found = (id: string) => live.portfolio.value.reflections.find((one) => one.id === id)

export function OneReflection({ id }: { readonly id: string }) {
  const item = found(id)
  const trouble = useSignal<string | null>(null)
  if (!item) return <NotFound />
  const deleted = item.state === 'void'
  const two = item.sending === 'changed_in_two_places'

  async function bringBack() {
    const answer = await phone.portfolio.bringBack(id)
    if (answer.ok) done(say.broughtBack)
    else trouble.value = sayTrouble(answer)
  }

  return (
    <Page title={longDay(item.kept_on)} back="/portfolio">
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      <p class="text only-you">{portfolioWords.onlyYou}</p>
      {deleted && !two && <div class="nhsuk-inset-text">{say.isDeleted}</div>}
      {item.sending === 'needs_a_look' && <div class="nhsuk-inset-text">{say.look}</div>}
      {two && (
        <div class="nhsuk-inset-text">
          <p class="text">{portfolioWords.two.text}</p>
          <a class="button button--small" href={`/portfolio/${id}/choose`}>
            {portfolioWords.two.ask}
          </a>
        </div>
      )}
      {item.entry_id && (
        <p class="text">
          <a class="link" href={`/my-log/${item.entry_id}`}>
            {aboutLog(item.entry_id)}
          </a>
        </p>
      )}
      <p class="reflection__text">{item.text ?? say.noKey}</p>
      {item.sending === 'waiting' && <Tag sending={item.sending} />}
      <div class="buttons">
        {deleted && !two && (
          <button type="button" class="button" onClick={bringBack}>
            {say.bringBack}
          </button>
        )}
        {!deleted && !two && item.text !== null && (
          <a class="button" href={`/portfolio/${id}/change`}>
            {say.change}
          </a>
        )}
        {!deleted && (
          <a class="button button--quiet" href={`/portfolio/${id}/delete`}>
            {say.remove}
          </a>
        )}
      </div>
    </Page>
  )
}

export function DeleteReflection({ id }: { readonly id: string }) {
  const { shown, hold } = useHeld(found(id)?.state === 'active' ? found(id) : undefined)
  const trouble = useSignal<string | null>(null)
  if (!shown) return <NotFound />

  async function remove() {
    const answer = await phone.portfolio.remove(id)
    if (answer.ok) done(say.removed)
    else trouble.value = sayTrouble(answer)
  }

  return (
    <Page title={say.removeTitle} back={`/portfolio/${id}`}>
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      <p class="text">{say.removeText}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => hold(remove)}>
          {say.removeYes}
        </button>
        <a class="button button--quiet" href={`/portfolio/${id}`}>
          {say.keep}
        </a>
      </div>
    </Page>
  )
}

export function DeletedReflections() {
  const { reflections, copies } = live.portfolio.value
  const gone = reflections.filter(({ state }) => state === 'void')
  const trouble = useSignal<string | null>(null)

  async function use(id: string) {
    const answer: SaveAnswer = await phone.portfolio.useCopy(id)
    if (answer.ok) done(portfolioWords.two.used)
    else trouble.value = sayTrouble(answer)
  }

  return (
    <Page title={say.deleted} back="/portfolio">
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      {gone.length + copies.length === 0 && <p class="text">{say.noneDeleted}</p>}
      <Rows of={gone} />
      {copies.length > 0 && (
        <section>
          <h2 class="heading">{portfolioWords.two.copies}</h2>
          {copies.map((copy) => (
            <article key={copy.id} class="reflection" aria-labelledby={`copy-${copy.id}`}>
              <h3 class="day" id={`copy-${copy.id}`}>
                {longDay(copy.kept_on)}
              </h3>
              <p class="reflection__text">{copy.text ?? say.noKey}</p>
              <p class="text text--quiet">{keptUntil(copy.until)}</p>
              <button type="button" class="button button--quiet button--small" onClick={() => use(copy.id)}>
                {portfolioWords.two.use}
              </button>
            </article>
          ))}
        </section>
      )}
    </Page>
  )
}

function done(text: string): void {
  go('/portfolio', { replace: true, notice: { what: 'done', text } })
}
