// What a lead may ask of the server about a team, and do there. Reading needs signal; decisions go through the outbox.
import { notSettledHere } from './conflicts'
import { type Around, accepted, byLead, leftOut, type Matter, matterOf, putAway } from './deciding'
import type { Made, Making } from './making'
import type { OutboxBody } from './outbox'
import type { Read, SaveAnswer, Session } from './phone'
import type { CarryOut, Desk } from './saving'
import type { ClosedMonth, Conflicts, DeviceState, Devices, Entries, Entry, Months } from './schema.gen'

export type { Decision, Matter, Obstacle } from './deciding'
export { bodyIn, codeIn } from './deciding'

export interface EntriesQuery {
  readonly team_id: string
  readonly from: string
  readonly to: string
  readonly after?: string
}

/** How a decision went: kept on this phone, `sent` if the server took it, `again` if it needs another decision. */
export type Decided =
  | (SaveAnswer & { ok: false })
  | { ok: true; readonly sent: boolean; readonly again: boolean }

export interface Lead {
  /** What needs a decision in the teams that the user leads, without what was decided on this phone. Noted. */
  matters(today: string): Promise<Read<readonly Matter[]>>
  phones(team_id: string): Promise<Read<readonly DeviceState[]>>
  months(team_id: string): Promise<Read<readonly ClosedMonth[]>>
  setMonth(team_id: string, month: string, closed: boolean): Promise<Read<readonly ClosedMonth[]>>
  /** A page of a team's entries, void ones too. That it was read is noted. */
  entries(query: EntriesQuery): Promise<Read<Entries>>

  accept(matter: Matter): Promise<Decided>
  leaveOut(matter: Matter): Promise<Decided>
  remove(entry: Entry, reason: string): Promise<Decided>
  bringBack(entry: Entry): Promise<Decided>
  /** Puts a decision out of sight that the server refused. */
  putAway(decision_id: string): Promise<Decided>
}

interface Ways {
  read<T>(path: string): Promise<Read<T>>
  put<T>(path: string, body: unknown): Promise<Read<T>>
  readonly carryOut: CarryOut
  readonly current: () => (Desk & { readonly session: Session }) | null
  /** The months of a team have changed. */
  readonly monthsChanged: () => void
}

export function lead({ read, put, carryOut, current, monthsChanged }: Ways): Lead {
  async function decide(make: (making: Making) => Made): Promise<Decided> {
    let ids: readonly string[] = []
    const user_id = current()?.session.user.id
    const answer = await carryOut((making) => {
      const made = make(making)
      ids = made.bodies.map(({ operation }) => operation.id)
      return { ...made, bodies: made.bodies.map((body) => (body.author_id === user_id ? own(body) : body)) }
    })
    if (!answer.ok) return answer
    const outbox = current()?.memory.outbox
    return { ...answer, again: ids.some((id) => outbox?.get(id)?.standing.outcome === 'conflict') }
  }

  return {
    async matters(today) {
      const [conflicts, months] = await Promise.all([read<Conflicts>('/conflicts'), read<Months>('/months')])
      if (!conflicts.ok) return conflicts
      if (!months.ok) return months
      const desk = current()
      if (desk === null) return { ok: false, problem: { code: 'not_signed_in' } }
      const around: Around = {
        today,
        settings: desk.session.service.settings,
        closed_months: (team_id) =>
          months.value.months.filter((one) => one.team_id === team_id).map(({ month }) => month),
      }
      const led = desk.session.memberships.filter(({ role }) => role === 'lead').map((one) => one.team_id)
      const listed = new Map(conflicts.value.conflicts.map((one) => [one.op, one]))
      const open = notSettledHere(listed, desk.memory.outbox).filter(({ team_id }) => led.includes(team_id))
      return { ok: true, value: open.map((conflict) => matterOf(conflict, around)) }
    },

    async phones(team_id) {
      const reply = await read<Devices>(`/devices?team_id=${team_id}`)
      return reply.ok ? { ok: true, value: reply.value.devices } : reply
    },

    async months(team_id) {
      const reply = await read<Months>(`/months?team_id=${team_id}`)
      return reply.ok ? { ok: true, value: reply.value.months } : reply
    },

    async setMonth(team_id, month, closed) {
      const reply = await put<Months>(`/months/${team_id}/${month}`, { closed })
      if (reply.ok) monthsChanged()
      return reply.ok ? { ok: true, value: reply.value.months } : reply
    },

    entries: (query) => read(`/entries?${new URLSearchParams({ ...query })}`),

    accept: (matter) => decide((making) => accepted(matter, making)),
    leaveOut: (matter) => decide((making) => leftOut(matter, making)),
    remove: (entry, reason) => decide((making) => byLead(entry, 'void', reason, making)),
    bringBack: (entry) => decide((making) => byLead(entry, 'unvoid', null, making)),
    putAway: (decision_id) => decide(() => putAway(decision_id)),
  }
}

/** A lead's own entry stands in the own log like any other. */
const own = ({ operation, before }: OutboxBody): OutboxBody => ({ operation, before })
