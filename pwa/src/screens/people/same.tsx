// Two codes of one person: the other is chosen, one plain question is asked, and the logs of both are shown under one.
import { useSignal } from '@preact/signals'
import { plainCode, sameCoded } from '../../data/persons'
import type { Person } from '../../data/schema.gen'
import { Chips } from '../../ui/chips'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { Field } from '../../ui/field'
import { useHeld } from '../../ui/held'
import { phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { go, where } from '../../ui/router'
import { peopleWords } from '../../words/people'
import { NotFound } from '../not-found'
import { errorsOfPerson, inTeam, people } from './about'

const MOST = 8
const say = peopleWords.same

export function SamePerson({ now }: { readonly now: Person | undefined }) {
  const { shown: person, hold } = useHeld(now)
  const other = useSignal(new URLSearchParams(where.value.search).get('as'))
  const asking = useSignal(other.value !== null)
  const sought = useSignal('')
  const errors = useSignal<readonly FormError[]>([])
  if (!person) return <NotFound />
  const here = `/people/${person.id}`
  const found = other.value === null ? undefined : people().find(other.value)

  async function join(goes: Person, stays: Person) {
    const answer = await phone.changePerson(goes.id, { merged_into: stays.id })
    const notice = { what: 'done', text: say.done(stays.code) } as const
    if (answer.ok) go(`/people/${stays.id}`, { replace: true, notice })
    else errors.value = errorsOfPerson(answer)
  }

  if (asking.value && found) {
    // One who is still supported stays, so that the person can be chosen in a form.
    const [goes, stays] = found.ended_on && !person.ended_on ? [found, person] : [person, found]
    return (
      <Page key="ask" title={say.sure} back={here} error={errors.value.length > 0}>
        <ErrorSummary errors={errors.value} />
        <p class="text">{say.question(goes.code, stays.code)}</p>
        <p class="text">{say.after(stays.code)}</p>
        <div class="buttons">
          <button type="button" class="button" onClick={() => hold(() => join(goes, stays))}>
            {say.yes}
          </button>
          <a class="button button--quiet" href={here}>
            {say.no}
          </a>
        </div>
      </Page>
    )
  }

  const others = inTeam(person.team_id).filter(({ id }) => id !== person.id)
  const twins = sameCoded(people(), person)
  const listed = [...twins, ...others.filter((one) => !twins.includes(one))]
    .filter(({ id, code }) => id === other.value || plainCode(code).includes(plainCode(sought.value)))
    .slice(0, MOST)
  return (
    <Page key="choose" title={say.title} back={here} error={errors.value.length > 0}>
      <ErrorSummary errors={errors.value} />
      <p class="text">
        <b>{person.code}</b>
      </p>
      <p class="text">{others.length === 0 ? say.nobody : say.text}</p>
      {others.length > MOST && (
        <search aria-label={peopleWords.search}>
          <Field
            id="find"
            label={peopleWords.find}
            value={sought.value}
            maxLength={20}
            class="input--code"
            onInput={(text) => {
              sought.value = text
            }}
          />
        </search>
      )}
      {listed.length > 0 && (
        <Chips
          id="same"
          ask={say.ask}
          error={errors.value.find((error) => error.id === 'same')?.text}
          answers={Object.fromEntries(listed.map(({ id, code }) => [id, code]))}
          chosen={other.value ? [other.value] : []}
          onChange={([id]) => {
            other.value = id ?? null
          }}
        />
      )}
      {others.length > 0 && (
        <div class="buttons">
          <button
            type="button"
            class="button"
            onClick={() => {
              asking.value = other.value !== null
              errors.value = asking.value ? [] : [{ id: 'same', text: say.missing }]
            }}
          >
            {say.goOn}
          </button>
        </div>
      )}
    </Page>
  )
}
