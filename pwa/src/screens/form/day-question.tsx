// Days: the last week as chips and any other day typed; or a typed day alone.
import { useSignal } from '@preact/signals'
import { Chips } from '../../ui/chips'
import { type Day, dayOf, daysLater, today, weekday } from '../../ui/dates'
import { clockIsWrong, serverNow } from '../../ui/live'
import { words } from '../../words/en'
import type { QuestionProps } from './question'
import { wordsOf } from './said'

type DayProps = QuestionProps & { readonly id: string }

export function WhenQuestion({ id, question, value, error, onChange, onUnread }: DayProps) {
  // Where the phone's clock is known to be wrong, the days are those of the server.
  const now = clockIsWrong() ? today(new Date(serverNow())) : today()
  const days = Array.from({ length: 7 }, (_, ago) => daysLater(now, -ago))
  const typed = useSignal(typeof value === 'string' && !days.includes(value))
  const answers = Object.fromEntries([
    ...days.map((day, ago) => [
      day,
      ago === 0 ? words.when.today : ago === 1 ? words.when.yesterday : weekday(day),
    ]),
    ['another', words.when.another],
  ])
  return (
    <Chips
      id={id}
      ask={wordsOf(question).ask}
      error={error}
      answers={answers}
      chosen={typed.value ? ['another'] : typeof value === 'string' ? [value] : []}
      onChange={([chosen]) => {
        typed.value = chosen === 'another'
        onUnread(id, typed.value ? words.when.notADate : null)
        onChange(typed.value ? undefined : chosen)
      }}
    >
      {typed.value && (
        <TypedDay
          id={id}
          value={typeof value === 'string' ? value : null}
          past
          onChange={onChange}
          onUnread={(text) => onUnread(id, text)}
        />
      )}
    </Chips>
  )
}

export function DayQuestion({ id, question, about, value, error, onChange, onUnread }: DayProps) {
  const { ask, hint } = wordsOf(question)
  return (
    <fieldset id={id} class={`question${error ? ' question--error' : ''}`}>
      <legend>
        {ask}
        {about && <span class="nhsuk-u-visually-hidden"> ({about})</span>}
      </legend>
      {hint && <div class="nhsuk-hint">{hint}</div>}
      {error && (
        <p class="nhsuk-error-message" id={`${id}-error`}>
          <span class="nhsuk-u-visually-hidden">{words.errorTitle}</span>
          {error}
        </p>
      )}
      <TypedDay
        id={id}
        value={typeof value === 'string' ? value : null}
        onChange={(day) => onChange(day ?? null)}
        onUnread={(text) => onUnread(id, text)}
      />
    </fieldset>
  )
}

interface TypedDayProps {
  readonly id: string
  readonly value: Day | null
  readonly past?: boolean
  readonly onChange: (day: Day | undefined) => void
  readonly onUnread: (text: string | null) => void
}

/** Day, month and year as three short fields: typed dates are easier than a calendar for days that are known. */
export function TypedDay({ id, value, past = false, onChange, onUnread }: TypedDayProps) {
  const [year = '', month = '', day = ''] = value?.split('-') ?? []
  const parts = useSignal({
    day: day.replace(/^0/, ''),
    month: month.replace(/^0/, ''),
    year: year || today().slice(0, 4),
  })

  function type(part: 'day' | 'month' | 'year', text: string) {
    parts.value = { ...parts.value, [part]: text.trim() }
    const found = dayOf(parts.value.year, parts.value.month, parts.value.day)
    const empty = parts.value.day === '' && parts.value.month === ''
    const future = past && found !== null && found > today()
    onUnread(
      found === null ? (empty && !past ? null : words.when.notADate) : future ? words.when.future : null,
    )
    onChange(found === null || future ? undefined : found)
  }

  return (
    <div class="dates">
      {(['day', 'month', 'year'] as const).map((part) => (
        <div key={part} class={`dates__${part}`}>
          <label class="nhsuk-label" for={`${id}-${part}`}>
            {words.when[part]}
          </label>
          <input
            id={`${id}-${part}`}
            class="nhsuk-input"
            inputMode="numeric"
            autocomplete="off"
            maxLength={part === 'year' ? 4 : 2}
            value={parts.value[part]}
            onInput={(event) => type(part, event.currentTarget.value)}
          />
        </div>
      ))}
    </div>
  )
}
