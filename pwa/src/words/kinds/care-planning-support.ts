// The words of support around a meeting on someone's care: which area it was about, never what was said.
import type { CarePlanningSupport } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const care_planning_support: KindWords<CarePlanningSupport> = {
  questions: {
    setting: { ask: 'What did you help with?', short: 'Helped with', missing: 'Choose what you helped with' },
    invited_by_person: { ask: 'Did they ask you to come?', short: 'They asked' },
    shared_decision_focus: {
      ask: 'What was to be decided?',
      short: 'Decisions',
      hint: 'Just the area, never what was said',
    },
    persons_view_heard: { ask: 'Was their view heard?', short: 'Heard' },
    questions_prepared_count: {
      ask: 'How many questions did they have?',
      short: 'Their questions',
      hint: 'Just the number, never the questions',
    },
  },
  options: {
    setting: {
      before_meeting_prep: 'Getting ready for a meeting',
      at_care_plan_meeting: 'Care plan meeting',
      at_review: 'Review meeting',
      ward_round: 'Ward round',
      after_meeting: 'Talking after a meeting',
    },
    invited_by_person: { yes: 'Yes', no_but_agreed: 'No, but they agreed', team_asked: 'No, the team asked' },
    shared_decision_focus: {
      care_plan: 'Care plan',
      daily_support: 'Day-to-day support',
      care_choices: 'Choices about their care',
      safety_wishes: 'Wishes about staying safe',
      discharge: 'Leaving hospital',
      other: 'Something else',
    },
    persons_view_heard: {
      fully: 'Yes, fully',
      partly: 'Partly',
      not_this_time: 'Not this time',
      not_applicable: 'There was no meeting',
    },
  },
  lists: {},
}
