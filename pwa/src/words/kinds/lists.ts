// Answers that several kinds share, and questions that are the same in each.
import type { Cpd, Entry, Liaison, RecoveryPlanning } from '../../data/schema.gen'
import type { Labels } from './shape'

export const focus: Labels<Entry['focus']> = {
  hope_and_meaning: 'Hope and meaning',
  sharing_experience: 'Sharing experience',
  confidence: 'Confidence',
  goals: 'Goals',
  daily_routine: 'Daily routine',
  relationships: 'Relationships',
  parenting: 'Parenting',
  home_and_tenancy: 'Home and tenancy',
  money_and_benefits: 'Money and benefits',
  work_volunteering_learning: 'Work, volunteering, learning',
  hobbies_interests: 'Hobbies and interests',
  moving_more: 'Moving more',
  physical_health_access: 'Getting physical health care',
  getting_online: 'Getting online',
  culture_faith_identity: 'Culture, faith, identity',
  rights_and_choices: 'Rights and choices',
  navigating_services: 'Finding a way through services',
  friends_and_community: 'Friends and community',
  ending_and_moving_on: 'Ending and moving on',
  other: 'Something else',
}

export const consulted: Labels<Liaison['consulted']> = {
  care_coordinator: 'Care coordinator',
  ward_team: 'Ward team',
  community_team: 'Community team',
  family_or_carer: 'Family or carer',
  gp_practice: 'GP practice',
  crisis_team: 'Crisis team',
  social_care: 'Social care',
  housing_provider: 'Housing',
  benefits_advice: 'Money or benefits advice',
  voluntary_group: 'Charity or local group',
  employment_service: 'Job support service',
  education: 'School or college',
  advocate: 'Advocate',
  other: 'Someone else',
}

export const planStage = {
  ask: 'What did you do with their plan?',
  short: 'What you did',
  missing: 'Choose what you did with their plan',
}
export const planStages: Labels<RecoveryPlanning['plan_stage']> = {
  started: 'Started it',
  continued: 'Carried on with it',
  reviewed: 'Looked back at it',
  finished: 'Finished it',
}

export const skills = { ask: 'Which skills was it about?', short: 'Skills', hint: 'Choose up to 3' }
export const competences: Labels<Cpd['competences']> = {
  supporting_people: 'Supporting people',
  relational_skills: 'Building good relationships',
  values_of_peer_support: 'Values of peer support',
  knowledge: 'Knowledge for the role',
  teams_and_rights: 'Teams and people’s rights',
  self_care_and_support: 'Looking after myself',
  judgement_and_reflection: 'Judgement and reflection',
  psychological_approaches: 'Psychological approaches',
  organisational: 'Leading and organising',
}
