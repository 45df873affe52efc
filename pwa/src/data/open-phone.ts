// Opens the phone: finds who is signed in, and joins the database, the vault, the engine and the screens' wishes.
import { admin } from './admin'
import { type SignedIn, StorageTrouble, whoDatabase } from './db'
import { type Open, openDesk } from './desk'
import { newDirectory } from './directory'
import type { Environment } from './environment'
import { ids } from './id'
import { lead } from './lead'
import type { Answer, Phone, Session, Snapshot } from './phone'
import { picture } from './picture'
import { reading } from './reading'
import { saving } from './saving'
import type { SessionAnswer } from './schema.gen'
import { keysOf, sessionOf, signIn } from './signing-in'
import { type Reply, wire } from './wire'

export async function openPhone(environment: Environment): Promise<Phone> {
  const server = wire(environment.fetch)
  const newId = ids(environment.now, (bytes) => crypto.getRandomValues(bytes))
  const who = whoDatabase()
  const listeners = new Set<() => void>()
  let open: Open | null = null
  let storage: Snapshot['storage'] = 'ok'
  let cleared = false
  let last: Snapshot | null = null
  // Signing in waits for a sign-out that is on its way: it would end the new session.
  let leaving = Promise.resolve()

  const tabs = environment.tabs('alongside', (message) => {
    if (message === 'who') void settleIn()
    else if (open !== null && message === open.session.user.id) void open.reload()
  })
  const unheed = environment.heed((cause) => {
    open?.runner.wake(cause)
    if (open !== null) void askWho()
  })
  environment.shell.watch(() => tell())

  /** Something that is shown has changed. */
  function tell(): void {
    last = null
    for (const listener of [...listeners]) listener()
  }

  function stored(problem: 'storage_full' | 'storage_broken' | null): void {
    if (problem === 'storage_full' && storage !== 'full') {
      storage = 'full'
      tell()
    } else if (problem === null && storage !== 'ok') void lookAtStorage()
  }

  const around = {
    environment,
    server,
    listeners,
    tell,
    tellTabs: (user_id: string) => tabs.tell(user_id),
    isOpen: (desk: Open) => desk === open,
    askWho,
    stored,
    wrote() {
      if (storage === 'full') void lookAtStorage()
    },
  }

  async function enter(signed_in: SignedIn, bound: boolean): Promise<void> {
    leave()
    open = await openDesk(signed_in, bound, around)
    cleared = false
    tell()
    void lookAtStorage()
  }

  function leave(): void {
    open?.runner.stop()
    open?.db.close()
    open = null
  }

  /** Whoever is signed in on this phone, as another tab or the last visit left it. */
  async function settleIn(): Promise<void> {
    const signed_in = await who.signedIn()
    const same = signed_in?.session.user.id === open?.session.user.id
    if (same && open !== null) return
    leave()
    const keys = signed_in === null ? 0 : await keysOf(signed_in.session.user.id)
    if (signed_in !== null && keys) {
      await enter(signed_in, true)
      open?.runner.wake('opened')
      // What the service records, and who may what, can have changed since the app was last open.
      void askWho()
    } else if (keys === null) cleared = true
    else if (await who.owesSignOut()) leaving = payOffSignOut()
    else if (await who.isNew()) void askWhetherCleared()
    tell()
  }

  /**
   * A browser that needs space throws away what this phone has, and keeps the cookie. Then the server knows who is
   * signed in, and the phone does not.
   */
  async function askWhetherCleared(): Promise<void> {
    const reply = await server.session()
    if (open !== null) return
    cleared = reply.ok
    if (!reply.ok && reply.failure.kind === 'refused' && reply.failure.status === 401) {
      await who.notNew().catch(() => undefined)
    }
    tell()
  }

  async function forgetWho(): Promise<void> {
    open?.runner.stop()
    await open?.db.leave()
    await who.forget()
    leave()
    tabs.tell('who')
    tell()
  }

  /** A session that ended without signal still has to end on the server. */
  async function payOffSignOut(): Promise<void> {
    const reply = await server.signOut()
    if (reply.ok || reply.failure.kind === 'refused') await who.signOutDone().catch(() => undefined)
  }

  /** Roles, teams and settings change while the app is not looking. */
  async function askWho(): Promise<boolean> {
    const reply = await server.session()
    if (!reply.ok || open === null) return true
    if (reply.value.user.id !== open.session.user.id) return false
    await learn(open, sessionOf(reply.value))
    void lookAtDirectory(open)
    return true
  }

  async function learn(desk: Open, session: Session): Promise<void> {
    desk.session = session
    await keepWho(desk)
    tell()
  }

  function keepWho({ session, directory_kept: directory }: Open): Promise<void> {
    return who.refresh({ session, ...(directory === undefined ? {} : { directory }) })
  }

  /** Colleagues and closed months change too. Nothing that is kept is decided by them. */
  async function lookAtDirectory(desk: Open): Promise<void> {
    const found = await newDirectory(server, desk.directory_kept, desk.session.user.id, desk.vault)
    if (found === null || open !== desk) return
    desk.directory = found.directory
    desk.directory_kept = found.record
    tell()
    await keepWho(desk).catch(() => undefined)
  }

  async function arrive(ask: () => Promise<Reply<SessionAnswer>>): Promise<Answer> {
    try {
      await leaving
      const arrived = await signIn({ environment, server, who, newId }, ask)
      if (!arrived.ok) return arrived
      const { session, bound } = arrived
      await who.keep({ session })
      await who.signOutDone()
      await enter({ session }, bound)
      tabs.tell('who')
      open?.runner.wake('signed_in')
      return { ok: true }
    } catch (error) {
      if (!(error instanceof StorageTrouble)) console.error(error)
      return {
        ok: false,
        problem: { code: error instanceof StorageTrouble ? error.problem : 'storage_broken' },
      }
    }
  }

  async function lookAtStorage(): Promise<void> {
    const found = await environment.storage().catch(() => 'ok' as const)
    if (storage === 'unavailable' || storage === found) return
    storage = found
    tell()
  }

  const { carryOut, ...acts } = saving(environment, newId, () => open)
  const { read, put, reads } = reading(
    server,
    () => open?.session ?? null,
    async (session) => (open === null ? undefined : learn(open, session)),
  )
  const monthsChanged = () => {
    if (open !== null) void lookAtDirectory(open)
  }

  try {
    await settleIn()
  } catch (error) {
    if (!(error instanceof StorageTrouble)) console.error(error)
    storage = 'unavailable'
  }

  return {
    snapshot() {
      const update_ready = environment.shell.ready()
      last ??= picture(open, open?.runner.state(), { storage, cleared, update_ready })
      return last
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    signIn: (login, password) => arrive(() => server.signIn(login, password)),
    join: (code, login, password) => arrive(() => server.join(code, login, password)),
    signOut() {
      const left = forgetWho()
      leaving = left.then(payOffSignOut, () => undefined)
      return left
    },
    ...acts,
    async sendNow() {
      open?.runner.wake('tap')
      await open?.runner.quiet()
    },
    ...reads,
    lead: lead({ read, put, carryOut, current: () => open, monthsChanged }),
    admin: admin({ read, put, service: reads.service }),
    takeUpdate: () => environment.shell.take(),
    close() {
      unheed()
      tabs.close()
      leave()
      who.close()
    },
  }
}
