// Asked once before something that others notice, in the place of the button that led to it.
import { useEffect, useRef } from 'preact/hooks'

interface ConfirmProps {
  readonly text: string
  readonly yes: string
  readonly no: string
  readonly onYes: () => void
  readonly onNo: () => void
}

export function Confirm({ text, yes, no, onYes, onNo }: ConfirmProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])

  /** The focus goes where it came from: to the button that is there again, the last one around. */
  function goBack() {
    const around = box.current?.parentElement
    onNo()
    requestAnimationFrame(() => [...(around?.querySelectorAll('button') ?? [])].at(-1)?.focus())
  }

  return (
    <div class="ask" role="status" tabIndex={-1} ref={box}>
      <p>{text}</p>
      <div class="buttons">
        <button type="button" class="button button--quiet button--small" onClick={onYes}>
          {yes}
        </button>
        <button type="button" class="button button--quiet button--small" onClick={goBack}>
          {no}
        </button>
      </div>
    </div>
  )
}
