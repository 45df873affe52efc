// Changing a log, or putting one right that needs a look. Only what changed is sent.
import { useMemo } from 'preact/hooks'
import type { Draft, LogItem } from '../data/phone'
import { live, phone } from '../ui/live'
import { go, where } from '../ui/router'
import { words } from '../words/en'
import { changes } from './form/answers'
import { EntryForm } from './form/entry-form'
import { fieldOf } from './form/errors'
import { NotFound } from './not-found'
import { problemText } from './reason'

export function ChangeLog({ id }: { readonly id: string }) {
  const item = live.peek().log.find((one) => one.id === id)
  const asked = new URLSearchParams(where.value.search).get('ask')
  if (!item || item.state === 'void') return <NotFound />
  return (
    <Change
      item={item}
      title={words.form.changeTitle}
      button={words.form.saveChange}
      open={asked ? [asked] : []}
    />
  )
}

export function LookAtLog({ id }: { readonly id: string }) {
  const item = live.peek().log.find((one) => one.id === id)
  if (!item) return <NotFound />
  return (
    <Change
      item={item}
      title={words.form.lookTitle}
      button={words.form.saveAndSend}
      note={problemText(item.reason, item.problems)}
      open={wrongFields(item)}
    />
  )
}

interface ChangeProps {
  readonly item: LogItem
  readonly title: string
  readonly button: string
  readonly open: readonly string[]
  readonly note?: string
}

function Change({ item, title, button, open, note }: ChangeProps) {
  const draft = useMemo(() => draftOf(item), [item])
  return (
    <EntryForm
      title={title}
      back={`/my-log/${item.id}`}
      draft={draft}
      open={open}
      button={button}
      {...(note === undefined ? {} : { note })}
      onSave={async (next) => {
        // One that needs a look may be sent again as it is. For any other, no change is nothing to send.
        if (item.sending === 'sent' && same(item, next)) return { ok: true, sent: true }
        return phone.amend(item.id, changes(item.entry, next.entry))
      }}
      onSaved={(next) =>
        go('/my-log', {
          replace: true,
          notice:
            item.sending === 'sent' && same(item, next)
              ? { what: 'done', text: words.form.nothingChanged }
              : { what: 'saved', id: item.id, change: true },
        })
      }
    />
  )
}

const same = (item: LogItem, next: Draft) => Object.keys(changes(item.entry, next.entry)).length === 0

function draftOf(item: LogItem): Draft {
  return {
    id: item.id,
    operation_id: item.id,
    team_id: item.team_id,
    entry: item.entry,
    questions: [],
    opened_at: Date.now(),
  }
}

/** The questions that the server's answer is about: those of the problems, or the one that the rule names. */
function wrongFields(item: LogItem): string[] {
  const named = item.problems.map(fieldOf).filter((field) => field !== null)
  const rule = item.reason === null ? undefined : RULE_FIELDS[item.reason]
  return [...new Set(rule === undefined ? named : [...named, rule])]
}

const RULE_FIELDS: Readonly<Record<string, string>> = {
  'rule:future_date': 'happened_on',
  'rule:too_far_back': 'happened_on',
  'rule:closed': 'happened_on',
  'rule:person_codes_off': 'person_id',
  'rule:person_required': 'person_id',
  'rule:notes_off': 'note',
  notes_off: 'note',
}
