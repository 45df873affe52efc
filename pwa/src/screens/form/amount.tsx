// Minutes and numbers: those that are common as chips, and Other for the rest. Without common ones, a field.
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { Chips } from '../../ui/chips'
import { shortLength } from '../../ui/describe'
import { Field } from '../../ui/field'
import { words } from '../../words/en'
import type { QuestionProps } from './question'
import { wordsOf } from './said'

interface AmountProps extends QuestionProps {
  readonly id: string
  readonly children?: ComponentChildren
}

export function Amount(props: AmountProps) {
  const { id, question, value, error, about, onChange, onUnread } = props
  const { ask, hint } = wordsOf(question)
  const { amounts = [], ask: way, limit } = question
  const minutes = way !== 'number'
  const other = useSignal(typeof value === 'number' && !amounts.includes(value))
  const text = useSignal(other.value ? String(value) : '')
  // Cleared from outside: nothing is left of what was typed.
  if (value === null && other.peek()) {
    other.value = false
    text.value = ''
  }
  const unread = minutes
    ? words.form.minutesNeeded
    : words.form.numberNeeded(limit?.minimum ?? 0, limit?.maximum ?? 9999)
  const field = {
    value: text.value,
    inputmode: 'numeric' as const,
    class: 'input--minutes',
    onInput: type,
  }

  function choose(chosen: string) {
    other.value = chosen === 'other'
    text.value = ''
    onUnread(id, other.value ? unread : null)
    onChange(other.value ? undefined : Number(chosen.slice(1)))
  }

  function type(typed: string) {
    text.value = typed
    const readable = /^\d{1,4}$/.test(typed.trim())
    // A field that is empty again was not answered; after Other a number is owed.
    const empty = amounts.length === 0 && typed.trim() === ''
    onUnread(id, readable || empty ? null : unread)
    onChange(readable ? Number(typed) : empty ? null : undefined)
  }

  if (amounts.length === 0)
    return <Field {...field} id={id} label={ask} about={about} hint={hint} error={error} />
  const answers = Object.fromEntries([
    ...amounts.map((amount) => [`m${amount}`, nameOf(amount, minutes)]),
    ['other', words.form.other],
  ])
  return (
    <Chips
      id={id}
      ask={ask}
      about={about}
      error={error}
      even={minutes}
      answers={answers}
      chosen={other.value ? ['other'] : typeof value === 'number' ? [`m${value}`] : []}
      onChange={([chosen]) => choose(chosen ?? '')}
    >
      {other.value && (
        <div class="beside">
          <Field
            {...field}
            id={`${id}-typed`}
            label={minutes ? words.form.otherMinutes : words.form.otherNumber}
            hint={hint}
          />
        </div>
      )}
      {props.children}
    </Chips>
  )
}

function nameOf(amount: number, minutes: boolean): string {
  if (!minutes) return String(amount)
  return amount === 0 ? words.form.none : shortLength(amount)
}
