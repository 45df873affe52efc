// The words of time for notes, messages and journeys that belongs to no single log.
import type { AdminTravel } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const admin_travel: KindWords<AdminTravel> = {
  questions: {
    admin_kind: { ask: 'What did you do?', short: 'What you did', missing: 'Choose what you did' },
  },
  options: {
    admin_kind: {
      notes: 'Notes',
      emails_and_calls: 'Emails and calls',
      travel: 'Travel',
      meeting_prep: 'Getting ready for a meeting',
      resource_gathering: 'Finding information',
      other: 'Something else',
    },
  },
  lists: {},
  otherwise: {
    questions: {
      minutes: {
        ask: 'How long?',
        short: 'How long',
        missing: 'Choose how long it took',
        hint: 'All of it together',
      },
    },
  },
}
