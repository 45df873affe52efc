// The questions that may be skipped, closed until they are wanted. Signposting asks some of each topic.
import { useEffect, useRef } from 'preact/hooks'
import type { Draft } from '../../data/phone'
import { Icon } from '../../ui/icons'
import { options, words } from '../../words/en'
import { type DraftItem, items, read, write, writeItem } from './answers'
import { itemQuestions, type Question } from './forms'
import { QuestionField, questionId } from './question'

interface MoreQuestionsProps {
  readonly questions: readonly Question[]
  readonly draft: Draft
  /** Open from the start when one of these is among the questions. */
  readonly wanted: readonly string[]
  readonly errorFor: (id: string) => string | undefined
  readonly onChange: (draft: Draft) => void
  readonly onUnread: (id: string, text: string | null) => void
}

export function MoreQuestions({
  questions,
  draft,
  wanted,
  errorFor,
  onChange,
  onUnread,
}: MoreQuestionsProps) {
  const box = useRef<HTMLDetailsElement>(null)
  const { entry } = draft
  const topics = items(entry)
  const troubled = questions.some(({ field }) => errorFor(questionId(field)) || wanted.includes(field))
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
                <h2 class="heading">
                  {words.form.forTopic(options['details.items.category']?.[item.category] ?? '')}
                </h2>
                {itemQuestions
                  .filter((question) => asksOf(item, topics.length, question))
                  .map((question) => {
                    const key = question.field.slice('item.'.length)
                    const prefix = `${item.category}-`
                    const id = questionId(question.field, prefix)
                    return (
                      <QuestionField
                        key={question.field}
                        question={question}
                        value={(item as Record<string, unknown>)[key]}
                        team_id={draft.team_id}
                        optional={key !== 'how' && key !== 'outcome'}
                        prefix={prefix}
                        about={options['details.items.category']?.[item.category ?? '']}
                        error={errorFor(id)}
                        onChange={(value) =>
                          onChange({ ...draft, entry: writeItem(entry, place, key, value) })
                        }
                        onUnread={(text) => onUnread(id, text)}
                      />
                    )
                  })}
              </section>
            ),
        )}
        {questions.map((question) => {
          const id = questionId(question.field)
          return (
            <QuestionField
              key={question.field}
              question={question}
              value={read(entry, question.field)}
              team_id={draft.team_id}
              optional={question.field !== 'subject'}
              error={errorFor(id)}
              onChange={(value) => onChange({ ...draft, entry: write(entry, question.field, value) })}
              onUnread={(text) => onUnread(id, text)}
            />
          )
        })}
      </div>
    </details>
  )
}

function asksOf(item: DraftItem, topics: number, { field }: Question): boolean {
  if (field === 'item.how') return topics > 1
  if (field === 'item.digital_help') return item.category === 'digital_computers_internet'
  if (field === 'item.outcome_on') return (item.outcome ?? 'not_known_yet') !== 'not_known_yet'
  return true
}
