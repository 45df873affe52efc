// The questions that may be skipped, closed until they are wanted. Signposting asks some of each topic.
import { useEffect, useRef } from 'preact/hooks'
import type { Draft } from '../../data/phone'
import type { FormError } from '../../ui/error-summary'
import { Icon } from '../../ui/icons'
import { words } from '../../words/en'
import { type DraftItem, items, read, write, writeItem } from './answers'
import { holds, topicQuestions } from './details'
import { type Question, questionId } from './forms'
import { topicName } from './in-words'
import { QuestionField } from './question'

interface MoreQuestionsProps {
  readonly questions: readonly Question[]
  readonly draft: Draft
  /** Open from the start when one of these is among the questions. */
  readonly wanted: readonly string[]
  readonly errors: readonly FormError[]
  readonly onChange: (draft: Draft) => void
  readonly onUnread: (id: string, text: string | null) => void
}

export function MoreQuestions({ questions, draft, wanted, errors, onChange, onUnread }: MoreQuestionsProps) {
  const box = useRef<HTMLDetailsElement>(null)
  const { entry } = draft
  const topics = items(entry)
  const errorFor = (id: string) => errors.find((error) => error.id === id)?.text
  const troubled = questions.some(({ field }) => {
    const id = questionId(field)
    return wanted.includes(field) || errors.some((one) => one.id === id || one.id?.startsWith(`${id}-`))
  })
  useEffect(() => {
    if (troubled && box.current) box.current.open = true
  }, [troubled])

  return (
    <details class="more" ref={box}>
      <summary>
        <Icon name="down" />
        <b>{words.form.moreQuestions}</b> <span>{words.form.optional}</span>
      </summary>
      <div class="more__body">
        {topics.map(
          (item, place) =>
            item.category && (
              <section key={item.category}>
                <h2 class="heading">{words.form.forTopic(topicName(item.category))}</h2>
                {topicQuestions()
                  .filter((question) => asksOf(item, topics.length, question))
                  .map((question) => {
                    const key = question.field.slice('item.'.length)
                    const prefix = `${item.category}-`
                    return (
                      <QuestionField
                        key={question.field}
                        question={question}
                        value={(item as Record<string, unknown>)[key]}
                        team_id={draft.team_id}
                        optional={question.required !== true}
                        prefix={prefix}
                        about={topicName(item.category)}
                        error={errorFor(questionId(question.field, prefix))}
                        onChange={(value) =>
                          onChange({ ...draft, entry: writeItem(entry, place, key, value) })
                        }
                        onUnread={onUnread}
                      />
                    )
                  })}
              </section>
            ),
        )}
        {questions.map((question) => (
          <QuestionField
            key={question.field}
            question={question}
            value={read(entry, question.field)}
            team_id={draft.team_id}
            optional={question.required !== true}
            error={errorFor(questionId(question.field))}
            errorFor={errorFor}
            onChange={(value) => onChange({ ...draft, entry: write(entry, question.field, value) })}
            onUnread={onUnread}
          />
        ))}
      </div>
    </details>
  )
}

function asksOf(item: DraftItem, topics: number, question: Question): boolean {
  if (question.field === 'item.how') return topics > 1
  if (question.field === 'item.outcome_on') return (item.outcome ?? 'not_known_yet') !== 'not_known_yet'
  return holds(question, item)
}
