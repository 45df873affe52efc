// What changes together on the phone changes here, in one transaction, and is answered when that is complete.
import { type DraftRecord, type Meta, openUser, type Tx } from './db'
import {
  afterUpdate,
  forgettable,
  type OutboxRecord,
  reoffered,
  type Standing,
  settle,
  unsettled,
} from './outbox'
import { fromTheBeginning, type ReplicaRecord, supersedes } from './replica'
import type { Result } from './schema.gen'

/** What a write has changed, so that what is held in memory can follow without reading everything again. */
export interface Changes {
  readonly outbox?: readonly OutboxRecord[]
  readonly forgotten?: readonly string[]
  readonly replica?: readonly ReplicaRecord[]
  readonly gone?: readonly string[]
  readonly meta?: Meta
}

export interface Everything {
  readonly outbox: OutboxRecord[]
  readonly replica: ReplicaRecord[]
  readonly drafts: DraftRecord[]
  readonly meta: Meta | undefined
}

/** Operations that are settled by what is being kept. */
export interface Closing {
  readonly ids: readonly string[]
  readonly by: string
}

export interface PageToKeep {
  readonly team_id: string
  readonly asked: string | null
  readonly cursor: string | null
  readonly more: boolean
  readonly epoch: number
  readonly records: readonly ReplicaRecord[]
}

export type UserStore = ReturnType<typeof userStore>

