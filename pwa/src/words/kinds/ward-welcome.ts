// The words of welcoming someone to a ward or service. Never how they seemed.
import type { WardWelcome } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const ward_welcome: KindWords<WardWelcome> = {
  questions: {
    timing: { ask: 'How soon after they arrived?', short: 'How soon', missing: 'Choose how soon it was' },
    who: { ask: 'Who did you welcome?', short: 'Welcomed' },
    covered: { ask: 'What did you show or tell them?', short: 'Shown or told' },
    welcome_pack: { ask: 'Did they get a welcome pack?', short: 'Welcome pack' },
    place_kind: { ask: 'Where did you welcome them?', short: 'Welcomed at' },
  },
  options: {
    timing: {
      day_of_arrival: 'The same day',
      within_24h: 'Within 24 hours',
      within_72h: 'Within 3 days',
      later: 'Later',
    },
    who: { person: 'The person', carer: 'Their carer', family: 'Their family', friend: 'A friend' },
    covered: {
      introduced_myself_as_peer: 'That I am a peer',
      showed_round: 'The way round',
      what_happens_each_day: 'What happens each day',
      who_is_who: 'Who is who',
      rights_and_information: 'Rights and information',
      food_and_drinks: 'Food and drinks',
      belongings_phone_charger: 'Belongings, phone, charger',
      quiet_spaces_activities: 'Quiet spaces, activities',
      visiting_times: 'Visiting times',
      what_helped_me: 'What helped me',
    },
    welcome_pack: { given: 'Yes', offered_declined: 'They chose not to', not_available: 'There was none' },
    place_kind: {
      ward: 'Ward',
      community_team: 'Community team',
      crisis_house_or_cafe: 'Crisis house or cafe',
      recovery_college: 'Recovery College',
      other: 'Somewhere else',
    },
  },
  lists: {},
}
