// The words of support for a carer, a relative or a friend.
import type { CarerFamilySupport } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const carer_family_support: KindWords<CarerFamilySupport> = {
  questions: {
    recipient: { ask: 'Who did you support?', short: 'Supported', missing: 'Choose who you supported' },
    relationship: { ask: 'Who are they to the person?', short: 'To the person' },
    young_carer: { ask: 'Are they a young carer?', short: 'Young carer', hint: 'Under 18' },
    about_person: {
      ask: 'Was it about the person’s care?',
      short: 'About their care',
      hint: 'Choose No if it was for the carer’s own sake',
    },
    support_kind: { ask: 'What did you do?', short: 'What you did' },
  },
  options: {
    recipient: { carer_alone: 'Just the carer', carer_with_person: 'The carer and the person' },
    relationship: {
      parent: 'Parent',
      partner: 'Partner',
      sibling: 'Brother or sister',
      adult_child: 'Grown-up child',
      friend: 'Friend',
      other: 'Someone else',
    },
    support_kind: {
      listening: 'Listening',
      shared_carer_experience: 'Shared my experience',
      information: 'Gave information',
      signposting: 'Signposting',
      ward_orientation: 'Showed them the ward',
      carer_assessment_info: 'About a carer’s assessment',
    },
  },
  lists: {},
  otherwise: {
    questions: {
      person_id: { ask: 'Who do they care for?', short: 'Person', missing: 'Choose who they care for' },
      subject: { ask: 'Did they speak for the person?', short: 'Spoke for them' },
    },
    options: { subject: { person: 'No', proxy: 'Yes' } },
  },
}
