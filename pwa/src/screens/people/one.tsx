// One person: the code and what goes with it, who else may be the same person, and the worker's own logs with them.
import { useSignal } from '@preact/signals'
import { sameCoded } from '../../data/persons'
import type { SaveAnswer } from '../../data/phone'
import type { Person } from '../../data/schema.gen'
import { live, phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { go } from '../../ui/router'
import { peopleWords } from '../../words/people'
import { LogRow } from '../log-row'
import { errorsOfPerson, ownLogs, people, rowsOfPerson } from './about'

const FIRST = 20
const say = peopleWords.one

export function OnePerson({ person }: { readonly person: Person }) {
  const trouble = useSignal<string | null>(null)
  const here = `/people/${person.id}`

  async function done(doing: Promise<SaveAnswer>, text: string) {
    const answer = await doing
    if (answer.ok) go(here, { replace: true, notice: { what: 'done', text } })
    else trouble.value = errorsOfPerson(answer)[0]?.text ?? null
  }

  const backAgain = () =>
    done(phone.changePerson(person.id, { ended_on: null, end_reason: null }), say.broughtBack(person.code))

  return (
    <Page title={person.code} back="/people">
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      <Asks person={person} />
      {sameCoded(people(), person).map((other) => (
        <div key={other.id} class="nhsuk-inset-text">
          <p class="text">{say.twice}</p>
          <a class="button button--small" href={`${here}/same?as=${other.id}`}>
            {say.areThey}
          </a>
        </div>
      ))}
      <dl class="answers">
        {rowsOfPerson(person).map(({ field, label, text }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {people()
        .aliases(person.id)
        .map((alias) => (
          <p key={alias.id} class="buttons">
            <span class="text">
              {say.also} {alias.code}
            </span>
            <button
              type="button"
              class="button button--quiet button--small"
              onClick={() => done(phone.changePerson(alias.id, { merged_into: null }), say.apart(alias.code))}
            >
              {say.takeApart}
              <span class="nhsuk-u-visually-hidden">: {alias.code}</span>
            </button>
          </p>
        ))}
      <div class="buttons">
        <a class="button button--quiet" href={`${here}/change`}>
          {say.change}
        </a>
        {person.ended_on ? (
          <button type="button" class="button" onClick={backAgain}>
            {say.bringBack}
          </button>
        ) : (
          <a class="button button--quiet" href={`${here}/end`}>
            {say.end}
          </a>
        )}
        <a class="button button--quiet" href={`${here}/same`}>
          {say.same}
        </a>
      </div>
      <Logs id={person.id} />
    </Page>
  )
}

/** What needs a look, of this person or of one who stands for them. */
function Asks({ person }: { readonly person: Person }) {
  const ids = [person, ...people().aliases(person.id)].map(({ id }) => id)
  const asking = live.persons.value.filter(
    (one) =>
      ids.includes(one.person.id) &&
      (one.sending === 'needs_a_look' || one.sending === 'changed_in_two_places'),
  )
  return asking.map((one) => (
    <div key={one.person.id} class="nhsuk-inset-text">
      <p class="text">{one.sending === 'needs_a_look' ? say.looks : peopleWords.looking.two}</p>
      <a class="button button--small" href={`/person/${one.person.id}/look`}>
        {say.fix}
      </a>
    </div>
  ))
}

function Logs({ id }: { readonly id: string }) {
  const shown = useSignal(FIRST)
  const logs = ownLogs().get(id) ?? []
  return (
    <section>
      <h2 class="heading">{say.logs}</h2>
      {logs.length === 0 && <p class="text text--quiet">{say.noLogs}</p>}
      <ul class="rows">
        {logs.slice(0, shown.value).map((item) => (
          <li key={item.id}>
            <LogRow item={item} day />
          </li>
        ))}
      </ul>
      {logs.length > shown.value && (
        <div class="buttons">
          <button
            type="button"
            class="button button--quiet"
            onClick={() => {
              shown.value += FIRST
            }}
          >
            {say.olderLogs}
          </button>
        </div>
      )}
    </section>
  )
}
