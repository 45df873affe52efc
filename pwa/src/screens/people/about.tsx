// What the pages about people share: the team that is looked at, what is known of a person in rows, and how far it was sent.
import { signal } from '@preact/signals'
import { inOrder, peopleIn } from '../../data/persons'
import type { LogItem, SaveAnswer, Sending } from '../../data/phone'
import type { Person, Problem } from '../../data/schema.gen'
import { Chips } from '../../ui/chips'
import { plainDay } from '../../ui/dates'
import type { FormError } from '../../ui/error-summary'
import { live } from '../../ui/live'
import { loggingTeams } from '../../ui/roles'
import { problems, words } from '../../words/en'
import { peopleWords } from '../../words/people'
import type { Row } from '../form/in-words'

const chosen = signal<string | null>(null)

/** The people of this phone, with those who were merged resolved. */
export const people = () => peopleIn(live.persons.value)

export function teamId(): string {
  const teams = loggingTeams(live.session.value)
  return (teams.find(({ id }) => id === chosen.value) ?? teams[0])?.id ?? ''
}

export function WhichTeam() {
  const teams = loggingTeams(live.session.value)
  if (teams.length < 2) return null
  return (
    <Chips
      id="team"
      ask={peopleWords.team}
      answers={Object.fromEntries(teams.map(({ id, name }) => [id, name]))}
      chosen={[teamId()]}
      onChange={([id = '']) => {
        chosen.value = id
      }}
    />
  )
}

/** The own logs with each person, newest first: of one who was merged, under the person that they stand for. */
export function ownLogs(): ReadonlyMap<string, readonly LogItem[]> {
  const log = live.log.value
  const session = live.session.value
  const found = new Map<string, LogItem[]>()
  for (const item of log) {
    const { person_id } = item.entry
    if (!person_id || item.state !== 'active' || item.author_id !== session?.user.id) continue
    const id = people().standing(person_id)?.id ?? person_id
    const logs = found.get(id)
    if (logs) logs.push(item)
    else found.set(id, [item])
  }
  return found
}

export const inTeam = (team_id: string) => inOrder(people(), team_id, live.log.value)

export function rowsOfPerson(person: Person): Row[] {
  const say = peopleWords.one
  const day = (of: string | null | undefined) => (of ? plainDay(of) : say.notAdded)
  const rows: Row[] = [
    { field: 'code', label: say.code, text: person.code },
    { field: 'started_on', label: say.started, text: day(person.started_on) },
    { field: 'local_patient_id', label: say.patient, text: person.local_patient_id ?? say.notAdded },
    { field: 'referral_ref', label: say.referral, text: person.referral_ref ?? say.notAdded },
  ]
  if (person.ended_on) {
    const why = person.end_reason ? peopleWords.end.reasons[person.end_reason] : say.notAdded
    rows.push({ field: 'ended_on', label: say.ended, text: day(person.ended_on) })
    rows.push({ field: 'end_reason', label: say.why, text: why })
  }
  return rows
}

export function Tag({ sending }: { readonly sending: Sending | undefined }) {
  if (sending === undefined || sending === 'sent') return null
  const text = {
    waiting: peopleWords.waiting,
    needs_a_look: peopleWords.look,
    changed_in_two_places: peopleWords.twoPlaces,
  }[sending]
  return <span class={`tag${sending === 'waiting' ? '' : ' tag--asks'}`}>{text}</span>
}

/** What stopped a person from being kept, each at its field. */
export function errorsOfPerson({ problem }: Extract<SaveAnswer, { ok: false }>): FormError[] {
  if (problem === 'storage_full') return [{ id: null, text: words.form.storageFull }]
  if (problem === 'storage_broken') return [{ id: null, text: words.form.storageBroken }]
  return problem.map((one) => ({ id: one.field?.replace('set.', '') ?? null, text: textOf(one) }))
}

function textOf({ code, field }: Problem): string {
  if (code === 'required' && field === 'set.code') return words.person.missing
  if (code === 'from_after_to') return peopleWords.change.endBeforeStart
  if (code === 'merge') return peopleWords.looking.cannotJoin
  return problems[code] ?? problems.unexpected ?? code
}
