// What screens may ask of the data layer. It knows nothing of screens or of the UI library.
import type { Admin } from './admin'
import type { Decision, Lead } from './lead'
import type { Portfolio, PortfolioView } from './reflections'
import type {
  Directory,
  Entry,
  EntryChange,
  History,
  Person,
  PersonChange,
  Problem,
  Service,
  ServiceSettings,
  SessionAnswer,
  Volumes,
} from './schema.gen'

export { browserEnvironment, type Environment } from './environment'
export { openPhone } from './open-phone'

export type Details = Entry['details']
export type Kind = Details['kind']
export type Mode = NonNullable<Entry['mode']>
export type Attendance = NonNullable<Entry['attendance']>
export type Place = NonNullable<Entry['place']>

/** What the service records. The server always names all of it. */
export type Settings = Required<ServiceSettings>
export type ServiceView = Omit<Service, 'settings'> & { readonly settings: Settings }

/** Who is signed in, kept on the phone so that a cold start without signal knows it. */
export type Session = Omit<SessionAnswer, 'server' | 'service'> & { readonly service: ServiceView }

/** The answers of an entry, without what the phone and the server add. */
export type EntryBody = Omit<
  Entry,
  'thing' | 'id' | 'team_id' | 'author_id' | 'version' | 'state' | 'schema' | 'zone' | 'utc_offset_min'
>

type Unfinished<T> = T extends { kind: string }
  ? { readonly kind: T['kind'] } & Partial<Omit<T, 'kind'>>
  : never
export type DraftDetails = Unfinished<Details>

/** Answers as they are while the form is open: any of them may still be missing. */
export type DraftAnswers = Partial<Omit<EntryBody, 'details'>> & { readonly details: DraftDetails }

/** A form that was opened. Its ids are made then, so that one form can only ever make one entry. */
export interface Draft {
  readonly id: string // the entry's id (thing_id)
  readonly operation_id: string // the create operation's id
  readonly team_id: string
  readonly entry: DraftAnswers
  /** Questions prepared for an appointment. They stay on this phone and are never sent. */
  readonly questions: readonly string[]
  readonly opened_at: number
}

export type Sending = 'sent' | 'waiting' | 'needs_a_look' | 'changed_in_two_places'

export interface LogItem {
  readonly id: string
  readonly team_id: string
  readonly author_id: string
  /** What the worker sees: what the server has, with what this phone has not settled laid on top. */
  readonly entry: EntryBody
  readonly version: number
  readonly state: 'active' | 'void'
  readonly sending: Sending
  /** Why it needs a look. */
  readonly problems: readonly Problem[]
  /** Why the server did not take it: `rule:<name>`, `version`, `entry_void`, `unreadable`… */
  readonly reason: string | null
  /** When it was changed in two places: what the server holds, or null if it holds none. `entry` is mine. */
  readonly theirs: { readonly entry: EntryBody; readonly state: 'active' | 'void' } | null
  /** When this phone saved it, or when it was made, by the id. Unix milliseconds. */
  readonly saved_at: number
  /** What this phone did to it and still knows, oldest first. */
  readonly acts: readonly Act[]
}

export interface Act {
  readonly op: string
  readonly action: 'create' | 'amend' | 'void' | 'unvoid'
  /** By the server's clock once it is sent, else when it was saved here. */
  readonly at: number
  readonly waiting: boolean
}

/** The one that was not chosen, where a log was changed in two places. It is on this phone. */
export interface CopyItem {
  readonly id: string
  readonly entry_id: string
  readonly author_id: string
  readonly entry: EntryBody
  /** By the server's clock; null until the choice is sent: the 30 days begin then. */
  readonly until: number | null
}

export interface PersonItem {
  readonly person: Person
  readonly sending: Sending
  /** Until it is sent: what the server holds, or null if it holds none. `person` is mine. */
  readonly theirs: Person | null
  readonly problems: readonly Problem[]
  readonly reason: string | null
}

export type Phase =
  | 'idle'
  | 'sending'
  | 'offline'
  /** There may be a network, and no answer came in time. */
  | 'no_answer'
  | 'server_down'
  | 'needs_signin'
  | 'account_closed'
  | 'storage_broken'
  | 'update_needed'

export interface SyncState {
  readonly phase: Phase
  /** The service has signed this phone out, and nobody has signed in since. What is here is safe. */
  readonly signed_out: boolean
  /** The logs and persons that are on their way at this moment, at a first try or a later one. */
  readonly sending: readonly string[]
  readonly last_sent_at: number | null
  /** Logs (and people not named by one of them) with something not sent yet. */
  readonly waiting: number
  readonly oldest_waiting_at: number | null
  readonly needs_a_look: number
  readonly changed_in_two_places: number
  /** The server's clock less the phone's. Nothing is decided by it. */
  readonly server_skew_ms: number | null
}

