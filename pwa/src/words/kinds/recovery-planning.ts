// The words of working on someone's own recovery plan. What is in the plan, and what a goal is, is never asked.
import type { RecoveryPlanning } from '../../data/schema.gen'
import { focus, planStage, planStages } from './lists'
import type { KindWords } from './shape'

export const recovery_planning: KindWords<RecoveryPlanning> = {
  questions: {
    plan_stage: planStage,
    goals: {
      ask: 'What are their goals about?',
      short: 'Goal',
      hint: 'Up to 3 parts of life, never the goal',
    },
    tool_used: { ask: 'What did you use for the plan?', short: 'Used' },
    plan_owner: { ask: 'Who keeps the plan?', short: 'Kept by' },
    self_management_topic: { ask: 'What did they want to look at?', short: 'Looked at' },
  },
  options: {
    plan_stage: planStages,
    tool_used: {
      own_words: 'Just their own words',
      trust_template: 'Our service’s own form',
      wrap_style: 'Wellness action plan (WRAP)',
      recovery_star_style: 'Recovery star',
      other: 'Something else',
      none: 'Nothing',
    },
    plan_owner: {
      person_keeps_it: 'They do',
      shared_copy: 'We both have a copy',
      on_care_record: 'It is on their care record',
    },
    self_management_topic: {
      routine: 'A daily routine',
      coping_ideas: 'Ideas that help',
      asking_for_help: 'Asking for help',
      sleep_and_rest: 'Sleep and rest',
      early_signs_plan: 'Spotting hard times early',
      other: 'Something else',
    },
  },
  lists: {
    goals: {
      questions: {
        life_area: {
          ask: 'Which part of life is it about?',
          short: 'Part of life',
          missing: 'Choose a part of life',
        },
        status: { ask: 'How is it going?', short: 'How it is going' },
      },
      options: {
        life_area: focus,
        status: {
          new: 'New',
          doing: 'Working on it',
          done: 'Done',
          changed: 'Changed',
          parked: 'Put aside for now',
        },
      },
    },
  },
}
