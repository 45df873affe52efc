// Reflections as their author sees them: what the server said, with what this phone has not settled laid on top. Pure.
import { KEPT_MS, type OutboxItem } from './outbox'
import type { OwnTexts } from './own-texts'
import type { SaveAnswer, Sending } from './phone'
import { keyOf, thingOf } from './replica'
import type { Problem, Reflection } from './schema.gen'
import type { Thing } from './view'

/** What a reflection says. The words are null where this phone has no key for them. */
export interface ReflectionBody {
  readonly entry_id: string | null
  readonly kept_on: string
  readonly text: string | null
}

export interface ReflectionItem extends ReflectionBody {
  readonly id: string
  readonly team_id: string
  readonly version: number
  readonly state: 'active' | 'void'
  readonly sending: Sending
  readonly problems: readonly Problem[]
  readonly reason: string | null
  /** When it was changed in two places: what the server holds. The item itself is mine. */
  readonly theirs: (ReflectionBody & { readonly state: 'active' | 'void' }) | null
  readonly saved_at: number
}

/** The words that were not chosen, where a reflection was changed in two places. They are on this phone. */
export interface ReflectionCopy extends ReflectionBody {
  readonly id: string
  readonly reflection_id: string
  readonly until: number | null
}

/** One that is being written. It survives until it is saved or thrown away, whatever becomes of the app. */
export interface ReflectionDraft {
  readonly id: string
  readonly operation_id: string
  readonly team_id: string
  readonly entry_id: string | null
  readonly kept_on: string
  readonly text: string
  /** The version that a change began from; another phone may have changed it since. */
  readonly base?: number
  readonly opened_at: number
}

/** What stands in a portfolio beside the log. */
export interface PortfolioView {
  /** Newest day first. Void ones are in it, with state `void`. */
  readonly reflections: readonly ReflectionItem[]
  readonly copies: readonly ReflectionCopy[]
  readonly drafts: readonly ReflectionDraft[]
}

/** What the worker may do with what nobody else reads. */
export interface Portfolio {
  /** A new one in memory; nothing is kept until `keepDraft`. It may belong to a log. */
  open(entry_id?: string | null): ReflectionDraft
  /** The draft that changes one; the one that was begun before, if there is one. */
  change(id: string): ReflectionDraft | null
  keepDraft(draft: ReflectionDraft): Promise<void>
  dropDraft(id: string): Promise<void>
  /** What stops it from being saved. */
  problems(draft: ReflectionDraft): readonly Problem[]
  /** Answers when it rests on this phone. The same draft saved twice is one reflection, or one change. */
  save(draft: ReflectionDraft): Promise<SaveAnswer>
  remove(id: string): Promise<SaveAnswer>
  bringBack(id: string): Promise<SaveAnswer>
  choose(id: string, which: 'mine' | 'theirs'): Promise<SaveAnswer>
  useCopy(id: string): Promise<SaveAnswer>
}

export const NO_PORTFOLIO: PortfolioView = { reflections: [], copies: [], drafts: [] }

export function reflectionsOf(found: ReadonlyMap<string, Thing>, texts: OwnTexts): ReflectionItem[] {
  const items: ReflectionItem[] = []
  for (const thing of found.values()) {
    if (thingOf(thing.row) === 'reflection') items.push(itemOf(thing, texts))
  }
  return items.sort((a, b) =>
    a.kept_on === b.kept_on ? b.saved_at - a.saved_at : a.kept_on < b.kept_on ? 1 : -1,
  )
}

/** Newest choice first; each is kept for 30 days by the server's clock, like the copy of a log. */
export function reflectionCopiesOf(
  outbox: Iterable<OutboxItem>,
  found: ReadonlyMap<string, Thing>,
  texts: OwnTexts,
  heard_at: number,
): ReflectionCopy[] {
  const copies: ReflectionCopy[] = []
  for (const { id, thing, other, standing } of outbox) {
    if (thing !== 'reflection' || other === undefined || !('sealed' in other)) continue
    const until = standing.settled_at === null ? null : standing.settled_at + KEPT_MS
    const now = found.get(keyOf('reflection', other.id))?.row as Reflection | undefined
    const there = now?.state === 'active' && !differs(now, other)
    if ((until !== null && until < heard_at) || there) continue
    copies.push({ id, reflection_id: other.id, until, ...body(other, texts) })
  }
  return copies.reverse()
}

function itemOf(thing: Thing, texts: OwnTexts): ReflectionItem {
  const row = thing.row as Reflection
  const theirs = thing.theirs as Reflection | null
  const two_places = thing.sending === 'changed_in_two_places' && theirs !== null
  return {
    ...body(row, texts),
    id: row.id,
    team_id: row.team_id,
    version: row.version,
    state: row.state,
    sending: thing.sending,
    problems: thing.open.flatMap(({ standing }) => standing.problems),
    reason: thing.open.at(-1)?.standing.reason ?? null,
    theirs: two_places ? { ...body(theirs, texts), state: theirs.state } : null,
    saved_at: thing.saved_at,
  }
}

function body({ entry_id = null, kept_on, sealed }: Reflection, texts: OwnTexts): ReflectionBody {
  return { entry_id, kept_on, text: texts.get(sealed) ?? null }
}

function differs(a: Reflection, b: Reflection): boolean {
  const entry_id = (row: Reflection) => row.entry_id ?? null
  return a.sealed !== b.sealed || a.kept_on !== b.kept_on || entry_id(a) !== entry_id(b)
}
