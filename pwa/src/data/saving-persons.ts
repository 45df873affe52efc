// What the worker does to the codes of people, kept on this phone like everything else.
import { codeProblems, personProblems } from '../rules/person'
import type { Made, Making } from './making'
import * as make from './making-person'
import { peopleOf, plainCode } from './persons'
import type { Phone, SaveAnswer } from './phone'
import { keyOf, thingOf } from './replica'
import type { Desk } from './saving'
import type { Person, PersonChange } from './schema.gen'
import type { Thing } from './view'

interface Hands {
  readonly desk: () => Desk
  readonly here: () => Making
  readonly keep: (made: Made) => Promise<SaveAnswer>
}

type PersonActs = Pick<Phone, 'addPerson' | 'changePerson' | 'fixPerson' | 'letGoPerson'>

export function savingPersons({ desk, here, keep }: Hands, newId: () => string): PersonActs {
  const thing = (id: string) => desk().things.get(keyOf('person', id))

  function people() {
    const rows = [...desk().things.values()].map(({ row }) => row)
    return peopleOf(rows.filter((row) => thingOf(row) === 'person') as Person[])
  }

  async function changePerson(id: string, change: PersonChange): Promise<SaveAnswer> {
    const found = thing(id)
    if (found === undefined) return refused('not_found')
    const set = tidied(change)
    const problems = personProblems({ ...(found.row as Person), ...set })
    if (problems.length > 0) return { ok: false, problem: problems }
    if (set.merged_into) return merge(found, set.merged_into)
    return kept(make.changed(found, set, here()), found)
  }

  function merge(found: Thing, wanted: string): Promise<SaveAnswer> {
    const known = people()
    const into = known.standing(wanted)
    if (!into || into.id === found.row.id || into.team_id !== found.row.team_id)
      return Promise.resolve(refused('merge'))
    const aliases = known.aliases(found.row.id).flatMap(({ id }) => thing(id) ?? [])
    return kept(make.merged(found, aliases, into.id, here()), found)
  }

  /** Where nothing would be different, there is nothing to keep. */
  function kept(made: Made, { sending }: Thing): Promise<SaveAnswer> {
    if (made.bodies.length > 0 || made.closing !== undefined) return keep(made)
    return Promise.resolve({ ok: true, sent: sending === 'sent' })
  }

  return {
    async addPerson(code, team_id) {
      const wanted = code.trim()
      const [problem] = codeProblems(wanted)
      if (problem) return { problem }
      const same = people()
        .of(team_id)
        .find((one) => !one.ended_on && plainCode(one.code) === plainCode(wanted))
      if (same !== undefined) return { id: same.id }
      const id = newId()
      const answer = await keep(make.added(id, team_id, { code: wanted }, here()))
      if (answer.ok) return { id }
      return { problem: typeof answer.problem === 'string' ? answer.problem : { code: 'unexpected' } }
    },

    changePerson,
    fixPerson: (id, code) => changePerson(id, { code }),

    letGoPerson(id) {
      const found = thing(id)
      return found === undefined ? Promise.resolve(refused('not_found')) : keep(make.letGo(found, here()))
    },
  }
}

/** Texts without spaces around them; a reference that was emptied is cleared. */
function tidied({ code, local_patient_id, referral_ref, ...rest }: PersonChange): PersonChange {
  return {
    ...rest,
    ...(code === undefined ? {} : { code: code.trim() }),
    ...(local_patient_id === undefined ? {} : { local_patient_id: local_patient_id?.trim() || null }),
    ...(referral_ref === undefined ? {} : { referral_ref: referral_ref?.trim() || null }),
  }
}

function refused(code: string): SaveAnswer {
  return { ok: false, problem: [{ code }] }
}
