// When a phone has gone quiet. Pure.
import type { DeviceState } from '../../data/schema.gen'

const DAY_MS = 86_400_000
const QUIET_WITH_WORK_MS = 5 * DAY_MS
const QUIET_MS = 14 * DAY_MS

/** More than 5 days with something waiting, or 14 days without a word. A phone that was logged out owes none. */
export function goneQuiet(one: DeviceState, now: number): boolean {
  if (one.pending > 0) {
    const since = Math.min(one.oldest_pending_at ?? one.last_seen_at, one.last_seen_at)
    if (now - since > QUIET_WITH_WORK_MS) return true
  }
  return !one.signed_out && now - one.last_seen_at >= QUIET_MS
}

/** One that was logged out and holds nothing is nobody's concern. */
export function worthShowing(one: DeviceState): boolean {
  return !one.signed_out || one.missing_count > 0
}
