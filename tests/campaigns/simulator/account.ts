// What became of every operation that a phone ever saved: counted at the end from the storages of the phones and the
// tables of the server alone, whether or not a rule was broken on the way.
import { storedOn } from './storage.ts'
import type { World } from './world.ts'

export interface Account {
  readonly saved: number
  /** A phone was told that the server has it. */
  readonly acknowledged: number
  /** Only on a phone: refused, or still waiting. */
  readonly refused: number
  readonly waiting: number
  /** Went with a storage that the browser threw away. */
  readonly gone: number
  /** Saved, and nowhere. */
  readonly lost: number
  /** Took effect more often than once, and entries that no form asked for. */
  readonly doubled: number
}

interface Table {
  /** Every operation that the server holds. */
  readonly operations: readonly string[]
  /** Effects beyond one for each operation, and entries that were created again. */
  readonly again: number
  /** Entries that are there, with the operation that made each. */
  readonly entries: Readonly<Record<string, string>>
}

export function account(world: World): Account {
  const { ledger } = world
  // A rule may have been broken in the middle of something.
  world.turns(2_000)
  const table = world.ask<Table>('table')
  const on_server = new Set(table.operations)
  const here = standings(world)
  const unasked = Object.entries(table.entries).filter(
    ([entry_id, operation_id]) => ledger.wire.has(operation_id) && !ledger.forms.has(entry_id),
  )
  const counts = { refused: 0, waiting: 0, gone: 0, lost: 0 }
  for (const [id, saved] of ledger.saved) {
    if (on_server.has(id)) continue
    const standing = here.get(id)
    if (standing === 'quarantined') counts.refused += 1
    else if (standing !== undefined) counts.waiting += 1
    else if (saved.device.storage !== saved.storage) counts.gone += 1
    else counts.lost += 1
  }
  return {
    saved: ledger.saved.size,
    acknowledged: ledger.acknowledged.size,
    ...counts,
    doubled: table.again + unasked.length,
  }
}

/** In which state each operation rests on a phone. */
export function standings(world: World): Map<string, string> {
  const here = new Map<string, string>()
  for (const device of world.devices) {
    for (const stored of storedOn(device.browser).values()) {
      for (const { id, standing } of stored?.outbox ?? []) here.set(id, standing.state)
    }
  }
  return here
}
