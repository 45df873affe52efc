// Holds what rests on a phone against the rules, again and again while the simulation runs.
import type { OutboxBody, OutboxRecord } from '../../../pwa/src/data/outbox'
import type { OpenConflict } from '../../../pwa/src/data/schema.gen'
import { opened } from './cipher.ts'
import type { Device } from './device.ts'
import type { Ledger } from './ledger.ts'
import { type Stored, storedOn } from './storage.ts'

const DAY = 24 * 60 * 60 * 1000
const KEPT = 30 * DAY
/** Names that stand in every body. None of them may be readable on the disk. */
const PLAIN = ['"details"', '"made_at"', '"code"', '"happened_on"']

/** What was seen of one user on one phone the last time. */
interface Seen {
  readonly outbox: Map<string, OutboxRecord>
  /** When each was settled for the first time, by the only clock that is right. */
  readonly settled: Map<string, number>
  readonly versions: Map<string, { epoch: number; version: number }>
  issued: number
  epoch: number
  app: string
}

export class Watch {
  private readonly ledger: Ledger
  private readonly users: readonly string[]
  private readonly seen = new Map<string, Seen>()

  constructor(ledger: Ledger, users: readonly string[]) {
    this.ledger = ledger
    this.users = users
  }

  /** Throws a Violation where something is not as it must be. */
  look(device: Device, at: number): void {
    for (const stored of storedOn(device.browser).values()) {
      if (stored === null) continue
      this.ledger.must(
        6,
        this.users.includes(stored.user_id),
        () => `phone ${device.name} keeps work under the name of no user`,
      )
      const key = `${device.name} ${device.storage} ${stored.user_id}`
      const seen = this.seen.get(key) ?? {
        outbox: new Map(),
        settled: new Map(),
        versions: new Map(),
        issued: 0,
        epoch: 0,
        app: '',
      }
      this.seen.set(key, seen)
      this.outbox(device, stored, seen, at)
      this.replica(device, stored, seen)
      const forth = stored.meta.epoch >= seen.epoch
      this.ledger.must(8, forth, () => `phone ${device.name} went back to an older epoch`)
      seen.epoch = stored.meta.epoch
      seen.issued = stored.meta.issued
      seen.app = stored.meta.app
    }
  }

  private outbox(device: Device, stored: Stored, seen: Seen, at: number): void {
    const here = new Set<string>()
    for (const record of stored.outbox) {
      here.add(record.id)
      const before = seen.outbox.get(record.id)
      if (before === record) continue
      if (before === undefined) this.appeared(device, stored, record, seen)
      else this.changed(device, stored, before, record, seen)
      seen.outbox.set(record.id, record)
      if (record.standing.state === 'settled' && !seen.settled.has(record.id)) seen.settled.set(record.id, at)
    }
    for (const [id, { standing }] of seen.outbox) {
      if (here.has(id)) continue
      const kept_for = at - (seen.settled.get(id) ?? at)
      const may_go =
        standing.state === 'settled' && (standing.outcome === 'applied' || standing.closed_by !== null)
      this.ledger.must(
        standing.state === 'quarantined' ? 5 : 1,
        may_go && kept_for > KEPT,
        () => `operation ${id}, ${standing.state}, is gone from phone ${device.name}`,
      )
      seen.outbox.delete(id)
    }
    this.settledIsStored(device, stored)
  }

  private settledIsStored(device: Device, stored: Stored): void {
    if (stored.meta.epoch !== this.ledger.epoch) return
    for (const { id, standing } of stored.outbox) {
      if (standing.state !== 'settled') continue
      this.ledger.must(
        4,
        this.ledger.stored.has(id),
        () => `operation ${id} is settled on phone ${device.name} and the server has not got it`,
      )
    }
  }

  private appeared(device: Device, stored: Stored, record: OutboxRecord, seen: Seen): void {
    const { id, n, thing_id } = record
    const { ledger } = this
    const rises = n > seen.issued && n <= stored.meta.issued
    ledger.must(
      1,
      rises,
      () => `operation ${id} of phone ${device.name} has number ${n} after ${seen.issued}`,
    )
    ledger.must(16, !ledger.saved.has(id), () => `operation ${id} was made twice`)
    this.unreadable(device, record.sealed.box, id)
    const { user_id } = stored
    this.ledger.saved.set(id, { id, device, storage: device.storage, user_id, n, thing_id })
  }

