// What each answer is called. The type of each list is the server's, so an answer without a label does not compile.
import type { Entry } from '../data/schema.gen'
import { optionsOfKinds } from './kinds/all'
import { focus } from './kinds/lists'
import type { Labels } from './kinds/shape'

const mode: Labels<Entry['mode']> = {
  in_person: 'In person',
  phone: 'Phone',
  video: 'Video',
  text_message: 'Text or message',
  email: 'Email',
  live_chat: 'Live chat',
  group_chat: 'Group chat',
  message_board: 'Message board',
  text_relay: 'Text relay',
  other: 'Another way',
}

const attendance: Labels<Entry['attendance']> = {
  attended: 'Yes',
  attended_late: 'Yes, it started late',
  cancelled_by_person: 'They could not make it',
  did_not_attend: 'They did not come, no message',
  arrived_too_late: 'They came too late',
  cancelled_by_us: 'I could not make it',
}

const place: Labels<Entry['place']> = {
  patients_home: 'Their home',
  other_public_area_or_building: 'Cafe, library or leisure centre',
  street_or_open_space: 'Outdoors or on a walk',
  ward: 'Ward',
  resource_centre: 'Team base or resource centre',
  gp_practice: 'GP practice',
  voluntary_or_charitable_premises: 'Charity or community venue',
  outpatient_clinic: 'Outpatient clinic',
  further_education_college: 'College',
  other: 'Somewhere else',
  carers_home: 'Carer’s home',
  patients_workplace: 'Their workplace',
  other_patient_related_location: 'Another place of theirs',
  primary_care_health_centre: 'Health centre',
  polyclinic: 'Polyclinic',
  dental_practice: 'Dentist',
  ophthalmic_premises: 'Eye clinic',
  walk_in_centre: 'Walk-in centre',
  out_of_hours_centre: 'Out-of-hours centre',
  emergency_community_dental_service: 'Emergency dentist',
  day_hospital: 'Day hospital',
  emergency_department: 'Emergency department',
  other_departments: 'Another hospital department',
  hospice: 'Hospice',
  care_home_without_nursing: 'Care home without nursing',
  care_home_with_nursing: 'Care home with nursing',
  childrens_home: 'Children’s home',
  integrated_care_home: 'Integrated care home',
  day_centre: 'Day centre',
  sure_start: 'Family hub or children’s centre',
  child_development_centre: 'Child development centre',
  school: 'School',
  university: 'University',
  nursery: 'Nursery',
  other_childcare: 'Other childcare',
  training_establishments: 'Training centre',
  other_educational: 'Another place of learning',
  prison: 'Prison',
  probation_premises: 'Probation office',
  police_station: 'Police station',
  young_offender_institution: 'Young offender institution',
  young_offender_institution_15_17: 'Young offender institution, 15 to 17',
  young_offender_institution_18_21: 'Young offender institution, 18 to 21',
  immigration_removal_centre: 'Immigration removal centre',
  dispensing_optician: 'Optician',
  pharmacy: 'Pharmacy',
}

const others_present: Labels<Entry['others_present']> = {
  parent_or_relative: 'Parent or relative',
  friend_or_neighbour: 'Friend or neighbour',
  care_worker: 'Care worker',
  family_advocate: 'Family member as advocate',
  independent_advocate: 'Independent advocate',
  mental_health_advocate: 'Mental health advocate',
  mental_capacity_advocate: 'Mental capacity advocate',
  non_instructed_advocate: 'Non-instructed advocate',
}

const with_colleague: Labels<Entry['with_colleague']> = {
  none: 'Nobody',
  peer: 'Another peer worker',
  nurse: 'Nurse',
  occupational_therapist: 'Occupational therapist',
  social_worker: 'Social worker',
  psychology: 'Psychologist',
  doctor: 'Doctor',
  support_worker: 'Support worker',
  voluntary_sector: 'Someone from a charity',
  other: 'Another colleague',
}

/** The answers of each choice, in the order in which they are shown. */
export const options: Record<string, Readonly<Record<string, string>>> = {
  mode,
  attendance,
  place,
  others_present,
  with_colleague,
  focus,
  subject: { person: 'The person', proxy: 'Someone for them' } satisfies Labels<Entry['subject']>,
  ...optionsOfKinds,
}
