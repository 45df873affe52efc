// What changes together on the phone changes in one transaction, and is answered when that is complete. Here is what
// the worker and the app do; what the server says is in store-answers.ts.
import type { ConflictRecord } from './conflicts'
import { type DraftRecord, type Meta, openUser } from './db'
import { afterUpdate, forgettable, type OutboxRecord, unsettled } from './outbox'
import type { ReplicaRecord } from './replica'
import { change, metaOf, serversWord } from './store-answers'

/** What a write has changed, so that what is held in memory can follow without reading everything again. */
export interface Changes {
  readonly outbox?: readonly OutboxRecord[]
  readonly forgotten?: readonly string[]
  readonly replica?: readonly ReplicaRecord[]
  readonly gone?: readonly string[]
  /** All of them, if they are others than before. */
  readonly conflicts?: readonly ConflictRecord[]
  readonly meta?: Meta
  /** Nothing was written: another tab has heard of another incarnation of the server. Read everything again. */
  readonly outdated?: true
}

export interface Everything {
  readonly outbox: OutboxRecord[]
  readonly replica: ReplicaRecord[]
  readonly drafts: DraftRecord[]
  readonly conflicts: ConflictRecord[]
  readonly meta: Meta | undefined
}

/** Operations that are settled by what is being kept. */
export interface Closing {
  readonly ids: readonly string[]
  readonly by: string
}

export type UserStore = ReturnType<typeof userStore>

export function userStore(user_id: string) {
  const { read, write, close } = openUser(user_id)
  return {
    close,
    ...serversWord(write),

    everything(): Promise<Everything> {
      return read(async (db) => {
        const tx = db.transaction(['outbox', 'replica', 'drafts', 'conflicts', 'meta'])
        const [outbox, replica, drafts, conflicts, meta] = await Promise.all([
          tx.objectStore('outbox').getAll(),
          tx.objectStore('replica').getAll(),
          tx.objectStore('drafts').getAll(),
          tx.objectStore('conflicts').getAll(),
          tx.objectStore('meta').get('phone'),
        ])
        return { outbox: outbox.sort((a, b) => a.n - b.n), replica, drafts, conflicts, meta }
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

    /** Whether the service has signed this phone out is remembered until somebody signs in. */
    keepSignedOut(signed_out: boolean): Promise<Meta> {
      return write(['meta'], async (tx) => {
        const meta = { ...(await metaOf(tx)), signed_out }
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

    cursors: () => read((db) => db.getAll('cursors')),

    /** What an app does once when it starts: forget what was kept long enough, retry what an older app could not. */
    tidy(app: string): Promise<void> {
      return write(['outbox', 'meta'], async (tx) => {
        const outbox = tx.objectStore('outbox')
        const meta = await metaOf(tx)
        for (const record of await outbox.getAll()) {
          if (forgettable(record.standing, meta.heard_at)) await outbox.delete(record.id)
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
      return write(['outbox', 'replica', 'cursors', 'conflicts', 'drafts', 'meta'], async (tx) => {
        await tx.objectStore('replica').clear()
        await tx.objectStore('cursors').clear()
        await tx.objectStore('conflicts').clear()
        const records = await tx.objectStore('outbox').getAll()
        const unsent = records.some((record) => unsettled(record.standing))
        const drafts = await tx.objectStore('drafts').count()
        const meta = await metaOf(tx)
        const keys = unsent || drafts > 0 ? meta.keys : []
        const own_keys = keys.length > 0 ? (meta.own_keys ?? []) : []
        await tx.objectStore('meta').put({ ...meta, keys, own_keys, scope_version: 0 }, 'phone')
      })
    },
  }
}
