// The copies of logs that were not chosen, where one was changed in two places: each rests in the choice. Pure.
import { bodyOf, difference } from './fold'
import { KEPT_MS, type OutboxItem } from './outbox'
import type { CopyItem, EntryBody } from './phone'
import { keyOf, thingOf } from './replica'
import type { Entry } from './schema.gen'
import type { Thing } from './view'

/** Newest choice first. `heard_at` is the latest time that the server has told: a copy is kept 30 days by its clock. */
export function copiesOf(
  outbox: Iterable<OutboxItem>,
  found: ReadonlyMap<string, Thing>,
  heard_at: number,
): CopyItem[] {
  const copies: CopyItem[] = []
  for (const item of outbox) {
    const { other, standing } = item
    if (other === undefined || thingOf(other) !== 'entry') continue
    const entry = other as Entry
    const until = standing.settled_at === null ? null : standing.settled_at + KEPT_MS
    const now = found.get(keyOf('entry', entry.id))
    if ((until !== null && until < heard_at) || isNow(entry, now)) continue
    copies.push({ id: item.id, entry_id: entry.id, author_id: entry.author_id, entry: bodyOf(entry), until })
  }
  return copies.reverse()
}

/** It was used after all, so that there is no other one. */
function isNow(copy: Entry, thing: Thing | undefined): boolean {
  const row = thing?.row as Entry | undefined
  if (row === undefined || row.state === 'void') return false
  const [there, back] = [bodyOf(row), bodyOf(copy)]
  const differs = (a: EntryBody, b: EntryBody) =>
    Object.keys(difference(a, { ...b, details: { ...b.details } })).length > 0
  return !differs(there, back) && !differs(back, there)
}
