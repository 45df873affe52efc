// The words of working on a wellness plan, or on wishes for hard times. What is in it is never asked.
import type { WellnessPlanning } from '../../data/schema.gen'
import { planStage, planStages } from './lists'
import type { KindWords } from './shape'

export const wellness_planning: KindWords<WellnessPlanning> = {
  questions: {
    plan_type: { ask: 'Which plan?', short: 'Plan', missing: 'Choose which plan' },
    plan_stage: planStage,
    parts_worked_on: {
      ask: 'Which parts did you work on?',
      short: 'Parts',
      hint: 'Never what is in them',
    },
    copy_with_person: { ask: 'Do they have a copy?', short: 'Their copy' },
  },
  options: {
    plan_type: {
      wellness_plan: 'Wellness plan',
      crisis_or_safety_wishes: 'Wishes for hard times',
      advance_wishes: 'Wishes for future care',
      other: 'Another plan',
    },
    plan_stage: planStages,
    parts_worked_on: {
      what_keeps_me_well: 'What keeps them well',
      my_signs: 'Signs they notice',
      what_helps: 'What helps',
      who_can_help: 'Who can help',
      in_a_crisis: 'In a crisis',
      after_a_crisis: 'After a crisis',
    },
    copy_with_person: { yes: 'Yes', not_yet: 'Not yet' },
  },
  lists: {},
}
