// The one form. New logs, Log again, changes and logs that need a look differ only in what is open at the start.
import { type Signal, useComputed, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Draft, SaveAnswer } from '../../data/phone'
import { ErrorSummary, type FormError, focusOn } from '../../ui/error-summary'
import { Page } from '../../ui/page'
import { words } from '../../words/en'
import { read, withoutPersons, write } from './answers'
import { applying } from './applying'
import { AskFirst, AskPage, type Doubt, doubt } from './ask-first'
import { errorsOf } from './errors'
import { FilledIn } from './filled-in'
import { answeredIn, formOf } from './form-of'
import { type Question, questionId } from './forms'
import { inWords } from './in-words'
import { MoreQuestions } from './more-questions'
import { QuestionField } from './question'

interface EntryFormProps {
  readonly title: string
  readonly back: string
  readonly draft: Draft
  /** The fields asked in full at the start; all front questions when left out. */
  readonly open?: readonly string[]
  /** What kind of log it is, where the title does not say. */
  readonly about?: string
  /** Why the log is looked at again. */
  readonly note?: readonly string[]
  /** What needs no asking before a save, because it was said already. */
  readonly told?: readonly string[]
  /** A way to leave it as it is. */
  readonly leave?: { readonly to: string; readonly name: string }
  readonly button?: string
  /** A new log: its answers are kept as a draft, and a double is asked about. */
  readonly fresh?: boolean
  readonly onKeep?: (draft: Draft) => Promise<void>
  readonly onSave: (draft: Draft) => Promise<SaveAnswer>
  readonly onSaved: (draft: Draft) => void
}

