// Does what the engine decides: speaks to the server, writes to the database, waits. One round at a time.

import { StorageTrouble } from './db'
import { atRest, type Known, PROTOCOL, SCHEMA, step, UNREACHED } from './engine'
import type { Cause, Cursors, Effect, EngineState, Event, Waiting } from './engine-events'
import type { Environment } from './environment'
import type { Memory } from './memory'
import { openConflict, unsettled } from './outbox'
import { answers } from './runner-answers'
import type { Changes, UserStore } from './store'
import type { Vault } from './vault'
import type { Failure, Reply, Wire } from './wire'

/** After this a visible tab takes the turn from one that holds it and does not get on, such as a frozen one. */
const STEAL_AFTER_MS = 60_000

/** How often a phone without signal asks whether the server can be reached, while it has something to send. */
const ASK_EVERY_MS = 3_000

export interface Runner {
  wake(cause: Cause): void
  state(): EngineState
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>
  stop(): void
}

export interface Desk {
  readonly environment: Environment
  readonly wire: Wire
  readonly db: UserStore
  readonly vault: Vault
  readonly user_id: string
  memory(): Memory
  /** The database has changed. */
  changed(changes: Changes): Promise<void>
  /** What is shown of the engine has. */
  told(): void
  /** Asks who is signed in; false where it is another user than this one. */
  askWho(): Promise<boolean>
  /** What became of the storage while it was written to. */
  stored(problem: 'storage_full' | 'storage_broken'): void
}