/** A plain value, replaced as a whole on each change. */
export interface Snapshot {
  /** The database was read, and it is known who is signed in, if anyone. */
  readonly ready: boolean
  readonly session: Session | null
  readonly sync: SyncState
  /** Newest day first. Void ones are in it, with state `void`. */
  readonly log: readonly LogItem[]
  readonly persons: readonly PersonItem[]
  readonly copies: readonly CopyItem[]
  /** Newest first. */
  readonly drafts: readonly Draft[]
  /** What the worker wrote for nobody else. It is no part of the log. */
  readonly portfolio: PortfolioView
  /** What a lead has decided about the work of others and the server has not taken yet. It is no part of the log. */
  readonly decisions: readonly Decision[]
  /** Colleagues and closed months as this phone heard of them last. */
  readonly directory: Directory | null
  readonly storage: 'ok' | 'low' | 'full' | 'unprotected' | 'unavailable'
  /** Nobody is signed in here, but on the server somebody is: the browser has thrown away what was on this phone. */
  readonly cleared: boolean
  readonly update_ready: boolean
}

export type Trouble = Problem | 'offline' | 'server_down'
export type Answer = { readonly ok: true } | { readonly ok: false; readonly problem: Trouble }
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Trouble }

export type SaveAnswer =
  /** Kept on this phone. `sent` says whether the server had it within a short grace. */
  | { readonly ok: true; readonly sent: boolean }
  /** Not kept: the form stays as it is. */
  | { readonly ok: false; readonly problem: 'storage_full' | 'storage_broken' | readonly Problem[] }

export interface VolumesQuery {
  readonly from: string
  readonly to: string
  readonly by?: 'week' | 'month' | 'quarter'
  readonly split?: 'kind' | 'mode' | 'attendance' | 'team' | 'topic' | 'stage'
  readonly team_id?: readonly string[]
}

export interface Phone {
  snapshot(): Snapshot
  /** Calls the listener after each change; answers what stops it. */
  watch(listener: () => void): () => void

  signIn(login: string, password: string): Promise<Answer>
  join(code: string, login: string, password: string): Promise<Answer>
  /** Unsent work stays sealed on the phone until the same user signs in again. Works without signal. */
  signOut(): Promise<void>

  /** Opens a form in memory; nothing is kept until `keepDraft`. The team is the first in which the user logs. */
  openDraft(kind: Kind, from?: Partial<DraftAnswers> & { readonly team_id?: string }): Draft
  keepDraft(draft: Draft): Promise<void>
  dropDraft(id: string): Promise<void>
  /** What stops this draft from being saved, field by field. Pure: may be called on every key. */
  problems(draft: Draft): readonly Problem[]
  /** The same kind, day, minutes and person, saved within the last ten minutes. */
  possibleDouble(draft: Draft): LogItem | null

  /** Answers when the entry rests on this phone. The same draft saved twice is one entry. */
  save(draft: Draft): Promise<SaveAnswer>
  /** Changes an entry; on one that needs a look, sends a new attempt with the change in it. */
  amend(id: string, change: EntryChange): Promise<SaveAnswer>
  /** Voids. One that never reached the server and was refused is put out of sight, still kept. */
  remove(id: string, reason?: string): Promise<SaveAnswer>
  bringBack(id: string): Promise<SaveAnswer>
  /** Takes back what this phone saved last on this entry: a create is voided, a change is changed back. */
  undo(id: string): Promise<SaveAnswer>
  /** Settles one that was changed in two places. */
  choose(id: string, which: 'mine' | 'theirs'): Promise<SaveAnswer>
  /** The copy goes before what is there now, which becomes the copy. */
  useCopy(id: string): Promise<SaveAnswer>
  addPerson(
    code: string,
    team_id: string,
  ): Promise<{ readonly id: string } | { readonly problem: Problem | 'storage_full' | 'storage_broken' }>
  /** Changes a person; on one that needs a look, sends a new attempt with the change in it. `merged_into` makes an alias. */
  changePerson(id: string, change: PersonChange): Promise<SaveAnswer>
  /** Sends a person's code again that needs a look, or lets go of what was wrong with it. */
  fixPerson(id: string, code: string): Promise<SaveAnswer>
  letGoPerson(id: string): Promise<SaveAnswer>
  sendNow(): Promise<void>

  /** Reads that need signal. */
  volumes(query: VolumesQuery): Promise<Read<Volumes>>
  reportUrl(query: VolumesQuery & { readonly format: 'csv' | 'json' }): string
  service(): Promise<Read<ServiceView>>
  history(id: string): Promise<Read<History>>

  /** What nobody but the worker reads. */
  readonly portfolio: Portfolio
  /** For the leads of a team. */
  readonly lead: Lead
  /** For the admins of the service. */
  readonly admin: Admin

  /** Starts the new version of the app that is waiting, and loads the page again. */
  takeUpdate(): void
  close(): void
}
