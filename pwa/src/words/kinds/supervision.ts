// The words of supervision that the worker had or gave. What was said in it is never asked.
import type { Supervision } from '../../data/schema.gen'
import { competences, skills } from './lists'
import type { KindWords } from './shape'

export const supervision: KindWords<Supervision> = {
  questions: {
    supervision_kind: {
      ask: 'Which supervision?',
      short: 'Supervision',
      missing: 'Choose which supervision',
      hint: 'Never what you talked about',
    },
    direction: { ask: 'Did you have it or give it?', short: 'Had or gave' },
    agenda: { ask: 'Who chose what to talk about?', short: 'Who chose' },
    wellness_at_work_reviewed: { ask: 'Did it cover wellbeing at work?', short: 'Wellbeing at work' },
    next_due_on: { ask: 'When is the next one?', short: 'Next one' },
    competences: skills,
  },
  options: {
    supervision_kind: {
      peer_supervision: 'Peer supervision',
      line_management: 'With my line manager',
      team_clinical_supervision: 'Team supervision',
      debrief_after_event: 'After something hard',
      group_reflective_practice: 'Reflecting in a group',
      mentoring: 'Mentoring',
      appraisal: 'Appraisal',
    },
    direction: { receiving: 'I had it', giving: 'I gave it' },
    agenda: { i_set_it: 'I did', shared: 'We both did', set_for_me: 'It was set for me' },
    competences,
  },
  lists: {},
}
