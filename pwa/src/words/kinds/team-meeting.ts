// The words of a meeting of the team, and of each person whose support was talked about in it.
import type { TeamMeeting } from '../../data/schema.gen'
import { consulted } from './lists'
import type { KindWords } from './shape'

export const team_meeting: KindWords<TeamMeeting> = {
  questions: {
    meeting_kind: { ask: 'Which meeting?', short: 'Meeting', missing: 'Choose which meeting' },
    my_part: { ask: 'What was your part?', short: 'My part' },
    person_items: {
      ask: 'Whose support did you talk about?',
      short: 'Talked about',
      hint: 'Just the code and how long',
    },
    actions_taken_on: { ask: 'How many tasks did you take on?', short: 'Tasks' },
  },
  options: {
    meeting_kind: {
      team_meeting: 'Team meeting',
      mdt: 'Meeting of all professions',
      handover: 'Handover',
      ward_round: 'Ward round',
      huddle: 'Quick catch-up',
      care_review_without_person: 'Review without the person',
      service_development: 'Making the service better',
      co_production_board: 'Co-production board',
      stigma_or_recovery_training_given: 'Training I gave to staff',
    },
    my_part: {
      peer_perspective: 'Gave a peer’s view',
      persons_wishes_shared_with_permission: 'Shared wishes with permission',
      recovery_language: 'Used hopeful language',
      raised_concern: 'Raised a concern',
      took_actions: 'Took on tasks',
      received_work: 'Was given new work',
    },
  },
  lists: {
    person_items: {
      questions: {
        person_id: { ask: 'Who was it about?', short: 'Person', missing: 'Choose who it was about' },
        minutes: { ask: 'How long?', short: 'How long', missing: 'Choose how long it took' },
        consulted: { ask: 'Who did you speak with?', short: 'Spoke with' },
        permission_to_share: { ask: 'Did the person say it was OK?', short: 'Person agreed' },
      },
      options: {
        consulted,
        permission_to_share: { yes: 'Yes', no: 'No', not_applicable: 'Nothing was shared' },
      },
    },
  },
  otherwise: {
    questions: {
      minutes: {
        ask: 'How long?',
        short: 'How long',
        missing: 'Choose how long it took',
        hint: 'The whole meeting, without travel and notes',
      },
    },
  },
}
