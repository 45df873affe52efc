// What each question is called: those that every entry is asked, and those of the kinds.
import { questionsOfKinds } from './kinds/all'
import type { QuestionWords } from './kinds/shape'

export type { QuestionWords } from './kinds/shape'

export const questions: Record<string, QuestionWords> = {
  'details.kind': {
    ask: 'Which activity is the closest?',
    short: 'Activity',
    missing: 'Choose the closest activity',
  },
  minutes: {
    ask: 'How long?',
    short: 'How long',
    missing: 'Choose how long it took',
    hint: 'Time with the person, without travel and notes',
  },
  mode: { ask: 'How?', short: 'How', missing: 'Choose how you were in touch' },
  happened_on: { ask: 'When was it?', short: 'When', missing: 'Choose when it was' },
  attendance: { ask: 'Did it go ahead?', short: 'Went ahead', missing: 'Choose whether it went ahead' },
  person_id: { ask: 'Who was it with?', short: 'Person', missing: 'Choose who it was with' },
  team_id: { ask: 'Which team?', short: 'Team', missing: 'Choose a team' },
  travel_minutes: { ask: 'Your travel time', short: 'Travel' },
  place: { ask: 'Where?', short: 'Where' },
  started_at: { ask: 'When did it start?', short: 'Started', hint: 'For example, 14:30' },
  admin_minutes: { ask: 'Time for notes and preparation', short: 'Notes and preparation' },
  subject: { ask: 'Who did you talk with?', short: 'Talked with' },
  others_present: { ask: 'Who else was there?', short: 'Also there' },
  with_colleague: { ask: 'Did a colleague come too?', short: 'Colleague' },
  focus: { ask: 'Which parts of life was it about?', short: 'Parts of life', hint: 'Choose up to 3' },
  note: { ask: 'Note', short: 'Note', hint: 'Do not add names or health details. Up to 280 characters.' },

  // Work that was not with one person asks some of it in other words: `<family>.<field>`, as in domain/families.py.
  'group.minutes': {
    ask: 'How long?',
    short: 'How long',
    missing: 'Choose how long it took',
    hint: 'Time with the group, without travel',
  },
  'indirect.minutes': {
    ask: 'How long?',
    short: 'How long',
    missing: 'Choose how long it took',
    hint: 'Without travel and notes',
  },
  'other.minutes': {
    ask: 'How long?',
    short: 'How long',
    missing: 'Choose how long it took',
    hint: 'Without travel',
  },
  'indirect.mode': { ask: 'How were you in touch?', short: 'How', missing: 'Choose how you were in touch' },
  'indirect.person_id': { ask: 'Who was it about?', short: 'Person', missing: 'Choose who it was about' },

  ...questionsOfKinds,
}
