// The people of a team, as a worker thinks of them: one who was merged into another is that other. Pure.
import type { LogItem, PersonItem } from './phone'
import type { Person } from './schema.gen'

export interface People {
  /** As it was written, though it may stand for another. */
  readonly find: (id: string) => Person | undefined
  /** The person that an id stands for. */
  readonly standing: (id: string) => Person | undefined
  /** Those of a team who stand for themselves, by code. */
  readonly of: (team_id: string) => readonly Person[]
  /** Those who stand for this one, besides itself. */
  readonly aliases: (id: string) => readonly Person[]
}

const known = new WeakMap<readonly PersonItem[], People>()

/** Each answer of the phone is gone through once. */
export function peopleIn(items: readonly PersonItem[]): People {
  const before = known.get(items)
  if (before !== undefined) return before
  const found = peopleOf(items.map(({ person }) => person))
  known.set(items, found)
  return found
}

export function peopleOf(persons: readonly Person[]): People {
  const by_id = new Map(persons.map((person) => [person.id, person]))
  const find = (id: string) => by_id.get(id)
  const standing = (id: string) => find(standsFor(id, find))
  const itself = (person: Person) => standing(person.id)?.id === person.id
  const teams = new Map<string, Person[]>()
  for (const person of [...persons].filter(itself).sort(byCode)) {
    const team = teams.get(person.team_id)
    if (team) team.push(person)
    else teams.set(person.team_id, [person])
  }
  return {
    find,
    standing,
    of: (team_id) => teams.get(team_id) ?? [],
    aliases: (id) => persons.filter((one) => one.id !== id && standing(one.id)?.id === id).sort(byCode),
  }
}

/**
 * The server knows one step. Two phones may make a chain or a ring of steps that it has not judged yet: a chain is
 * followed, and of a ring one and the same person stands for all. Of whom this phone has not heard stands for nobody.
 */
function standsFor(id: string, find: People['find']): string {
  const seen = [id]
  for (let at = id; ; ) {
    const next = find(at)?.merged_into
    if (!next || find(next) === undefined) return at
    if (seen.includes(next)) return [...seen.slice(seen.indexOf(next))].sort()[0] ?? at
    seen.push(next)
    at = next
  }
}

/** Those logged with last come first, then the others by code. */
export function inOrder(
  people: People,
  team_id: string,
  log: readonly LogItem[],
  first: string | null = null,
): Person[] {
  const rank = new Map<string, number>()
  for (const id of [first, ...log.map(({ entry }) => entry.person_id)]) {
    const stands = id ? people.standing(id)?.id : undefined
    if (stands !== undefined && !rank.has(stands)) rank.set(stands, rank.size)
  }
  const place = ({ id }: Person) => rank.get(id) ?? rank.size
  return [...people.of(team_id)].sort((a, b) => place(a) - place(b) || byCode(a, b))
}

/** The others of the team who have the same code, and may be the same person. */
export function sameCoded(people: People, person: Person): Person[] {
  const code = plainCode(person.code)
  return people.of(person.team_id).filter((one) => one.id !== person.id && plainCode(one.code) === code)
}

/** As two codes are compared: "kite-12" is KITE-12. */
export const plainCode = (code: string) => code.trim().toLowerCase()

// No order by language: to set one up takes a slow phone a tenth of a second.
function byCode(a: Person, b: Person): number {
  const [one, other] = [plainCode(a.code), plainCode(b.code)]
  return one < other ? -1 : Number(one > other)
}
