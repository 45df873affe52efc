// The picture that screens are shown, made of what is open and what the engine does. Pure.
import { decisionsOf } from './deciding'
import type { EngineState } from './engine-events'
import { copiesOf } from './kept-copies'
import type { Memory } from './memory'
import type { LogItem, Session, Snapshot } from './phone'
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

export function picture(open: Shown | null, state: EngineState | undefined, around: Around): Snapshot {
  return {
    ready: true,
    session: open?.session ?? null,
    sync: {
      phase: state?.phase ?? 'idle',
      last_sent_at: open?.memory.meta.last_sent_at ?? null,
      server_skew_ms: state?.skew_ms ?? null,
      ...counted(open),
    },
    log: open?.log ?? [],
    persons: personsOf(open?.things ?? new Map()),
    copies: open ? copiesOf(open.memory.outbox.values(), open.things, open.memory.meta.heard_at) : [],
    decisions: decisionsOf(open?.memory.outbox ?? new Map()),
    drafts: [...(open?.memory.drafts.values() ?? [])].sort((a, b) => b.opened_at - a.opened_at),
    directory: open?.directory ?? null,
    ...around,
  }
}

/** Decisions of a lead wait and are refused like logs. */
function counted(open: Shown | null) {
  const own = counts(open?.things ?? new Map())
  const decisions = decisionsOf(open?.memory.outbox ?? new Map())
  const waiting = decisions.filter(({ sending }) => sending === 'waiting')
  const since = [own.oldest_waiting_at, ...waiting.map((one) => one.saved_at)].filter((at) => at !== null)
  return {
    ...own,
    waiting: own.waiting + waiting.length,
    oldest_waiting_at: since.length > 0 ? Math.min(...since) : null,
    needs_a_look: own.needs_a_look + decisions.length - waiting.length,
  }
}
