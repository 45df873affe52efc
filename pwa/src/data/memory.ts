// What is held open in memory while somebody is signed in: the rows of the database, decrypted once.
import type { ConflictRecord } from './conflicts'
import type { DraftRecord, Meta } from './db'
import type { OutboxBody, OutboxItem, OutboxRecord } from './outbox'
import { type OwnTexts, withTexts } from './own-texts'
import type { Draft } from './phone'
import type { ReflectionDraft } from './reflections'
import { keyOf, type ReplicaItem, type ReplicaRecord, type Row, thingOf } from './replica'
import type { OpenConflict } from './schema.gen'
import type { Changes, Everything } from './store'
import type { Sealed, Vault } from './vault'

export interface Memory {
  /** In the order in which they were made. */
  readonly outbox: ReadonlyMap<string, OutboxItem>
  readonly replica: ReadonlyMap<string, ReplicaItem>
  readonly drafts: ReadonlyMap<string, Draft | ReflectionDraft>
  /** The user's open matters that were sent from elsewhere, oldest first. */
  readonly conflicts: ReadonlyMap<string, OpenConflict>
  /** What is sealed for this user alone, opened. */
  readonly texts: OwnTexts
  readonly meta: Meta
}

export async function remember(everything: Everything, meta: Meta, vault: Vault): Promise<Memory> {
  const [outbox, replica, drafts, conflicts] = await Promise.all([
    opened(everything.outbox, (record) => openItem(record, vault)),
    opened(everything.replica, (record) => openRow(record, vault)),
    opened(everything.drafts, (record) =>
      vault.open<Draft | ReflectionDraft>('drafts', record.id, record.sealed),
    ),
    openConflicts(everything.conflicts, vault),
  ])
  return {
    outbox: new Map(outbox.map((item) => [item.id, item])),
    replica: new Map(replica.map((item) => [keyOf(thingOf(item.row), item.row.id), item])),
    drafts: new Map(drafts.map((draft) => [draft.id, draft])),
    conflicts,
    texts: await withTexts(
      new Map(),
      { rows: replica.map(({ row }) => row), items: outbox, conflicts: conflicts.values() },
      vault,
    ),
    meta,
  }
}

/** The memory after a write. The body of an operation never changes, so only its standing is taken over. */
export async function absorb(memory: Memory, changes: Changes, vault: Vault): Promise<Memory> {
  const outbox = new Map(memory.outbox)
  const fresh: OutboxRecord[] = []
  for (const record of changes.outbox ?? []) {
    const known = outbox.get(record.id)
    if (known) outbox.set(record.id, { ...known, standing: record.standing })
    else fresh.push(record)
  }
  const items = await opened(fresh, (record) => openItem(record, vault))
  for (const item of items) outbox.set(item.id, item)
  const replica = await followed(memory.replica, changes, vault)
  const conflicts = changes.conflicts ? await openConflicts(changes.conflicts, vault) : memory.conflicts
  const rows = (changes.replica ?? []).flatMap(({ key }) => replica.get(key)?.row ?? [])
  const others = changes.conflicts ? conflicts.values() : []
  const texts = await withTexts(memory.texts, { rows, items, conflicts: others }, vault)
  return { ...memory, outbox, replica, conflicts, texts, meta: changes.meta ?? memory.meta }
}

/** Years of rows are not copied where none has changed. */
async function followed(replica: Memory['replica'], { gone, replica: records }: Changes, vault: Vault) {
  if (!gone?.length && !records?.length) return replica
  const next = new Map(replica)
  for (const key of gone ?? []) next.delete(key)
  for (const record of records ?? []) next.set(record.key, await openRow(record, vault))
  return next
}

export async function sealItem(body: OutboxBody, saved_at: number, vault: Vault) {
  const { id, thing, thing_id, team_id } = body.operation
  const sealed = await vault.seal('outbox', id, body)
  return { id, thing, thing_id, team_id, saved_at, bytes: sealed.box.byteLength, sealed }
}

export async function sealRow(row: Row, epoch: number, vault: Vault): Promise<ReplicaRecord> {
  const thing = thingOf(row)
  const key = keyOf(thing, row.id)
  const sealed = await vault.seal('replica', key, row)
  return { key, thing, id: row.id, team_id: row.team_id, version: row.version, epoch, walk: 0, sealed }
}

export async function sealConflict(conflict: OpenConflict, vault: Vault): Promise<ConflictRecord> {
  return { op: conflict.op, sealed: await vault.seal('conflicts', conflict.op, conflict) }
}

export async function sealDraft(draft: Draft | ReflectionDraft, vault: Vault): Promise<DraftRecord> {
  return { id: draft.id, opened_at: draft.opened_at, sealed: await vault.seal('drafts', draft.id, draft) }
}

async function openItem(record: OutboxRecord, vault: Vault): Promise<OutboxItem> {
  const body = await vault.open<OutboxBody>('outbox', record.id, record.sealed)
  const { sealed: _, ...rest } = record
  return { ...rest, ...body }
}

async function openRow(record: ReplicaRecord, vault: Vault): Promise<ReplicaItem> {
  return { epoch: record.epoch, row: await vault.open<Row>('replica', record.key, record.sealed) }
}

async function openConflicts(records: readonly ConflictRecord[], vault: Vault) {
  const found = await opened(records, ({ op, sealed }) => vault.open<OpenConflict>('conflicts', op, sealed))
  return new Map(
    found.sort((a, b) => a.received_at - b.received_at).map((conflict) => [conflict.op, conflict]),
  )
}

/** Those that can be opened; one that cannot does not stand in the way of the others. */
async function opened<R extends { sealed: Sealed }, T>(
  records: readonly R[],
  open: (record: R) => Promise<T>,
) {
  const results = await Promise.allSettled(records.map(open))
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}
