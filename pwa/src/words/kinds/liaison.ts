// The words of a call, message or talk about one person while they are not there.
import type { Liaison } from '../../data/schema.gen'
import { consulted } from './lists'
import type { KindWords } from './shape'

export const liaison: KindWords<Liaison> = {
  questions: {
    consulted: { ask: 'Who did you speak with?', short: 'Spoke with', missing: 'Choose who you spoke with' },
    purpose: { ask: 'What was it for?', short: 'What for' },
    permission: { ask: 'Did the person say it was OK?', short: 'Person agreed' },
  },
  options: {
    consulted,
    purpose: {
      arrange_support: 'Arranging support',
      pass_on_wishes: 'Passing on their wishes',
      chase_up: 'Chasing something up',
      find_information: 'Finding something out',
      prepare_visit: 'Getting a visit ready',
      safeguarding_or_safety_passed_on: 'Passing on a safety worry',
    },
    permission: { yes: 'Yes', no: 'No', safety_exception: 'No, to keep someone safe' },
  },
  lists: {},
}
