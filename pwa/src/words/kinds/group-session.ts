// The words of a group that met once.
import type { GroupSession } from '../../data/schema.gen'
import { focus } from './lists'
import type { KindWords } from './shape'

export const group_session: KindWords<GroupSession> = {
  questions: {
    participants: {
      ask: 'How many people came?',
      short: 'People who came',
      missing: 'Choose how many people came',
      hint: 'Without those who ran it',
    },
    role: { ask: 'What was your part?', short: 'My part' },
    group_name: { ask: 'Which group?', short: 'Group', hint: 'The name of the group, never a person' },
    new_participants: { ask: 'How many came for the first time?', short: 'First time' },
    held: { ask: 'How did you meet?', short: 'How you met' },
    session_type: { ask: 'What type of group?', short: 'Type' },
    theme: { ask: 'What was the theme?', short: 'Theme' },
    attendees_known: {
      ask: 'Do you know who came?',
      short: 'Know who came',
      hint: 'Just yes or no, never who',
    },
    prep_minutes: { ask: 'How long did you prepare?', short: 'Preparing' },
    debrief_minutes: { ask: 'How long did you talk it over?', short: 'Talked it over' },
    cancelled: { ask: 'If it was called off, why?', short: 'Called off' },
  },
  options: {
    role: {
      lead: 'I led it',
      co_facilitate_with_peer: 'Led it with a peer',
      co_facilitate_with_clinician: 'Led it with other staff',
      support: 'I helped',
    },
    held: { in_person: 'In person', online: 'Online', hybrid: 'Both' },
    session_type: {
      health_promotion: 'Peer or wellbeing group',
      telephone_support: 'Phone support group',
      therapeutic_group: 'Therapy group',
    },
    theme: focus,
    cancelled: {
      not_enough_people: 'Too few people',
      staffing: 'Too few staff',
      venue: 'The place was not free',
      other: 'Another reason',
    },
  },
  lists: {},
}
