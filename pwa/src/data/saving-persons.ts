// What the worker does to the codes of people, kept on this phone like everything else.
import { codeProblems } from '../rules/person'
import type { Made, Making } from './making'
import * as person from './making-person'
import type { Phone, SaveAnswer } from './phone'
import { keyOf } from './replica'
import type { Desk } from './saving'

interface Hands {
  readonly desk: () => Desk
  readonly here: () => Making
  readonly keep: (made: Made) => Promise<SaveAnswer>
}

type PersonActs = Pick<Phone, 'addPerson' | 'fixPerson' | 'letGoPerson'>

export function savingPersons({ desk, here, keep }: Hands, newId: () => string): PersonActs {
  return {
    async addPerson(code, team_id) {
      const wanted = code.trim()
      const [problem] = codeProblems(wanted)
      if (problem) return { problem }
      for (const { row } of desk().things.values()) {
        const same = 'code' in row && row.team_id === team_id && row.code === wanted
        if (same && !row.ended_on) return { id: row.merged_into ?? row.id }
      }
      const id = newId()
      const answer = await keep(person.added(id, team_id, { code: wanted }, here()))
      if (answer.ok) return { id }
      return { problem: typeof answer.problem === 'string' ? answer.problem : { code: 'unexpected' } }
    },

    fixPerson(id, code) {
      const found = desk().things.get(keyOf('person', id))
      if (found === undefined) return Promise.resolve(refused('not_found'))
      const problems = codeProblems(code.trim())
      if (problems.length > 0) return Promise.resolve({ ok: false, problem: problems })
      return keep(person.putRight(found, code.trim(), here()))
    },

    letGoPerson(id) {
      const found = desk().things.get(keyOf('person', id))
      return found === undefined ? Promise.resolve(refused('not_found')) : keep(person.letGo(found, here()))
    },
  }
}

function refused(code: string): SaveAnswer {
  return { ok: false, problem: [{ code }] }
}
