// A person that needs a look: the reason, what to put right, and a way to do without it; or both of two places.
import { useSignal } from '@preact/signals'
import type { PersonItem, SaveAnswer } from '../data/phone'
import { ErrorSummary, type FormError } from '../ui/error-summary'
import { Field } from '../ui/field'
import { useHeld } from '../ui/held'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { go } from '../ui/router'
import { words } from '../words/en'
import { peopleWords } from '../words/people'
import { NotFound } from './not-found'
import { errorsOfPerson, rowsOfPerson } from './people/about'
import { codeText } from './reason'
import { Side } from './two-places'

const say = peopleWords.looking

export function LookAtPerson({ id }: { readonly id: string }) {
  const { shown: item, hold } = useHeld(live.persons.value.find(({ person }) => person.id === id))
  const errors = useSignal<readonly FormError[]>([])
  const saving = useSignal(false)
  if (!item) return <NotFound />

  function settle(doing: () => Promise<SaveAnswer>, done: string): void {
    void hold(async () => {
      if (saving.value) return
      saving.value = true
      const answer = await doing()
      saving.value = false
      if (answer.ok) go('/waiting', { replace: true, notice: { what: 'done', text: done } })
      else errors.value = errorsOfPerson(answer)
    })
  }

  const parts = { item, errors: errors.value, saving: saving.value, settle }
  if (item.sending === 'changed_in_two_places') return <TwoPlaces {...parts} />
  return item.reason === 'rule:merge' ? <NotJoined {...parts} /> : <PutRight {...parts} />
}

interface Parts {
  readonly item: PersonItem
  readonly errors: readonly FormError[]
  readonly saving: boolean
  readonly settle: (doing: () => Promise<SaveAnswer>, done: string) => void
}

function PutRight({ item, errors, saving, settle }: Parts) {
  const { id, code, local_patient_id, referral_ref } = item.person
  const typed = useSignal({
    code,
    local_patient_id: local_patient_id ?? '',
    referral_ref: referral_ref ?? '',
  })
  const fields = [
    { name: 'code', label: words.look.codeLabel, hint: words.person.codeHint },
    { name: 'local_patient_id', label: peopleWords.one.patient, hint: peopleWords.change.referenceHint },
    { name: 'referral_ref', label: peopleWords.one.referral, hint: peopleWords.change.referenceHint },
  ] as const
  const isNew = item.theirs === null
  return (
    <Page title={isNew ? words.look.code : say.title} back="/waiting" error={errors.length > 0}>
      <ErrorSummary errors={errors} />
      <div class="nhsuk-inset-text">{codeText(item.reason, item.problems)}</div>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          settle(() => phone.changePerson(id, typed.value), words.look.codeSaved)
        }}
      >
        {fields
          .filter(({ name }) => name === 'code' || item.person[name])
          .map(({ name, label, hint }) => (
            <Field
              key={name}
              id={name}
              label={label}
              hint={hint}
              error={errors.find((error) => error.id === name)?.text}
              value={typed.value[name]}
              maxLength={20}
              class="input--code"
              onInput={(text) => {
                typed.value = { ...typed.value, [name]: text }
              }}
            />
          ))}
        <div class="buttons">
          <button type="submit" class="button" aria-disabled={saving}>
            {words.form.saveAndSend}
          </button>
          <button
            type="button"
            class="button button--quiet"
            onClick={() =>
              settle(() => phone.letGoPerson(id), isNew ? words.look.codeLetGo : say.changeLetGo)
            }
          >
            {isNew ? words.look.letGo : say.letGo}
          </button>
        </div>
      </form>
    </Page>
  )
}

/** What is not one person for the server stays two: somebody else has changed one of them in between. */
function NotJoined({ item, errors, settle }: Parts) {
  return (
    <Page title={say.title} back="/waiting" error={errors.length > 0}>
      <ErrorSummary errors={errors} />
      <p class="text">
        <b>{item.person.code}</b>
      </p>
      <div class="nhsuk-inset-text">{say.cannotJoin}</div>
      <div class="buttons">
        <button
          type="button"
          class="button"
          onClick={() => settle(() => phone.letGoPerson(item.person.id), say.settled)}
        >
          {say.leaveApart}
        </button>
      </div>
    </Page>
  )
}

function TwoPlaces({ item: { person, theirs }, errors, settle }: Parts) {
  const mine = rowsOfPerson(person)
  const other = theirs ? rowsOfPerson(theirs) : null
  return (
    <Page title={say.twoTitle} back="/waiting" error={errors.length > 0}>
      <ErrorSummary errors={errors} />
      <p class="text">{other ? say.two : say.notThere}</p>
      <div class="two">
        <Side title={words.two.mine} rows={mine} other={other} />
        {other && <Side title={words.two.theirs} rows={other} other={mine} />}
      </div>
      <div class="buttons">
        <button
          type="button"
          class="button"
          onClick={() => settle(() => phone.changePerson(person.id, {}), say.settled)}
        >
          {words.two.keepMine}
        </button>
        <button
          type="button"
          class="button button--quiet"
          onClick={() => settle(() => phone.letGoPerson(person.id), say.settled)}
        >
          {other ? words.two.keepTheirs : words.two.letGo}
        </button>
      </div>
    </Page>
  )
}
