// What the worker does to entries and people, kept on this phone before anything else happens.
import { entryProblems } from '../rules/entry'
import { StorageTrouble } from './db'
import type { Environment } from './environment'
import { bodyOf, changed } from './fold'
import { madeAt } from './id'
import { inTurn } from './in-turn'
import * as make from './making'
import { type Memory, sealDraft, sealItem } from './memory'
import { PENDING } from './outbox'
import type { Draft, EntryBody, LogItem, Phone, SaveAnswer, Session } from './phone'
import type { Portfolio, ReflectionDraft } from './reflections'
import { keyOf } from './replica'
import { savingPersons } from './saving-persons'
import { savingReflections } from './saving-reflections'
import type { Entry, EntryChange, Problem } from './schema.gen'
import type { Changes, UserStore } from './store'
import type { Vault } from './vault'
import type { Thing } from './view'

/** How long "Saved" waits at most where there is signal, so that a fast link says "Saved and sent" at once. What comes
 *  later is told then. */
const GRACE_MS = 100
/** A decision about another's work says whether it is sent: it waits longer for that. */
const DECISION_GRACE_MS = 1_500
const DOUBLE_MS = 10 * 60_000

/** What is open while somebody is signed in. */
export interface Desk {
  readonly session: Session
  readonly memory: Memory
  readonly things: ReadonlyMap<string, Thing>
  readonly log: readonly LogItem[]
  readonly db: UserStore
  readonly vault: Vault
  changed(changes: Changes): Promise<void>
  keepDrafts(drafts: Memory['drafts']): void
  /** Tries to send; resolves when that has come to its end, either way. */
  sendSoon(): Promise<void>
  /** Whether the last try did not reach a server that works. */
  unreached(): boolean
  /** Calls back after each change, until it answers true. */
  until(settled: () => boolean): Promise<void>
  stored(problem: 'storage_full' | 'storage_broken' | null): void
}

type Acts = Pick<
  Phone,
  | 'openDraft'
  | 'keepDraft'
  | 'dropDraft'
  | 'problems'
  | 'possibleDouble'
  | 'save'
  | 'amend'
  | 'remove'
  | 'bringBack'
  | 'undo'
  | 'choose'
  | 'useCopy'
  | 'addPerson'
  | 'changePerson'
  | 'fixPerson'
  | 'letGoPerson'
>

/** Carries out what is made for now and here; for what is done to more than the own log. */
export type CarryOut = (made: (making: make.Making) => make.Made) => Promise<SaveAnswer>

