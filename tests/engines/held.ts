// What the server holds, as it tells the lead of the team, and whether it agrees with itself.
import type { Server } from '../journeys/server'
import { type Caller, signedIn } from './caller'

/** Minutes by the id of the entry. */
export type Entries = ReadonlyMap<string, number | null>

const DAY_MS = 24 * 60 * 60 * 1000
const leads = new WeakMap<Server, Caller>()

/** The entries of the lead's team that happened today, wherever today begins. */
export async function held(server: Server): Promise<Entries> {
  const lead = leads.get(server) ?? (await signedIn(server, 'lead'))
  leads.set(server, lead)
  const [from, to] = [-DAY_MS, DAY_MS].map((away) => new Date(Date.now() + away).toISOString().slice(0, 10))
  const found = new Map<string, number | null>()
  for (let after = ''; ; ) {
    const query = `team_id=${lead.team_id}&from=${from}&to=${to}&limit=200${after}`
    const page = await lead.call('GET', `/entries?${query}`)
    for (const { id, minutes } of page.entries) found.set(id, minutes)
    if (page.next === null) return found
    after = `&after=${page.next}`
  }
}

/** What `alongside verify` says that is wrong. */
export function wrong(server: Server): unknown[] {
  const { agrees, checks } = JSON.parse(server.command('verify', '--json'))
  return agrees ? [] : checks
}
