// Holds what rests on a phone against the rules, again and again while the simulation runs.
import type { OutboxRecord } from '../../../pwa/src/data/outbox'
import type { Device } from './device.ts'
import { type Ledger, Violation } from './ledger.ts'
import { type Stored, storedOn } from './storage.ts'

const DAY = 24 * 60 * 60 * 1000
const KEPT = 30 * DAY
/** Names that stand in every body. None of them may be readable on the disk. */
const PLAIN = ['"details"', '"made_at"', '"code"', '"happened_on"']

/** What was seen of one user on one phone the last time. */
interface Seen {
  readonly outbox: Map<string, OutboxRecord>
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
      if (!this.users.includes(stored.user_id)) {
        throw new Violation(6, `phone ${device.name} keeps work under the name of no user`)
      }
      const key = `${device.name} ${device.storage} ${stored.user_id}`
      const seen = this.seen.get(key) ?? {
        outbox: new Map(),
        versions: new Map(),
        issued: 0,
        epoch: 0,
        app: '',
      }
      this.seen.set(key, seen)
      this.outbox(device, stored, seen, at)
      this.replica(device, stored, seen)
      if (stored.meta.epoch < seen.epoch)
        throw new Violation(8, `phone ${device.name} went back to an older epoch`)
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
    }
    for (const [id, { standing }] of seen.outbox) {
      if (here.has(id)) continue
      const kept_for = at + device.skew - (standing.settled_at ?? at + device.skew)
      const may_go =
        standing.state === 'settled' && (standing.outcome === 'applied' || standing.closed_by !== null)
      if (!may_go || kept_for <= KEPT) {
        const invariant = standing.state === 'quarantined' ? 5 : 1
        throw new Violation(
          invariant,
          `operation ${id}, ${standing.state}, is gone from phone ${device.name}`,
        )
      }
      seen.outbox.delete(id)
    }
    this.settledIsStored(device, stored)
  }

  private settledIsStored(device: Device, stored: Stored): void {
    if (stored.meta.epoch !== this.ledger.epoch) return
    for (const { id, standing } of stored.outbox) {
      if (standing.state === 'settled' && !this.ledger.stored.has(id)) {
        throw new Violation(
          4,
          `operation ${id} is settled on phone ${device.name} and the server has not got it`,
        )
      }
    }
  }

  private appeared(device: Device, stored: Stored, record: OutboxRecord, seen: Seen): void {
    const { id, n, thing_id } = record
    if (n <= seen.issued || n > stored.meta.issued) {
      throw new Violation(1, `operation ${id} of phone ${device.name} has number ${n} after ${seen.issued}`)
    }
    if (this.ledger.saved.has(id)) throw new Violation(16, `operation ${id} was made twice`)
    unreadable(device, record.sealed.box, id)
    const { user_id } = stored
    this.ledger.saved.set(id, { id, device, storage: device.storage, user_id, n, thing_id })
  }

  private changed(device: Device, stored: Stored, before: OutboxRecord, now: OutboxRecord, seen: Seen): void {
    if (before.n !== now.n || !Buffer.from(before.sealed.box).equals(Buffer.from(now.sealed.box))) {
      throw new Violation(2, `operation ${now.id} was changed on phone ${device.name} after it was saved`)
    }
    const [from, to] = [before.standing.state, now.standing.state]
    const { outcome } = now.standing
    if (from === to && before.standing.outcome === outcome) return
    const wrong = (invariant: number, why: string) =>
      new Violation(
        invariant,
        `operation ${now.id} on phone ${device.name} went from ${from} to ${to}: ${why}`,
      )
    if (to === 'settled' && !this.ledger.hasHeard(device, now.id, outcome ?? 'nothing')) {
      throw wrong(3, `the server never said that it is ${outcome}`)
    }
    // A restored server may refuse what it once took, such as from a member whom it has forgotten.
    const restored = stored.meta.epoch > seen.epoch
    if (to === 'quarantined' && from === 'settled' && !restored) throw wrong(5, 'the server had it')
    if (to === 'quarantined' && !this.ledger.hasHeard(device, now.id, 'rejected')) {
      throw wrong(3, 'nobody refused it')
    }
    if (to === 'pending' && from === 'settled' && !restored) {
      throw wrong(3, 'the server was not restored')
    }
    if (to === 'pending' && from === 'quarantined' && stored.meta.app === seen.app) {
      throw wrong(5, 'the app is the same')
    }
  }

  private replica(device: Device, stored: Stored, seen: Seen): void {
    for (const row of stored.replica) {
      const most = seen.versions.get(row.key)
      if (
        most !== undefined &&
        (row.epoch < most.epoch || (row.epoch === most.epoch && row.version < most.version))
      ) {
        throw new Violation(8, `${row.key} went back to version ${row.version} on phone ${device.name}`)
      }
      if (most === undefined || most.version !== row.version || most.epoch !== row.epoch) {
        unreadable(device, row.sealed.box, row.key)
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
    if (sync.waiting !== shown) {
      throw new Violation(14, `phone ${device.name} shows ${sync.waiting} waiting, and ${shown} wait`)
    }
    const open = things(
      stored.outbox.filter(
        ({ standing }) =>
          standing.closed_by === null &&
          (standing.state === 'quarantined' || standing.outcome === 'conflict'),
      ),
    )
    const shown_open = sync.needs_a_look + sync.changed_in_two_places
    if (shown_open !== open.size) {
      throw new Violation(
        14,
        `phone ${device.name} shows ${shown_open} open matters, and there are ${open.size}`,
      )
    }
  }
}

function unreadable(device: Device, box: ArrayBuffer, what: string): void {
  const text = Buffer.from(box).toString('latin1')
  if (PLAIN.some((name) => text.includes(name))) {
    throw new Violation(15, `${what} can be read on the disk of phone ${device.name}`)
  }
}
