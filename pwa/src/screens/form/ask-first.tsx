// Asked once before a save that looks like a slip: the same log twice, a very long session, or a closed month.
import { useEffect, useRef } from 'preact/hooks'
import type { Draft } from '../../data/phone'
import { closedMonth } from '../../rules/entry'
import { monthName } from '../../ui/dates'
import { length } from '../../ui/describe'
import { live, phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { decidedWords } from '../../words/decided'
import { words } from '../../words/en'

const LONG_MINUTES = 240

export interface Doubt {
  /** What was asked: the same is not asked again of this form. */
  readonly key: string
  readonly what: 'double' | 'long' | 'closed'
  readonly text: string
  readonly yes: string
  readonly no: string
}

/** What to ask about this draft, or null when there is nothing to ask that was not asked before. */
export function doubt(draft: Draft, fresh: boolean, asked: ReadonlySet<string>): Doubt | null {
  const doubts = [double(draft, fresh), long(draft), closed(draft)]
  return doubts.find((one) => one !== null && !asked.has(one.key)) ?? null
}

/** The server keeps what comes for a closed month, and the month may be open again: nobody is kept from saving. */
function closed({ id, team_id, entry }: Draft): Doubt | null {
  const months = live.directory.value?.teams.find((team) => team.id === team_id)?.closed_months ?? []
  const before = live.log.value.find((item) => item.id === id)?.entry.happened_on
  const month = closedMonth(months, entry.happened_on, before)
  if (month === null) return null
  const { ask, save, back } = decidedWords.closed
  return { key: `closed ${month}`, what: 'closed', text: ask(monthName(`${month}-01`)), yes: save, no: back }
}

function double(draft: Draft, fresh: boolean): Doubt | null {
  const found = fresh ? phone.possibleDouble(draft) : null
  if (!found) return null
  const ago = Math.floor((Date.now() - found.saved_at) / 60_000)
  const { saveAgain, goBack } = words.form
  return { key: 'double', what: 'double', text: words.form.double(ago), yes: saveAgain, no: goBack }
}

function long({ entry: { minutes } }: Draft): Doubt | null {
  if (!minutes || minutes <= LONG_MINUTES) return null
  const text = words.form.long(length(minutes))
  return { key: `long ${minutes}`, what: 'long', text, yes: words.form.longYes, no: words.change }
}

interface AskProps {
  readonly doubt: Doubt
  readonly onYes: () => void
  readonly onNo: () => void
}

/** In the place of Save. */
export function AskFirst(props: AskProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div class="ask" role="status" tabIndex={-1} ref={box}>
      <p>{props.doubt.text}</p>
      <Answers {...props} />
    </div>
  )
}

/** In the place of the whole form, which stays as it is. */
export function AskPage(props: AskProps) {
  return (
    <Page title={props.doubt.text}>
      <Answers {...props} />
    </Page>
  )
}

function Answers({ doubt: { yes, no }, onYes, onNo }: AskProps) {
  return (
    <div class="buttons">
      <button type="button" class="button button--quiet" onClick={onYes}>
        {yes}
      </button>
      <button type="button" class="button button--quiet" onClick={onNo}>
        {no}
      </button>
    </div>
  )
}
