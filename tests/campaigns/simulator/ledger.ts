// What is known from outside: what each phone has saved, what it was told, and what the server has stored. The phones
// and the server are held against it, and every time that a rule is held against something is counted.

import type { Answer } from './answers.ts'
import { canonical } from './canonical.ts'
import type { Device } from './device.ts'

/** An operation that rests, or rested, on a phone. */
export interface Saved {
  readonly id: string
  readonly device: Device
  readonly storage: number
  readonly user_id: string
  readonly n: number
  readonly thing_id: string
}

export class Violation extends Error {
  readonly invariant: number
  constructor(invariant: number, what: string) {
    super(what)
    this.invariant = invariant
  }
}

interface Result {
  readonly id: string | null
  readonly outcome: string
  readonly first?: string
  readonly reason?: string
}

export class Ledger {
  epoch = 1
  readonly saved = new Map<string, Saved>()
  /** Operations whose saving the phone has confirmed to the user. */
  readonly promised = new Set<string>()
  /** Forms that the phone has kept, by their create's id. */
  readonly drafts = new Map<string, { device: Device; storage: number; draft_id: string }>()
  /** As each operation was first sent. */
  readonly wire = new Map<string, string>()
  /** The server's operations with their first outcome, in this incarnation. */
  stored = new Map<string, string>()
  readonly outcomes: Record<string, number> = {}
  /** The forms that somebody saved, by the id of the one entry that each may make. */
  readonly forms = new Set<string>()
  /** Operations of which a phone was told that the server has them. */
  readonly acknowledged = new Set<string>()
  /** How often each invariant was held against something. */
  readonly checked: Record<number, number> = {}
  private readonly backups = new Map<number, Map<string, string>>()
  private readonly heard = new Map<string, Set<string>>()

  /** Found where throwing would only reach the product's own code. */
  found: Violation | null = null

  /** One look at one rule. Throws where it does not hold. */
  must(invariant: number, holds: boolean, what: () => string): void {
    this.checks(invariant)
    if (!holds) throw new Violation(invariant, what())
  }

  checks(invariant: number, times = 1): void {
    this.checked[invariant] = (this.checked[invariant] ?? 0) + times
  }

  keepBackup(number: number): void {
    this.backups.set(number, new Map(this.stored))
  }

  restore(number: number, epoch: number): void {
    this.stored = new Map(this.backups.get(number))
    this.epoch = epoch
  }

  /** A push leaves a phone: the same operation is the same bytes every time. */
  sent(device: Device, body: string): void {
    const { operations } = JSON.parse(body) as { operations: { id: string }[] }
    for (const operation of operations) {
      const text = canonical(operation)
      const before = this.wire.get(operation.id)
      this.checks(2)
      if (before !== undefined && before !== text) {
        this.found ??= new Violation(
          2,
          `phone ${device.name} sends operation ${operation.id} with other bytes than before`,
        )
      }
      this.wire.set(operation.id, text)
    }
  }

  /** The server has decided a push. Its answer is held against its own table and against what it said before. */
  decided(path: string, body: string | null, answer: Answer): void {
    if (path === '/api/sync/pull' && body !== null && answer.status === 200)
      this.cursorsAreOfToday(body, answer)
    if (path !== '/api/sync/push' || body === null) return
    const now = answer.stored ?? {}
    const { operations } = JSON.parse(body) as { operations: { id: string }[] }
    const results = answer.status === 200 ? (JSON.parse(answer.body) as { results: Result[] }).results : null
    this.must(
      103,
      answer.wrongly_refused == null,
      () => `operation ${answer.wrongly_refused} is refused, though its author was in the team once`,
    )
    const each = results === null || results.length === operations.length
    this.must(3, each, () => 'a push is not answered operation by operation')
    results?.forEach((result, place) => {
      this.outcomes[result.outcome] = (this.outcomes[result.outcome] ?? 0) + 1
      this.agrees(result, operations[place]?.id ?? '', now)
    })
    for (const [id, outcome] of Object.entries(now)) {
      const before = this.stored.get(id) ?? outcome
      this.must(21, before === outcome, () => `operation ${id} was ${before} and is ${outcome} now`)
      this.stored.set(id, outcome)
    }
    for (const { id } of operations) {
      const there = !this.stored.has(id) || now[id] !== undefined
      this.must(4, there, () => `operation ${id} is gone from the server`)
    }
  }

  private agrees(result: Result, id: string, now: Readonly<Record<string, string>>): void {
    this.must(3, result.id === id, () => `the answer to ${id} is about ${result.id}`)
    const before = this.stored.get(id)
    const known = before !== undefined
    const { outcome, first, reason } = result
    if (outcome === 'rejected') {
      const allowed = !known || ['id_reused', 'forged'].includes(reason ?? '')
      this.must(21, allowed, () => `operation ${id} was ${before} and is rejected now`)
      return
    }
    const again = outcome === 'duplicate'
    const said = again ? first : outcome
    this.must(21, known || !again, () => `operation ${id} is called a duplicate and was never stored`)
    this.must(16, !known || again, () => `operation ${id} is ${outcome} for a second time`)
    this.must(21, !known || said === before, () => `operation ${id} was ${before} first and is ${said} now`)
    this.must(20, now[id] === said, () => `operation ${id} is answered ${said} and is not stored so`)
  }

  /** An answer reaches a phone whole. */
  told(device: Device, path: string, body: string | null, answer: Answer): void {
    if (path !== '/api/sync/push' || body === null) return
    const { operations } = JSON.parse(body) as { operations: { id: string }[] }
    if (answer.status === 200) {
      for (const { id, outcome, first } of (JSON.parse(answer.body) as { results: Result[] }).results) {
        if (id !== null) this.hears(device, id, outcome === 'duplicate' ? (first ?? 'applied') : outcome)
      }
    } else if ([400, 413, 422].includes(answer.status) && operations.length === 1) {
      for (const { id } of operations) this.hears(device, id, 'rejected')
    }
  }

  /** Whether a phone was told that an operation is `applied`, `conflict` or `rejected`. */
  hasHeard(device: Device, id: string, what: string): boolean {
    return this.heard.get(`${device.name} ${device.storage} ${id}`)?.has(what) ?? false
  }

  private hears(device: Device, id: string, what: string): void {
    const key = `${device.name} ${device.storage} ${id}`
    const known = this.heard.get(key) ?? new Set()
    this.heard.set(key, known.add(what))
    if (what !== 'rejected') this.acknowledged.add(id)
  }

  /** A cursor of another incarnation is never read on from. */
  private cursorsAreOfToday(body: string, answer: Answer): void {
    const { cursors = {} } = JSON.parse(body) as { cursors?: Record<string, string | null> }
    const { epoch, teams } = JSON.parse(answer.body) as {
      epoch: number
      teams: Record<string, { reset?: string }>
    }
    for (const [team_id, page] of Object.entries(teams)) {
      const cursor = cursors[team_id]
      const fits = cursor == null || cursor.startsWith(`${epoch}.`) || page.reset != null
      this.must(27, fits, () => `the cursor ${cursor} was read on from in epoch ${epoch}`)
    }
  }
}
