// Looks into a phone's storage from outside, as somebody with the disk in hand, and cuts its connections.
import type { ConflictRecord } from '../../../pwa/src/data/conflicts'
import type { Meta } from '../../../pwa/src/data/db'
import type { OutboxRecord } from '../../../pwa/src/data/outbox'
import type { CursorRecord, ReplicaRecord } from '../../../pwa/src/data/replica'
import type { Browser } from './bundle.ts'

interface RawTransaction {
  readonly db: unknown
  readonly mode: string
  readonly _started: boolean
  readonly _state: string
  _abort(name: string): void
}
interface RawDatabase {
  readonly transactions: readonly RawTransaction[]
  readonly rawObjectStores: Map<string, { records: { values(): Iterable<{ key: unknown; value: unknown }> } }>
}

export interface Stored {
  readonly user_id: string
  readonly outbox: readonly OutboxRecord[]
  readonly replica: readonly ReplicaRecord[]
  readonly cursors: readonly CursorRecord[]
  readonly drafts: readonly { id: string }[]
  readonly conflicts: readonly ConflictRecord[]
  readonly meta: Meta
}

const PREFIX = 'alongside-'

/** What each user has on the phone; null for one in whose rows somebody is writing at this moment. */
export function storedOn(browser: Browser): Map<string, Stored | null> {
  const databases = (browser.factory as unknown as { _databases: Map<string, RawDatabase> })._databases
  const found = new Map<string, Stored | null>()
  for (const [name, raw] of databases) {
    if (!name.startsWith(PREFIX)) continue
    const user_id = name.slice(PREFIX.length)
    const busy = raw.transactions.some(
      (tx) => tx.mode !== 'readonly' && tx._started && tx._state !== 'finished',
    )
    found.set(user_id, busy ? null : readStores(raw, user_id))
  }
  return found
}

function readStores(raw: RawDatabase, user_id: string): Stored | null {
  const all = <T>(store: string): T[] => {
    const records = raw.rawObjectStores.get(store)?.records
    return records ? Array.from(records.values(), ({ value }) => value as T) : []
  }
  const [meta] = all<Meta>('meta')
  if (meta === undefined) return null
  return {
    user_id,
    outbox: all<OutboxRecord>('outbox'),
    replica: all<ReplicaRecord>('replica'),
    cursors: all<CursorRecord>('cursors'),
    drafts: all<{ id: string }>('drafts'),
    conflicts: all<ConflictRecord>('conflicts'),
    meta,
  }
}

/** What is not committed is undone, as when the process of the page is killed. */
export function cut(connection: IDBDatabase): void {
  const raw = (connection as unknown as { _rawDatabase: RawDatabase })._rawDatabase
  for (const tx of [...raw.transactions]) {
    if (tx.db === connection && tx._state !== 'finished') tx._abort('AbortError')
  }
}