export function userStore(user_id: string) {
  const { read, write, close } = openUser(user_id)
  return {
    close,

    everything(): Promise<Everything> {
      return read(async (db) => {
        const tx = db.transaction(['outbox', 'replica', 'drafts', 'meta'])
        const [outbox, replica, drafts, meta] = await Promise.all([
          tx.objectStore('outbox').getAll(),
          tx.objectStore('replica').getAll(),
          tx.objectStore('drafts').getAll(),
          tx.objectStore('meta').get('phone'),
        ])
        return { outbox: outbox.sort((a, b) => a.n - b.n), replica, drafts, meta }
      })
    },

    meta: () => read((db) => db.get('meta', 'phone')),

    changeMeta(change: (meta: Meta | undefined) => Meta): Promise<Meta> {
      return write(['meta'], async (tx) => {
        const meta = change(await tx.objectStore('meta').get('phone'))
        await tx.objectStore('meta').put(meta, 'phone')
        return meta
      })
    },

    /**
     * Keeps operations, gives them their numbers and drops the draft they came from: one strict transaction.
     * One that is there already is left as it is, so saving the same form twice is saving it once.
     */
    keep(
      records: readonly Omit<OutboxRecord, 'n'>[],
      draft_id?: string,
      closing?: Closing,
    ): Promise<Changes> {
      return write(['outbox', 'drafts', 'meta'], async (tx) => {
        const outbox = tx.objectStore('outbox')
        const meta = await metaOf(tx)
        let issued = meta.issued
        const kept: OutboxRecord[] = []
        for (const record of records) {
          if ((await outbox.getKey(record.id)) !== undefined) continue
          issued += 1
          const numbered = { ...record, n: issued }
          await outbox.add(numbered)
          kept.push(numbered)
        }
        for (const id of kept.length === records.length ? (closing?.ids ?? []) : []) {
          const record = await outbox.get(id)
          if (record === undefined) continue
          const closed = { ...record, standing: { ...record.standing, closed_by: closing?.by ?? null } }
          await outbox.put(closed)
          kept.push(closed)
        }
        if (draft_id !== undefined) await tx.objectStore('drafts').delete(draft_id)
        const changed = { ...meta, issued }
        await tx.objectStore('meta').put(changed, 'phone')
        return { outbox: kept, meta: changed }
      })
    },

    keepDraft: (record: DraftRecord) =>
      write(['drafts'], (tx) =>
        tx
          .objectStore('drafts')
          .put(record)
          .then(() => undefined),
      ),
    dropDraft: (id: string) => write(['drafts'], (tx) => tx.objectStore('drafts').delete(id)),

    /** Settles each operation by its own result, and takes the server's word on what they made. */
    settle(
      results: ReadonlyMap<string, Result>,
      records: readonly ReplicaRecord[],
      at: number,
    ): Promise<Changes> {
      return write(['outbox', 'replica', 'cursors', 'meta'], async (tx) => {
        const outbox = await change(tx, [...results.keys()], (record) => {
          const result = results.get(record.id)
          return result === undefined ? record.standing : settle(record.standing, result, at)
        })
        const walks = new Map(
          (await tx.objectStore('cursors').getAll()).map((row) => [row.team_id, row.walk]),
        )
        const replica = await replace(tx, records, (record) => walks.get(record.team_id) ?? 0)
        const meta = { ...(await metaOf(tx)), last_sent_at: at }
        await tx.objectStore('meta').put(meta, 'phone')
        return { outbox, replica, meta }
      })
    },

    /** The server was restored: read everything again, and offer it again what it acknowledged. */
    newEpoch(epoch: number, at: number): Promise<Changes> {
      return write(['outbox', 'cursors', 'meta'], async (tx) => {
        const meta = await metaOf(tx)
        if (epoch <= meta.epoch) return {}
        const cursors = await tx.objectStore('cursors').getAll()
        for (const cursor of cursors) {
          await tx.objectStore('cursors').put(fromTheBeginning(cursor.team_id, cursor))
        }
        const ids = await tx.objectStore('outbox').getAllKeys()
        const outbox = await change(tx, ids, (record) => reoffered(record.standing, at))
        const changed = { ...meta, epoch, scope_version: 0 }
        await tx.objectStore('meta').put(changed, 'phone')
        return { outbox, meta: changed }
      })
    },

    cursors: () => read((db) => db.getAll('cursors')),

    /** A team that the user has left leaves the replica. The outbox is nobody's business but the worker's. */
    keepScope(scope: readonly string[], scope_version: number): Promise<Changes> {
      return write(['replica', 'cursors', 'meta'], async (tx) => {
        const meta = await metaOf(tx)
        if (scope_version < meta.scope_version) return {}
        for (const { team_id } of await tx.objectStore('cursors').getAll()) {
          if (!scope.includes(team_id)) await tx.objectStore('cursors').delete(team_id)
        }
        // By the rows themselves: the answer to a late push may have kept one whose team has no cursor any more.
        const gone: string[] = []
        const teams = tx.objectStore('replica').index('team_id')
        for (let at = await teams.openKeyCursor(null, 'nextunique'); at !== null; at = await at.continue()) {
          if (!scope.includes(at.key)) gone.push(...(await teams.getAllKeys(at.key)))
        }
        for (const key of gone) await tx.objectStore('replica').delete(key)
        const changed = { ...meta, scope_version }
        await tx.objectStore('meta').put(changed, 'phone')
        return { gone, meta: changed }
      })
    },

    /** A page and its cursor, together; and only if the cursor is still the one that the page was asked with. */
    keepPage(page: PageToKeep): Promise<Changes> {
      return write(['replica', 'cursors', 'meta'], async (tx) => {
        const cursors = tx.objectStore('cursors')
        const stored = await cursors.get(page.team_id)
        if ((stored?.cursor ?? null) !== page.asked || (await metaOf(tx)).epoch !== page.epoch) return {}
        const now = stored ?? fromTheBeginning(page.team_id, undefined)
        const replica = await replace(tx, page.records, () => now.walk)
        const ended = now.walking && !page.more
        const gone = ended ? await sweep(tx, page.team_id, page.epoch, now.walk) : []
        await cursors.put({ ...now, cursor: page.cursor, walking: now.walking && page.more })
        return { replica, gone }
      })
    },

    beginAgain(team_id: string, asked: string | null): Promise<Changes> {
      return write(['cursors'], async (tx) => {
        const stored = await tx.objectStore('cursors').get(team_id)
        if ((stored?.cursor ?? null) === asked) {
          await tx.objectStore('cursors').put(fromTheBeginning(team_id, stored))
        }
        return {}
      })
    },

    /** Conflicts that the server no longer lists were settled by somebody else, such as the lead. */
    keepOpenConflicts(open: ReadonlySet<string>, asked_at: number): Promise<Changes> {
      return write(['outbox'], async (tx) => {
        const ids = await tx.objectStore('outbox').getAllKeys()
        const outbox = await change(tx, ids, (record) => {
          const { standing } = record
          const known = standing.outcome === 'conflict' && (standing.settled_at ?? asked_at) < asked_at
          if (!known || standing.closed_by !== null || open.has(record.id)) return standing
          return { ...standing, closed_by: 'the_server' }
        })
        return { outbox }
      })
    },

    /** What an app does once when it starts: forget what was kept long enough, retry what an older app could not. */
    tidy(app: string, at: number): Promise<void> {
      return write(['outbox', 'meta'], async (tx) => {
        const outbox = tx.objectStore('outbox')
        const meta = await metaOf(tx)
        for (const record of await outbox.getAll()) {
          if (forgettable(record.standing, at)) await outbox.delete(record.id)
        }
        if (meta.app === app) return
        await change(tx, await outbox.getAllKeys(), (record) => afterUpdate(record.standing))
        await tx.objectStore('meta').put({ ...meta, app }, 'phone')
      })
    },

    /**
     * Signing out. What can be read from the server again goes. The outbox stays sealed; its key stays too while
     * only this phone has something in it, so that no fault of the server can make that unreadable.
     */
    leave(): Promise<void> {
      return write(['outbox', 'replica', 'cursors', 'drafts', 'meta'], async (tx) => {
        await tx.objectStore('replica').clear()
        await tx.objectStore('cursors').clear()
        const records = await tx.objectStore('outbox').getAll()
        const unsent = records.some((record) => unsettled(record.standing))
        const drafts = await tx.objectStore('drafts').count()
        const meta = await metaOf(tx)
        const keys = unsent || drafts > 0 ? meta.keys : []
        await tx.objectStore('meta').put({ ...meta, keys, scope_version: 0 }, 'phone')
      })
    },
  }
}

