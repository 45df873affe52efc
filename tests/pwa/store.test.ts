// The database alone: what is written together, and what is not written at all.
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Meta } from '../../pwa/src/data/db'
import { KEPT_MS, PENDING, type Standing } from '../../pwa/src/data/outbox'
import type { ReplicaRecord } from '../../pwa/src/data/replica'
import { type UserStore, userStore } from '../../pwa/src/data/store'
import type { PageToKeep } from '../../pwa/src/data/store-answers'

const SEALED = { key: 'k', iv: new Uint8Array(12), box: new ArrayBuffer(8) }
const META: Meta = {
  device_id: 'phone',
  keys: [],
  issued: 0,
  epoch: 1,
  scope_version: 1,
  heard_at: 0,
  last_sent_at: null,
  app: '1',
}
let db: UserStore

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  db = userStore('sam')
  await db.changeMeta(() => META)
})

function anOperation(id: string, standing: Partial<Standing> = {}) {
  const where = { thing: 'entry' as const, thing_id: `thing of ${id}`, team_id: 'north' }
  return { id, ...where, saved_at: 5, bytes: 8, standing: { ...PENDING, ...standing }, sealed: SEALED }
}

function aRow(id: string, version = 1, epoch = 1): ReplicaRecord {
  const where = { thing: 'entry' as const, team_id: 'north', walk: 0, sealed: SEALED }
  return { key: `entry:${id}`, id, version, epoch, ...where }
}

function aPage(more: Partial<PageToKeep> = {}): PageToKeep {
  return { team_id: 'north', asked: null, cursor: 'c1', more: false, epoch: 1, records: [], ...more }
}

async function rows(): Promise<string[]> {
  return (await db.everything()).replica.map(({ id, version }) => `${id} ${version}`)
}

test('operations are numbered in the order in which they are kept, and keep their number', async () => {
  await db.keep([anOperation('a'), anOperation('b')])
  await db.keep([anOperation('b'), anOperation('c')])
  const { outbox, meta } = await db.everything()
  expect(outbox.map(({ id, n }) => [id, n])).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ])
  expect(meta?.issued).toBe(3)
})

test('what has to survive a kill is written with strict durability', async () => {
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
  await db.keep([anOperation('a')])
  expect(transaction).toHaveBeenCalledWith(['outbox', 'drafts', 'meta'], 'readwrite', {
    durability: 'strict',
  })
  transaction.mockRestore()
})

test('an operation and the draft that it came from are one transaction: both or neither', async () => {
  await db.keepDraft({ id: 'form', opened_at: 1, sealed: SEALED })
  const remove = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('disk fault', 'DataError')
  })
  await expect(db.keep([anOperation('a')], 'form')).rejects.toThrow('storage_broken')
  remove.mockRestore()
  expect(await db.everything()).toMatchObject({ outbox: [], drafts: [{ id: 'form' }], meta: { issued: 0 } })
})

test('a page and its cursor are kept together', async () => {
  await db.keepPage(aPage({ records: [aRow('a'), aRow('b')] }))
  expect(await rows()).toEqual(['a 1', 'b 1'])
  expect(await db.cursors()).toMatchObject([{ team_id: 'north', cursor: 'c1' }])
})

test('a page that was asked with another cursor is not kept, nor is one of another epoch', async () => {
  await db.keepPage(aPage({ records: [aRow('a')] }))
  await db.keepPage(aPage({ asked: null, cursor: 'c0', records: [aRow('b')] }))
  await db.keepPage(aPage({ asked: 'c1', cursor: 'c2', epoch: 2, records: [aRow('c', 1, 2)] }))
  expect(await rows()).toEqual(['a 1'])
  expect(await db.cursors()).toMatchObject([{ cursor: 'c1' }])
})

test('an older version never replaces a newer one, whatever page it comes in', async () => {
  await db.keepPage(aPage({ records: [aRow('a', 3)] }))
  await db.keepPage(aPage({ asked: 'c1', cursor: 'c2', records: [aRow('a', 2)] }))
  expect(await rows()).toEqual(['a 3'])
})