  private changed(device: Device, stored: Stored, before: OutboxRecord, now: OutboxRecord, seen: Seen): void {
    const same = before.n === now.n && Buffer.from(before.sealed.box).equals(Buffer.from(now.sealed.box))
    this.ledger.must(
      2,
      same,
      () => `operation ${now.id} was changed on phone ${device.name} after it was saved`,
    )
    const [from, to] = [before.standing.state, now.standing.state]
    const { outcome } = now.standing
    if (from === to && before.standing.outcome === outcome) return
    const must = (invariant: number, holds: boolean, why: string) =>
      this.ledger.must(
        invariant,
        holds,
        () => `operation ${now.id} on phone ${device.name} went from ${from} to ${to}: ${why}`,
      )
    const told = (what: string) => this.ledger.hasHeard(device, now.id, what)
    // A restored server may refuse what it once took, such as from a member whom it has forgotten.
    const restored = stored.meta.epoch > seen.epoch
    if (to === 'settled') must(3, told(outcome ?? 'nothing'), `the server never said that it is ${outcome}`)
    if (to === 'quarantined') {
      must(5, from !== 'settled' || restored, 'the server had it')
      must(3, told('rejected'), 'nobody refused it')
    }
    if (to === 'pending' && from === 'settled') must(3, restored, 'the server was not restored')
    if (to === 'pending' && from === 'quarantined')
      must(5, stored.meta.app !== seen.app, 'the app is the same')
  }

  private replica(device: Device, stored: Stored, seen: Seen): void {
    for (const row of stored.replica) {
      const most = seen.versions.get(row.key) ?? { epoch: 0, version: 0 }
      const forth = row.epoch > most.epoch || (row.epoch === most.epoch && row.version >= most.version)
      this.ledger.must(
        8,
        forth,
        () => `${row.key} went back to version ${row.version} on phone ${device.name}`,
      )
      if (most.version !== row.version || most.epoch !== row.epoch) {
        this.unreadable(device, row.sealed.box, row.key)
        seen.versions.set(row.key, { epoch: row.epoch, version: row.version })
      }
    }
  }

  /** What the screens count is what rests in the outbox. Only true once the app has heard of every write. */
  counts(device: Device): void {
    const [tab] = device.tabs
    const session = tab?.phone?.snapshot().session
    if (tab?.phone == null || session == null || device.tabs.length > 1) return
    const stored = storedOn(device.browser).get(session.user.id)
    if (stored == null) return
    const { sync, log } = tab.phone.snapshot()
    const things = (rows: readonly OutboxRecord[]) => new Set(rows.map(({ thing_id }) => thing_id))
    const waiting = stored.outbox.filter(({ standing }) => standing.state === 'pending')
    const entries = things(waiting.filter(({ thing }) => thing === 'entry'))
    const named = new Set(log.filter(({ id }) => entries.has(id)).map(({ entry }) => entry.person_id ?? ''))
    const persons = [...things(waiting.filter(({ thing }) => thing === 'person'))].filter(
      (id) => !named.has(id),
    )
    const shown = entries.size + persons.length
    this.ledger.must(
      14,
      sync.waiting === shown,
      () => `phone ${device.name} shows ${sync.waiting} waiting, and ${shown} wait`,
    )
    const open = things(
      stored.outbox.filter(
        ({ standing }) =>
          standing.closed_by === null &&
          (standing.state === 'quarantined' || standing.outcome === 'conflict'),
      ),
    )
    for (const { thing_id } of fromElsewhere(stored)) open.add(thing_id)
    const shown_open = sync.needs_a_look + sync.changed_in_two_places
    this.ledger.must(
      14,
      shown_open === open.size,
      () =>
        `phone ${device.name} shows ${shown_open} open matters, and there are ${open.size}: ${[...open].join(' ')}`,
    )
  }

  private unreadable(device: Device, box: ArrayBuffer, what: string): void {
    const text = Buffer.from(box).toString('latin1')
    this.ledger.must(
      15,
      !PLAIN.some((name) => text.includes(name)),
      () => `${what} can be read on the disk of phone ${device.name}`,
    )
  }
}

/**
 * Open matters that the server told of, and that nothing on this phone settles. A change of something of which the
 * phone has nothing cannot be shown.
 */
function fromElsewhere(stored: Stored): OpenConflict[] {
  if (stored.conflicts.length === 0) return []
  const settled = new Set<string>()
  for (const { id, standing, sealed } of stored.outbox) {
    settled.add(id)
    if (standing.state !== 'pending' && standing.outcome !== 'applied') continue
    const body = opened<OutboxBody>(stored, 'outbox', id, sealed)
    if (body?.operation.closes != null) settled.add(body.operation.closes)
  }
  const known = new Set([...stored.replica.map(({ id }) => id), ...stored.outbox.map((one) => one.thing_id)])
  return stored.conflicts
    .filter(({ op }) => !settled.has(op))
    .flatMap(({ op, sealed }) => opened<OpenConflict>(stored, 'conflicts', op, sealed) ?? [])
    .filter(({ action, thing_id }) => action === 'create' || known.has(thing_id))
}
