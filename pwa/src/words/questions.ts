// What each question is called: in the form (`ask`), in a list of answers (`short`), and when it was left out.

export interface QuestionWords {
  readonly ask: string
  readonly short: string
  readonly missing?: string
  readonly hint?: string
}

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

  'details.first_meeting': { ask: 'Was it your first meeting?', short: 'First meeting' },
  'details.approach': { ask: 'What did you do together?', short: 'What you did' },
  'details.shared_experience': {
    ask: 'Did you share your own experience?',
    short: 'Shared experience',
    hint: 'Never what you shared',
  },
  'details.boundaries_discussed': { ask: 'Did you talk about boundaries?', short: 'Boundaries' },
  'details.person_led': { ask: 'Who chose what to talk about?', short: 'Who chose' },
  'details.ending_talked_about': { ask: 'Did you talk about the ending?', short: 'Ending' },

  'details.appointment_kind': {
    ask: 'What was it about?',
    short: 'About',
    missing: 'Choose what it was about',
  },
  'details.requested_by': { ask: 'Who asked you to come?', short: 'Asked by' },
  'details.prep_done': { ask: 'Did you prepare together?', short: 'Prepared' },
  'details.how_to_say_it': { ask: 'How did you prepare what to say?', short: 'What to say' },
  'details.my_role': { ask: 'What was your part?', short: 'My part' },
  'details.said_what_they_wanted': {
    ask: 'Did they get to say what they wanted?',
    short: 'Said what they wanted',
  },
  'details.decision_shared': { ask: 'Did they share in the decision?', short: 'Shared decision' },
  'details.outcome': { ask: 'What came of it?', short: 'What came of it' },
  'details.debrief_after': { ask: 'Did you talk it over after?', short: 'Talked after' },

  'details.items.category': {
    ask: 'What was it about?',
    short: 'About',
    missing: 'Choose what it was about',
  },
  'details.items.how': { ask: 'What did you do?', short: 'What you did', missing: 'Choose what you did' },
  'item.how': { ask: 'What did you do?', short: 'What you did' },
  'item.service': {
    ask: 'Which service?',
    short: 'Service',
    hint: 'The name of a place or group, never a person',
  },
  'item.digital_help': { ask: 'What did you help with online?', short: 'Online help' },
  'item.outcome': { ask: 'What came of it?', short: 'What came of it' },
  'item.outcome_on': { ask: 'When was that?', short: 'When' },
  'item.check_back_on': { ask: 'When will you check back?', short: 'Check back' },
  'item.info_was_right': { ask: 'Was the information right?', short: 'Information' },

  'details.stage': { ask: 'What stage?', short: 'Stage', missing: 'Choose the stage' },
  'details.ward_label': { ask: 'Which ward?', short: 'Ward', hint: 'The name of the ward, never a person' },
  'details.planned_discharge_on': { ask: 'When do they plan to leave?', short: 'Plans to leave' },
  'details.discharged_on': { ask: 'When did they leave?', short: 'Left' },
  'details.planning_topics': { ask: 'What did you plan?', short: 'Planned' },
  'details.plan_owned_by_person': { ask: 'Is it their own plan?', short: 'Their own plan' },
  'details.invited_to_discharge_meeting': {
    ask: 'Were you asked to the leaving meeting?',
    short: 'Leaving meeting',
  },
  'details.post_kind': { ask: 'What kind of contact?', short: 'Contact' },
  'details.ending_planned_for': { ask: 'When will your support end?', short: 'Support ends' },
}