test('a walk from the beginning ends with the rows that it showed', async () => {
  await db.keepPage(aPage({ records: [aRow('a'), aRow('b'), aRow('c')] }))
  await db.beginAgain('north', 'c1', 1)
  await db.keepPage(aPage({ cursor: 'c2', more: true, records: [aRow('a')] }))
  expect(await rows()).toEqual(['a 1', 'b 1', 'c 1'])
  const { gone } = await db.keepPage(aPage({ asked: 'c2', cursor: 'c3', records: [aRow('b')] }))
  expect(gone).toEqual(['entry:c'])
  expect(await rows()).toEqual(['a 1', 'b 1'])
})

test('a row that only an older incarnation of the server knew stays: this may be the only copy', async () => {
  await db.keepPage(aPage({ records: [aRow('a', 4), aRow('b', 4)] }))
  await db.newEpoch(2)
  await db.keepPage(aPage({ epoch: 2, records: [aRow('a', 1, 2)] }))
  expect(await rows()).toEqual(['a 1', 'b 4'])
})

test('a row that a push has answered is not swept by the walk that is under way', async () => {
  await db.keepPage(aPage({ cursor: 'c1', more: true, records: [aRow('a')] }))
  await db.settle(new Map(), [aRow('fresh')], 1, 10)
  await db.keepPage(aPage({ asked: 'c1', cursor: 'c2', records: [aRow('b')] }))
  expect(await rows()).toEqual(['a 1', 'b 1', 'fresh 1'])
})

test('a lower epoch and a lower scope version change nothing', async () => {
  await db.keepPage(aPage({ records: [aRow('a')] }))
  await db.newEpoch(1)
  await db.keepScope([], 0, 1, 10)
  expect(await rows()).toEqual(['a 1'])
  expect(await db.cursors()).toMatchObject([{ cursor: 'c1' }])
})

test('the word of another incarnation of the server, older or not begun with, changes nothing', async () => {
  await db.keep([anOperation('a')])
  await db.newEpoch(2)
  const before = await db.everything()
  const applied = new Map([['a', { id: 'a', outcome: 'applied' as const }]])
  for (const epoch of [1, 3]) {
    expect(await db.settle(applied, [aRow('a', 1, epoch)], epoch, 10)).toEqual({ outdated: true })
    expect(await db.keepScope([], 5, epoch, 10)).toEqual({ outdated: true })
    expect(await db.keepPage(aPage({ epoch, records: [aRow('a', 1, epoch)] }))).toEqual({ outdated: true })
    expect(await db.beginAgain('north', null, epoch)).toEqual({ outdated: true })
    expect(await db.keepOpenConflicts(['a'], [{ op: 'b', sealed: SEALED }], epoch)).toEqual({
      outdated: true,
    })
  }
  expect(await db.everything()).toEqual(before)
  expect(await db.cursors()).toEqual([])
})

test('what is open elsewhere is replaced as a whole, not written again if it is the same, and gone with an epoch', async () => {
  const one = (op: string) => ({ op, sealed: SEALED })
  const kept = async () => (await db.everything()).conflicts.map(({ op }) => op)
  expect(await db.keepOpenConflicts([], [one('b'), one('a')], 1)).toMatchObject({ conflicts: [{}, {}] })
  expect(await kept()).toEqual(['a', 'b'])
  expect(await db.keepOpenConflicts([], [one('a'), one('b')], 1)).toEqual({ outbox: [] })
  await db.keepOpenConflicts([], [one('c')], 1)
  expect(await kept()).toEqual(['c'])
  await db.newEpoch(2)
  expect(await kept()).toEqual([])
})

test('the time that the server has told only rises within an epoch, and is what an operation is settled at', async () => {
  await db.keep([anOperation('a'), anOperation('b')])
  const applied = (id: string) => new Map([[id, { id, outcome: 'applied' as const }]])
  const settled = async () => (await db.everything()).outbox.map(({ standing }) => standing.settled_at)
  await db.settle(applied('a'), [], 1, 500)
  await db.keepScope(['north'], 1, 1, 400)
  // A server whose clock is set back meanwhile does not make it older than it is.
  await db.settle(applied('b'), [], 1, 300)
  expect(await settled()).toEqual([500, 500])
  expect((await db.meta())?.heard_at).toBe(500)
  await db.newEpoch(2)
  expect((await db.meta())?.heard_at).toBe(0)
})

