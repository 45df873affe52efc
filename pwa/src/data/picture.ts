// The picture that screens are shown, made of what is open and what the engine does. Pure.
import { decisionsOf } from './deciding'
import type { EngineState } from './engine-events'
import { copiesOf } from './kept-copies'
import type { Memory } from './memory'
import type { LogItem, Session, Snapshot } from './phone'
import { NO_PORTFOLIO, reflectionCopiesOf, reflectionsOf } from './reflections'
import type { Directory } from './schema.gen'
import { counts, personsOf, type Thing } from './view'

interface Shown {
  readonly session: Session
  readonly memory: Memory
  readonly things: ReadonlyMap<string, Thing>
  readonly log: readonly LogItem[]
  readonly directory: Directory | null
}

/** What does not belong to one user. */
type Around = Pick<Snapshot, 'storage' | 'cleared' | 'update_ready'>

/** What is drawn from what is kept: most of what the engine does changes none of it. */
interface Drawn {
  readonly memory: Memory
  readonly counts: ReturnType<typeof counted>
  readonly persons: Snapshot['persons']
  readonly copies: Snapshot['copies']
  readonly decisions: Snapshot['decisions']
  readonly drafts: Snapshot['drafts']
  readonly portfolio: Snapshot['portfolio']
}

const drawn = new WeakMap<Shown['things'], Drawn>()

export function picture(open: Shown | null, state: EngineState | undefined, around: Around): Snapshot {
  const found = open && drawnOf(open)
  return {
    ready: true,
    session: open?.session ?? null,
    sync: {
      phase: state?.phase ?? 'idle',
      signed_out: state?.signed_out ?? false,
      sending: state?.sending ?? [],
      last_sent_at: open?.memory.meta.last_sent_at ?? null,
      server_skew_ms: state?.skew_ms ?? null,
      ...(found?.counts ?? counted(new Map(), [])),
    },
    log: open?.log ?? [],
    persons: found?.persons ?? [],
    copies: found?.copies ?? [],
    decisions: found?.decisions ?? [],
    drafts: found?.drafts ?? [],
    portfolio: found?.portfolio ?? NO_PORTFOLIO,
    directory: open?.directory ?? null,
    ...around,
  }
}

function drawnOf({ things, memory }: Shown): Drawn {
  const known = drawn.get(things)
  if (known?.memory === memory) return known
  const decisions = decisionsOf(memory.outbox)
  const drafts = [...memory.drafts.values()].sort((a, b) => b.opened_at - a.opened_at)
  const found = {
    memory,
    counts: counted(things, decisions),
    persons: personsOf(things),
    copies: copiesOf(memory.outbox.values(), things, memory.meta.heard_at),
    decisions,
    drafts: drafts.flatMap((draft) => ('text' in draft ? [] : [draft])),
    portfolio: {
      reflections: reflectionsOf(things, memory.texts),
      copies: reflectionCopiesOf(memory.outbox.values(), things, memory.texts, memory.meta.heard_at),
      drafts: drafts.flatMap((draft) => ('text' in draft ? [draft] : [])),
    },
  }
  drawn.set(things, found)
  return found
}

/** Decisions of a lead wait and are refused like logs. */
function counted(things: Shown['things'], decisions: Snapshot['decisions']) {
  const own = counts(things)
  const waiting = decisions.filter(({ sending }) => sending === 'waiting')
  const since = [own.oldest_waiting_at, ...waiting.map((one) => one.saved_at)].filter((at) => at !== null)
  return {
    ...own,
    waiting: own.waiting + waiting.length,
    oldest_waiting_at: since.length > 0 ? Math.min(...since) : null,
    needs_a_look: own.needs_a_look + decisions.length - waiting.length,
  }
}
