// One question, drawn by its way of asking. Every answer goes back as a value of the entry.
import { Chips } from '../../ui/chips'
import { kindName } from '../../ui/describe'
import { Field } from '../../ui/field'
import { live } from '../../ui/live'
import { loggingTeams } from '../../ui/roles'
import { words } from '../../words/en'
import { Amount } from './amount'
import { DayQuestion, WhenQuestion } from './day-question'
import { type Question, questionId } from './forms'
import { ListQuestion } from './list-question'
import { NameQuestion } from './name-question'
import { offered } from './offered'
import { PersonQuestion } from './person-question'
import { answersOf, frontOf, ofService, wordsOf } from './said'

export interface QuestionProps {
  readonly question: Question
  readonly value: unknown
  readonly team_id: string
  readonly error?: string | undefined
  readonly onChange: (value: unknown) => void
  /** Text was typed that cannot be read as an answer: what is wrong with it, or null when all is well. */
  readonly onUnread: (id: string, text: string | null) => void
  /** What is wrong further in: with one question of one thing in a list. */
  readonly errorFor?: ((id: string) => string | undefined) | undefined
  /** Set where a question may be left without an answer. */
  readonly optional?: boolean
  /** Tells questions with the same field apart: in their ids, and for those who hear the page. */
  readonly prefix?: string
  readonly about?: string | undefined
}

export function QuestionField(props: QuestionProps) {
  const { question, error, onChange, optional = false } = props
  const { ask, hint } = wordsOf(question)
  const id = questionId(question.field, props.prefix)
  const value = props.value ?? question.default
  const shared = { id, ask, about: props.about, error, hint }
  const answered = value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
  const clear = optional && answered && question.default === undefined && (
    <Clear question={ask} onTap={() => onChange(null)} />
  )

  switch (question.ask) {
    case 'minutes':
    case 'spare_minutes':
    case 'number':
      return (
        <Amount {...props} id={id}>
          {clear}
        </Amount>
      )
    case 'when':
      return <WhenQuestion {...props} id={id} />
    case 'date':
      return <DayQuestion {...props} id={id} />
    case 'person':
      return <PersonQuestion {...props} id={id} />
    case 'list':
      return <ListQuestion {...props} id={id} />
    case 'text':
    case 'note':
    case 'time':
      if (ofService(question).own.length > 0) {
        return <NameQuestion {...props} id={id} own={ofService(question).own} />
      }
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
          maxLength={question.limit?.maxLength}
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
          answers={Object.fromEntries(loggingTeams(live.session.value).map(({ id, name }) => [id, name]))}
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
          answers={answersOf(question, (value as readonly string[] | undefined) ?? [])}
          front={frontOf(question)}
          most={question.most}
          chosen={(value as readonly string[] | undefined) ?? []}
          onChange={onChange}
        />
      )
    default:
      return (
        <Chips
          {...shared}
          answers={answersOf(question, answered ? [String(value)] : [])}
          front={frontOf(question)}
          chosen={answered ? [String(value)] : []}
          onChange={([chosen]) => onChange(chosen)}
        >
          {clear}
        </Chips>
      )
  }
}

function Clear({ question, onTap }: { readonly question: string; readonly onTap: () => void }) {
  return (
    <button type="button" class="link" onClick={onTap}>
      {words.form.clear}
      <span class="nhsuk-u-visually-hidden">: {question}</span>
    </button>
  )
}
