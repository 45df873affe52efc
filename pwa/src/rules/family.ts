// What an entry counts as: domain/families.py again, so that the form asks for what the server will want.
// tests/cases/families.json holds both to the same words.
import type { Kind } from '../data/phone'
import { type Family, kindDescribed } from './description'

/** What is looked at: the details as far as they are answered, and who was spoken with. */
export interface Counted {
  readonly subject?: string | null
  readonly details: { readonly kind: string }
}

/** The family of one entry. In three kinds it hangs on who was there. */
export function familyOf({ subject, details }: Counted): Family {
  const said = details as Readonly<Record<string, unknown>>
  switch (details.kind as Kind) {
    case 'advocacy':
      return said.person_present === false ? 'indirect' : 'direct'
    case 'recovery_college':
      if (said.activity === 'support_a_learner') return 'direct'
      return said.activity === 'co_deliver_session' ? 'group' : 'other'
    case 'carer_family_support':
      if (said.recipient !== 'carer_alone' || (subject ?? 'person') !== 'person') return 'direct'
      return said.about_person === true ? 'indirect' : 'other'
    default:
      return familyOfKind(details.kind)
  }
}

/** What a kind is as a rule. */
export const familyOfKind = (kind: string): Family => kindDescribed(kind)?.family ?? 'other'
