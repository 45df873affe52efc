// The forms, as data: what every entry is asked is here, what one kind is asked is in its struct. No kind has a screen.
import type { DraftAnswers, Kind } from '../../data/phone'
import { type Ask, type Family, fieldOf, kindDescribed, type Limit } from '../../rules/description'
import { familyOf, familyOfKind } from '../../rules/family'
import { met } from '../../ui/describe'
import { holds, ownQuestions } from './details'

export interface Question {
  /** Where its answer is in the entry, such as `minutes` or `details.stage`. */
  readonly field: string
  /** Where its words are: the first of these that has any. */
  readonly words: readonly string[]
  readonly ask:
    | 'one'
    | 'many'
    | 'minutes'
    | 'spare_minutes'
    | 'number'
    | 'yes_no'
    | 'date'
    | 'time'
    | 'text'
    | 'note'
    | 'when'
    | 'person'
    | 'team'
    | 'kind'
    | 'list'
  /** The answers shown first, or the numbers offered; More shows the rest. */
  readonly front?: readonly string[]
  readonly amounts?: readonly number[]
  /** The answers that there are; all that have words when left out. */
  readonly options?: readonly string[]
  readonly limit?: Limit
  readonly most?: number
  /** Left unanswered it would be refused, so that it cannot be cleared. */
  readonly required?: boolean
  /** What no answer means. */
  readonly default?: unknown
  /** Asked only while this holds. */
  readonly asked?: (answers: DraftAnswers) => boolean
  /** Asked only while the fields beside it have one of these answers. */
  readonly when?: Ask['when']
  /** Log again takes the answer over from the past log. */
  readonly again?: boolean
  /** What is asked of each thing of a list. */
  readonly items?: readonly Question[]
}

export interface Form {
  /** Asked in full on a new log. */
  readonly front: readonly Question[]
  /** Filled in from the start, each with Change. */
  readonly filled: readonly Question[]
  /** Behind More questions. */
  readonly more: readonly Question[]
}

const LENGTHS = [15, 30, 45, 60, 90]
const WITH_A_PERSON: readonly Family[] = ['direct', 'indirect']

type Envelope = Omit<Question, 'words'> & {
  /** Those who are asked; all when left out. */
  readonly families?: readonly Family[]
}

const HOW_LONG: Envelope = { field: 'minutes', ask: 'minutes', asked: couldMeet, again: true }
const HOW: Envelope = {
  field: 'mode',
  ask: 'one',
  front: ['in_person', 'phone', 'video', 'text_message'],
  again: true,
  families: WITH_A_PERSON,
}

const FILLED: readonly Envelope[] = [
  { field: 'happened_on', ask: 'when' },
  {
    field: 'attendance',
    ask: 'one',
    front: ['attended', 'cancelled_by_person', 'did_not_attend', 'arrived_too_late', 'cancelled_by_us'],
    families: ['direct'],
  },
  { field: 'travel_minutes', ask: 'spare_minutes', amounts: [0, 15, 30, 60], again: true },
  { field: 'person_id', ask: 'person', again: true, families: WITH_A_PERSON },
  { field: 'team_id', ask: 'team' },
]

const AROUND: readonly Envelope[] = [
  {
    field: 'place',
    ask: 'one',
    front: [
      'patients_home',
      'other_public_area_or_building',
      'street_or_open_space',
      'ward',
      'resource_centre',
    ],
    again: true,
    families: ['direct', 'group'],
  },
  { field: 'started_at', ask: 'time' },
  // Who was spoken with decides what support of a carer counts as, so that kind asks whatever it counts as now.
  { field: 'subject', ask: 'one', default: 'person', required: true, families: ['direct'] },
  {
    field: 'others_present',
    ask: 'many',
    front: ['parent_or_relative', 'friend_or_neighbour', 'care_worker'],
    families: ['direct'],
  },
  {
    field: 'with_colleague',
    ask: 'one',
    front: ['none', 'peer', 'nurse', 'occupational_therapist', 'social_worker'],
    families: ['direct', 'group'],
  },
  {
    field: 'focus',
    ask: 'many',
    most: 3,
    front: [
      'confidence',
      'goals',
      'daily_routine',
      'relationships',
      'home_and_tenancy',
      'money_and_benefits',
    ],
    families: WITH_A_PERSON,
  },
  {
    field: 'admin_minutes',
    ask: 'spare_minutes',
    amounts: [0, 5, 10, 15],
    default: 0,
    families: WITH_A_PERSON,
  },
  { field: 'note', ask: 'note' },
]

/** The fields that every kind may be asked for. */
export const envelopeFields: readonly string[] = [HOW_LONG, HOW, ...FILLED, ...AROUND].map(
  ({ field }) => field,
)

/** The questions of an entry as far as it is answered: three kinds ask others once it is known who was there. */
export function formFor(answers: DraftAnswers): Form {
  const { kind } = answers.details
  const family = familyOf(answers)
  const asks = ({ field, families }: Envelope) =>
    families === undefined ||
    families.includes(family) ||
    (field === 'subject' && kind === 'carer_family_support')
  const make = ({ families: _, ...question }: Envelope): Question => ({
    limit: limitOf(question.field),
    ...question,
    words: [`${kind}.${question.field}`, `${family}.${question.field}`, question.field],
  })
  const { first, later } = ownQuestions(kind)
  const howLong = {
    ...make(HOW_LONG),
    amounts: isLong(kind) ? [...LENGTHS, 120] : LENGTHS,
    required: family === 'direct',
  }
  const how = { ...make(HOW), required: family === 'direct' }
  const inFront = family === 'direct' ? [how] : []
  return {
    front: lengthFirst(kind) ? [howLong, ...first, ...inFront] : [...first, howLong, ...inFront],
    filled: FILLED.filter(asks).map(make),
    more: [...(family === 'indirect' ? [how] : []), ...later, ...AROUND.filter(asks).map(make)],
  }
}

/** Whether a question applies to what was answered so far. */
export const asksNow = (question: Question, answers: DraftAnswers): boolean =>
  (question.asked?.(answers) ?? true) && holds(question, answers.details)

/** The id of a question on the page; the prefix tells questions with the same field apart. */
export const questionId = (field: string, prefix = '') => `${prefix}${field.replaceAll('.', '-')}`

/** The path of a kind's form: /log/one-to-one */
export const slug = (kind: Kind) => kind.replaceAll('_', '-')

export const kindOf = (text: string): Kind | null => {
  const kind = text.replaceAll('-', '_')
  return kindDescribed(kind) === undefined ? null : (kind as Kind)
}

// An appointment is the one contact that is as long as somebody else makes it.
const lengthFirst = (kind: Kind) => kind === 'accompanied_appointment' || familyOfKind(kind) !== 'direct'
const isLong = (kind: Kind) => lengthFirst(kind) && familyOfKind(kind) !== 'indirect'

// Whether it went ahead is asked of contacts alone; all else was done, or would not be logged.
function couldMeet(answers: DraftAnswers): boolean {
  return familyOf(answers) !== 'direct' || met(answers)
}

const limitOf = (field: string): Limit => (field === 'team_id' ? {} : fieldOf('EntryChange', field).limit)
