// Reading and writing one answer of a form, and what changed between two sets of answers. All pure.
import type { DraftAnswers, EntryBody, Kind } from '../../data/phone'
import type { EntryChange, SignpostingItem } from '../../data/schema.gen'
import { met } from '../../ui/describe'

/** A topic that is still missing its way, or a way that is still missing its topic. */
export type DraftItem = Partial<SignpostingItem>

export function read(answers: DraftAnswers, field: string): unknown {
  if (field === 'details.items.category') return items(answers).flatMap((item) => item.category ?? [])
  if (field === 'details.items.how') {
    const hows = new Set(items(answers).map((item) => item.how))
    return hows.size === 1 ? [...hows][0] : undefined
  }
  if (field.startsWith('details.')) return bag(answers.details)[field.slice('details.'.length)]
  return bag(answers)[field]
}

/** Persons belong to a team: the code of one team means nobody in another. */
export function withoutPersons(answers: DraftAnswers): DraftAnswers {
  const details = bag(answers.details)
  const things = details.person_items as readonly Bag[] | null | undefined
  const left = things?.map(({ person_id: _, ...rest }) => rest)
  return {
    ...answers,
    person_id: null,
    details: (left ? { ...details, person_items: left } : details) as DraftAnswers['details'],
  }
}

export function write(answers: DraftAnswers, field: string, value: unknown): DraftAnswers {
  if (field === 'details.items.category') return withItems(answers, topics(answers, value as Topic[]))
  if (field === 'details.items.how') {
    const before = items(answers)
    const how = value as SignpostingItem['how']
    return withItems(answers, before.length === 0 ? [{ how }] : before.map((item) => ({ ...item, how })))
  }
  if (field === 'details.kind') return { ...answers, details: { kind: value as Kind } }
  if (field.startsWith('details.')) {
    const details = { ...answers.details, [field.slice('details.'.length)]: value }
    return { ...answers, details: details as DraftAnswers['details'] }
  }
  const next = { ...answers, [field]: value } as DraftAnswers
  return field === 'attendance' ? minutesAfter(next) : next
}

export function items(answers: DraftAnswers): readonly DraftItem[] {
  return answers.details.kind === 'signposting' ? (answers.details.items ?? []) : []
}

export function writeItem(answers: DraftAnswers, place: number, key: string, value: unknown): DraftAnswers {
  return withItems(
    answers,
    items(answers).map((item, at) => (at === place ? { ...item, [key]: value } : item)),
  )
}

/** What differs, as an amend says it: a cleared answer is null, or the empty list for a list. */
export function changes(before: EntryBody, after: DraftAnswers): EntryChange {
  const top = differences(bag(before), bag(after), ['details'])
  // Another kind has details of its own: none of the old ones stay.
  if (before.details.kind !== after.details.kind) return { ...top, details: bag(after.details) }
  const details = differences(bag(before.details), bag(after.details), ['kind'])
  return { ...top, ...(Object.keys(details).length > 0 ? { details } : {}) }
}

type Topic = SignpostingItem['category']

// A topic that stays keeps what was said about it. A new one takes the way that the others have.
function topics(answers: DraftAnswers, chosen: readonly Topic[]): DraftItem[] {
  const before = items(answers)
  const how = before[0]?.how
  if (chosen.length === 0) return how ? [{ how }] : []
  return chosen.map(
    (category) =>
      before.find((item) => item.category === category) ?? {
        category,
        ...(how === undefined ? {} : { how }),
      },
  )
}

function withItems(answers: DraftAnswers, next: readonly DraftItem[]): DraftAnswers {
  return { ...answers, details: { kind: 'signposting', items: next as readonly SignpostingItem[] } }
}

// They did not meet: there are no contact minutes, and none to ask for. If they did after all, ask again.
function minutesAfter(answers: DraftAnswers): DraftAnswers {
  if (!met(answers)) return { ...answers, minutes: 0 }
  if (answers.minutes !== 0) return answers
  const { minutes: _, ...rest } = answers
  return rest
}

function differences(before: Bag, after: Bag, leave: readonly string[]): Bag {
  const changed: Bag = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (leave.includes(key)) continue
    const [was, is] = [before[key] ?? null, after[key] ?? null]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    changed[key] = is === null && Array.isArray(was) ? [] : is
  }
  return changed
}

type Bag = Record<string, unknown>
const bag = (value: object) => value as Bag
