// The words of all kinds, laid out by key: `details.<field>`, or `<kind>.<field>` where a kind means something else.
import type { Kind } from '../../data/phone'
import type { Entry } from '../../data/schema.gen'
import { accompanied_appointment } from './accompanied-appointment'
import { admin_travel } from './admin-travel'
import { advocacy } from './advocacy'
import { care_planning_support } from './care-planning-support'
import { carer_family_support } from './carer-family-support'
import { community_access } from './community-access'
import { cpd } from './cpd'
import { discharge_support } from './discharge-support'
import { group_session } from './group-session'
import { liaison } from './liaison'
import { one_to_one } from './one-to-one'
import { recovery_college } from './recovery-college'
import { recovery_planning } from './recovery-planning'
import type { KindWords, QuestionWords } from './shape'
import { signpostingItem } from './signposting'
import { supervision } from './supervision'
import { team_meeting } from './team-meeting'
import { ward_welcome } from './ward-welcome'
import { wellness_planning } from './wellness-planning'

// Signposting has keys of its own: its topics, and what was done, are asked once for all of its items.
const kinds: {
  readonly [K in Exclude<Kind, 'signposting'>]: KindWords<Extract<Entry['details'], { kind: K }>>
} = {
  one_to_one,
  accompanied_appointment,
  discharge_support,
  recovery_planning,
  wellness_planning,
  care_planning_support,
  community_access,
  ward_welcome,
  advocacy,
  carer_family_support,
  group_session,
  recovery_college,
  team_meeting,
  liaison,
  supervision,
  cpd,
  admin_travel,
}

type Answers = Readonly<Record<string, string>>
interface Parts {
  readonly questions?: Readonly<Record<string, QuestionWords>>
  readonly options?: Readonly<Record<string, Answers>>
}
type OfKind = Parts & { readonly lists: Readonly<Record<string, Parts>>; readonly otherwise?: Parts }

export const questionsOfKinds = laid(({ questions }) => questions)
export const optionsOfKinds = laid(({ options }) => options)

function laid<W>(wordsOf: (parts: Parts) => Readonly<Record<string, W>> | undefined): Record<string, W> {
  const found: Record<string, W> = {}
  const lay = (parts: Parts, key: (field: string, one: W) => string) => {
    for (const [field, one] of Object.entries(wordsOf(parts) ?? {})) found[key(field, one)] = one
  }
  for (const [kind, words] of Object.entries<OfKind>(kinds)) {
    lay(words, (field, one) => {
      const shared = `details.${field}`
      return (found[shared] ?? one) === one ? shared : `${kind}.${field}`
    })
    for (const [list, parts] of Object.entries(words.lists)) lay(parts, (field) => `${kind}.${list}.${field}`)
    lay(words.otherwise ?? {}, (field) => `${kind}.${field}`)
  }
  lay(signpostingItem, (field) => `item.${field}`)
  for (const field of ['category', 'how']) {
    const one = wordsOf(signpostingItem)?.[field]
    if (one !== undefined) found[`details.items.${field}`] = one
  }
  return found
}
