// What the worker does with reflections: the words are sealed for their author before anything is made of them.
import * as make from './making'
import type { Draft, Phone, SaveAnswer } from './phone'
import type { Portfolio, ReflectionDraft } from './reflections'
import { keyOf } from './replica'
import type { Desk } from './saving'
import type { EntryChange, Problem, Reflection } from './schema.gen'
import { roomFor } from './vault'
import type { Thing } from './view'

interface Hands {
  readonly desk: () => Desk
  readonly here: () => make.Making & { readonly today: string }
  readonly keep: (made: make.Made, draft_id?: string) => Promise<SaveAnswer>
  readonly keepDraft: (draft: Draft | ReflectionDraft) => Promise<void>
  readonly dropDraft: Phone['dropDraft']
}

export function savingReflections(hands: Hands, newId: () => string): Portfolio {
  const { desk, here, keep, keepDraft, dropDraft } = hands

  function thing(id: string): Thing | null {
    return desk().things.get(keyOf('reflection', id)) ?? null
  }

  async function act(id: string, made: (found: Thing, making: make.Making) => make.Made) {
    const found = thing(id)
    if (found === null) return refused('not_found')
    return keepIfAny(made(found, here()), found)
  }

  function keepIfAny(made: make.Made, found: Thing, draft_id?: string): Promise<SaveAnswer> {
    const nothing = made.bodies.length === 0 && made.closing === undefined
    if (nothing && draft_id === undefined)
      return Promise.resolve({ ok: true, sent: found.sending === 'sent' })
    return keep(made, draft_id)
  }

  function draftOf(id: string): ReflectionDraft | null {
    const draft = desk().memory.drafts.get(id)
    return draft !== undefined && 'text' in draft ? draft : null
  }

  function problems({ team_id, text }: ReflectionDraft): Problem[] {
    const known = desk().session.memberships.some((membership) => membership.team_id === team_id)
    const room = roomFor(text)
    return [
      ...(known ? [] : [{ code: 'unknown_team', field: 'team_id' }]),
      ...(text.trim() === '' ? [{ code: 'required', field: 'text' }] : []),
      ...(room < 0 ? [{ code: 'too_long', field: 'text', limit: -room }] : []),
    ]
  }

  /** A change of one that is there: words that stay as they are are not sealed anew. */
  async function change(found: Thing, draft: ReflectionDraft): Promise<SaveAnswer> {
    const row = found.row as Reflection
    if (row.state === 'void') return refused('entry_void')
    const { vault, memory } = desk()
    const same = memory.texts.get(row.sealed) === draft.text
    const sealed = same ? row.sealed : await vault.sealOwn(row.id, draft.text)
    const { entry_id, kept_on } = draft
    const making = { ...here(), id: beginningWith(draft.operation_id, newId) }
    // What was changed elsewhere while this was being written is not written over: the server answers with both.
    const { base = row.version } = draft
    const overtaken = base < row.version && found.open.length === 0
    const begun = overtaken ? { ...found, row: { ...row, version: base } } : found
    const made = make.amended(begun, { entry_id, kept_on, sealed } as EntryChange, making)
    return keepIfAny(made, found, draft.id)
  }

  return {
    open(entry_id = null) {
      const first = desk().session.memberships.find((membership) => membership.team_id !== null)
      const entry = entry_id === null ? undefined : desk().things.get(keyOf('entry', entry_id))
      return {
        id: newId(),
        operation_id: newId(),
        team_id: entry?.row.team_id ?? first?.team_id ?? '',
        entry_id,
        kept_on: here().today,
        text: '',
        opened_at: here().at,
      }
    },

    change(id) {
      const begun = draftOf(id)
      const found = thing(id)
      if (begun !== null || found === null) return begun
      const { team_id, entry_id = null, kept_on, sealed, version: base } = found.row as Reflection
      const text = desk().memory.texts.get(sealed)
      if (text === undefined) return null
      return { id, operation_id: newId(), team_id, entry_id, kept_on, text, base, opened_at: here().at }
    },

    keepDraft,
    dropDraft,
    problems,

    async save(draft) {
      const found = problems(draft)
      if (found.length > 0) return { ok: false, problem: found }
      // The same form again: what it did is done.
      if (desk().memory.outbox.has(draft.operation_id))
        return { ok: true, sent: thing(draft.id)?.sending === 'sent' }
      const there = thing(draft.id)
      if (there !== null) return change(there, draft)
      const sealed = await desk().vault.sealOwn(draft.id, draft.text)
      return keep(make.reflected(draft, sealed, here()), draft.id)
    },

    remove: (id) => act(id, (found, making) => make.removed(found, null, making)),
    bringBack: (id) => act(id, make.broughtBack),
    choose: (id, which) =>
      act(id, (found, making) => {
        if (found.open.length === 0) return { bodies: [] }
        return which === 'mine' ? make.mine(found, making) : make.theirs(found, making)
      }),

    useCopy(id) {
      const other = desk().memory.outbox.get(id)?.other
      if (other === undefined || !('sealed' in other)) return Promise.resolve(refused('not_found'))
      const { entry_id, kept_on, sealed } = other
      const found = thing(other.id)
      if (found === null) return Promise.resolve(refused('not_found'))
      return keep(make.instead(found, { entry_id, kept_on, sealed } as never, here()))
    },
  }
}

/** The first id is that of the form, so that one form makes one change, however often it is sent. */
function beginningWith(first: string, next: () => string): () => string {
  let used = false
  return () => {
    if (used) return next()
    used = true
    return first
  }
}

function refused(code: string): SaveAnswer {
  return { ok: false, problem: [{ code }] }
}
