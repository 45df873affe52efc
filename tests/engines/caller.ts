// Somebody who speaks to the server without a browser.
import type { Account, Server } from '../journeys/server'

export interface Caller {
  readonly user_id: string
  readonly team_id: string
  // biome-ignore lint/suspicious/noExplicitAny: each path has its own answer, and the tests look at a field or two.
  call(method: string, path: string, body?: unknown): Promise<any>
}

export async function signedIn(server: Server, role: Account['role']): Promise<Caller> {
  const { login, password } = server.account(role)
  let cookie = ''
  const call: Caller['call'] = async (method, path, body) => {
    const answer = await fetch(`${server.origin}/api${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Origin: server.origin, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`)
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer.json()
  }
  const session = await call('POST', '/session', { login, password })
  return { user_id: session.user.id, team_id: session.memberships[0].team_id, call }
}
