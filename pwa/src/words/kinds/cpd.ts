// The words of the worker's own learning.
import type { Cpd } from '../../data/schema.gen'
import { competences, skills } from './lists'
import type { KindWords } from './shape'

export const cpd: KindWords<Cpd> = {
  questions: {
    cpd_kind: {
      ask: 'What kind of learning?',
      short: 'Learning',
      missing: 'Choose what kind of learning',
    },
    title: { ask: 'What was it called?', short: 'Called' },
    competences: skills,
    certificate_standard: {
      ask: 'Which standard is it for?',
      short: 'Standard',
      hint: 'If it is for a certificate',
    },
    completed: { ask: 'Have you finished it?', short: 'Finished' },
    expires_on: { ask: 'When does it run out?', short: 'Runs out' },
  },
  options: {
    cpd_kind: {
      psw_cpd_session: 'Session for peer workers',
      statutory_mandatory: 'Training we all have to do',
      peer_support_certificate: 'Peer support certificate',
      reading: 'Reading',
      shadowing: 'Shadowing someone',
      community_of_practice: 'Learning group of peers',
      care_certificate: 'Care Certificate',
      induction: 'Induction',
      conference: 'Conference',
      away_day: 'Away day',
    },
    competences,
  },
  lists: {},
}
