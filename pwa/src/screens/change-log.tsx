// Changing a log, or putting one right that needs a look. Only what changed is sent.
import { useMemo } from 'preact/hooks'
import type { Draft, LogItem, SaveAnswer } from '../data/phone'
import { retiredFields } from '../rules/answers'
import { clockIsWrong, live, phone } from '../ui/live'
import { go, where } from '../ui/router'
import { problems as said, words } from '../words/en'
import { changes } from './form/answers'
import { EntryForm } from './form/entry-form'
import { fieldOf } from './form/errors'
import { offered } from './form/offered'
import { NotFound, Redirect } from './not-found'
import { problemText } from './reason'

export function ChangeLog({ id }: { readonly id: string }) {
  const item = live.log.peek().find((one) => one.id === id)
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

/** Opens on the question that is wrong, with the reason above it. The other answers are kept. */
export function LookAtLog({ id }: { readonly id: string }) {
  // As it was on arrival: it needs a look no more as soon as it is saved.
  const item = useMemo(() => live.log.peek().find((one) => one.id === id), [id])
  if (!item) return <NotFound />
  if (item.sending !== 'needs_a_look') return <Redirect to={`/my-log/${id}`} />
  const { reason, problems, entry } = item
  const closed = reason === 'rule:closed'
  const open = wrongFields(item)
  const clock = clockIsWrong() && open.includes('happened_on')
  // Here it is known which of the two it is.
  const retired = said[open.includes('details.kind') ? 'retired' : 'retired_answer']
  const why = (reason === 'rule:retired' && retired) || problemText(reason, problems, entry.happened_on)
  return (
    <Change
      item={item}
      title={words.form.lookTitle}
      button={clock ? words.waiting.now : words.form.saveAndSend}
      note={[why, ...(clock ? [words.waiting.clock] : [])]}
      open={open}
      {...(closed
        ? {
            leave: { to: '/waiting', name: words.look.keep },
            told: [`closed ${entry.happened_on.slice(0, 7)}`],
          }
        : {})}
    />
  )
}

interface ChangeProps {
  readonly item: LogItem
  readonly title: string
  readonly button: string
  readonly open: readonly string[]
  readonly note?: readonly string[]
  readonly leave?: { readonly to: string; readonly name: string }
  readonly told?: readonly string[]
}

function Change({ item, title, button, open, ...more }: ChangeProps) {
  const draft = useMemo(() => draftOf(item), [item])

  async function save(next: Draft): Promise<SaveAnswer> {
    const { kind } = next.entry.details
    if (open.includes('details.kind') && !offered().includes(kind)) {
      return { ok: false, problem: [{ code: 'required', field: 'details.kind' }] }
    }
    // One that needs a look may be sent again as it is. For any other, no change is nothing to send.
    if (item.sending === 'sent' && same(item, next)) return { ok: true, sent: true }
    return phone.amend(item.id, changes(item.entry, next.entry))
  }

  return (
    <EntryForm
      title={title}
      back={`/my-log/${item.id}`}
      draft={draft}
      open={open}
      button={button}
      {...more}
      onSave={save}
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
  const fields = [...new Set(rule === undefined ? named : [...named, rule])]
  return item.reason === 'rule:retired' ? fields.flatMap((field) => retiredIn(item, field)) : fields
}

// It may be the activity, or only an answer that the service no longer uses.
function retiredIn({ entry }: LogItem, field: string): readonly string[] {
  const settings = live.session.peek()?.service.settings
  if (field !== 'details.kind' || settings === undefined || !offered().includes(entry.details.kind))
    return [field]
  const answers = retiredFields(settings, entry)
  return answers.length > 0 ? answers : [field]
}

// A closed month is no wrong answer: nothing is opened for it.
const RULE_FIELDS: Readonly<Record<string, string>> = {
  'rule:future_date': 'happened_on',
  'rule:too_far_back': 'happened_on',
  'rule:retired': 'details.kind',
  'rule:person_codes_off': 'person_id',
  'rule:person_required': 'person_id',
  'rule:notes_off': 'note',
  notes_off: 'note',
}
