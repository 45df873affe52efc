// The bridge to the data layer: its snapshot as a signal that screens read. Nothing else of it is known here.
import { signal } from '@preact/signals'
import type { Phone, Snapshot } from '../data/phone'

export let phone: Phone
export const live = signal<Snapshot>({
  ready: false,
  session: null,
  sync: {
    phase: 'idle',
    last_sent_at: null,
    waiting: 0,
    oldest_waiting_at: null,
    needs_a_look: 0,
    changed_in_two_places: 0,
    server_skew_ms: null,
  },
  log: [],
  persons: [],
  drafts: [],
  storage: 'ok',
  cleared: false,
  update_ready: false,
})

export function attach(opened: Phone): void {
  phone = opened
  live.value = opened.snapshot()
  opened.watch(() => {
    live.value = opened.snapshot()
  })
}
