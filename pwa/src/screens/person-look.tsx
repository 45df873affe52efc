// A person's code that needs a look: the reason, the code to put right, and a way to do without it.
import { useSignal } from '@preact/signals'
import type { SaveAnswer } from '../data/phone'
import { ErrorSummary, type FormError } from '../ui/error-summary'
import { Field } from '../ui/field'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { go } from '../ui/router'
import { problems, words } from '../words/en'
import { NotFound } from './not-found'
import { codeText } from './reason'

export function LookAtPerson({ id }: { readonly id: string }) {
  const item = live.value.persons.find(({ person }) => person.id === id)
  const code = useSignal(item?.person.code ?? '')
  const errors = useSignal<readonly FormError[]>([])
  const saving = useSignal(false)
  if (!item) return <NotFound />

  async function settle(doing: () => Promise<SaveAnswer>, done: string) {
    if (saving.value) return
    saving.value = true
    const answer = await doing()
    saving.value = false
    if (answer.ok) go('/waiting', { replace: true, notice: { what: 'done', text: done } })
    else errors.value = [errorOf(answer)]
  }

  return (
    <Page title={words.look.code} back="/waiting" error={errors.value.length > 0}>
      <ErrorSummary errors={errors.value} />
      <div class="nhsuk-inset-text">{codeText(item.reason, item.problems)}</div>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void settle(() => phone.fixPerson(id, code.value), words.look.codeSaved)
        }}
      >
        <Field
          id="code"
          label={words.look.codeLabel}
          hint={words.person.codeHint}
          error={errors.value[0]?.id === 'code' ? errors.value[0].text : undefined}
          value={code.value}
          maxLength={20}
          class="input--code"
          onInput={(text) => {
            code.value = text
          }}
        />
        <div class="buttons">
          <button type="submit" class="button" aria-disabled={saving.value}>
            {words.form.saveAndSend}
          </button>
          <button
            type="button"
            class="button button--quiet"
            onClick={() => settle(() => phone.letGoPerson(id), words.look.codeLetGo)}
          >
            {words.look.letGo}
          </button>
        </div>
      </form>
    </Page>
  )
}

function errorOf({ problem }: Extract<SaveAnswer, { ok: false }>): FormError {
  if (problem === 'storage_full') return { id: null, text: words.form.storageFull }
  if (problem === 'storage_broken') return { id: null, text: words.form.storageBroken }
  const code = problem[0]?.code ?? 'unexpected'
  return { id: 'code', text: code === 'required' ? words.person.missing : (problems[code] ?? code) }
}
