// The people that a team supports: a search, those logged with last first, and those who are no longer supported apart.
import { useSignal } from '@preact/signals'
import { plainCode, sameCoded } from '../../data/persons'
import type { Person } from '../../data/schema.gen'
import { inSentence } from '../../ui/dates'
import { Field } from '../../ui/field'
import { Icon } from '../../ui/icons'
import { live } from '../../ui/live'
import { Page } from '../../ui/page'
import { peopleFound, peopleWords as say } from '../../words/people'
import { inTeam, ownLogs, people, Tag, teamId, WhichTeam } from './about'
import { AddPerson } from './add'

const FIRST = 40

export function AllPeople() {
  const sought = useSignal('')
  const shown = useSignal(FIRST)
  const team = teamId()
  const all = inTeam(team)
  const wanted = plainCode(sought.value)
  const found = all.filter(({ code }) => plainCode(code).includes(wanted))
  const current = found.filter(({ ended_on }) => !ended_on)
  const ended = found.filter(({ ended_on }) => ended_on)
  return (
    <Page title={say.title} back="/help">
      <p class="text">{say.text}</p>
      <WhichTeam />
      {all.length === 0 && <p class="text">{say.empty}</p>}
      {all.length > 0 && (
        <search aria-label={say.search}>
          <Field
            id="find"
            label={say.find}
            value={sought.value}
            maxLength={20}
            class="input--code"
            onInput={(text) => {
              sought.value = text
              shown.value = FIRST
            }}
          />
        </search>
      )}
      <div role="status">{wanted !== '' && <p class="text text--quiet">{peopleFound(found.length)}</p>}</div>
      <Rows of={current.slice(0, shown.value)} />
      {current.length > shown.value && (
        <div class="buttons">
          <button
            type="button"
            class="button button--quiet"
            onClick={() => {
              shown.value += FIRST
            }}
          >
            {say.showMore}
          </button>
        </div>
      )}
      <AddPerson team_id={team} />
      {ended.length > 0 && (
        <section>
          <h2 class="heading">{say.ended}</h2>
          <Rows of={ended} />
        </section>
      )}
    </Page>
  )
}

function Rows({ of }: { readonly of: readonly Person[] }) {
  if (of.length === 0) return null
  const logs = ownLogs()
  return (
    <ul class="rows">
      {of.map((person) => (
        <li key={person.id}>
          <PersonRow person={person} last={logs.get(person.id)?.[0]?.entry.happened_on} />
        </li>
      ))}
    </ul>
  )
}

function PersonRow({ person, last }: { readonly person: Person; readonly last: string | undefined }) {
  const sending = live.persons.value.find((one) => one.person.id === person.id)?.sending
  const twice = sameCoded(people(), person).length > 0
  return (
    <a class="row" href={`/people/${person.id}`}>
      <span class="row__text">
        <b>{person.code}</b>
        {last && <span>{say.lastLog(inSentence(last))}</span>}
        {twice && <span>{say.twice}</span>}
        {sending !== 'sent' && (
          <span>
            <Tag sending={sending} />
          </span>
        )}
      </span>
      <Icon name="right" />
    </a>
  )
}