test('after a server whose clock was once ahead, what is settled later is kept for as long as ever', async () => {
  const [now, ahead] = [1_000_000, 1_000_000 + 100 * KEPT_MS]
  await db.keep([anOperation('a')])
  await db.keepScope(['north'], 1, 1, ahead)
  await db.settle(new Map([['a', { id: 'a', outcome: 'applied' }]]), [], 1, now)
  await db.keepScope(['north'], 1, 1, now + 2 * KEPT_MS)
  await db.tidy('1')
  expect((await db.everything()).outbox).toHaveLength(1)
})

test('a refusal in which the server told no time leaves the times as they are', async () => {
  await db.keep([anOperation('a')])
  await db.keepScope(['north'], 1, 1, 500)
  const rejected = { id: 'a', outcome: 'rejected', reason: 'unreadable', retry: 'never' } as const
  await db.settle(new Map([['a', rejected]]), [], 1, null)
  expect(await db.meta()).toMatchObject({ heard_at: 500, last_sent_at: null })
})

test('a conflict that was settled after the question is not taken for closed', async () => {
  await db.keep([anOperation('before'), anOperation('after'), anOperation('listed')])
  const conflict = (id: string) => new Map([[id, { id, outcome: 'conflict' as const, reason: 'version' }]])
  await db.settle(conflict('before'), [], 1, 100)
  await db.settle(conflict('listed'), [], 1, 100)
  // The server is asked now, and answers with `listed`. Its clock, and ours, may say what they like.
  await db.settle(conflict('after'), [], 1, 50)
  await db.keepOpenConflicts(['before'], [], 1)
  const closed = (await db.everything()).outbox.map(({ id, standing }) => [id, standing.closed_by])
  expect(closed).toEqual([
    ['before', 'the_server'],
    ['after', null],
    ['listed', null],
  ])
})

test('settled operations are forgotten after thirty days and not before; nothing else is', async () => {
  const standings: Record<string, Partial<Standing>> = {
    pending: {},
    rejected: { state: 'quarantined', retry: 'never' },
    conflict: { state: 'settled', outcome: 'conflict', settled_at: 10 },
    old: { state: 'settled', outcome: 'applied', settled_at: 10 },
    young: { state: 'settled', outcome: 'applied', settled_at: 20 },
  }
  await db.keep(Object.entries(standings).map(([id, standing]) => anOperation(id, standing)))
  await db.keepScope(['north'], 1, 1, 11 + KEPT_MS)
  await db.tidy('1')
  const left = (await db.everything()).outbox.map(({ id }) => id)
  expect(left).toEqual(['pending', 'rejected', 'conflict', 'young'])
})

test('a row of a team that the user has left goes, also one that came after its cursor had gone', async () => {
  const late: ReplicaRecord = {
    key: 'entry:late',
    thing: 'entry',
    id: 'late',
    team_id: 'left',
    version: 1,
    epoch: 1,
    walk: 0,
    sealed: SEALED,
  }
  await db.keepScope(['north'], 2, 1, 10)
  await db.settle(new Map(), [late, { ...late, key: 'entry:mine', id: 'mine', team_id: 'north' }], 1, 10)
  await db.keepScope(['north'], 2, 1, 10)
  expect((await db.everything()).replica.map(({ id }) => id)).toEqual(['mine'])
})

test('signing out takes the key away, unless something here is nowhere else', async () => {
  const key = { id: 'k', key: {} as CryptoKey }
  const keys = async () => (await db.meta())?.keys.length
  await db.changeMeta(() => ({ ...META, keys: [key] }))
  await db.keepDraft({ id: 'form', opened_at: 1, sealed: SEALED })
  await db.leave()
  expect(await keys()).toBe(1)
  await db.dropDraft('form')
  await db.keep([anOperation('a')])
  await db.leave()
  expect(await keys()).toBe(1)
  await db.settle(new Map([['a', { id: 'a', outcome: 'applied' }]]), [], 1, 10)
  await db.leave()
  expect(await keys()).toBe(0)
  expect((await db.everything()).outbox).toHaveLength(1)
})

test('a newer tab that changes the database is not held up by an older one', async () => {
  await db.everything()
  const newer = indexedDB.open('alongside-sam', 2)
  const opened = await new Promise((done) => {
    newer.addEventListener('success', () => done('opened'))
    newer.addEventListener('blocked', () => done('blocked'))
  })
  expect(opened).toBe('opened')
  await expect(db.everything()).rejects.toThrow('storage_newer')
  newer.result.close()
})
