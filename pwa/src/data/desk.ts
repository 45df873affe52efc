// What is open while somebody is signed in: the user's database, vault, memory and engine, joined.
import type { DirectoryRecord, Meta, SignedIn } from './db'
import { openDirectory } from './directory'
import { UNREACHED } from './engine'
import type { Environment } from './environment'
import { inTurn } from './in-turn'
import { absorb, remember } from './memory'
import type { Session } from './phone'
import { type Runner, runner } from './runner'
import type { Desk } from './saving'
import type { Directory } from './schema.gen'
import { type Changes, userStore } from './store'
import { vault } from './vault'
import { logOf, things } from './view'
import type { Wire } from './wire'

export interface Open extends Desk {
  session: Session
  memory: Desk['memory']
  things: Desk['things']
  log: Desk['log']
  directory: Directory | null
  /** The same as it is kept. */
  directory_kept: DirectoryRecord | undefined
  readonly runner: Runner
  /** Reads again what another tab has changed. */
  reload(): Promise<void>
}

/** The phone around it, which outlives it. */
export interface Around {
  readonly environment: Environment
  readonly server: Wire
  readonly listeners: Set<() => void>
  /** Something that is shown has changed. */
  tell(): void
  /** So have the rows that other tabs show too. */
  tellTabs(user_id: string): void
  isOpen(desk: Open): boolean
  askWho(): Promise<boolean>
  stored(problem: 'storage_full' | 'storage_broken' | null): void
  /** Something was written down. */
  wrote(): void
}

/** Opens what the session's user has on this phone. */
export async function openDesk(
  { session, directory: kept }: SignedIn,
  bound: boolean,
  around: Around,
): Promise<Open> {
  const { environment, server, listeners } = around
  const user_id = session.user.id
  const db = userStore(user_id)
  await db.tidy(environment.app)
  const everything = await db.everything()
  const meta = everything.meta as Meta
  const safe = vault(meta.keys, user_id, meta.device_id, meta.own_keys)
  const memory = await remember(everything, meta, safe)
  const directory = await openDirectory(kept, user_id, safe)
  // Each change of the memory begins with what the one before has made.
  const ofMemory = inTurn()

  function show(): void {
    lay(desk)
    around.tell()
  }

  const desk: Open = {
    session,
    directory,
    directory_kept: directory === null ? undefined : kept,
    memory,
    things: new Map(),
    log: [],
    db,
    vault: safe,
    reload() {
      return ofMemory(async () => {
        const now = await db.everything()
        if (!around.isOpen(desk) || now.meta === undefined) return
        const before = desk.memory.drafts
        const read = await remember(now, now.meta, safe)
        // Drafts do not wait for their turn: what became of them meanwhile is newer than what was read.
        const drafts = desk.memory.drafts === before ? read.drafts : desk.memory.drafts
        desk.memory = { ...read, drafts }
        show()
      })
    },
    async changed(changes: Changes) {
      if (changes.outdated) return desk.reload()
      await ofMemory(async () => {
        const absorbed = await absorb(desk.memory, changes, safe)
        desk.memory = { ...absorbed, drafts: desk.memory.drafts }
        show()
      })
      if (changes.meta !== undefined) around.wrote()
      const { conflicts, ...rest } = changes
      const others = Object.values(rest).some((rows) => !Array.isArray(rows) || rows.length > 0)
      if (others || conflicts !== undefined) around.tellTabs(user_id)
    },
    keepDrafts(drafts) {
      desk.memory = { ...desk.memory, drafts }
      around.tell()
      around.tellTabs(user_id)
    },
    sendSoon() {
      desk.runner.wake('saved')
      return desk.runner.quiet()
    },
    unreached: () => UNREACHED.includes(desk.runner.state().phase),
    until: (settled) => once(settled, listeners),
    stored: around.stored,
    runner: runner(
      {
        environment,
        wire: server,
        db,
        vault: safe,
        user_id,
        memory: () => desk.memory,
        changed: (changes) => desk.changed(changes),
        told: around.tell,
        askWho: around.askWho,
        stored: around.stored,
      },
      {
        epoch: meta.epoch,
        scope_version: meta.scope_version,
        bound,
        signed_out: meta.signed_out ?? false,
      },
    ),
  }
  lay(desk)
  return desk
}

function lay(desk: Open): void {
  desk.things = things(desk.memory, desk.session.user.id)
  desk.log = logOf(desk.things)
}

/** Calls back after each change, until it answers true. */
function once(settled: () => boolean, listeners: Set<() => void>): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (!settled()) return
      listeners.delete(look)
      done()
    }
    listeners.add(look)
    look()
  })
}
