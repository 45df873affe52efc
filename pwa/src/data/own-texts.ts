// The words that only their author reads, opened once: a map from what is sealed to what it says. Pure but for the vault.
import type { OutboxItem } from './outbox'
import type { Row } from './replica'
import type { OpenConflict } from './schema.gen'
import type { Vault } from './vault'

export type OwnTexts = ReadonlyMap<string, string>

/** Where such words may stand. */
interface Sources {
  readonly rows?: Iterable<Row>
  readonly items?: Iterable<OutboxItem>
  readonly conflicts?: Iterable<OpenConflict>
}

/** The map with what is new in these. What cannot be opened is left out, and does not stand in the way of the rest. */
export async function withTexts(known: OwnTexts, sources: Sources, vault: Vault): Promise<OwnTexts> {
  const found = new Map<string, string>()
  for (const [sealed, id] of sealedIn(sources)) if (!known.has(sealed)) found.set(sealed, id)
  if (found.size === 0) return known
  const opened = await Promise.allSettled(
    [...found].map(async ([sealed, id]) => [sealed, await vault.openOwn(id, sealed)] as const),
  )
  const texts = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  return new Map([...known, ...texts])
}

function* sealedIn({ rows = [], items = [], conflicts = [] }: Sources): Generator<readonly [string, string]> {
  for (const row of rows) if ('sealed' in row) yield [row.sealed, row.id]
  for (const { thing, thing_id, operation, before, other } of items) {
    if (thing !== 'reflection') continue
    yield* sealedInSet(operation.set, thing_id)
    for (const row of [before, other]) if (row && 'sealed' in row) yield [row.sealed, row.id]
  }
  for (const { set, thing_id } of conflicts) yield* sealedInSet(set, thing_id)
}

function* sealedInSet(set: object | undefined, id: string): Generator<readonly [string, string]> {
  if (set && 'sealed' in set && typeof set.sealed === 'string') yield [set.sealed, id]
}
