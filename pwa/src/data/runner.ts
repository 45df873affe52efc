// Does what the engine decides: speaks to the server, writes to the database, waits. One round at a time.
import { StorageTrouble } from './db'
import {
  atRest,
  type Cause,
  type Cursors,
  type Effect,
  type EngineState,
  type Event,
  PROTOCOL,
  SCHEMA,
  step,
  type Waiting,
} from './engine'
import type { Environment } from './environment'
import { type Memory, sealRow } from './memory'
import { unsettled } from './outbox'
import type { PullAnswer, Result } from './schema.gen'
import type { Changes, UserStore } from './store'
import type { Vault } from './vault'
import type { Reply, Wire } from './wire'

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
  /** The engine has. */
  told(): void
  askWho(): Promise<void>
}

export function runner(
  desk: Desk,
  known: { readonly epoch: number; readonly scope_version: number; readonly bound: boolean },
): Runner {
  const { environment, wire, db, vault, user_id } = desk
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
    const [next, effects] = step(state, event)
    state = next
    queue.push(...effects)
    if (state.step === 'rest') {
      giveBack?.()
      giveBack = null
    }
    desk.told()
    if (!busy) working = work()
  }

  async function work(): Promise<void> {
    busy = true
    for (let effect = queue.shift(); effect !== undefined && !stopped; effect = queue.shift()) {
      try {
        const event = await perform(effect)
        if (event !== null) hear(event)
      } catch (error) {
        if (stopped) break
        queue = []
        if (!(error instanceof StorageTrouble)) console.error(error)
        hear({ type: 'storage_failed', at: environment.now(), jitter: environment.chance() })
      }
    }
    busy = false
  }

  async function perform(effect: Effect): Promise<Event | null> {
    switch (effect.do) {
      case 'look':
        return (await myTurn())
          ? { type: 'outbox', pending: pending() }
          : { type: 'elsewhere', at: environment.now() }
      case 'bind': {
        const device = { name: environment.device_name, app: environment.app }
        return heard(await wire.bind(desk.memory().meta.device_id, device), [], (answer, when) => ({
          type: 'bound',
          epoch: answer.epoch,
          at: when.at,
        }))
      }
      case 'push':
        return push(effect.batch)
      case 'settle':
        await settle(effect.results, effect.epoch)
        return null
      case 'new_epoch':
        await desk.changed(await db.newEpoch(effect.epoch, environment.now()))
        return null
      case 'pull':
        return pull(effect.rows)
      case 'keep_pages':
        await keepPages(effect.asked, effect.answer)
        return null
      case 'keep_conflicts':
        await desk.changed(await db.keepOpenConflicts(new Set(effect.open), effect.asked_at))
        return null
      case 'ask_who':
        await desk.askWho()
        return null
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
    const asking = left > ASK_EVERY_MS && state.phase === 'offline' && pending().length > 0
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
    const since = elsewhere_since ?? environment.now()
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
    const left = [...outbox.values()].filter((item) => unsettled(item.standing))
    const oldest = left.length > 0 ? Math.min(...left.map((item) => item.saved_at)) : null
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
      pending: left.length,
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

  async function settle(results: readonly Result[], epoch: number): Promise<void> {
    const rows = results.flatMap((result) => (result.record ? [result.record] : []))
    const records = await Promise.all(rows.map((row) => sealRow(row, epoch, vault)))
    const named = results.flatMap((result) => (result.id === null ? [] : [[result.id, result] as const]))
    await desk.changed(await db.settle(new Map(named), records, environment.now()))
  }

  async function pull(limit: number): Promise<Event> {
    const cursors = await db.cursors()
    const asked: Cursors = Object.fromEntries(cursors.map(({ team_id, cursor }) => [team_id, cursor]))
    const sent_at = environment.now()
    const { device_id } = desk.memory().meta
    const request = { protocol: PROTOCOL, device_id, schema: SCHEMA, limit, cursors: asked } as const
    return heard(await wire.pull(request), [], (answer, when) => ({
      type: 'pulled',
      asked,
      answer,
      sent_at,
      ...when,
    }))
  }

  async function keepPages(asked: Cursors, answer: PullAnswer): Promise<void> {
    await desk.changed(await db.keepScope(answer.scope, answer.scope_version))
    for (const team_id of answer.scope) {
      const page = answer.teams[team_id]
      if (page === undefined) continue
      const at = asked[team_id] ?? null
      if (page.reset != null) {
        await desk.changed(await db.beginAgain(team_id, at))
        continue
      }
      const { epoch } = answer
      const records = await Promise.all((page.rows ?? []).map((row) => sealRow(row, epoch, vault)))
      const { cursor = null, more = false } = page
      await desk.changed(
        await db.keepPage({ team_id, asked: at, cursor, more: more ?? false, epoch, records }),
      )
    }
  }

  function heard<T>(
    reply: Reply<T>,
    sent: readonly Waiting[],
    understood: (value: T, when: { at: number; jitter: number }) => Event,
  ): Event {
    const when = { at: environment.now(), jitter: environment.chance() }
    return reply.ok
      ? understood(reply.value, when)
      : { type: 'failed', failure: reply.failure, sent, ...when }
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
