// The bridge to the data layer: its snapshot as signals that screens read. Nothing else of it is known here.
import { batch, type Signal, signal } from '@preact/signals'
import type { Phone, Snapshot } from '../data/phone'

const DAY_MS = 86_400_000

export let phone: Phone

/** Until the phone is open. */
const NOTHING: Snapshot = {
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
}

type Live = { readonly [Part in keyof Snapshot]: Signal<Snapshot[Part]> }

/** A signal for each part, so that a screen is drawn anew only when something that it reads is another. */
export const live = Object.fromEntries(
  Object.entries(NOTHING).map(([part, nothing]) => [part, signal(nothing)]),
) as Live

function show(snapshot: Snapshot): void {
  batch(() => {
    for (const part of Object.keys(live) as (keyof Snapshot)[]) {
      ;(live[part] as Signal<unknown>).value = snapshot[part]
    }
  })
}

/** The server's time, as far as this phone knows it. */
export const serverNow = () => Date.now() + (live.sync.value.server_skew_ms ?? 0)

const WRONG_MS = 10 * 60_000

export const clockIsWrong = () => Math.abs(live.sync.value.server_skew_ms ?? 0) > WRONG_MS

/** Whole days since the oldest log that waits was saved. */
export function waitedDays(): number {
  const since = live.sync.value.oldest_waiting_at
  return since === null ? 0 : Math.floor((Date.now() - since) / DAY_MS)
}

export function attach(opened: Phone): void {
  phone = opened
  show(opened.snapshot())
  opened.watch(() => show(opened.snapshot()))
}
