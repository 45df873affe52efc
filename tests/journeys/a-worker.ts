// A worker's phone that speaks to the server by itself, to make in a moment what takes real phones weeks.
import { randomUUID } from 'node:crypto'
import type { Account, Server } from './server'

export interface Pushed {
  readonly thing_id: string
  readonly outcome: string
}

export class AWorker {
  private readonly server: Server
  private readonly cookie: string
  private readonly user_id: string
  private readonly team_id: string
  private readonly device_id = randomUUID()
  private n = 0

  private constructor(server: Server, cookie: string, user_id: string, team_id: string) {
    this.server = server
    this.cookie = cookie
    this.user_id = user_id
    this.team_id = team_id
  }

  static async signedIn(server: Server, account: Account, phone: string): Promise<AWorker> {
    const { login, password } = account
    const answer = await send(server, 'POST', '/session', { login, password })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { user, memberships } = await answer.json()
    const worker = new AWorker(server, cookie, user.id, memberships[0].team_id)
    await send(server, 'PUT', `/devices/${worker.device_id}`, { name: phone }, cookie)
    return worker
  }

  /** Logs a one-to-one on a day; `says` is what the phone says of itself in the same push. */
  async log(happened_on: string, minutes: number, says: object = {}): Promise<Pushed> {
    this.n += 1
    const thing_id = randomUUID()
    const operation = {
      id: randomUUID(),
      n: this.n,
      thing: 'entry',
      action: 'create',
      thing_id,
      team_id: this.team_id,
      base: 0,
      schema: 1,
      set: { happened_on, minutes, mode: 'in_person', details: { kind: 'one_to_one' } },
      made_at: Date.now(),
      zone: 'Europe/London',
      utc_offset_min: 0,
    }
    const { device_id, user_id } = this
    const request = { protocol: 1, device_id, user_id, issued: this.n, operations: [operation], ...says }
    const answer = await send(this.server, 'POST', '/sync/push', request, this.cookie)
    const { results } = await answer.json()
    return { thing_id, outcome: results[0].outcome }
  }
}

export function send(server: Server, method: string, path: string, body: object, cookie = '') {
  return fetch(`${server.origin}/api${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', Origin: server.origin, cookie },
    body: JSON.stringify(body),
  })
}

/** The team's contacts since a day, as its lead is told. */
export async function contactsSince(server: Server, from: string): Promise<number> {
  const { login, password } = server.account('lead')
  const signed_in = await send(server, 'POST', '/session', { login, password })
  const cookie = signed_in.headers.get('set-cookie')?.split(';')[0] ?? ''
  const query = `from=${from}&to=${daysAgo(0)}&by=month&split=kind`
  const answer = await fetch(`${server.origin}/api/volumes?${query}`, { headers: { cookie } })
  return (await answer.json()).totals.contacts
}

/** The day in London, so many days ago. */
export function daysAgo(days: number): string {
  const at = new Date(Date.now() - days * 86_400_000)
  return at.toLocaleDateString('sv-SE', { timeZone: 'Europe/London' })
}
