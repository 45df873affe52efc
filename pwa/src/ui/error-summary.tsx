// What is wrong with a form, at its top: takes the focus, and each line leads to its question.
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../words/en'

export interface FormError {
  /** The id of the question or the field; null when it is about the whole. */
  readonly id: string | null
  readonly text: string
}

interface ErrorSummaryProps {
  readonly errors: readonly FormError[]
  readonly onGo?: (id: string) => void
}

export function ErrorSummary({ errors, onGo = focusOn }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (errors.length > 0) box.current?.focus()
  }, [errors])
  if (errors.length === 0) return null
  return (
    <div class="nhsuk-error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2 class="nhsuk-error-summary__title">{words.problem}</h2>
      <ul>
        {errors.map(({ id, text }) => (
          <li key={text}>
            {id ? (
              <a
                href={`#${id}`}
                onClick={(event) => {
                  event.preventDefault()
                  onGo(id)
                }}
              >
                {text}
              </a>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Puts the focus on a field, or on the first control of a question. */
export function focusOn(id: string): void {
  const found = document.getElementById(id)
  const control = found?.matches('input, textarea, button')
    ? found
    : found?.querySelector('input, textarea, button')
  if (control instanceof HTMLElement) {
    control.focus()
    found?.scrollIntoView({ block: 'nearest' })
  }
}
