// The words of helping someone leave hospital.
import type { DischargeSupport } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const discharge_support: KindWords<DischargeSupport> = {
  questions: {
    stage: { ask: 'What stage?', short: 'Stage', missing: 'Choose the stage' },
    ward_label: { ask: 'Which ward?', short: 'Ward', hint: 'The name of the ward, never a person' },
    planned_discharge_on: { ask: 'When do they plan to leave?', short: 'Plans to leave' },
    discharged_on: { ask: 'When did they leave?', short: 'Left' },
    planning_topics: { ask: 'What did you plan?', short: 'Planned' },
    plan_owned_by_person: { ask: 'Is it their own plan?', short: 'Their own plan' },
    invited_to_discharge_meeting: {
      ask: 'Were you asked to the leaving meeting?',
      short: 'Leaving meeting',
    },
    post_kind: { ask: 'What kind of contact?', short: 'Contact' },
    ending_planned_for: { ask: 'When will your support end?', short: 'Support ends' },
  },
  options: {
    stage: {
      pre_discharge_inreach: 'On the ward before leaving',
      discharge_planning: 'Planning to leave',
      post_discharge: 'After leaving',
    },
    planning_topics: {
      home_ready: 'Home is ready',
      keys_food_power: 'Keys, food, power',
      money: 'Money',
      travel_home: 'Getting home',
      first_week_plan: 'Plan for the first week',
      people_to_call: 'People to call',
      appointments_known: 'Appointments',
      community_links: 'Links in the community',
      things_to_look_forward_to: 'Things to look forward to',
      belongings: 'Belongings',
      pets_or_dependants: 'Pets or people they care for',
    },
    invited_to_discharge_meeting: { yes: 'Yes', no: 'No', not_applicable: 'There was none' },
    post_kind: {
      home_visit: 'Home visit',
      met_in_community: 'Met in the community',
      met_with_friends_or_family: 'Met with friends or family',
      first_visit_to_community_place: 'First visit to a place',
      phone_or_video_check: 'Phone or video call',
    },
  },
  lists: {},
}
