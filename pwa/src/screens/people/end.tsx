// Ends the support of a person: the day and the reason. It can be brought back at any time.
import { useSignal } from '@preact/signals'
import type { Person } from '../../data/schema.gen'
import { Chips } from '../../ui/chips'
import { type Day, daysLater, today } from '../../ui/dates'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { useHeld } from '../../ui/held'
import { phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { go } from '../../ui/router'
import { words } from '../../words/en'
import { peopleWords } from '../../words/people'
import { TypedDay } from '../form/day-question'
import { NotFound } from '../not-found'
import { errorsOfPerson } from './about'

const say = peopleWords.end
type Reason = NonNullable<Person['end_reason']>

export function EndSupport({ now }: { readonly now: Person | undefined }) {
  const { shown: person, hold } = useHeld(now?.ended_on ? undefined : now)
  const day = useSignal<Day | null>(today())
  const typed = useSignal(false)
  const unread = useSignal<string | null>(null)
  const why = useSignal<Reason | null>(null)
  const errors = useSignal<readonly FormError[]>([])
  if (!person) return <NotFound />
  const errorAt = (id: string) => errors.value.find((error) => error.id === id)?.text

  async function end({ id, code }: Person) {
    errors.value = [
      ...(day.value === null ? [{ id: 'ended_on', text: unread.value ?? say.missingDay }] : []),
      ...(why.value === null ? [{ id: 'end_reason', text: say.missingWhy }] : []),
    ]
    if (errors.value.length > 0) return
    const answer = await phone.changePerson(id, { ended_on: day.value, end_reason: why.value })
    const notice = { what: 'done', text: say.done(code) } as const
    if (answer.ok) go('/people', { replace: true, notice })
    else errors.value = errorsOfPerson(answer)
  }

  const yesterday = daysLater(today(), -1)
  return (
    <Page title={say.title} back={`/people/${person.id}`} error={errors.value.length > 0}>
      <ErrorSummary errors={errors.value} />
      <p class="text">
        <b>{person.code}</b>
      </p>
      <p class="text">{say.text}</p>
      <Chips
        id="ended_on"
        ask={say.when}
        error={errorAt('ended_on')}
        answers={{
          [today()]: words.when.today,
          [yesterday]: words.when.yesterday,
          another: words.when.another,
        }}
        chosen={typed.value ? ['another'] : day.value ? [day.value] : []}
        onChange={([answer = '']) => {
          typed.value = answer === 'another'
          day.value = typed.value ? null : answer
          unread.value = typed.value ? words.when.notADate : null
        }}
      >
        {typed.value && (
          <TypedDay
            id="ended_on"
            value={day.value}
            past
            onChange={(read) => {
              day.value = read ?? null
            }}
            onUnread={(text) => {
              unread.value = text
            }}
          />
        )}
      </Chips>
      <Chips
        id="end_reason"
        ask={say.why}
        error={errorAt('end_reason')}
        answers={say.reasons}
        chosen={why.value ? [why.value] : []}
        onChange={([answer]) => {
          why.value = (answer as Reason | undefined) ?? null
        }}
      />
      <div class="buttons">
        <button type="button" class="button" onClick={() => hold(() => end(person))}>
          {say.button}
        </button>
        <a class="button button--quiet" href={`/people/${person.id}`}>
          {words.form.goBack}
        </a>
      </div>
    </Page>
  )
}
