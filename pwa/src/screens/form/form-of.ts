// The form of a draft: its kind's questions, less those that the service does not ask or that do not apply.
import type { Draft } from '../../data/phone'
import { live } from '../../ui/live'
import { loggingTeams } from '../../ui/roles'
import { asksNow, type Form, formFor, type Question } from './forms'
import { says } from './in-words'

/**
 * `answered` are the fields of More that had an answer at the start: they stand among what is filled in.
 * `retired`: the service no longer uses the kind, and asks for another.
 */
export function formOf(draft: Draft, fresh: boolean, answered: ReadonlySet<string>, retired = false): Form {
  const { front, filled, more } = formFor(draft.entry)
  const settings = live.session.value?.service.settings
  const teams = loggingTeams(live.session.value)
  const applies = (question: Question): boolean => {
    if (!asksNow(question, draft.entry)) return false
    if (question.ask === 'person') return settings?.person_codes !== 'off' || Boolean(draft.entry.person_id)
    if (question.items?.some(({ ask }) => ask === 'person')) {
      return settings?.person_codes !== 'off' || says(question, draft.entry)
    }
    // Moving a log to another team is not a change of it.
    if (question.ask === 'team') return fresh && teams.length > 1
    if (question.ask === 'note') return settings?.notes === 'short' || Boolean(draft.entry.note)
    return true
  }
  const needed = (question: Question) =>
    question.field === 'person_id' && settings?.person_codes === 'required'
  return {
    front: [...(retired ? [KIND] : []), ...front, ...filled.filter(needed)].filter(applies),
    filled: [
      ...filled.filter((question) => applies(question) && !needed(question)),
      ...more.filter((question) => answered.has(question.field)),
    ],
    more: more.filter((question) => applies(question) && !answered.has(question.field)),
  }
}

const KIND: Question = { field: 'details.kind', words: ['details.kind'], ask: 'kind' }

/** The fields of More that say something. */
export function answeredIn(draft: Draft): ReadonlySet<string> {
  const { more } = formFor(draft.entry)
  return new Set(more.filter((question) => says(question, draft.entry)).map((question) => question.field))
}
