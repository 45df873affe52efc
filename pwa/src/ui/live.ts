// The bridge to the data layer: its snapshot as a signal that screens read. Nothing else of it is known here.
import { signal } from '@preact/signals'
import type { Phone, Snapshot } from '../data/phone'

const DAY_MS = 86_400_000

export let phone: Phone
export const live = signal<Snapshot>({
  ready: false,
  session: null,
  sync: {
    phase: 'idle',
    signed_out: false,
    sending: [],
    last_sent_at: null,
    waiting: 0,
    oldest_waiting_at: null,
    needs_a_look: 0,
    changed_in_two_places: 0,
    server_skew_ms: null,
  },
  log: [],
  persons: [],
  copies: [],
  drafts: [],
  portfolio: { reflections: [], copies: [], drafts: [] },
  decisions: [],
  directory: null,
  storage: 'ok',
  cleared: false,
  update_ready: false,
})

/** The server's time, as far as this phone knows it. */
export const serverNow = () => Date.now() + (live.value.sync.server_skew_ms ?? 0)

const WRONG_MS = 10 * 60_000

export const clockIsWrong = () => Math.abs(live.value.sync.server_skew_ms ?? 0) > WRONG_MS

/** Whole days since the oldest log that waits was saved. */
export function waitedDays(): number {
  const since = live.value.sync.oldest_waiting_at
  return since === null ? 0 : Math.floor((Date.now() - since) / DAY_MS)
}

export function attach(opened: Phone): void {
  phone = opened
  live.value = opened.snapshot()
  opened.watch(() => {
    live.value = opened.snapshot()
  })
}
