// A question answered by tapping: real radios or checkboxes in a fieldset, drawn as chips.
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { words } from '../words/en'

export interface ChipsProps {
  readonly id: string
  readonly ask: string
  /** What the question is about, where it is asked more than once; heard, not seen. */
  readonly about?: string | undefined
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly many?: boolean
  /** Equal columns, for short answers such as lengths. */
  readonly even?: boolean
  readonly answers: Readonly<Record<string, string>>
  /** The answers shown first; the others come with More. */
  readonly front?: readonly string[] | undefined
  readonly chosen: readonly string[]
  /** No more than this many can be chosen. */
  readonly most?: number | undefined
  readonly onChange: (chosen: readonly string[]) => void
  readonly children?: ComponentChildren
}

export function Chips(props: ChipsProps) {
  const { id, answers, chosen, front, many = false } = props
  const all = useSignal(front === undefined)
  const shown = Object.keys(answers).filter(
    (answer) => all.value || front?.includes(answer) || chosen.includes(answer),
  )
  const hidden = Object.keys(answers).length - shown.length
  const described = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ')

  function choose(answer: string, on: boolean) {
    if (!many) props.onChange([answer])
    else props.onChange(on ? [...chosen, answer] : chosen.filter((one) => one !== answer))
  }

  return (
    <fieldset
      id={id}
      class={`question${props.error ? ' question--error' : ''}`}
      aria-describedby={described || undefined}
    >
      <legend>
        {props.ask}
        {props.about && <span class="nhsuk-u-visually-hidden"> ({props.about})</span>}
      </legend>
      {props.hint && (
        <div class="nhsuk-hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      )}
      {props.error && (
        <p class="nhsuk-error-message" id={`${id}-error`}>
          <span class="nhsuk-u-visually-hidden">{words.errorTitle}</span>
          {props.error}
        </p>
      )}
      <div class={`chips${props.even ? ' chips--even' : ''}`}>
        {shown.map((answer) => (
          <label key={answer} class="chip">
            <input
              type={many ? 'checkbox' : 'radio'}
              name={id}
              value={answer}
              checked={chosen.includes(answer)}
              disabled={many && !chosen.includes(answer) && chosen.length >= (props.most ?? 99)}
              onChange={(event) => choose(answer, event.currentTarget.checked)}
            />
            <Face many={many}>{answers[answer]}</Face>
          </label>
        ))}
        {hidden > 0 && (
          <button type="button" class="chip chip--more" onClick={() => showAll()}>
            <span class="chip__face">
              <span>
                {words.more}
                <span class="nhsuk-u-visually-hidden"> {words.moreAnswers(props.ask)}</span>
              </span>
            </span>
          </button>
        )}
      </div>
      {props.children}
    </fieldset>
  )

  function showAll() {
    const next = Object.keys(answers).find((answer) => !shown.includes(answer))
    all.value = true
    requestAnimationFrame(() => {
      document.querySelector<HTMLInputElement>(`#${CSS.escape(id)} input[value="${next}"]`)?.focus()
    })
  }
}

/** What is drawn of a choice: its mark, and its words. */
export function Face({ many, children }: { readonly many?: boolean; readonly children: ComponentChildren }) {
  return (
    <span class="chip__face">
      <svg viewBox="0 0 18 18" aria-hidden="true" focusable="false" fill="none" stroke="currentColor">
        {many ? (
          <rect x="1" y="1" width="16" height="16" rx="4" stroke-width="1.5" />
        ) : (
          <circle cx="9" cy="9" r="8" stroke-width="1.5" />
        )}
        <path
          class="chip__tick"
          d="m5 9.4 2.7 2.7L13 6.5"
          stroke-width="2"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </svg>
      <span>{children}</span>
    </span>
  )
}
