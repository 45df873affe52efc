// What happens elsewhere while a phone is looked at: another device of the worker, the lead at a desk. By the server's
// own doors, as a device uses them.
import { randomUUID } from 'node:crypto'
import type { Account, Server } from './server'

interface Sent {
  readonly id: string
  readonly outcome: string
  readonly reason?: string | null
}

export class Elsewhere {
  private readonly server: Server
  private readonly cookie: string
  private readonly user_id: string
  private readonly device_id: string
  readonly team_id: string

  private constructor(server: Server, cookie: string, user_id: string, device_id: string, team_id: string) {
    this.server = server
    this.cookie = cookie
    this.user_id = user_id
    this.device_id = device_id
    this.team_id = team_id
  }

  static async signIn(server: Server, { login, password }: Account): Promise<Elsewhere> {
    const answer = await call(server, '', 'POST', '/session', { login, password })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { user, memberships } = await answer.json()
    const device_id = randomUUID()
    await call(server, cookie, 'PUT', `/devices/${device_id}`, { name: 'Another device', app: 'test' })
    return new Elsewhere(server, cookie, user.id, device_id, memberships[0].team_id)
  }

  /** Changes one of the user's logs, from the version that this device has seen. */
  amend(thing_id: string, base: number, set: object): Promise<Sent> {
    return this.push({ action: 'amend', thing_id, base, set })
  }

  /** Changes one of the user's reflections: what was sealed under a key that no phone has. */
  reflect(thing_id: string, base: number): Promise<Sent> {
    return this.push({ thing: 'reflection', action: 'amend', thing_id, base, set: { sealed: 'AQIDBAUG' } })
  }

  void(thing_id: string, base: number): Promise<Sent> {
    return this.push({ action: 'void', thing_id, base })
  }

  /** A new person code. */
  person(code: string): Promise<Sent> {
    return this.push({ thing: 'person', action: 'create', thing_id: randomUUID(), base: 0, set: { code } })
  }

  /** Whether the log has arrived: this device, which is the user's own, may read what happened to it. */
  async knows(thing_id: string): Promise<boolean> {
    const headers = { cookie: this.cookie }
    const answer = await fetch(`${this.server.origin}/api/entries/${thing_id}/history`, { headers })
    return answer.ok
  }

  async closeMonth(month: string, closed = true): Promise<void> {
    await call(this.server, this.cookie, 'PUT', `/months/${this.team_id}/${month}`, { closed })
  }

  private async push(what: object): Promise<Sent> {
    const at = Date.now()
    const where = { team_id: this.team_id, zone: 'Europe/London', utc_offset_min: 0 }
    const operation = { id: id(at), n: 1, thing: 'entry', schema: 1, made_at: at, ...where, ...what }
    const answer = await call(this.server, this.cookie, 'POST', '/sync/push', {
      protocol: 1,
      device_id: this.device_id,
      user_id: this.user_id,
      operations: [operation],
    })
    const { results } = await answer.json()
    return results[0]
  }
}

async function call(
  { origin }: Server,
  cookie: string,
  method: string,
  path: string,
  body: object,
): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Origin: origin, cookie }
  const answer = await fetch(`${origin}/api${path}`, { method, headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer
}

/** An id of version 7, as devices make them. */
function id(at: number): string {
  const time = at.toString(16).padStart(12, '0')
  const rest = randomUUID().slice(15)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest}`
}
