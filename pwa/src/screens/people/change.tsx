// Changes what goes with a person: the code, the first day, and the references that a national return asks for.
import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Person } from '../../data/schema.gen'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { Field } from '../../ui/field'
import { useHeld } from '../../ui/held'
import { phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { go } from '../../ui/router'
import { words } from '../../words/en'
import { peopleWords } from '../../words/people'
import { TypedDay } from '../form/day-question'
import { NotFound } from '../not-found'
import { errorsOfPerson } from './about'

const say = peopleWords.change

export function ChangePerson({ now }: { readonly now: Person | undefined }) {
  const { shown: person, hold } = useHeld(now)
  const before = useRef(person).current
  const code = useSignal(person?.code ?? '')
  const started = useSignal(person?.started_on ?? null)
  const patient = useSignal(person?.local_patient_id ?? '')
  const referral = useSignal(person?.referral_ref ?? '')
  const unread = useSignal<string | null>(null)
  const errors = useSignal<readonly FormError[]>([])
  if (!person) return <NotFound />
  const here = `/people/${person.id}`
  const errorAt = (id: string) => errors.value.find((error) => error.id === id)?.text

  async function save(id: string) {
    if (unread.value !== null) {
      errors.value = [{ id: 'started_on', text: unread.value }]
      return
    }
    // Only what was changed here: a colleague may have changed the rest meanwhile.
    const answer = await phone.changePerson(id, {
      ...(code.value === before?.code ? {} : { code: code.value }),
      ...(started.value === (before?.started_on ?? null) ? {} : { started_on: started.value }),
      ...(patient.value === (before?.local_patient_id ?? '') ? {} : { local_patient_id: patient.value }),
      ...(referral.value === (before?.referral_ref ?? '') ? {} : { referral_ref: referral.value }),
    })
    const text = answer.ok && answer.sent ? say.saved : say.savedHere
    if (answer.ok) go(here, { replace: true, notice: { what: 'done', text } })
    else errors.value = errorsOfPerson(answer)
  }

  return (
    <Page title={say.title} back={here} error={errors.value.length > 0}>
      <ErrorSummary errors={errors.value} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void hold(() => save(person.id))
        }}
      >
        <Field
          id="code"
          label={peopleWords.one.code}
          hint={words.person.codeHint}
          error={errorAt('code')}
          value={code.value}
          maxLength={20}
          class="input--code"
          onInput={(text) => {
            code.value = text
          }}
        />
        <fieldset id="started_on" class={`question${errorAt('started_on') ? ' question--error' : ''}`}>
          <legend>{peopleWords.one.started}</legend>
          <div class="nhsuk-hint">{say.startedHint}</div>
          {errorAt('started_on') && <p class="nhsuk-error-message">{errorAt('started_on')}</p>}
          <TypedDay
            id="started_on"
            value={started.value}
            onChange={(day) => {
              started.value = day ?? null
            }}
            onUnread={(text) => {
              unread.value = text
            }}
          />
        </fieldset>
        <p class="text">{say.forReturn}</p>
        {(
          [
            ['local_patient_id', peopleWords.one.patient, patient],
            ['referral_ref', peopleWords.one.referral, referral],
          ] as const
        ).map(([id, label, typed]) => (
          <Field
            key={id}
            id={id}
            label={label}
            hint={say.referenceHint}
            error={errorAt(id)}
            value={typed.value}
            maxLength={20}
            class="input--code"
            onInput={(text) => {
              typed.value = text
            }}
          />
        ))}
        <div class="buttons">
          <button type="submit" class="button">
            {words.form.save}
          </button>
        </div>
      </form>
    </Page>
  )
}