export function EntryForm(props: EntryFormProps) {
  const { fresh = false } = props
  const draft = useSignal(props.draft)
  const answered = useMemo(() => answeredIn(props.draft), [props.draft])
  const retired = props.open?.includes('details.kind') ?? false
  const form = useComputed(() => formOf(draft.value, fresh, answered, retired))
  const open = useSignal<ReadonlySet<string>>(new Set(props.open ?? form.value.front.map((one) => one.field)))
  const unread = useSignal<Readonly<Record<string, string>>>({})
  const errors = useSignal(NO_ERRORS)
  const asking = useSignal<Doubt | null>(null)
  const asked = useRef(new Set(props.told))
  const saving = useSignal(false)
  const keeping = useKeeping(props.onKeep)

  const answers = draft.value.entry
  const { front, filled, more } = form.value
  const shown = [...front, ...filled]
  const isOpen = (one: Question) =>
    open.value.has(one.field) || (front.includes(one) && inWords(one, answers) === null)
  const errorFor = (id: string) => errors.value.find((error) => error.id === id)?.text
  // What no longer applies is asked no more, and not kept.
  const ready = () => ({ ...draft.value, entry: applying(draft.value.entry) })

  function change(next: Draft) {
    draft.value = next
    asking.value = null
    keeping.later(next)
  }

  function answer(question: Question, value: unknown) {
    const { entry } = draft.value
    // It stays where it is: another family of the entry would put it among what is filled in.
    open.value = new Set([...open.value, question.field])
    if (question.field !== 'team_id') change({ ...draft.value, entry: write(entry, question.field, value) })
    else change({ ...draft.value, team_id: String(value), entry: withoutPersons(entry) })
  }

  function cannotRead(key: string, text: string | null) {
    const { [key]: _, ...rest } = unread.value
    unread.value = text === null ? rest : { ...rest, [key]: text }
  }

  function show(field: string, id: string) {
    if (shown.some((one) => one.field === field)) open.value = new Set([...open.value, field])
    requestAnimationFrame(() => focusOn(id))
  }

  async function save() {
    if (saving.value) return
    // What was half typed at a question that is asked no more holds nothing up.
    const there = Object.entries(unread.value).filter(([id]) => document.getElementById(id) !== null)
    const found = errorsOf(ready(), form.value, Object.fromEntries(there))
    // The same none as before, so that the form is not drawn anew for it.
    errors.value = found.length > 0 ? found : NO_ERRORS
    if (found.length > 0) return
    asking.value = doubt(ready(), fresh, asked.current)
    if (asking.value !== null) {
      asked.current.add(asking.value.key)
      return
    }
    saving.value = true
    await keeping.settle()
    const result = await props.onSave(ready())
    saving.value = false
    if (result.ok) props.onSaved(draft.value)
    else {
      keeping.later(draft.value)
      errors.value = errorsOf(ready(), form.value, {}, result.problem)
    }
  }

  function goOn() {
    asking.value = null
    save()
  }

  function takeBack() {
    const long = asking.value?.what === 'long'
    asking.value = null
    if (long) show('minutes', questionId('minutes'))
    // The question had the focus, and is gone.
    else requestAnimationFrame(() => focusOn(SAVE))
  }

  if (asking.value?.what === 'long') {
    return <AskPage key="ask" doubt={asking.value} onYes={goOn} onNo={takeBack} />
  }
  const foot = (
    <div class="save">
      {asking.value === null ? (
        <SaveButton saving={saving} name={props.button ?? words.form.save} />
      ) : (
        <AskFirst doubt={asking.value} onYes={goOn} onNo={takeBack} />
      )}
    </div>
  )
  return (
    <Page
      key="form"
      title={props.title}
      back={props.back}
      kind="form"
      error={errors.value.length > 0}
      foot={foot}
    >
      <form
        id="entry"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <ErrorSummary
          errors={errors.value}
          onGo={(id) => show(shown.find((one) => questionId(one.field) === id)?.field ?? '', id)}
        />
        {props.about && <p class="text">{props.about}</p>}
        {props.note && (
          <div class="nhsuk-inset-text">
            {props.note.map((text) => (
              <p key={text}>{text}</p>
            ))}
            {props.leave && (
              <a class="link" href={props.leave.to}>
                {props.leave.name}
              </a>
            )}
          </div>
        )}
        {shown.filter(isOpen).map((one) => (
          <QuestionField
            key={one.field}
            question={one}
            value={read(answers, one.field)}
            team_id={draft.value.team_id}
            optional={one.field.startsWith('details.') && one.required !== true}
            error={errorFor(questionId(one.field))}
            errorFor={errorFor}
            onChange={(value) => answer(one, value)}
            onUnread={cannotRead}
          />
        ))}
        <FilledIn
          title={fresh ? words.form.filledIn : words.form.yourAnswers}
          questions={shown.filter((one) => !isOpen(one))}
          plain={(one) => !answered.has(one.field)}
          draft={draft.value}
          onChange={(field) => show(field, questionId(field))}
        />
        <MoreQuestions
          questions={more}
          draft={draft.value}
          wanted={props.open ?? []}
          errors={errors.value}
          onChange={change}
          onUnread={cannotRead}
        />
      </form>
    </Page>
  )
}

/** On its own: a whole form takes a slow phone as long to draw as a save. */
function SaveButton({ saving, name }: { readonly saving: Signal<boolean>; readonly name: string }) {
  return (
    <button id={SAVE} type="submit" form="entry" class="button button--full" aria-disabled={saving.value}>
      {saving.value ? words.form.saving : name}
    </button>
  )
}

const NO_ERRORS: readonly FormError[] = []
const SAVE = 'save-entry'

// Typing makes many changes: a draft is kept a moment after the last one, and at once when the form is left.
function useKeeping(keep: EntryFormProps['onKeep']) {
  const state = useRef({ timer: 0, next: null as Draft | null, last: Promise.resolve() })
  const flush = () => {
    clearTimeout(state.current.timer)
    const { next } = state.current
    state.current.next = null
    // A draft that cannot be kept is no reason to stop: the answers are on the screen, and Save says what is wrong.
    if (next && keep) state.current.last = keep(next).catch(() => undefined)
  }
  useEffect(() => flush, [])
  return {
    later(draft: Draft) {
      clearTimeout(state.current.timer)
      state.current.next = draft
      state.current.timer = window.setTimeout(flush, 250)
    },
    /** Nothing more is kept of this draft: it is being saved. */
    async settle() {
      clearTimeout(state.current.timer)
      state.current.next = null
      await state.current.last
    },
  }
}