export function saving(
  environment: Environment,
  newId: () => string,
  current: () => Desk | null,
): Acts & { readonly carryOut: CarryOut; readonly portfolio: Portfolio } {
  function desk(): Desk {
    const open = current()
    if (open === null) throw new Error('nobody is signed in')
    return open
  }

  // A form that is still being written down must not come back after its log is saved, nor be older than it was.
  const ofForms = inTurn()

  function here(): make.Making & { today: string } {
    const at = environment.now()
    const { zone } = environment
    const { memberships } = desk().session
    const member = (team_id: string) => memberships.some((one) => one.team_id === team_id)
    return { id: newId, at, zone: zone(), member, ...civil(at) }
  }

  function today() {
    return { date: here().today, settings: desk().session.service.settings }
  }

  /** Keeps operations in one transaction; the bodies are sealed before it opens. */
  async function keep(made: make.Made, draft_id?: string, grace = GRACE_MS): Promise<SaveAnswer> {
    const open = desk()
    const { db, vault, changed, stored, sendSoon, until } = open
    const at = environment.now()
    try {
      const sealed = await Promise.all(made.bodies.map((body) => sealItem(body, at, vault)))
      const records = sealed.map((record) => ({ ...record, standing: PENDING }))
      await ofForms(async () => {
        await changed(await db.keep(records, draft_id, made.closing))
        if (draft_id !== undefined) forgetDraft(draft_id, open)
      })
      stored(null)
      // Asked for now that there is something to keep: some browsers ask the person.
      void environment.protect().then(
        () => stored(null),
        () => undefined,
      )
    } catch (error) {
      const problem = problemOf(error)
      stored(problem)
      return { ok: false, problem }
    }
    const tried = sendSoon()
    const saved = made.bodies.map((body) => body.operation.id)
    const sent = () => saved.every((id) => current()?.memory.outbox.get(id)?.standing.outcome === 'applied')
    // Without signal "Saved" is said at once; it becomes "Saved and sent" by itself. A decision is told of only once.
    if (grace > GRACE_MS || !open.unreached())
      await within(environment, grace, Promise.race([until(sent), tried]))
    return { ok: true, sent: sent() }
  }

  function forgetDraft(id: string, { memory, keepDrafts }: Desk): void {
    const drafts = new Map(memory.drafts)
    if (drafts.delete(id)) keepDrafts(drafts)
  }

  function thing(id: string): Thing | null {
    return desk().things.get(keyOf('entry', id)) ?? null
  }

  async function act(id: string, made: (found: Thing, making: make.Making) => make.Made | null) {
    const found = thing(id)
    const result = found === null ? null : made(found, here())
    if (result === null) return refused('not_found')
    if (result.bodies.length === 0 && result.closing === undefined) {
      return { ok: true, sent: found?.sending === 'sent' } as const
    }
    return keep(result)
  }

  function keepDraft(draft: Draft | ReflectionDraft): Promise<void> {
    const open = desk()
    return ofForms(() => writeDown(draft, open))
  }

  async function writeDown(draft: Draft | ReflectionDraft, open: Desk): Promise<void> {
    const { db, vault, keepDrafts, stored } = open
    // A form that writes itself down may be late: what was saved is not a draft any more.
    if (open.memory.outbox.has(draft.operation_id)) return
    try {
      await db.keepDraft(await sealDraft(draft, vault))
      keepDrafts(new Map(open.memory.drafts).set(draft.id, draft))
      stored(null)
    } catch (error) {
      stored(problemOf(error))
    }
  }

  function dropDraft(id: string): Promise<void> {
    const open = desk()
    return ofForms(async () => {
      try {
        await open.db.dropDraft(id)
        forgetDraft(id, open)
      } catch (error) {
        open.stored(problemOf(error))
      }
    })
  }

  function problems(draft: Draft): Problem[] {
    const { memberships } = desk().session
    const known = memberships.some((membership) => membership.team_id === draft.team_id)
    const team: Problem[] = known ? [] : [{ code: 'unknown_team', field: 'team_id' }]
    return [...team, ...entryProblems(draft.entry as never, today(), untouched(draft.id))]
  }

  /** What a log is held against when it is changed. One that was refused is held against every rule again: that is why
   *  it needs a look. */
  function untouched(id: string): EntryBody | null {
    const standing = thing(id)
    return standing?.open.length === 0 ? bodyOf(standing.row as Entry) : null
  }

  function amend(id: string, change: EntryChange): Promise<SaveAnswer> {
    const before = thing(id)?.row as Entry | undefined
    if (before === undefined) return Promise.resolve(refused('not_found'))
    if (before.state === 'void') return Promise.resolve(refused('entry_void'))
    const old = bodyOf(before)
    const found = entryProblems({ ...old, ...changed(old, change) } as never, today(), untouched(id))
    if (found.length > 0) return Promise.resolve({ ok: false, problem: found })
    return act(id, (found, making) => make.amended(found, change, making))
  }

  return {
    carryOut: (made) => keep(made(here()), undefined, DECISION_GRACE_MS),

    openDraft(kind, from = {}) {
      const { team_id, ...entry } = from
      const first = desk().session.memberships.find((membership) => membership.team_id !== null)
      return {
        id: newId(),
        operation_id: newId(),
        team_id: team_id ?? first?.team_id ?? '',
        entry: { happened_on: here().today, ...entry, details: { ...entry.details, kind } as never },
        questions: [],
        opened_at: environment.now(),
      }
    },

    keepDraft,
    dropDraft,
    problems,

    possibleDouble(draft) {
      const { happened_on, minutes, person_id, details } = draft.entry
      const since = environment.now() - DOUBLE_MS
      const same = desk().log.find(
        ({ id, entry, state, saved_at }) =>
          id !== draft.id &&
          state === 'active' &&
          saved_at >= since &&
          entry.details.kind === details.kind &&
          entry.happened_on === happened_on &&
          (entry.minutes ?? 0) === (minutes ?? 0) &&
          (entry.person_id ?? null) === (person_id ?? null),
      )
      return same ?? null
    },

    save(draft) {
      // The same form again: what is different in it changes the entry that it made.
      if (desk().memory.outbox.has(draft.operation_id)) return amend(draft.id, draft.entry as EntryChange)
      const found = problems(draft)
      if (found.length > 0) return Promise.resolve({ ok: false, problem: found })
      return keep(make.fromDraft(draft, here()), draft.id)
    },

    amend,
    remove: (id, reason) => act(id, (found, making) => make.removed(found, reason ?? null, making)),
    bringBack: (id) => act(id, make.broughtBack),
    undo: (id) => act(id, make.undone),
    choose: (id, which) =>
      act(id, (found, making) => {
        if (found.open.length === 0) return { bodies: [] }
        return which === 'mine' ? make.mine(found, making) : make.theirs(found, making)
      }),

    useCopy(id) {
      const other = desk().memory.outbox.get(id)?.other
      if (other === undefined || !('details' in other)) return Promise.resolve(refused('not_found'))
      const copy = bodyOf(other)
      // One that was let go before the server had it is not there any more: it is made once more.
      const found = thing(other.id) ?? { row: other, theirs: null, ...nothingOf(other.id) }
      return keep(make.instead(found, copy, here()))
    },

    ...savingPersons({ desk, here, keep }, newId),
    portfolio: savingReflections({ desk, here, keep, keepDraft, dropDraft }, newId),
  }
}

const nothingOf = (id: string) => ({ sending: 'sent' as const, open: [], own: [], saved_at: madeAt(id) })

/** The day and the offset on the worker's own clock. */
function civil(at: number): { today: string; utc_offset_min: number } {
  const utc_offset_min = -new Date(at).getTimezoneOffset()
  const today = new Date(at + utc_offset_min * 60_000).toISOString().slice(0, 10)
  return { today, utc_offset_min }
}

function refused(code: string): SaveAnswer {
  return { ok: false, problem: [{ code }] }
}

function problemOf(error: unknown): 'storage_full' | 'storage_broken' {
  if (!(error instanceof StorageTrouble)) console.error(error)
  return error instanceof StorageTrouble && error.problem === 'storage_full'
    ? 'storage_full'
    : 'storage_broken'
}

function within(environment: Environment, ms: number, work: Promise<void>): Promise<void> {
  return new Promise((done) => {
    const stop = environment.after(ms, done)
    void work.then(() => {
      stop()
      done()
    })
  })
}
