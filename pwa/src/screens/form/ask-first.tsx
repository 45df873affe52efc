// Asked once before a save that looks like a slip: the same log twice, or a very long session.
import { useEffect, useRef } from 'preact/hooks'
import type { Draft } from '../../data/phone'
import { length } from '../../ui/describe'
import { phone } from '../../ui/live'
import { words } from '../../words/en'

const LONG_MINUTES = 240

export interface Doubt {
  readonly text: string
  readonly yes: string
  readonly no: string
}

/** What to ask about this draft, or null when there is nothing to ask. */
export function doubt(draft: Draft, fresh: boolean): Doubt | null {
  const double = fresh ? phone.possibleDouble(draft) : null
  if (double) {
    const ago = Math.floor((Date.now() - double.saved_at) / 60_000)
    return { text: words.form.double(ago), yes: words.form.saveAgain, no: words.form.goBack }
  }
  const { minutes } = draft.entry
  if (!minutes || minutes <= LONG_MINUTES) return null
  return { text: words.form.long(length(minutes)), yes: words.form.longYes, no: words.change }
}

interface AskFirstProps {
  readonly doubt: Doubt
  readonly onYes: () => void
  readonly onNo: () => void
}

export function AskFirst({ doubt: { text, yes, no }, onYes, onNo }: AskFirstProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div class="ask" role="alert" tabIndex={-1} ref={box}>
      <p>{text}</p>
      <div class="buttons">
        <button type="button" class="button button--quiet button--small" onClick={onYes}>
          {yes}
        </button>
        <button type="button" class="button button--quiet button--small" onClick={onNo}>
          {no}
        </button>
      </div>
    </div>
  )
}
