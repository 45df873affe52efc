// Writing a reflection, or changing one. Each pause is kept as a draft on this phone, sealed, so that nothing is lost.
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ReflectionDraft } from '../../data/reflections'
import { Chips } from '../../ui/chips'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { live, phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { go, where } from '../../ui/router'
import { portfolioWords } from '../../words/portfolio'
import { NotFound } from '../not-found'
import { sayTrouble } from '../reason'
import { logCalled } from './mentions'

const MOST_LOGS = 5
const say = portfolioWords.form

export function NewReflection() {
  const asked = new URLSearchParams(where.value.search).get('log')
  const draft = useRef<ReflectionDraft | null>(null)
  draft.current ??= phone.portfolio.open(asked !== null && logCalled(asked) !== null ? asked : null)
  return <Form title={say.newTitle} draft={draft.current} />
}

export function DraftReflection({ id }: { readonly id: string }) {
  const draft = useRef(live.portfolio.value.drafts.find((one) => one.id === id))
  return draft.current ? <Form title={say.newTitle} draft={draft.current} /> : <NotFound />
}

export function ChangeReflection({ id }: { readonly id: string }) {
  const draft = useRef<ReflectionDraft | null>(null)
  draft.current ??= phone.portfolio.change(id)
  return draft.current ? <Form title={say.changeTitle} draft={draft.current} /> : <NotFound />
}

function Form({ title, draft: first }: { readonly title: string; readonly draft: ReflectionDraft }) {
  const draft = useSignal(first)
  const errors = useSignal<readonly FormError[]>([])
  const saving = useRef(false)
  const keeping = useKeeping()
  const wrong = errors.value.find(({ id }) => id === 'reflection')?.text

  function change(next: ReflectionDraft) {
    draft.value = next
    keeping.later(next)
  }

  async function save() {
    if (saving.current) return
    saving.current = true
    await keeping.settle()
    const problems = phone.portfolio.problems(draft.value)
    const answer = problems.length > 0 ? null : await phone.portfolio.save(draft.value)
    saving.current = false
    if (answer?.ok) {
      const text = answer.sent ? portfolioWords.reflections.saved : portfolioWords.reflections.savedHere
      go('/portfolio', { replace: true, notice: { what: 'done', text } })
      return
    }
    errors.value = answer
      ? [{ id: null, text: sayTrouble(answer) }]
      : problems.map(({ code, limit }) =>
          code === 'required'
            ? { id: 'reflection', text: say.missing }
            : code === 'too_long'
              ? { id: 'reflection', text: say.tooLong(limit ?? 1) }
              : { id: null, text: say.noTeam },
        )
    keeping.later(draft.value)
  }

  return (
    <Page title={title} back="/portfolio" kind="form" error={errors.value.length > 0}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <ErrorSummary errors={errors.value} />
        <p class="text only-you">{portfolioWords.onlyYou}</p>
        <div class="field">
          <label class="nhsuk-label" for="reflection">
            {say.ask}
          </label>
          <div class="nhsuk-hint" id="reflection-hint">
            {say.hint}
          </div>
          {wrong && (
            <p class="nhsuk-error-message" id="reflection-error">
              {wrong}
            </p>
          )}
          <textarea
            id="reflection"
            name="reflection"
            rows={9}
            class={`nhsuk-textarea${wrong ? ' nhsuk-textarea--error' : ''}`}
            aria-describedby={wrong ? 'reflection-hint reflection-error' : 'reflection-hint'}
            aria-invalid={wrong ? 'true' : undefined}
            autocomplete="off"
            spellcheck
            value={draft.value.text}
            onInput={(event) => change({ ...draft.value, text: event.currentTarget.value })}
          />
        </div>
        <Belongs
          entry_id={draft.value.entry_id}
          onChange={(entry_id) => change({ ...draft.value, entry_id })}
        />
        <button type="submit" class="button button--full">
          {say.save}
        </button>
      </form>
    </Page>
  )
}

interface BelongsProps {
  readonly entry_id: string | null
  readonly onChange: (entry_id: string | null) => void
}

/** The last logs of supervision and learning, and the one that it belongs to already. */
function Belongs({ entry_id, onChange }: BelongsProps) {
  const user = live.session.value?.user.id
  const some = live.log.value
    .filter(({ entry, state, author_id }) => {
      const { kind } = entry.details
      return state === 'active' && author_id === user && (kind === 'supervision' || kind === 'cpd')
    })
    .slice(0, MOST_LOGS)
    .map(({ id }) => id)
  const ids = entry_id === null || some.includes(entry_id) ? some : [entry_id, ...some]
  if (ids.length === 0) return null
  const called = ids.map((id) => [id, logCalled(id) ?? portfolioWords.reflections.goneLog] as const)
  return (
    <Chips
      id="belongs"
      ask={say.belongs}
      answers={{ none: say.none, ...Object.fromEntries(called) }}
      chosen={[entry_id ?? 'none']}
      onChange={([chosen]) => onChange(chosen === undefined || chosen === 'none' ? null : chosen)}
    />
  )
}

// Kept a moment after the last key, and at once when the form is left.
function useKeeping() {
  const state = useRef({ timer: 0, next: null as ReflectionDraft | null, last: Promise.resolve() })
  const flush = () => {
    clearTimeout(state.current.timer)
    const { next } = state.current
    state.current.next = null
    if (next) state.current.last = phone.portfolio.keepDraft(next).catch(() => undefined)
  }
  useEffect(() => flush, [])
  return {
    later(draft: ReflectionDraft) {
      clearTimeout(state.current.timer)
      state.current.next = draft
      state.current.timer = window.setTimeout(flush, 250)
    },
    async settle() {
      clearTimeout(state.current.timer)
      state.current.next = null
      await state.current.last
    },
  }
}
