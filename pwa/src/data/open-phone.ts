// Opens the phone: finds who is signed in, and joins the database, the vault, the engine and the screens' wishes.
import { type Meta, StorageTrouble, whoDatabase } from './db'
import type { Environment } from './environment'
import { ids } from './id'
import { absorb, remember } from './memory'
import type { Answer, Phone, Read, Session, Snapshot, VolumesQuery } from './phone'
import { type Runner, runner } from './runner'
import { type Desk, saving } from './saving'
import type { SessionAnswer, Volumes } from './schema.gen'
import { sessionOf, signIn, troubleOf } from './signing-in'
import { type Changes, userStore } from './store'
import { vault } from './vault'
import { counts, logOf, personsOf, things } from './view'
import { type Reply, wire } from './wire'

interface Open extends Desk {
  session: Session
  memory: Desk['memory']
  things: Desk['things']
  log: Desk['log']
  readonly runner: Runner
  /** One change of the memory after the other: each begins with what the one before has made. */
  inTurn(work: () => Promise<void>): Promise<void>
}

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
    else if (open !== null && message === open.session.user.id) void reload(open)
  })
  const unheed = environment.heed((cause) => open?.runner.wake(cause))
  environment.shell.watch(() => tell())

  /** Something that is shown has changed. */
  function tell(): void {
    last = null
    for (const listener of [...listeners]) listener()
  }

  function show(desk: Open): void {
    desk.things = things(desk.memory, desk.session.user.id)
    desk.log = logOf(desk.things)
    tell()
  }

  function reload(desk: Open): Promise<void> {
    return desk.inTurn(async () => {
      const everything = await desk.db.everything()
      if (open !== desk || everything.meta === undefined) return
      desk.memory = await remember(everything, everything.meta, desk.vault)
      show(desk)
    })
  }

  /** Opens what the session's user has on this phone. */
  async function enter(session: Session, bound: boolean): Promise<void> {
    leave()
    const user_id = session.user.id
    const db = userStore(user_id)
    await db.tidy(environment.app)
    const everything = await db.everything()
    const meta = everything.meta as Meta
    const safe = vault(meta.keys, user_id, meta.device_id)
    const memory = await remember(everything, meta, safe)
    let turn = Promise.resolve()
    const desk: Open = {
      session,
      memory,
      things: new Map(),
      log: [],
      db,
      vault: safe,
      inTurn(work) {
        turn = turn.then(work, work)
        return turn
      },
      async changed(changes: Changes) {
        if (changes.outdated) return reload(desk)
        await desk.inTurn(async () => {
          desk.memory = await absorb(desk.memory, changes, safe)
          show(desk)
        })
        if (storage === 'full' && changes.meta !== undefined) void lookAtStorage()
        const { conflicts, ...rest } = changes
        const others = Object.values(rest).some((rows) => !Array.isArray(rows) || rows.length > 0)
        if (others || conflicts !== undefined) tabs.tell(user_id)
      },
      keepDrafts(drafts) {
        desk.memory = { ...desk.memory, drafts }
        show(desk)
        tabs.tell(user_id)
      },
      sendSoon() {
        desk.runner.wake('saved')
        return desk.runner.quiet()
      },
      until(settled) {
        return new Promise((done) => {
          const look = () => {
            if (!settled()) return
            listeners.delete(look)
            done()
          }
          listeners.add(look)
          look()
        })
      },
      stored(problem) {
        if (problem === 'storage_full') storage = 'full'
        else if (problem === null && storage === 'full') void lookAtStorage()
        tell()
      },
      runner: runner(
        {
          environment,
          wire: server,
          db,
          vault: safe,
          user_id,
          memory: () => desk.memory,
          changed: (changes) => desk.changed(changes),
          told: tell,
          askWho,
          stored: (problem) => desk.stored(problem),
        },
        { epoch: meta.epoch, scope_version: meta.scope_version, bound },
      ),
    }
    open = desk
    cleared = false
    show(desk)
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
      await enter(signed_in.session, true)
      open?.runner.wake('opened')
    } else if (keys === null) cleared = true
    else if (await who.owesSignOut()) leaving = payOffSignOut()
    else if (await who.isNew()) void askWhetherCleared()
    tell()
  }

  /** How many keys a user has on this phone; null where nothing of theirs is here, not even that they were. */
  async function keysOf(user_id: string): Promise<number | null> {
    const db = userStore(user_id)
    const meta = await db.meta()
    db.close()
    return meta === undefined ? null : meta.keys.length
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
    return true
  }

  async function learn(desk: Open, session: Session): Promise<void> {
    desk.session = session
    await who.refresh({ session })
    tell()
  }

  async function arrive(ask: () => Promise<Reply<SessionAnswer>>): Promise<Answer> {
    try {
      await leaving
      const arrived = await signIn({ environment, server, who, newId }, ask)
      if (!arrived.ok) return arrived
      const { session, bound } = arrived
      await who.keep({ session })
      await who.signOutDone()
      await enter(session, bound)
      tabs.tell('who')
      void environment.protect().then(lookAtStorage)
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

  function picture(): Snapshot {
    const state = open?.runner.state()
    return {
      ready: true,
      session: open?.session ?? null,
      sync: {
        phase: state?.phase ?? 'idle',
        last_sent_at: open?.memory.meta.last_sent_at ?? null,
        server_skew_ms: state?.skew_ms ?? null,
        ...counts(open?.things ?? new Map()),
      },
      log: open?.log ?? [],
      persons: personsOf(open?.things ?? new Map()),
      drafts: [...(open?.memory.drafts.values() ?? [])].sort((a, b) => b.opened_at - a.opened_at),
      storage,
      cleared,
      update_ready: environment.shell.ready(),
    }
  }

  async function read<T>(path: string): Promise<Read<T>> {
    const asked = open?.session.user.id
    const reply = await server.read<T>(path)
    // What was read for one user is not shown to the next.
    if (open?.session.user.id !== asked) return { ok: false, problem: { code: 'not_signed_in' } }
    return reply.ok ? { ok: true, value: reply.value } : { ok: false, problem: troubleOf(reply.failure) }
  }

  try {
    await settleIn()
  } catch (error) {
    if (!(error instanceof StorageTrouble)) console.error(error)
    storage = 'unavailable'
  }

  return {
    snapshot() {
      last ??= picture()
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
    ...saving(environment, newId, () => open),
    async sendNow() {
      open?.runner.wake('tap')
      await open?.runner.quiet()
    },
    volumes: (query) => read<Volumes>(`/volumes?${parameters(query)}`),
    reportUrl: (query) => `/api/reports/contact-volumes?${parameters(query)}`,
    async service() {
      const reply = await read<Session['service']>('/service')
      if (!reply.ok || open === null) return reply
      // The session may be that of a user of another service, whom another tab has signed in.
      if (reply.value.id !== open.session.service.id) {
        return { ok: false, problem: { code: 'not_signed_in' } }
      }
      await learn(open, { ...open.session, service: reply.value })
      return reply
    },
    takeUpdate: () => environment.shell.take(),
    close() {
      unheed()
      tabs.close()
      leave()
      who.close()
    },
  }
}

function parameters(query: VolumesQuery & { readonly format?: string }): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, String(each)] as [string, string]),
  )
  return new URLSearchParams(pairs).toString()
}
