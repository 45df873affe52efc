// The words of going somewhere together.
import type { CommunityAccess } from '../../data/schema.gen'
import type { KindWords } from './shape'

export const community_access: KindWords<CommunityAccess> = {
  questions: {
    step: { ask: 'Which step was it?', short: 'Step', missing: 'Choose which step it was' },
    place_kind: { ask: 'What kind of place?', short: 'Kind of place' },
    place_label: { ask: 'Which place?', short: 'Place', hint: 'The name of the place, never a person' },
    confidence: {
      ask: 'How confident do they feel?',
      short: 'Confidence',
      hint: 'Their own number, 0 to 10, if they like',
    },
    confident_alone: { ask: 'Do they feel ready to go alone?', short: 'Ready to go alone' },
    barrier: { ask: 'Did anything get in the way?', short: 'In the way' },
  },
  options: {
    step: {
      talked_about_it: 'Talked about it',
      looked_it_up_or_visited_outside: 'Had a look at it first',
      went_together_stayed: 'Went together, I stayed',
      went_together_i_stepped_back: 'Went together, I stepped back',
      met_there: 'Met there',
      went_alone_with_check_in: 'Went alone, we checked in',
      goes_alone: 'They go alone now',
    },
    place_kind: {
      leisure_or_gym: 'Gym or leisure centre',
      cafe: 'Cafe',
      library: 'Library',
      shops_or_bank: 'Shops or bank',
      public_transport: 'Bus, train or tram',
      walking_or_nature: 'Walking or nature',
      peer_group: 'Peer group',
      arts_or_craft: 'Arts or crafts',
      sport: 'Sport',
      college_or_course: 'College or a course',
      volunteering: 'Volunteering',
      work: 'Work',
      faith_or_culture: 'Faith or culture',
      health_or_wellbeing_class: 'Health or wellbeing class',
      other: 'Somewhere else',
    },
    barrier: {
      nerves_about_going: 'Nerves about going',
      cost: 'Cost',
      transport: 'Getting there',
      timing: 'The time of day',
      felt_unwelcome: 'They did not feel welcome',
      access_needs: 'Access, like steps or noise',
      childcare: 'Childcare',
      other: 'Something else',
    },
  },
  lists: {},
}
