// A new log: blank, like a past one, or one that was left unfinished.
import { useMemo } from 'preact/hooks'
import type { Draft, Kind } from '../data/phone'
import { today } from '../ui/dates'
import { kindName } from '../ui/describe'
import { live, phone } from '../ui/live'
import { go } from '../ui/router'
import { words } from '../words/en'
import { EntryForm } from './form/entry-form'
import { likeThat } from './log-again'
import { NotFound } from './not-found'
import { addressed, askedDay } from './past-day'

export function NewLog({ kind }: { readonly kind: Kind }) {
  const draft = useMemo(
    () => reopened() ?? phone.openDraft(kind, { happened_on: askedDay() ?? today() }),
    [kind],
  )
  return <Fresh draft={draft} title={kindName(kind)} />
}

export function AgainLog({ id }: { readonly id: string }) {
  const past = live.log.peek().find((item) => item.id === id)
  const draft = useMemo(
    () =>
      past &&
      (reopened() ??
        phone.openDraft(past.entry.details.kind, {
          ...likeThat(past.entry, askedDay() ?? today()),
          team_id: past.team_id,
        })),
    [past],
  )
  if (!draft) return <NotFound />
  return (
    <Fresh
      draft={draft}
      title={words.form.check}
      kind={kindName(draft.entry.details.kind)}
      open={['minutes']}
    />
  )
}

export function DraftLog({ id }: { readonly id: string }) {
  const draft = useMemo(() => live.drafts.peek().find((one) => one.id === id), [id])
  if (!draft) return <NotFound />
  return <Fresh draft={draft} title={kindName(draft.entry.details.kind)} />
}

interface FreshProps {
  readonly draft: Draft
  readonly title: string
  readonly kind?: string
  readonly open?: readonly string[]
}

function Fresh({ draft, title, kind, open }: FreshProps) {
  return (
    <EntryForm
      title={title}
      {...(kind === undefined ? {} : { about: kind })}
      {...(open === undefined ? {} : { open })}
      back="/"
      draft={draft}
      fresh
      onKeep={async (next) => {
        // A page that is loaded again finds its draft by this mark, so that one form stays one entry.
        if (location.pathname.startsWith('/log/')) history.replaceState({ draft: next.id }, '')
        await phone.keepDraft(next)
      }}
      onSave={(next) => phone.save(next)}
      onSaved={(next) =>
        go(addressed('/', askedDay()), {
          replace: true,
          notice: { what: 'saved', id: next.id, change: false },
        })
      }
    />
  )
}

function reopened(): Draft | undefined {
  const marked = (history.state as { draft?: string } | null)?.draft
  return live.drafts.peek().find((one) => one.id === marked)
}
