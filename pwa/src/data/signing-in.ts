// Signing in: a session on the server, this phone as its device, and the key that seals what the user keeps here.
import type { Meta, Who } from './db'
import type { Environment } from './environment'
import type { Session, Trouble } from './phone'
import type { SessionAnswer } from './schema.gen'
import { userStore } from './store'
import { dataKey } from './vault'
import type { Failure, Reply, Wire } from './wire'

interface Around {
  readonly environment: Environment
  readonly server: Wire
  readonly who: Who
  readonly newId: () => string
}

type Arrived =
  /** `bound`: nothing has to be heard of before the phone may send. */
  | { readonly ok: true; readonly session: Session; readonly bound: boolean }
  | { readonly ok: false; readonly problem: Trouble }

/** `ask` begins the session: with a passphrase, or with a one-time code. */
export async function signIn(around: Around, ask: () => Promise<Reply<SessionAnswer>>): Promise<Arrived> {
  const { environment, server, who, newId } = around
  const reply = await ask()
  if (!reply.ok) return { ok: false, problem: troubleOf(reply.failure) }
  await who.notNew()
  const session = sessionOf(reply.value)
  const db = userStore(session.user.id)
  try {
    const device_id = (await db.meta())?.device_id ?? newId()
    const device = { name: environment.device_name, app: environment.app }
    const answer = await server.bind(device_id, device)
    if (!answer.ok) return { ok: false, problem: troubleOf(answer.failure) }
    // Another tab may have signed somebody else in since: their key must never seal what is ours.
    if (answer.value.user_id !== session.user.id) return { ok: false, problem: { code: 'not_signed_in' } }
    // Nor is this phone said to be ours where the session is theirs by now.
    const still = await server.session()
    if (!still.ok) return { ok: false, problem: troubleOf(still.failure) }
    if (still.value.user.id !== session.user.id) return { ok: false, problem: { code: 'not_signed_in' } }
    const { epoch } = answer.value
    const key = await dataKey(answer.value.data_key)
    const own = await dataKey(answer.value.own_key)
    const { app } = environment
    const fresh = { issued: 0, epoch, scope_version: 0, heard_at: 0, last_sent_at: null, app }
    const meta: Meta = await db.changeMeta((known) => {
      const older = (known?.keys ?? []).filter((each) => each.id !== key.id)
      const mine = { device_id: known?.device_id ?? device_id, keys: [key, ...older] }
      const own_keys = [own, ...(known?.own_keys ?? []).filter((each) => each.id !== own.id)]
      return { ...fresh, ...known, signed_out: false, ...mine, own_keys }
    })
    return { ok: true, session, bound: meta.epoch === epoch }
  } finally {
    db.close()
  }
}

/** How many keys a user has on this phone; null where nothing of theirs is here, not even that they were. */
export async function keysOf(user_id: string): Promise<number | null> {
  const db = userStore(user_id)
  const meta = await db.meta()
  db.close()
  return meta === undefined ? null : meta.keys.length
}

export function sessionOf(answer: SessionAnswer): Session {
  const { user, service, memberships } = answer
  return { user, service: service as Session['service'], memberships }
}

export function troubleOf(failure: Failure): Trouble {
  if (failure.kind !== 'refused') return 'offline'
  if (failure.status >= 500) return 'server_down'
  return failure.problems[0] ?? { code: failure.code }
}
