// The pages of the team's entries that were read, kept in memory while the app is open: each look is noted, so nothing
// is read twice. They are the user's who read them, and gone with the session.
import { signal } from '@preact/signals'
import type { Trouble } from '../../data/phone'
import type { Entry } from '../../data/schema.gen'
import { live, phone } from '../../ui/live'
import type { Range } from '../figures/ranges'

export interface PagesRead {
  readonly user_id: string
  readonly team_id: string
  readonly key: string
  readonly range: Range
  readonly entries: readonly Entry[]
  /** The last entry of the page before; null when all were read. */
  readonly next: string | null
  readonly state: 'loading' | 'there' | { readonly failed: Trouble }
}

const kept = signal<PagesRead | null>(null)

/** What was read since the last log-in, if anything was. */
export function pagesRead(): PagesRead | null {
  const user = live.session.value?.user.id
  return kept.value?.user_id === user ? kept.value : null
}

export function entryRead(id: string): Entry | null {
  return pagesRead()?.entries.find((entry) => entry.id === id) ?? null
}

/** Reads the first page of other dates or another team. */
export function readFirst(team_id: string, key: string, range: Range): Promise<void> {
  const user_id = live.session.value?.user.id ?? ''
  kept.value = { user_id, team_id, key, range, entries: [], next: null, state: 'loading' }
  return readOn()
}

/** Reads the page that follows. */
export async function readOn(): Promise<void> {
  const asked = kept.value
  if (asked === null) return
  const { team_id, range, next } = asked
  const loading: PagesRead = { ...asked, state: 'loading' }
  kept.value = loading
  const answer = await phone.lead.entries({ team_id, ...range, ...(next ? { after: next } : {}) })
  if (kept.value !== loading) return
  kept.value = answer.ok
    ? {
        ...loading,
        entries: [...loading.entries, ...answer.value.entries],
        next: answer.value.next,
        state: 'there',
      }
    : { ...loading, state: { failed: answer.problem } }
}

/** What a decision has made of an entry. */
export function nowIs(id: string, state: Entry['state']): void {
  const { value } = kept
  if (value === null) return
  const entries = value.entries.map((one) =>
    one.id === id && one.state !== state ? { ...one, state, version: one.version + 1 } : one,
  )
  kept.value = { ...value, entries }
}
