// The answers of a log as a list, each with Change where it may be changed.
import type { EntryBody } from '../data/phone'
import { met } from '../ui/describe'
import { words } from '../words/en'
import { rowsOf } from './form/in-words'

interface AnswerRowsProps {
  readonly entry: EntryBody
  /** Where an answer is changed: the page, without the question. */
  readonly change?: string
}

export function AnswerRows({ entry, change }: AnswerRowsProps) {
  const rows = rowsOf(entry).filter((row) => met(entry) || row.field !== 'minutes')
  return (
    <dl class="answers">
      {rows.map(({ field, label, text }) => (
        <div key={`${field}${label}`}>
          <dt>{label}</dt>
          <dd>{text}</dd>
          {change && (
            <dd class="answers__act">
              <a class="link" href={`${change}?ask=${field}`}>
                {words.change}
                <span class="nhsuk-u-visually-hidden">: {label}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
