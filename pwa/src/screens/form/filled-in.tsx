// What is filled in already: each answer is one button that opens its question in place.
import type { Draft } from '../../data/phone'
import { words } from '../../words/en'
import type { Question } from './forms'
import { onCard } from './in-words'
import { wordsOf } from './said'

interface FilledInProps {
  readonly title: string
  readonly questions: readonly Question[]
  /** Those whose answers speak for themselves: no label is seen, though one is heard. */
  readonly plain: (question: Question) => boolean
  readonly draft: Draft
  readonly onChange: (field: string) => void
}

export function FilledIn({ title, questions: filled, plain, draft, onChange }: FilledInProps) {
  if (filled.length === 0) return null
  return (
    <section class="filled">
      <h2>{title}</h2>
      <ul>
        {filled.map((question) => {
          const empty = question.ask === 'person' && !draft.entry.person_id
          return (
            <li key={question.field}>
              <button type="button" onClick={() => onChange(question.field)}>
                <span>
                  <span class={plain(question) ? 'nhsuk-u-visually-hidden' : 'filled__label'}>
                    {wordsOf(question).short}:{' '}
                  </span>
                  {onCard(question, draft.entry, draft.team_id)}
                </span>
                <span class="filled__change">{empty ? words.add : words.change}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
