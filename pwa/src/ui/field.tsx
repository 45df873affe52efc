// A text field with its label, hint and error, as nhsuk-frontend lays them out.
import { useSignal } from '@preact/signals'
import type { TargetedInputEvent } from 'preact'
import { words } from '../words/en'

interface FieldProps {
  readonly id: string
  readonly label: string
  /** What it is about, where there is more than one; heard, not seen. */
  readonly about?: string | undefined
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly type?: 'text' | 'time'
  readonly long?: boolean
  readonly class?: string
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'text'
  readonly maxLength?: number | undefined
  readonly spellcheck?: boolean
}

export function Field(props: FieldProps) {
  const control = {
    id: props.id,
    name: props.id,
    value: props.value,
    'aria-describedby': describedBy(props),
    'aria-invalid': props.error ? ('true' as const) : undefined,
    autocomplete: props.autocomplete ?? 'off',
    inputMode: props.inputmode,
    maxLength: props.maxLength,
    spellcheck: props.spellcheck ?? false,
    onInput: (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      props.onInput(event.currentTarget.value),
  }
  return (
    <div class="field">
      <LabelPart {...props} />
      {props.long ? (
        <textarea
          {...control}
          rows={3}
          class={`nhsuk-textarea${props.error ? ' nhsuk-textarea--error' : ''}`}
        />
      ) : (
        <input
          {...control}
          type={(props.type ?? 'text') as 'text'}
          class={`nhsuk-input${props.error ? ' nhsuk-input--error' : ''} ${props.class ?? ''}`}
        />
      )}
    </div>
  )
}

/** A passphrase, which can be shown: people on phones mistype what they cannot see. */
export function PassphraseField(props: Omit<FieldProps, 'type' | 'long'>) {
  const shown = useSignal(false)
  return (
    <div class="field">
      <LabelPart {...props} />
      <div class="passphrase">
        <input
          id={props.id}
          name={props.id}
          class={`nhsuk-input${props.error ? ' nhsuk-input--error' : ''}`}
          type={(shown.value ? 'text' : 'password') as 'password'}
          value={props.value}
          aria-describedby={describedBy(props)}
          aria-invalid={props.error ? 'true' : undefined}
          autocomplete={props.autocomplete ?? 'current-password'}
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="button button--quiet button--small"
          aria-label={shown.value ? words.signIn.hide : words.signIn.show}
          onClick={() => {
            shown.value = !shown.value
          }}
        >
          {shown.value ? words.signIn.hideShort : words.signIn.showShort}
        </button>
      </div>
    </div>
  )
}

function describedBy({
  id,
  hint,
  error,
}: FieldProps | Omit<FieldProps, 'type' | 'long'>): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
}

function LabelPart({
  id,
  label,
  about,
  hint,
  error,
}: Pick<FieldProps, 'id' | 'label' | 'about' | 'hint' | 'error'>) {
  return (
    <>
      <label class="nhsuk-label" for={id}>
        {label}
        {about && <span class="nhsuk-u-visually-hidden"> ({about})</span>}
      </label>
      {hint && (
        <div class="nhsuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <p class="nhsuk-error-message" id={`${id}-error`}>
          <span class="nhsuk-u-visually-hidden">{words.errorTitle}</span>
          {error}
        </p>
      )}
    </>
  )
}
