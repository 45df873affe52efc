// The words of a conversation with one person.
import type { OneToOne } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const one_to_one: KindWords<OneToOne> = {
  questions: {
    first_meeting: { ask: 'Was it your first meeting?', short: 'First meeting' },
    approach: { ask: 'What did you do together?', short: 'What you did' },
    shared_experience: {
      ask: 'Did you share your own experience?',
      short: 'Shared experience',
      hint: 'Never what you shared',
    },
    boundaries_discussed: { ask: 'Did you talk about boundaries?', short: 'Boundaries' },
    person_led: { ask: 'Who chose what to talk about?', short: 'Who chose' },
    ending_talked_about: { ask: 'Did you talk about the ending?', short: 'Ending' },
  },
  options: {
    approach: {
      listening: 'Listening',
      shared_my_experience: 'Shared my experience',
      found_things_in_common: 'Found things in common',
      explored_strengths: 'Explored strengths',
      practical_help: 'Practical help',
      walk_and_talk: 'Walk and talk',
      activity_together: 'Did something together',
      planned_next_steps: 'Planned next steps',
    },
    shared_experience: { no: 'No', a_little: 'A little', a_lot: 'A lot' },
    person_led: { they_chose_topic: 'They chose', shared: 'We both chose', i_suggested: 'I suggested it' },
  },
  lists: {},
}
