// The words of work for and in a Recovery College.
import type { RecoveryCollege } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const recovery_college: KindWords<RecoveryCollege> = {
  questions: {
    activity: { ask: 'What did you do?', short: 'What you did', missing: 'Choose what you did' },
    learners_attended: {
      ask: 'How many learners came?',
      short: 'Learners',
      hint: 'Without those who ran it',
    },
    course_name: { ask: 'Which course?', short: 'Course', hint: 'The name of the course, never a person' },
    session_no: { ask: 'Which session was it?', short: 'Session', hint: 'A number, like 2' },
    sessions_total: { ask: 'How many sessions are there?', short: 'Sessions in all' },
    co_trainer: { ask: 'Who ran it with you?', short: 'Ran it with' },
    co_production_level: { ask: 'How much did learners shape it?', short: 'Shaped by learners' },
  },
  options: {
    activity: {
      co_deliver_session: 'Ran a session',
      co_produce_course: 'Built a course together',
      support_a_learner: 'Supported a learner',
      enrolment_help: 'Helped people join',
      planning_meeting: 'Planning meeting',
      evaluation: 'Looked at how it went',
    },
    co_trainer: {
      peer: 'Another peer',
      clinician: 'Other staff',
      both: 'A peer and other staff',
      none: 'Nobody',
    },
    co_production_level: {
      consulted: 'They were asked',
      co_designed: 'Planned it together',
      co_produced: 'Planned and ran it together',
      learner_led: 'Learners led it',
    },
  },
  lists: {},
}
