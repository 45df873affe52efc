// What is read from the server for a screen and needs signal. Nothing of it is kept.
import type { Phone, Read, Session, VolumesQuery } from './phone'
import type { History, Volumes } from './schema.gen'
import { troubleOf } from './signing-in'
import type { Reply, Wire } from './wire'

type Reads = Pick<Phone, 'volumes' | 'reportUrl' | 'service' | 'history'>

export interface Reading {
  read<T>(path: string): Promise<Read<T>>
  put<T>(path: string, body: unknown): Promise<Read<T>>
  readonly reads: Reads
}

/** `learn` keeps what is new about the session. */
export function reading(
  server: Wire,
  current: () => Session | null,
  learn: (session: Session) => Promise<void>,
): Reading {
  async function ask<T>(asking: Promise<Reply<T>>): Promise<Read<T>> {
    const asked = current()?.user.id
    const reply = await asking
    // What was read for one user is not shown to the next.
    if (current()?.user.id !== asked) return { ok: false, problem: { code: 'not_signed_in' } }
    return reply.ok ? { ok: true, value: reply.value } : { ok: false, problem: troubleOf(reply.failure) }
  }
  const read = <T>(path: string) => ask<T>(server.read<T>(path))

  return {
    read,
    put: (path, body) => ask(server.put(path, body)),
    reads: {
      volumes: (query) => read<Volumes>(`/volumes?${parameters(query)}`),
      reportUrl: (query) => `/api/reports/contact-volumes?${parameters(query)}`,
      history: (id) => read<History>(`/entries/${id}/history`),
      async service() {
        const reply = await read<Session['service']>('/service')
        const session = current()
        if (!reply.ok || session === null) return reply
        // The session may be that of a user of another service, whom another tab has signed in.
        if (reply.value.id !== session.service.id) return { ok: false, problem: { code: 'not_signed_in' } }
        await learn({ ...session, service: reply.value })
        return reply
      },
    },
  }
}

function parameters(query: VolumesQuery & { readonly format?: string }): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, String(each)] as [string, string]),
  )
  return new URLSearchParams(pairs).toString()
}
