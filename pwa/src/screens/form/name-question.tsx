// A name that the service offers, or another one that is typed: a ward, a place, a group, a course.
import { useSignal } from '@preact/signals'
import { Chips } from '../../ui/chips'
import { Field } from '../../ui/field'
import { words } from '../../words/en'
import type { QuestionProps } from './question'
import { wordsOf } from './said'

interface NameQuestionProps extends QuestionProps {
  readonly id: string
  readonly own: readonly string[]
}

export function NameQuestion({ id, own, question, value, error, about, onChange }: NameQuestionProps) {
  const { ask, hint } = wordsOf(question)
  const text = String(value ?? '')
  const offered = own.includes(text)
  // One name may begin another: what is being typed stays in its field, even while it is an offered name.
  const typed = useSignal('')
  return (
    <Chips
      id={id}
      ask={ask}
      about={about}
      hint={hint}
      error={error}
      // By its place: a name may be any text.
      answers={Object.fromEntries(own.map((name, place) => [`n${place}`, name]))}
      chosen={offered ? [`n${own.indexOf(text)}`] : []}
      onChange={([chosen = '']) => {
        typed.value = ''
        onChange(own[Number(chosen.slice(1))] ?? null)
      }}
    >
      <div class="beside">
        <Field
          id={`${id}-typed`}
          label={words.form.anotherName}
          about={ask}
          value={offered && typed.value !== text ? '' : text}
          maxLength={question.limit?.maxLength}
          onInput={(next) => {
            typed.value = next
            onChange(next.trim() === '' ? null : next)
          }}
        />
      </div>
    </Chips>
  )
}
