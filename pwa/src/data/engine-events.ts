// What can happen to the engine, what it may ask for, and what it remembers. Types alone.
import type { Phase } from './phone'
import type { PullAnswer, PushAnswer, Result } from './schema.gen'
import type { Failure } from './wire'

export type Cause = 'saved' | 'opened' | 'visible' | 'online' | 'timer' | 'tap' | 'signed_in'

export interface Waiting {
  readonly id: string
  readonly thing_id: string
  readonly bytes: number
}

export type Cursors = Readonly<Record<string, string | null>>

/** The least that did not get through in time, of each. */
export interface TooMuch {
  readonly operations: number
  readonly bytes: number
  readonly rows: number
}

export interface EngineState {
  readonly phase: Phase
  readonly step: 'rest' | 'looking' | 'binding' | 'pushing' | 'pulling'
  /** Something happened meanwhile: go round once more. */
  readonly again: boolean
  readonly bound: boolean
  /** The service has signed this phone out, and nobody has signed in since. */
  readonly signed_out: boolean
  readonly epoch: number
  readonly scope_version: number
  /** Failures in a row, for the wait that follows. */
  readonly failures: number
  /** When the last failure was, by the phone's clock. */
  readonly failed_at: number
  /** Before this only a tap starts anything. */
  readonly not_before: number
  /** Operations in the next push, at most; halved where a batch does not get through. */
  readonly batch: number
  /** Bytes in the next push, at most; halved on a slow link. */
  readonly batch_bytes: number
  /** Rows in the next page of a pull, at most; halved on a slow link. */
  readonly rows: number
  /** What took too long since all was quiet: what gets through grows towards it, and not up to it. */
  readonly too_much: TooMuch
  /** Things with an operation that is on its way at this moment. */
  readonly sending: readonly string[]
  /** Things whose turn comes last, because one of their operations would not get through just now. */
  readonly held: readonly string[]
  readonly skew_ms: number | null
  /** Who is signed in was asked since this start, or since the teams changed. */
  readonly asked_who: boolean
}

export type Event =
  | { readonly type: 'wake'; readonly cause: Cause; readonly at: number }
  | { readonly type: 'elsewhere'; readonly at: number }
  /** What waits, and the epoch that the database has begun with: another tab may have heard of a newer one. */
  | { readonly type: 'outbox'; readonly pending: readonly Waiting[]; readonly epoch: number }
  /** A write was not made, because the database has begun with another epoch than the answer is of. */
  | { readonly type: 'outdated' }
  /** The session of this phone is another user's: another tab has signed them in. */
  | { readonly type: 'somebody_else' }
  | { readonly type: 'bound'; readonly epoch: number; readonly at: number }
  | {
      readonly type: 'pushed'
      readonly sent: readonly Waiting[]
      readonly answer: PushAnswer
      readonly sent_at: number
      readonly at: number
      readonly jitter: number
    }
  | {
      readonly type: 'pulled'
      readonly asked: Cursors
      /** Our conflicts that were open when it was sent. */
      readonly open_here: readonly string[]
      readonly answer: PullAnswer
      readonly sent_at: number
      readonly at: number
      readonly jitter: number
    }
  | {
      readonly type: 'failed'
      readonly failure: Failure
      readonly sent: readonly Waiting[]
      readonly at: number
      readonly jitter: number
    }
  | { readonly type: 'storage_failed'; readonly at: number; readonly jitter: number }

export type Effect =
  | { readonly do: 'look' }
  | { readonly do: 'bind' }
  | { readonly do: 'push'; readonly batch: readonly Waiting[] }
  | {
      readonly do: 'settle'
      readonly results: readonly Result[]
      readonly epoch: number
      /** The server's time, unless it said nothing. */
      readonly told_at: number | null
    }
  | { readonly do: 'new_epoch'; readonly epoch: number }
  | { readonly do: 'pull'; readonly rows: number }
  | { readonly do: 'keep_pages'; readonly asked: Cursors; readonly answer: PullAnswer }
  | { readonly do: 'keep_conflicts'; readonly open_here: readonly string[]; readonly answer: PullAnswer }
  | { readonly do: 'keep_signed_out'; readonly signed_out: boolean }
  | { readonly do: 'ask_who' }
  | { readonly do: 'wait'; readonly until: number }

export type Step = readonly [EngineState, readonly Effect[]]
