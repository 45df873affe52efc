// What a portfolio says of the log: when which supervision was, learning by its sort, and which skills a log shows.
import type { Details, Kind, LogItem } from '../../data/phone'
import type { Cpd, Supervision } from '../../data/schema.gen'
import { type Day, daysBetween, daysLater } from '../../ui/dates'

type SupervisionSort = Supervision['supervision_kind']
type LearningSort = Cpd['cpd_kind']
export type Skill = NonNullable<Cpd['competences']>[number]

/** Each of these is meant to happen once a month. */
export const MONTHLY: readonly SupervisionSort[] = ['peer_supervision', 'line_management']
const A_MONTH_DAYS = 31

export interface SupervisionSum {
  readonly sort: SupervisionSort
  readonly last: Day | null
  readonly next: Day | null
  readonly this_year: number
  readonly monthly: 'on_track' | 'usually' | null
}

/** Supervision that was had: the monthly ones always, others once there is one. Planned days to come are no last one. */
export function supervisionOf(
  log: readonly LogItem[],
  today: Day,
  sorts: readonly SupervisionSort[],
): SupervisionSum[] {
  const had = of(log, 'supervision').filter(({ details }) => details.direction !== 'giving')
  return sorts.flatMap((sort) => {
    const some = had.filter(({ details, day }) => details.supervision_kind === sort && day <= today)
    const last = some[0]?.day ?? null
    const monthly = MONTHLY.includes(sort)
    if (last === null && !monthly) return []
    const due = some[0]?.details.next_due_on ?? null
    const recent = last !== null && daysBetween(last, today) <= A_MONTH_DAYS
    return {
      sort,
      last,
      next: due !== null && due >= today ? due : null,
      this_year: some.filter(({ day }) => sameYear(day, today)).length,
      monthly: monthly ? (recent ? 'on_track' : 'usually') : null,
    }
  })
}

export function givenThisYear(log: readonly LogItem[], today: Day): number {
  return of(log, 'supervision').filter(
    ({ details, day }) => details.direction === 'giving' && sameYear(day, today) && day <= today,
  ).length
}

/** Minutes of this year by sort, most first. */
export function learningOf(log: readonly LogItem[], today: Day) {
  const sums = new Map<LearningSort, number>()
  for (const { details, day, minutes } of of(log, 'cpd')) {
    if (sameYear(day, today) && day <= today) {
      sums.set(details.cpd_kind, (sums.get(details.cpd_kind) ?? 0) + minutes)
    }
  }
  return [...sums].map(([sort, minutes]) => ({ sort, minutes })).sort((a, b) => b.minutes - a.minutes)
}

const CERTIFICATES: readonly LearningSort[] = ['peer_support_certificate', 'care_certificate']

/** Certificates, and whatever runs out: what runs out first is first. The last log of the same thing is the one. */
export function certificatesOf(log: readonly LogItem[]) {
  const found = new Map<
    string,
    { id: string; sort: LearningSort; title: string | null; done: boolean | null; until: Day | null }
  >()
  for (const { id, details } of of(log, 'cpd')) {
    const {
      cpd_kind: sort,
      title = null,
      certificate_standard,
      completed = null,
      expires_on: until = null,
    } = details
    if (!CERTIFICATES.includes(sort) && until === null && !certificate_standard) continue
    const key = `${sort} ${(title ?? '').trim().toLowerCase()}`
    if (!found.has(key)) found.set(key, { id, sort, title, done: completed, until })
  }
  return [...found.values()].sort((a, b) => ((a.until ?? '9') < (b.until ?? '9') ? -1 : 1))
}

/** Which skill a kind of activity shows as a rule; a log may name others itself. */
const SUGGESTED: Partial<Record<Kind, Skill>> = {
  one_to_one: 'relational_skills',
  carer_family_support: 'relational_skills',
  accompanied_appointment: 'teams_and_rights',
  advocacy: 'teams_and_rights',
  team_meeting: 'teams_and_rights',
  community_access: 'supporting_people',
  signposting: 'knowledge',
  supervision: 'self_care_and_support',
}

/** In the order of the framework. */
export const SKILLS: readonly Skill[] = [
  'values_of_peer_support',
  'knowledge',
  'relational_skills',
  'supporting_people',
  'teams_and_rights',
  'self_care_and_support',
  'psychological_approaches',
  'judgement_and_reflection',
  'organisational',
]

/** The logs of the last twelve months that fit each skill, by kind. A log counts once for each skill. */
export function skillsOf(log: readonly LogItem[], today: Day) {
  const since = daysLater(today, -365)
  const sums = new Map(SKILLS.map((skill) => [skill, new Map<Kind, number>()]))
  for (const { entry, state } of log) {
    if (state === 'void' || entry.happened_on < since || entry.happened_on > today) continue
    const { kind } = entry.details
    const chosen = 'competences' in entry.details ? (entry.details.competences ?? []) : []
    const suggested = SUGGESTED[kind]
    for (const skill of new Set([...chosen, ...(suggested === undefined ? [] : [suggested])])) {
      const kinds = sums.get(skill)
      kinds?.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
  }
  return SKILLS.map((skill) => {
    const kinds = [...(sums.get(skill) ?? [])].sort((a, b) => b[1] - a[1])
    return { skill, kinds, count: kinds.reduce((sum, [, count]) => sum + count, 0) }
  })
}

/** The active logs of one kind, newest day first as the log is. */
function of<K extends Kind>(log: readonly LogItem[], kind: K) {
  return log.flatMap(({ id, entry, state }) =>
    state === 'active' && entry.details.kind === kind
      ? [
          {
            id,
            day: entry.happened_on,
            minutes: entry.minutes ?? 0,
            details: entry.details as Extract<Details, { kind: K }>,
          },
        ]
      : [],
  )
}

const sameYear = (a: Day, b: Day) => a.slice(0, 4) === b.slice(0, 4)
