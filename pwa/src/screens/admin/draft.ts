// Changes of the settings that are not saved yet: they outlive the page, a save that failed and a new log-in.
import { signal } from '@preact/signals'
import type { ServiceView, Settings } from '../../data/phone'
import { rebased, same } from '../../rules/settings'
import { live } from '../../ui/live'

interface Draft {
  readonly user_id: string
  readonly base: ServiceView
  readonly mine: Settings
}

// By page: what is saved on one is not what is still being thought about on another.
const drafts = signal<ReadonlyMap<string, Draft>>(new Map())

/** The draft of a page, made from the settings as they were read; what is there already is kept, and goes on from them. */
export function draftOf(page: string, read: ServiceView): Draft {
  const user_id = live.session.value?.user.id ?? ''
  const held = drafts.value.get(page)
  if (held?.user_id !== user_id || held.base.id !== read.id)
    return { user_id, base: read, mine: read.settings }
  if (held.base.version >= read.version) return held
  return { user_id, base: read, mine: rebased(held.base.settings, held.mine, read.settings) }
}

export const changed = ({ base, mine }: Draft) => !same(base.settings, mine)

export function keep(page: string, draft: Draft): void {
  drafts.value = new Map([...drafts.value, [page, draft]])
}

export function drop(page: string): void {
  drafts.value = new Map([...drafts.value].filter(([one]) => one !== page))
}
