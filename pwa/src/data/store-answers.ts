// The server's word, taken in one transaction each: results of a push, pages and conflicts of a pull, a new epoch.
import type { ConflictRecord } from './conflicts'
import type { Meta, Tx, Write } from './db'
import { type OutboxRecord, openConflict, reoffered, type Standing, settle } from './outbox'
import { fromTheBeginning, type ReplicaRecord, supersedes } from './replica'
import type { Result } from './schema.gen'
import type { Changes } from './store'

/** The word of another incarnation of the server than the one that this phone has begun with changes nothing. */
const OUTDATED: Changes = { outdated: true }

export interface PageToKeep {
  readonly team_id: string
  readonly asked: string | null
  readonly cursor: string | null
  readonly more: boolean
  readonly epoch: number
  readonly records: readonly ReplicaRecord[]
}

export function serversWord(write: Write) {
  return {
    /**
     * Settles each operation by its own result, and takes the server's word on what they made. `told_at` is the
     * server's time, if it told one.
     */
    settle(
      results: ReadonlyMap<string, Result>,
      records: readonly ReplicaRecord[],
      epoch: number,
      told_at: number | null,
    ): Promise<Changes> {
      return write(['outbox', 'replica', 'cursors', 'meta'], async (tx) => {
        const known = await metaOf(tx)
        if (known.epoch !== epoch) return OUTDATED
        const at = Math.max(known.heard_at, told_at ?? 0)
        const outbox = await change(tx, [...results.keys()], (record) => {
          const result = results.get(record.id)
          return result === undefined ? record.standing : settle(record.standing, result, at)
        })
        const walks = new Map(
          (await tx.objectStore('cursors').getAll()).map((row) => [row.team_id, row.walk]),
        )
        const replica = await replace(tx, records, (record) => walks.get(record.team_id) ?? 0)
        const meta = { ...known, heard_at: at, last_sent_at: told_at ?? known.last_sent_at }
        await tx.objectStore('meta').put(meta, 'phone')
        return { outbox, replica, meta }
      })
    },

    /** The server was restored: read everything again, and offer it again what it acknowledged. */
    newEpoch(epoch: number): Promise<Changes> {
      return write(['outbox', 'cursors', 'conflicts', 'meta'], async (tx) => {
        const meta = await metaOf(tx)
        if (epoch <= meta.epoch) return {}
        const cursors = await tx.objectStore('cursors').getAll()
        for (const cursor of cursors) {
          await tx.objectStore('cursors').put(fromTheBeginning(cursor.team_id, cursor))
        }
        const ids = await tx.objectStore('outbox').getAllKeys()
        const outbox = await change(tx, ids, (record) => reoffered(record.standing))
        await tx.objectStore('conflicts').clear()
        const changed = { ...meta, epoch, scope_version: 0, heard_at: 0 }
        await tx.objectStore('meta').put(changed, 'phone')
        return { outbox, conflicts: [], meta: changed }
      })
    },

    /** A team that the user has left leaves the replica. The outbox is nobody's business but the worker's. */
    keepScope(
      scope: readonly string[],
      scope_version: number,
      epoch: number,
      told_at: number,
    ): Promise<Changes> {
      return write(['replica', 'cursors', 'meta'], async (tx) => {
        const meta = await metaOf(tx)
        if (scope_version < meta.scope_version) return {}
        if (meta.epoch !== epoch) return OUTDATED
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
        const changed = { ...meta, scope_version, heard_at: Math.max(meta.heard_at, told_at) }
        await tx.objectStore('meta').put(changed, 'phone')
        return { gone, meta: changed }
      })
    },

    /** A page and its cursor, together; and only if the cursor is still the one that the page was asked with. */
    keepPage(page: PageToKeep): Promise<Changes> {
      return write(['replica', 'cursors', 'meta'], async (tx) => {
        const cursors = tx.objectStore('cursors')
        const stored = await cursors.get(page.team_id)
        if ((await metaOf(tx)).epoch !== page.epoch) return OUTDATED
        if ((stored?.cursor ?? null) !== page.asked) return {}
        const now = stored ?? fromTheBeginning(page.team_id, undefined)
        const replica = await replace(tx, page.records, () => now.walk)
        const ended = now.walking && !page.more
        const gone = ended ? await sweep(tx, page.team_id, page.epoch, now.walk) : []
        await cursors.put({ ...now, cursor: page.cursor, walking: now.walking && page.more })
        return { replica, gone }
      })
    },

    beginAgain(team_id: string, asked: string | null, epoch: number): Promise<Changes> {
      return write(['cursors', 'meta'], async (tx) => {
        if ((await metaOf(tx)).epoch !== epoch) return OUTDATED
        const stored = await tx.objectStore('cursors').get(team_id)
        if ((stored?.cursor ?? null) === asked) {
          await tx.objectStore('cursors').put(fromTheBeginning(team_id, stored))
        }
        return {}
      })
    },

    /**
     * Our conflicts that were open when the server was asked, and that it did not list, were settled by somebody
     * else, such as the lead. Those from elsewhere are kept as a whole, in place of the ones before.
     */
    keepOpenConflicts(
      settled_elsewhere: readonly string[],
      records: readonly ConflictRecord[],
      epoch: number,
    ): Promise<Changes> {
      return write(['outbox', 'conflicts', 'meta'], async (tx) => {
        if ((await metaOf(tx)).epoch !== epoch) return OUTDATED
        const outbox = await change(tx, settled_elsewhere, ({ standing }) =>
          openConflict(standing) ? { ...standing, closed_by: 'the_server' } : standing,
        )
        const conflicts = tx.objectStore('conflicts')
        const [before, now] = [await conflicts.getAllKeys(), records.map((record) => record.op).sort()]
        if (before.join() === now.join()) return { outbox }
        await conflicts.clear()
        for (const record of records) await conflicts.put(record)
        return { outbox, conflicts: records }
      })
    },
  }
}

export async function metaOf(tx: Tx): Promise<Meta> {
  const meta = await tx.objectStore('meta').get('phone')
  if (meta === undefined) throw new Error('nobody has signed in on this phone')
  return meta
}

/** Gives operations another standing; answers those that have one now. */
export async function change(tx: Tx, ids: readonly string[], to: (record: OutboxRecord) => Standing) {
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
