// The words of going with someone to an appointment: which place it was, never why.
import type { AccompaniedAppointment } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const accompanied_appointment: KindWords<AccompaniedAppointment> = {
  questions: {
    appointment_kind: { ask: 'What was it about?', short: 'About', missing: 'Choose what it was about' },
    requested_by: { ask: 'Who asked you to come?', short: 'Asked by' },
    prep_done: { ask: 'Did you prepare together?', short: 'Prepared' },
    how_to_say_it: { ask: 'How did you prepare what to say?', short: 'What to say' },
    my_role: { ask: 'What was your part?', short: 'My part' },
    said_what_they_wanted: {
      ask: 'Did they get to say what they wanted?',
      short: 'Said what they wanted',
    },
    decision_shared: { ask: 'Did they share in the decision?', short: 'Shared decision' },
    outcome: { ask: 'What came of it?', short: 'What came of it' },
    debrief_after: { ask: 'Did you talk it over after?', short: 'Talked after' },
  },
  options: {
    appointment_kind: {
      mental_health_team: 'Mental health team',
      gp: 'GP or physical health',
      housing: 'Housing',
      benefits_or_jobcentre: 'Money or benefits',
      psychiatrist_or_prescriber: 'Psychiatrist or prescriber',
      hospital_or_clinic: 'Hospital or clinic',
      dentist_optician: 'Dentist or optician',
      therapy_or_group_first_visit: 'First visit to therapy or a group',
      social_care: 'Social care',
      work_or_college: 'Work or college',
      legal_or_court: 'Legal or court',
      advocacy: 'Advocacy',
      other: 'Something else',
    },
    requested_by: { person: 'The person', carer: 'A carer', team: 'The team' },
    prep_done: { none: 'No', on_the_way: 'On the way', separate_session: 'In a session before' },
    how_to_say_it: {
      practised_out_loud: 'Practised out loud',
      wrote_it_down: 'Wrote it down',
      agreed_a_signal: 'Agreed a signal',
      i_would_prompt: 'Agreed I would prompt',
      letter_or_card: 'Letter or card',
    },
    my_role: {
      quiet_support: 'Quiet support',
      prompted_when_asked: 'Prompted when asked',
      spoke_for_them_at_their_request: 'Spoke for them when they asked',
      note_taker: 'Took notes',
      travel_only: 'Travelled with them only',
    },
    said_what_they_wanted: { yes: 'Yes', some: 'Some of it', no: 'No', unsure: 'Not sure' },
    decision_shared: { yes: 'Yes', partly: 'Partly', no: 'No', not_applicable: 'There was none to make' },
    outcome: {
      happened: 'It happened',
      rearranged: 'It was rearranged',
      person_chose_not_to_go: 'They chose not to go',
      appointment_cancelled: 'It was cancelled',
      left_early: 'We left early',
    },
  },
  lists: {},
}
