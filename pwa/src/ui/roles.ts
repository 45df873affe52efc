// What the signed-in user may see. The server decides what they may do; this only hides what would be refused.
import type { Session } from '../data/phone'

export interface TeamName {
  readonly id: string
  readonly name: string
}

/** The teams in which the user logs what they did. A lead is also a worker. */
export const loggingTeams = (session: Session | null) => teams(session, ['worker', 'lead'])

export const ledTeams = (session: Session | null) => teams(session, ['lead'])

export const mayLog = (session: Session | null) => loggingTeams(session).length > 0

/** Those who log see the people of their team, where the service uses codes for them. */
export const usesCodes = (session: Session | null) =>
  mayLog(session) && session?.service.settings.person_codes !== 'off'

export const mayLead = (session: Session | null) => ledTeams(session).length > 0

export const mayReport = (session: Session | null) =>
  session?.memberships.some((one) => one.role !== 'worker') ?? false

/** Analysts and admins see the whole service, with small numbers hidden. */
export const seesService = (session: Session | null) =>
  session?.memberships.some((one) => one.role === 'analyst' || one.role === 'admin') ?? false

/** Admins choose what the service records. */
export const mayAdmin = (session: Session | null) =>
  session?.memberships.some((one) => one.role === 'admin') ?? false

export const home = (session: Session | null) => (mayLog(session) || !mayReport(session) ? '/' : '/reports')

/** Where signing in leads to: a lead looks at the team first, everyone else at their own start page. */
export const firstPage = (session: Session | null) => (mayLead(session) ? '/team' : home(session))

function teams(session: Session | null, roles: readonly string[]): TeamName[] {
  const found = new Map<string, string>()
  for (const one of session?.memberships ?? []) {
    if (one.team_id && roles.includes(one.role)) found.set(one.team_id, one.team_name ?? '')
  }
  return [...found].map(([id, name]) => ({ id, name }))
}
