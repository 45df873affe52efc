// The four forms, as data: a question is one line here and its words are in words/. No kind has a screen of its own.
import type { DraftAnswers, Kind } from '../../data/phone'
import { met } from '../../ui/describe'

export interface Question {
  /** Where its answer is in the entry, such as `minutes` or `details.stage`. */
  readonly field: string
  readonly ask:
    | 'one'
    | 'many'
    | 'minutes'
    | 'spare_minutes'
    | 'yes_no'
    | 'date'
    | 'time'
    | 'text'
    | 'note'
    | 'when'
    | 'person'
    | 'team'
    | 'kind'
  /** The answers shown first, or the lengths offered; More shows the rest. */
  readonly front?: readonly string[]
  readonly lengths?: readonly number[]
  readonly most?: number
  /** Asked only while this holds. */
  readonly asked?: (answers: DraftAnswers) => boolean
  /** Log again takes the answer over from the past log. */
  readonly again?: boolean
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

const howLong: Question = { field: 'minutes', ask: 'minutes', lengths: LENGTHS, asked: met, again: true }
const how: Question = {
  field: 'mode',
  ask: 'one',
  front: ['in_person', 'phone', 'video', 'text_message'],
  again: true,
}

const filled: readonly Question[] = [
  { field: 'happened_on', ask: 'when' },
  {
    field: 'attendance',
    ask: 'one',
    front: ['attended', 'cancelled_by_person', 'did_not_attend', 'arrived_too_late', 'cancelled_by_us'],
  },
  { field: 'travel_minutes', ask: 'spare_minutes', lengths: [0, 15, 30, 60], again: true },
  { field: 'person_id', ask: 'person', again: true },
  { field: 'team_id', ask: 'team' },
]

const around: readonly Question[] = [
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
  },
  { field: 'started_at', ask: 'time' },
  { field: 'subject', ask: 'one' },
  {
    field: 'others_present',
    ask: 'many',
    front: ['parent_or_relative', 'friend_or_neighbour', 'care_worker'],
  },
  {
    field: 'with_colleague',
    ask: 'one',
    front: ['none', 'peer', 'nurse', 'occupational_therapist', 'social_worker'],
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
  },
  { field: 'admin_minutes', ask: 'spare_minutes', lengths: [0, 5, 10, 15] },
  { field: 'note', ask: 'note' },
]

const inStage = (...stages: string[]) => {
  return ({ details }: DraftAnswers) =>
    details.kind === 'discharge_support' && stages.includes(details.stage ?? '')
}

export const forms: Record<Kind, Form> = {
  one_to_one: {
    front: [howLong, how],
    filled,
    more: [
      { field: 'details.first_meeting', ask: 'yes_no' },
      { field: 'details.approach', ask: 'many' },
      { field: 'details.shared_experience', ask: 'one' },
      { field: 'details.boundaries_discussed', ask: 'yes_no' },
      { field: 'details.person_led', ask: 'one' },
      { field: 'details.ending_talked_about', ask: 'yes_no' },
      ...around,
    ],
  },
  accompanied_appointment: {
    front: [
      { ...howLong, lengths: [...LENGTHS, 120] },
      {
        field: 'details.appointment_kind',
        ask: 'one',
        front: ['mental_health_team', 'gp', 'housing', 'benefits_or_jobcentre'],
        again: true,
      },
      how,
    ],
    filled,
    more: [
      { field: 'details.requested_by', ask: 'one' },
      { field: 'details.prep_done', ask: 'one' },
      { field: 'details.how_to_say_it', ask: 'many' },
      { field: 'details.my_role', ask: 'one' },
      { field: 'details.said_what_they_wanted', ask: 'one' },
      { field: 'details.decision_shared', ask: 'one' },
      { field: 'details.outcome', ask: 'one' },
      { field: 'details.debrief_after', ask: 'yes_no' },
      ...around,
    ],
  },
  signposting: {
    front: [
      {
        field: 'details.items.category',
        ask: 'many',
        most: 5,
        front: [
          'housing',
          'money_debt_benefits',
          'hobbies_arts',
          'physical_health',
          'digital_computers_internet',
        ],
        again: true,
      },
      {
        field: 'details.items.how',
        ask: 'one',
        front: ['gave_info', 'helped_contact', 'went_along'],
        again: true,
      },
      howLong,
      how,
    ],
    filled,
    more: around,
  },
  discharge_support: {
    front: [{ field: 'details.stage', ask: 'one', again: true }, howLong, how],
    filled,
    more: [
      {
        field: 'details.ward_label',
        ask: 'text',
        asked: inStage('pre_discharge_inreach', 'discharge_planning'),
        again: true,
      },
      {
        field: 'details.planned_discharge_on',
        ask: 'date',
        asked: inStage('pre_discharge_inreach', 'discharge_planning'),
      },
      { field: 'details.discharged_on', ask: 'date', asked: inStage('post_discharge') },
      { field: 'details.post_kind', ask: 'one', asked: inStage('post_discharge') },
      { field: 'details.planning_topics', ask: 'many' },
      { field: 'details.plan_owned_by_person', ask: 'yes_no' },
      { field: 'details.invited_to_discharge_meeting', ask: 'one' },
      { field: 'details.ending_planned_for', ask: 'date' },
      ...around,
    ],
  },
}

/** What each signposting topic can say of itself, behind More questions. */
export const itemQuestions: readonly Question[] = [
  { field: 'item.how', ask: 'one', front: ['gave_info', 'helped_contact', 'went_along'] },
  { field: 'item.service', ask: 'text' },
  { field: 'item.digital_help', ask: 'many' },
  { field: 'item.outcome', ask: 'one', front: ['not_known_yet', 'person_contacted_them', 'attended_once'] },
  { field: 'item.outcome_on', ask: 'date' },
  { field: 'item.check_back_on', ask: 'date' },
  { field: 'item.info_was_right', ask: 'one' },
]

/** The path of a kind's form: /log/one-to-one */
export const slug = (kind: Kind) => kind.replaceAll('_', '-')

export const kindOf = (text: string): Kind | null => {
  const kind = text.replaceAll('-', '_')
  return kind in forms ? (kind as Kind) : null
}
