// One question, drawn by its way of asking. Every answer goes back as a value of the entry.
import { useSignal } from '@preact/signals'
import { Chips } from '../../ui/chips'
import { kindName, shortLength } from '../../ui/describe'
import { Field } from '../../ui/field'
import { live } from '../../ui/live'
import { loggingTeams } from '../../ui/roles'
import { options, questions, words } from '../../words/en'
import { DayQuestion, WhenQuestion } from './day-question'
import type { Question } from './forms'
import { offered } from './offered'
import { PersonQuestion } from './person-question'

export interface QuestionProps {
  readonly question: Question
  readonly value: unknown
  readonly team_id: string
  readonly error?: string | undefined
  readonly onChange: (value: unknown) => void
  /** Text was typed that cannot be read as an answer: what is wrong with it, or null when all is well. */
  readonly onUnread: (text: string | null) => void
  /** Set where a question may be left without an answer. */
  readonly optional?: boolean
  /** Tells questions with the same field apart: in their ids, and for those who hear the page. */
  readonly prefix?: string
  readonly about?: string | undefined
}

export const questionId = (field: string, prefix = '') => `${prefix}${field.replaceAll('.', '-')}`

export function QuestionField(props: QuestionProps) {
  const { question, value, error, onChange, optional = false } = props
  const { ask, hint } = questions[question.field] ?? { ask: question.field }
  const id = questionId(question.field, props.prefix)
  const shared = { id, ask, about: props.about, error, hint }
  const answered = value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
  const clear = optional && answered && <Clear question={ask} onTap={() => onChange(null)} />

  switch (question.ask) {
    case 'minutes':
    case 'spare_minutes':
      return <Minutes {...props} />
    case 'when':
      return <WhenQuestion {...props} id={id} />
    case 'date':
      return <DayQuestion {...props} id={id} />
    case 'person':
      return <PersonQuestion {...props} id={id} />
    case 'text':
    case 'note':
    case 'time':
      return (
        <Field
          id={id}
          label={ask}
          about={props.about}
          hint={hint}
          error={error}
          value={String(value ?? '')}
          type={question.ask === 'time' ? 'time' : 'text'}
          long={question.ask === 'note'}
          maxLength={question.ask === 'note' ? 280 : 80}
          class={question.ask === 'time' ? 'input--minutes' : ''}
          spellcheck={question.ask === 'note'}
          onInput={(text) => onChange(text.trim() === '' ? null : text)}
        />
      )
    case 'yes_no':
      return (
        <Chips
          {...shared}
          answers={{ yes: words.form.yes, no: words.form.no }}
          chosen={value === true ? ['yes'] : value === false ? ['no'] : []}
          onChange={([chosen]) => onChange(chosen === 'yes')}
        >
          {clear}
        </Chips>
      )
    case 'team':
      return (
        <Chips
          {...shared}
          answers={Object.fromEntries(loggingTeams(live.value.session).map(({ id, name }) => [id, name]))}
          chosen={[props.team_id]}
          onChange={([chosen]) => onChange(chosen)}
        />
      )
    case 'kind':
      return (
        <Chips
          {...shared}
          answers={Object.fromEntries(offered().map((kind) => [kind, kindName(kind)]))}
          chosen={[String(value)]}
          onChange={([chosen]) => onChange(chosen)}
        />
      )
    case 'many':
      return (
        <Chips
          {...shared}
          many
          answers={options[question.field] ?? {}}
          front={question.front}
          most={question.most}
          chosen={(value as readonly string[] | undefined) ?? []}
          onChange={onChange}
        />
      )
    default:
      return (
        <Chips
          {...shared}
          answers={options[question.field] ?? {}}
          front={question.front}
          chosen={answered ? [String(value)] : []}
          onChange={([chosen]) => onChange(chosen)}
        >
          {clear}
        </Chips>
      )
  }
}

// Lengths as chips, and Other for the rest. The hint of the form is only for those who type a number.
function Minutes({ question, value, error, onChange, onUnread, prefix }: QuestionProps) {
  const { ask, hint } = questions[question.field] ?? { ask: question.field }
  const id = questionId(question.field, prefix)
  const lengths = question.lengths ?? []
  const other = useSignal(typeof value === 'number' && !lengths.includes(value))
  const text = useSignal(other.value ? String(value) : '')
  const answers = Object.fromEntries([
    ...lengths.map((minutes) => [`m${minutes}`, minutes === 0 ? words.form.none : shortLength(minutes)]),
    ['other', words.form.other],
  ])

  function choose(chosen: string) {
    other.value = chosen === 'other'
    text.value = ''
    onUnread(other.value ? words.form.minutesNeeded : null)
    onChange(other.value ? undefined : Number(chosen.slice(1)))
  }

  function type(typed: string) {
    text.value = typed
    const readable = /^\d{1,4}$/.test(typed.trim())
    onUnread(readable ? null : words.form.minutesNeeded)
    onChange(readable ? Number(typed) : undefined)
  }

  return (
    <Chips
      id={id}
      ask={ask}
      error={error}
      even
      answers={answers}
      chosen={other.value ? ['other'] : typeof value === 'number' ? [`m${value}`] : []}
      onChange={([chosen]) => choose(chosen ?? '')}
    >
      {other.value && (
        <div class="beside">
          <Field
            id={`${id}-typed`}
            label={words.form.otherMinutes}
            hint={hint}
            value={text.value}
            inputmode="numeric"
            class="input--minutes"
            onInput={type}
          />
        </div>
      )}
    </Chips>
  )
}

function Clear({ question, onTap }: { readonly question: string; readonly onTap: () => void }) {
  return (
    <button type="button" class="link" onClick={onTap}>
      {words.form.clear}
      <span class="nhsuk-u-visually-hidden">: {question}</span>
    </button>
  )
}
