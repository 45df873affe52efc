// The words of standing up for what someone wants.
import type { Advocacy } from '../../data/schema.gen'
import { consulted } from './lists'
import type { KindWords } from './shape'

export const advocacy: KindWords<Advocacy> = {
  questions: {
    advocacy_kind: { ask: 'What did you do?', short: 'What you did', missing: 'Choose what you did' },
    person_present: { ask: 'Was the person there?', short: 'Person was there' },
    with_whom: { ask: 'Who did you speak to?', short: 'Spoke to' },
    rehearsed: { ask: 'Did you practise it together first?', short: 'Practised' },
    formal_advocate: { ask: 'Do they have an advocate too?', short: 'Their advocate' },
    result: { ask: 'Were they heard?', short: 'Heard' },
  },
  options: {
    advocacy_kind: {
      helped_raise_question: 'Helped them ask a question',
      spoke_at_request: 'Spoke up when they asked',
      rights_information: 'Told them about their rights',
      challenged_barrier: 'Challenged something unfair',
      helped_complain_or_feedback: 'Helped them complain or comment',
      accessed_formal_advocate: 'Helped them get an advocate',
    },
    with_whom: consulted,
    formal_advocate: {
      none: 'No',
      mental_health: 'Mental health advocate',
      mental_capacity: 'Mental capacity advocate',
      care_act: 'Care Act advocate',
      other: 'Another advocate',
    },
    result: { heard: 'Yes', partly: 'Partly', not_yet: 'Not yet', ongoing: 'It is still going on' },
  },
  lists: {},
  otherwise: {
    questions: {
      person_id: { ask: 'Who was it for?', short: 'Person', missing: 'Choose who it was for' },
    },
  },
}