async function metaOf(tx: Tx): Promise<Meta> {
  const meta = await tx.objectStore('meta').get('phone')
  if (meta === undefined) throw new Error('nobody has signed in on this phone')
  return meta
}

async function change(tx: Tx, ids: readonly string[], to: (record: OutboxRecord) => Standing) {
  const changed: OutboxRecord[] = []
  for (const id of ids) {
    const record = await tx.objectStore('outbox').get(id)
    if (record === undefined) continue
    const standing = to(record)
    if (standing === record.standing) continue
    const next = { ...record, standing }
    await tx.objectStore('outbox').put(next)
    changed.push(next)
  }
  return changed
}

/** Puts rows that supersede; those that do not are only marked as seen in this walk. */
async function replace(tx: Tx, records: readonly ReplicaRecord[], walkOf: (record: ReplicaRecord) => number) {
  const replica = tx.objectStore('replica')
  const changed: ReplicaRecord[] = []
  for (const record of records) {
    const stored = await replica.get(record.key)
    const walk = walkOf(record)
    if (supersedes(record, stored)) {
      await replica.put({ ...record, walk })
      changed.push(record)
    } else if (stored !== undefined && stored.walk !== walk) {
      await replica.put({ ...stored, walk })
    }
  }
  return changed
}

/**
 * Rows that a full walk did not show are no longer the user's to see. Those of an older incarnation stay:
 * the restored server may have lost them, and then this phone has the only copy.
 */
async function sweep(tx: Tx, team_id: string, epoch: number, walk: number) {
  const rows = await tx.objectStore('replica').index('team_id').getAll(team_id)
  const gone = rows.filter((row) => row.walk !== walk && row.epoch === epoch).map((row) => row.key)
  for (const key of gone) await tx.objectStore('replica').delete(key)
  return gone
}
