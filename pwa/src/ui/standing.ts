// What stands until it is dealt with, and which of it is said: one thing at a time, the most pressing first.
import type { Snapshot } from '../data/phone'

const DAY_MS = 86_400_000
export const LONG_DAYS = 3
const UNPROTECTED_AGAIN_MS = 7 * DAY_MS
const INSTALL_AGAIN_MS = 30 * DAY_MS

export type Standing =
  | {
      readonly what:
        | 'signed_out'
        | 'log_in'
        | 'closed'
        | 'full'
        | 'broken'
        | 'low'
        | 'update_ready'
        | 'update_needed'
    }
  | { readonly what: 'look'; readonly logs: number }
  | { readonly what: 'waiting_long'; readonly days: number }
  | { readonly what: 'unprotected' | 'install' }

export interface Around {
  readonly now: number
  /** The person put the update off until the next start. */
  readonly update_later: boolean
  /** This page also says what is not pressing. */
  readonly weekly: boolean
  readonly logs_here: boolean
  readonly installed: boolean
  /** A phone, where an app on the home screen makes sense. */
  readonly phone: boolean
  /** When the person last said no to adding the app. */
  readonly refused_at: number
}

type Shown = Pick<Snapshot, 'sync' | 'storage' | 'update_ready' | 'log'>

/** Needs a look, then storage, then update, then waiting; last of all what can wait for a week. */
export function standing(shown: Shown, around: Around): Standing | null {
  const { sync, storage, update_ready, log } = shown
  const logs = sync.needs_a_look + sync.changed_in_two_places
  const days =
    sync.oldest_waiting_at === null ? 0 : Math.floor((around.now - sync.oldest_waiting_at) / DAY_MS)
  // Said also without signal: it is true until somebody logs in.
  if (sync.signed_out) return { what: 'signed_out' }
  if (sync.phase === 'needs_signin') return { what: 'log_in' }
  if (sync.phase === 'account_closed') return { what: 'closed' }
  if (logs > 0) return { what: 'look', logs }
  if (storage === 'full') return { what: 'full' }
  if (sync.phase === 'storage_broken') return { what: 'broken' }
  if (storage === 'low') return { what: 'low' }
  if (sync.phase === 'update_needed') return { what: 'update_needed' }
  if (update_ready && !around.update_later) return { what: 'update_ready' }
  // Where the service does not work, no wifi helps: the strip above has said so.
  if (days >= LONG_DAYS && sync.phase !== 'server_down') return { what: 'waiting_long', days }
  // Asked only of those who have logged something, and would lose something.
  if (!around.weekly || !around.logs_here || around.installed || log.length === 0) return null
  const ago = around.now - around.refused_at
  if (storage === 'unprotected' && ago > UNPROTECTED_AGAIN_MS) return { what: 'unprotected' }
  return around.phone && ago > INSTALL_AGAIN_MS ? { what: 'install' } : null
}