export function runner(desk: Desk, known: Known): Runner {
  const { environment, wire, db, user_id } = desk
  const { settle, keepPages, keepConflicts } = answers(desk)
  let state = atRest(known)
  let queue: Effect[] = []
  let busy = false
  let working = Promise.resolve()
  let stopped = false
  let stopTimer = () => {}
  let giveBack: (() => void) | null = null
  let elsewhere_since: number | null = null

  function hear(event: Event): void {
    if (stopped) return
    const { phase, skew_ms, sending } = state
    const [next, effects] = step(state, event)
    state = next
    queue.push(...effects)
    if (state.step === 'rest') {
      giveBack?.()
      giveBack = null
    }
    if (state.phase !== phase || state.skew_ms !== skew_ms || state.sending !== sending) desk.told()
    if (!busy) working = work()
  }

  async function work(): Promise<void> {
    busy = true
    for (let effect = queue.shift(); effect !== undefined && !stopped; effect = queue.shift()) {
      try {
        const event = await perform(effect)
        // What would have followed an answer that is not listened to is not done either.
        if (event?.type === 'outdated' || event?.type === 'somebody_else') queue = []
        if (event !== null) hear(event)
      } catch (error) {
        if (stopped) break
        queue = []
        if (!(error instanceof StorageTrouble)) console.error(error)
        const full = error instanceof StorageTrouble && error.problem === 'storage_full'
        desk.stored(full ? 'storage_full' : 'storage_broken')
        hear({ type: 'storage_failed', at: environment.now(), jitter: environment.chance() })
      }
    }
    busy = false
  }

  async function perform(effect: Effect): Promise<Event | null> {
    switch (effect.do) {
      case 'look':
        return (await myTurn())
          ? { type: 'outbox', pending: pending(), epoch: desk.memory().meta.epoch }
          : { type: 'elsewhere', at: environment.now() }
      case 'bind':
        return bind()
      case 'push':
        return push(effect.batch)
      case 'settle':
        return settle(effect.results, effect.epoch, effect.told_at)
      case 'new_epoch':
        await desk.changed(await db.newEpoch(effect.epoch))
        return null
      case 'pull':
        return pull(effect.rows)
      case 'keep_pages':
        return keepPages(effect.asked, effect.answer)
      case 'keep_conflicts':
        return keepConflicts(effect.open_here, effect.answer)
      case 'keep_signed_out':
        await desk.changed({ meta: await db.keepSignedOut(effect.signed_out) })
        return null
      case 'ask_who':
        return (await desk.askWho()) ? null : { type: 'somebody_else' }
      case 'wait':
        wait(effect.until)
        return null
    }
  }

  /**
   * Wakes at the time given. A browser often does not say that signal is back, so while somebody looks at something
   * unsent we ask the server ourselves whether it is there: a few bytes, and the log is sent while they watch.
   */
  function wait(until: number): void {
    stopTimer()
    const left = Math.max(0, until - environment.now())
    const asking = left > ASK_EVERY_MS && UNREACHED.includes(state.phase) && pending().length > 0
    stopTimer = environment.after(asking ? ASK_EVERY_MS : left, async () => {
      const there = asking && environment.visible() && (await wire.alive())
      if (stopped || state.step !== 'rest') return
      if (there) hear({ type: 'wake', cause: 'online', at: environment.now() })
      else if (asking) wait(until)
      else hear({ type: 'wake', cause: 'timer', at: environment.now() })
    })
  }

  async function myTurn(): Promise<boolean> {
    if (giveBack !== null) return true
    // A clock that is put back counts anew.
    const since = Math.min(elsewhere_since ?? environment.now(), environment.now())
    const steal = environment.visible() && environment.now() - since > STEAL_AFTER_MS
    giveBack = await environment.turn(`alongside-${user_id}`, steal)
    elsewhere_since = giveBack === null ? since : null
    return giveBack !== null
  }

  function pending(): Waiting[] {
    return [...desk.memory().outbox.values()]
      .filter((item) => item.standing.state === 'pending')
      .sort((a, b) => a.n - b.n)
      .map(({ id, thing_id, bytes }) => ({ id, thing_id, bytes }))
  }

  async function push(batch: readonly Waiting[]): Promise<Event> {
    const { meta, outbox } = desk.memory()
    // What was refused and replaced stays here for ever. Its number is not lost, and nobody waits for it.
    const here = [...outbox.values()].filter((item) => item.standing.state !== 'settled')
    const waiting = here.filter((item) => unsettled(item.standing))
    const oldest = waiting.length > 0 ? Math.min(...waiting.map((item) => item.saved_at)) : null
    const operations = batch.flatMap(({ id }) => {
      const item = outbox.get(id)
      return item ? [{ ...item.operation, n: item.n }] : []
    })
    const sent_at = environment.now()
    const request = {
      protocol: PROTOCOL,
      device_id: meta.device_id,
      user_id,
      app: environment.app,
      epoch: meta.epoch,
      sent_at,
      issued: meta.issued,
      pending: here.length,
      oldest_pending_at: oldest,
      operations,
    } as const
    return heard(await wire.push(request), batch, (answer, when) => ({
      type: 'pushed',
      sent: batch,
      answer,
      sent_at,
      ...when,
    }))
  }

  /** The cookie is shared by all tabs: the device of this user is not bound to the session of another. */
  async function bind(): Promise<Event> {
    const who = await wire.session()
    if (!who.ok) return failed(who.failure, [])
    if (who.value.user.id !== user_id) return { type: 'somebody_else' }
    const device = { name: environment.device_name, app: environment.app }
    return heard(await wire.bind(desk.memory().meta.device_id, device), [], (answer, when) =>
      answer.user_id === user_id
        ? { type: 'bound', epoch: answer.epoch, at: when.at }
        : { type: 'somebody_else' },
    )
  }

  async function pull(limit: number): Promise<Event> {
    const cursors = await db.cursors()
    const asked: Cursors = Object.fromEntries(cursors.map(({ team_id, cursor }) => [team_id, cursor]))
    const sent_at = environment.now()
    const { meta, outbox } = desk.memory()
    const { device_id } = meta
    const open_here = [...outbox.values()].filter((item) => openConflict(item.standing)).map(({ id }) => id)
    const request = { protocol: PROTOCOL, device_id, schema: SCHEMA, limit, cursors: asked } as const
    return heard(await wire.pull(request), [], (answer, when) =>
      answer.user_id === user_id
        ? { type: 'pulled', asked, open_here, answer, sent_at, ...when }
        : { type: 'somebody_else' },
    )
  }

  function heard<T>(
    reply: Reply<T>,
    sent: readonly Waiting[],
    understood: (value: T, when: { at: number; jitter: number }) => Event,
  ): Event {
    const when = { at: environment.now(), jitter: environment.chance() }
    return reply.ok ? understood(reply.value, when) : failed(reply.failure, sent)
  }

  function failed(failure: Failure, sent: readonly Waiting[]): Event {
    return { type: 'failed', failure, sent, at: environment.now(), jitter: environment.chance() }
  }

  return {
    wake: (cause) => hear({ type: 'wake', cause, at: environment.now() }),
    state: () => state,
    async quiet() {
      while (busy) await working
    },
    stop() {
      stopped = true
      stopTimer()
      giveBack?.()
      giveBack = null
    },
  }
}
