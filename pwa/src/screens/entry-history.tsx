// What happened to a log, in plain sentences: from the server when there is signal, else what this phone knows.
import { useSignal } from '@preact/signals'
import type { Act, LogItem } from '../data/phone'
import type { Change, History } from '../data/schema.gen'
import { stamp } from '../ui/dates'
import { Icon } from '../ui/icons'
import { live, phone } from '../ui/live'
import { words } from '../words/en'

export function EntryHistory({ item }: { readonly item: LogItem }) {
  const heard = useSignal<History | null>(null)
  const failed = useSignal(false)
  const me = live.session.value?.user.id ?? ''
  const lines = linesOf(heard.value, item.acts, me)

  async function ask() {
    const answer = await phone.history(item.id)
    if (answer.ok) heard.value = answer.value
    failed.value = !answer.ok
  }

  return (
    <details class="more" onToggle={(event) => event.currentTarget.open && ask()}>
      <summary>
        <Icon name="down" />
        <b>{words.history.title}</b>
      </summary>
      <div class="more__body" role="status">
        <ul class="lines">
          {lines.map(({ op, text }) => (
            <li key={op}>{text}</li>
          ))}
        </ul>
        {failed.value && <p class="text text--quiet">{words.history.noSignal}</p>}
      </div>
    </details>
  )
}

interface Line {
  readonly op: string
  readonly text: string
}

/** Oldest first. What changed nothing is left out; what is not sent yet comes last. */
export function linesOf(heard: History | null, acts: readonly Act[], me: string): Line[] {
  const told: Line[] = []
  let version = 0
  for (const change of heard?.changes ?? []) {
    const same = change.outcome === 'applied' && change.version === version
    if (change.outcome === 'applied') version = change.version ?? version
    if (!same) told.push({ op: change.op, text: said(change, me) })
  }
  const known = new Set((heard?.changes ?? []).map(({ op }) => op))
  const here = acts
    .filter(({ op }) => !known.has(op))
    .map(({ op, action, at, waiting }) => ({
      op,
      text: `${words.history.you[action](stamp(at))}${waiting ? ` ${words.history.waiting}` : ''}`,
    }))
  return [...told, ...here]
}

function said({ action, user_id, author_id, received_at, outcome }: Change, me: string): string {
  const at = stamp(received_at)
  if (outcome === 'conflict') return words.history.notUsed(at)
  if (user_id === me) return words.history.you[action](at)
  return author_id === me && action !== 'void' && action !== 'unvoid'
    ? words.history.accepted(at)
    : words.history.other[action](at)
}
