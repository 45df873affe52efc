// IndexedDB: the only file that imports idb. One database for each user, and a tiny one that says who is signed in.
//
// Nothing here encrypts, waits for a network or decides: a transaction ends when it is left waiting.
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import type { ConflictRecord } from './conflicts'
import type { OutboxRecord } from './outbox'
import type { Session } from './phone'
import type { CursorRecord, ReplicaRecord } from './replica'
import type { DataKey, Sealed } from './vault'

export interface DraftRecord {
  readonly id: string
  readonly opened_at: number
  readonly sealed: Sealed
}

export interface Meta {
  readonly device_id: string
  /** First the key in use, then older ones. Empty once the user has signed out with nothing left to send. */
  readonly keys: readonly DataKey[]
  /** The same of the keys that are the user's on every phone. */
  readonly own_keys?: readonly DataKey[]
  /** The last number given to an operation on this device. */
  readonly issued: number
  readonly epoch: number
  readonly scope_version: number
  /** The latest time that the server has told in this epoch. It only rises; the phone's own clock decides nothing. */
  readonly heard_at: number
  readonly last_sent_at: number | null
  readonly app: string
  /** The service has signed this phone out, and nobody has signed in since. */
  readonly signed_out?: boolean
}

export interface SignedIn {
  readonly session: Session
  readonly directory?: DirectoryRecord
}

/** Names of colleagues and closed months, sealed, and the server's mark of this version of them. */
export interface DirectoryRecord {
  readonly tag: string | null
  readonly sealed: Sealed
}

export type StorageProblem = 'storage_full' | 'storage_broken' | 'storage_newer'

export class StorageTrouble extends Error {
  readonly problem: StorageProblem
  constructor(problem: StorageProblem, cause: unknown) {
    super(problem, { cause })
    this.problem = problem
  }
}

interface UserSchema extends DBSchema {
  outbox: { key: string; value: OutboxRecord }
  replica: { key: string; value: ReplicaRecord; indexes: { team_id: string } }
  cursors: { key: string; value: CursorRecord }
  conflicts: { key: string; value: ConflictRecord }
  drafts: { key: string; value: DraftRecord }
  meta: { key: string; value: Meta }
}
interface WhoSchema extends DBSchema {
  who: { key: string; value: SignedIn | true }
}

export type Store = 'outbox' | 'replica' | 'cursors' | 'conflicts' | 'drafts' | 'meta'
export type Tx = IDBPTransaction<UserSchema, Store[], 'readwrite'>
export type Write = ReturnType<typeof openUser>['write']

/** Who is signed in on this phone, and whether the server has yet to hear that somebody signed out. */
export function whoDatabase() {
  // Whoever opens it for the first time does not know yet whether there was one before that the browser has cleared.
  const handle = reopening<WhoSchema>('alongside', (db) => {
    db.createObjectStore('who')
      .put(true, 'new')
      .catch(() => undefined)
  })
  return {
    async signedIn(): Promise<SignedIn | null> {
      const found = await handle((db) => db.get('who', 'signed_in'))
      return found === undefined || found === true ? null : found
    },
    keep: (who: SignedIn) => handle((db) => db.put('who', who, 'signed_in').then(() => undefined)),
    /** Keeps what is new about the user, unless another tab has signed somebody else in or this one out. */
    async refresh(who: SignedIn) {
      await handle(async (db) => {
        const tx = db.transaction('who', 'readwrite')
        const found = await tx.store.get('signed_in')
        const same = found !== undefined && found !== true && found.session.user.id === who.session.user.id
        if (same) await tx.store.put(who, 'signed_in')
        await tx.done
      })
    },
    async forget() {
      await handle(async (db) => {
        const tx = db.transaction('who', 'readwrite')
        await Promise.all([tx.store.delete('signed_in'), tx.store.put(true, 'signed_out'), tx.done])
      })
    },
    owesSignOut: () => handle((db) => db.get('who', 'signed_out')).then((found) => found !== undefined),
    signOutDone: () => handle((db) => db.delete('who', 'signed_out')),
    /** Nobody has been signed in here, nor has the server said that nobody is, since the database was made. */
    isNew: () => handle((db) => db.get('who', 'new')).then((found) => found !== undefined),
    notNew: () => handle((db) => db.delete('who', 'new')),
    close: handle.close,
  }
}

export type Who = ReturnType<typeof whoDatabase>

/** What one user has on this phone: rows sealed by the vault, and what is needed to find them. */
export function openUser(user_id: string) {
  const handle = reopening<UserSchema>(`alongside-${user_id}`, (db) => {
    db.createObjectStore('outbox', { keyPath: 'id' })
    db.createObjectStore('replica', { keyPath: 'key' }).createIndex('team_id', 'team_id')
    db.createObjectStore('cursors', { keyPath: 'team_id' })
    db.createObjectStore('conflicts', { keyPath: 'op' })
    db.createObjectStore('drafts', { keyPath: 'id' })
    db.createObjectStore('meta')
  })

  /** One strict transaction: it is answered when it is complete, and then it has reached the disk. */
  function write<T>(stores: Store[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return handle(async (db) => {
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' })
      try {
        const result = await work(tx)
        await tx.done
        return result
      } catch (error) {
        tx.done.catch(() => undefined)
        if (tx.error === null) abort(tx)
        throw tx.error ?? error
      }
    })
  }

  return { read: handle, write, close: handle.close }
}

/**
 * A database that opens itself again: iOS kills the connection in the background, and a newer tab may ask for it.
 * What is run must be safe to run twice.
 */
function reopening<S extends DBSchema>(name: string, upgrade: (db: IDBPDatabase<S>) => void) {
  let opened: Promise<IDBPDatabase<S>> | null = null
  const close = () => {
    opened?.then(
      (db) => db.close(),
      () => undefined,
    )
    opened = null
  }
  const connect = () => {
    opened ??= openDB<S>(name, 1, {
      upgrade(db, _from, _to, tx) {
        // Where it fails, opening fails too, and that is heard.
        tx.done.catch(() => undefined)
        upgrade(db)
      },
      blocking: close,
      terminated: close,
    })
    opened.catch(() => {
      opened = null
    })
    return opened
  }
  const run = async <T>(work: (db: IDBPDatabase<S>) => Promise<T>): Promise<T> => {
    try {
      return await work(await connect())
    } catch (error) {
      if (!dead(error)) throw trouble(error)
      close()
    }
    try {
      return await work(await connect())
    } catch (error) {
      close()
      throw trouble(error)
    }
  }
  return Object.assign(run, { close })
}

function dead(error: unknown): boolean {
  const name = (error as DOMException | null)?.name
  return name === 'InvalidStateError' || name === 'UnknownError' || name === 'AbortError'
}

function trouble(error: unknown): unknown {
  const name = (error as DOMException | null)?.name
  if (name === 'QuotaExceededError') return new StorageTrouble('storage_full', error)
  if (name === 'VersionError') return new StorageTrouble('storage_newer', error)
  return error instanceof DOMException ? new StorageTrouble('storage_broken', error) : error
}

function abort(tx: Tx): void {
  try {
    tx.abort()
  } catch {
    // It had ended already.
  }
}
