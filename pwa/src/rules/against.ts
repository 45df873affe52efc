// Answers of one kind that speak against each other; domain/rules.py says the same.
import type { Problem } from '../data/schema.gen'

export function against(details: { readonly kind: string }, minutes: number | null | undefined): Problem[] {
  const said = details as Readonly<Record<string, unknown>>
  if (details.kind === 'group_session' && said.cancelled != null) {
    return ['participants', 'new_participants']
      .filter((field) => Boolean(said[field]))
      .map((field) => ({ code: 'cancelled_with_participants', field: `set.details.${field}` }))
  }
  if (details.kind === 'team_meeting' && minutes != null) {
    const items = (said.person_items ?? []) as readonly { readonly minutes?: number | null }[]
    const together = items.reduce((sum, item) => sum + (item.minutes ?? 0), 0)
    if (together > minutes) return [{ code: 'items_longer_than_meeting', field: 'set.details.person_items' }]
  }
  return []
}

/** The persons that the details name, besides the one that an entry is with. */
export function personsIn(details: { readonly kind: string } | undefined): string[] {
  if (details?.kind !== 'team_meeting') return []
  const { person_items = [] } = details as { person_items?: readonly { readonly person_id?: string }[] }
  return person_items.flatMap(({ person_id }) => person_id ?? [])
}
