// The replica: what the server said, and when a newer word of it replaces an older one. Pure.
import type { Entry, OpenConflict, Person, Reflection } from './schema.gen'
import type { Sealed } from './vault'

export type Row = Entry | Person | Reflection
export type RowThing = OpenConflict['thing']

export interface ReplicaRecord {
  readonly key: string
  readonly thing: RowThing
  readonly id: string
  readonly team_id: string
  readonly version: number
  readonly epoch: number
  /** The full walk of the team in which the row was last seen. */
  readonly walk: number
  readonly sealed: Sealed
}

export interface ReplicaItem {
  readonly epoch: number
  readonly row: Row
}

/** How far a team has been read. */
export interface CursorRecord {
  readonly team_id: string
  readonly cursor: string | null
  readonly walk: number
  /** A walk from the beginning is under way; at its end, rows that it did not show are gone. */
  readonly walking: boolean
}

export function thingOf(row: Row): RowThing {
  if ('sealed' in row) return 'reflection'
  return 'details' in row ? 'entry' : 'person'
}

export function keyOf(thing: RowThing, id: string): string {
  return `${thing}:${id}`
}

/** Only a greater version, or another incarnation of the server, replaces a row: never a team, never a time. */
export function supersedes(
  incoming: { epoch: number; version: number },
  stored: { epoch: number; version: number } | undefined,
): boolean {
  if (stored === undefined) return true
  if (incoming.epoch !== stored.epoch) return incoming.epoch > stored.epoch
  return incoming.version > stored.version
}

/** The cursor of a team that is about to be read from the beginning. */
export function fromTheBeginning(team_id: string, last: CursorRecord | undefined): CursorRecord {
  return { team_id, cursor: null, walk: (last?.walk ?? 0) + 1, walking: true }
}
