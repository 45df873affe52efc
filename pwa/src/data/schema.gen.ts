// Written by make types from openapi.json. Do not edit.

export interface AccompaniedAppointment {
  readonly kind: 'accompanied_appointment'
  readonly appointment_kind: 'advocacy' | 'benefits_or_jobcentre' | 'dentist_optician' | 'gp' | 'hospital_or_clinic' | 'housing' | 'legal_or_court' | 'mental_health_team' | 'other' | 'psychiatrist_or_prescriber' | 'social_care' | 'therapy_or_group_first_visit' | 'work_or_college'
  readonly requested_by?: 'carer' | 'person' | 'team' | null
  readonly prep_done?: 'none' | 'on_the_way' | 'separate_session' | null
  readonly how_to_say_it?: readonly ('agreed_a_signal' | 'i_would_prompt' | 'letter_or_card' | 'practised_out_loud' | 'wrote_it_down')[]
  readonly my_role?: 'note_taker' | 'prompted_when_asked' | 'quiet_support' | 'spoke_for_them_at_their_request' | 'travel_only' | null
  readonly said_what_they_wanted?: 'no' | 'some' | 'unsure' | 'yes' | null
  readonly decision_shared?: 'no' | 'not_applicable' | 'partly' | 'yes' | null
  readonly outcome?: 'appointment_cancelled' | 'happened' | 'left_early' | 'person_chose_not_to_go' | 'rearranged' | null
  readonly debrief_after?: boolean | null
}

export interface Complete {
  readonly phones: number
  readonly in_touch_since_end: number
  readonly quietest_since: string | null
}

export interface Device {
  readonly name: string
  readonly app?: string
}

export interface DeviceAnswer {
  readonly server?: 'alongside'
  readonly data_key: string
  readonly epoch: number
}

export interface DischargeSupport {
  readonly kind: 'discharge_support'
  readonly stage: 'discharge_planning' | 'post_discharge' | 'pre_discharge_inreach'
  readonly ward_label?: string | null
  readonly planned_discharge_on?: string | null
  readonly discharged_on?: string | null
  readonly planning_topics?: readonly ('appointments_known' | 'belongings' | 'community_links' | 'first_week_plan' | 'home_ready' | 'keys_food_power' | 'money' | 'people_to_call' | 'pets_or_dependants' | 'things_to_look_forward_to' | 'travel_home')[]
  readonly plan_owned_by_person?: boolean | null
  readonly invited_to_discharge_meeting?: 'no' | 'not_applicable' | 'yes' | null
  readonly post_kind?: 'first_visit_to_community_place' | 'home_visit' | 'met_in_community' | 'met_with_friends_or_family' | 'phone_or_video_check' | null
  readonly ending_planned_for?: string | null
}

export interface Entry {
  readonly thing: 'entry'
  readonly id: string
  readonly team_id: string
  readonly author_id: string
  readonly version: number
  readonly state: 'active' | 'void'
  readonly schema: number
  readonly happened_on: string
  readonly started_at?: string | null
  readonly zone: string
  readonly utc_offset_min: number
  readonly minutes?: number | null
  readonly travel_minutes?: number
  readonly admin_minutes?: number
  readonly mode?: 'email' | 'group_chat' | 'in_person' | 'live_chat' | 'message_board' | 'other' | 'phone' | 'text_message' | 'text_relay' | 'video' | null
  readonly attendance?: 'arrived_too_late' | 'attended' | 'attended_late' | 'cancelled_by_person' | 'cancelled_by_us' | 'did_not_attend'
  readonly place?: 'care_home_with_nursing' | 'care_home_without_nursing' | 'carers_home' | 'child_development_centre' | 'childrens_home' | 'day_centre' | 'day_hospital' | 'dental_practice' | 'dispensing_optician' | 'emergency_community_dental_service' | 'emergency_department' | 'further_education_college' | 'gp_practice' | 'hospice' | 'immigration_removal_centre' | 'integrated_care_home' | 'nursery' | 'ophthalmic_premises' | 'other' | 'other_childcare' | 'other_departments' | 'other_educational' | 'other_patient_related_location' | 'other_public_area_or_building' | 'out_of_hours_centre' | 'outpatient_clinic' | 'patients_home' | 'patients_workplace' | 'pharmacy' | 'police_station' | 'polyclinic' | 'primary_care_health_centre' | 'prison' | 'probation_premises' | 'resource_centre' | 'school' | 'street_or_open_space' | 'sure_start' | 'training_establishments' | 'university' | 'voluntary_or_charitable_premises' | 'walk_in_centre' | 'ward' | 'young_offender_institution' | 'young_offender_institution_15_17' | 'young_offender_institution_18_21' | null
  readonly person_id?: string | null
  readonly subject?: 'person' | 'proxy'
  readonly others_present?: readonly ('care_worker' | 'family_advocate' | 'friend_or_neighbour' | 'independent_advocate' | 'mental_capacity_advocate' | 'mental_health_advocate' | 'non_instructed_advocate' | 'parent_or_relative')[]
  readonly with_colleague?: 'doctor' | 'none' | 'nurse' | 'occupational_therapist' | 'other' | 'peer' | 'psychology' | 'social_worker' | 'support_worker' | 'voluntary_sector' | null
  readonly focus?: readonly ('confidence' | 'culture_faith_identity' | 'daily_routine' | 'ending_and_moving_on' | 'friends_and_community' | 'getting_online' | 'goals' | 'hobbies_interests' | 'home_and_tenancy' | 'hope_and_meaning' | 'money_and_benefits' | 'moving_more' | 'navigating_services' | 'other' | 'parenting' | 'physical_health_access' | 'relationships' | 'rights_and_choices' | 'sharing_experience' | 'work_volunteering_learning')[]
  readonly note?: string | null
  readonly details: OneToOne | AccompaniedAppointment | Signposting | DischargeSupport
}

export interface EntryChange {
  readonly happened_on?: string
  readonly started_at?: string | null
  readonly minutes?: number | null
  readonly travel_minutes?: number | null
  readonly admin_minutes?: number | null
  readonly mode?: 'email' | 'group_chat' | 'in_person' | 'live_chat' | 'message_board' | 'other' | 'phone' | 'text_message' | 'text_relay' | 'video' | null
  readonly attendance?: 'arrived_too_late' | 'attended' | 'attended_late' | 'cancelled_by_person' | 'cancelled_by_us' | 'did_not_attend' | null
  readonly place?: 'care_home_with_nursing' | 'care_home_without_nursing' | 'carers_home' | 'child_development_centre' | 'childrens_home' | 'day_centre' | 'day_hospital' | 'dental_practice' | 'dispensing_optician' | 'emergency_community_dental_service' | 'emergency_department' | 'further_education_college' | 'gp_practice' | 'hospice' | 'immigration_removal_centre' | 'integrated_care_home' | 'nursery' | 'ophthalmic_premises' | 'other' | 'other_childcare' | 'other_departments' | 'other_educational' | 'other_patient_related_location' | 'other_public_area_or_building' | 'out_of_hours_centre' | 'outpatient_clinic' | 'patients_home' | 'patients_workplace' | 'pharmacy' | 'police_station' | 'polyclinic' | 'primary_care_health_centre' | 'prison' | 'probation_premises' | 'resource_centre' | 'school' | 'street_or_open_space' | 'sure_start' | 'training_establishments' | 'university' | 'voluntary_or_charitable_premises' | 'walk_in_centre' | 'ward' | 'young_offender_institution' | 'young_offender_institution_15_17' | 'young_offender_institution_18_21' | null
  readonly person_id?: string | null
  readonly subject?: 'person' | 'proxy' | null
  readonly others_present?: readonly ('care_worker' | 'family_advocate' | 'friend_or_neighbour' | 'independent_advocate' | 'mental_capacity_advocate' | 'mental_health_advocate' | 'non_instructed_advocate' | 'parent_or_relative')[] | null
  readonly with_colleague?: 'doctor' | 'none' | 'nurse' | 'occupational_therapist' | 'other' | 'peer' | 'psychology' | 'social_worker' | 'support_worker' | 'voluntary_sector' | null
  readonly focus?: readonly ('confidence' | 'culture_faith_identity' | 'daily_routine' | 'ending_and_moving_on' | 'friends_and_community' | 'getting_online' | 'goals' | 'hobbies_interests' | 'home_and_tenancy' | 'hope_and_meaning' | 'money_and_benefits' | 'moving_more' | 'navigating_services' | 'other' | 'parenting' | 'physical_health_access' | 'relationships' | 'rights_and_choices' | 'sharing_experience' | 'work_volunteering_learning')[] | null
  readonly note?: string | null
  readonly details?: Readonly<Record<string, unknown>>
}

export interface EntryOperation {
  readonly thing: 'entry'
  readonly id: string
  readonly n: number
  readonly action: 'amend' | 'create' | 'unvoid' | 'void'
  readonly thing_id: string
  readonly team_id: string
  readonly base?: number
  readonly schema: number
  readonly reason?: string | null
  readonly closes?: string | null
  readonly made_at: number
  readonly zone: string
  readonly utc_offset_min: number
  readonly set?: EntryChange
}

export interface Membership {
  readonly team_id: string | null
  readonly team_name: string | null
  readonly role: 'admin' | 'analyst' | 'lead' | 'worker'
}

export interface OfferedKind {
  readonly kind: 'accompanied_appointment' | 'discharge_support' | 'one_to_one' | 'signposting'
  readonly label: string
  readonly offered?: boolean
}

export interface OneToOne {
  readonly kind: 'one_to_one'
  readonly first_meeting?: boolean | null
  readonly approach?: readonly ('activity_together' | 'explored_strengths' | 'found_things_in_common' | 'listening' | 'planned_next_steps' | 'practical_help' | 'shared_my_experience' | 'walk_and_talk')[]
  readonly shared_experience?: 'a_little' | 'a_lot' | 'no' | null
  readonly boundaries_discussed?: boolean | null
  readonly person_led?: 'i_suggested' | 'shared' | 'they_chose_topic' | null
  readonly ending_talked_about?: boolean | null
}

export interface OpenConflict {
  readonly op: string
  readonly thing: 'entry' | 'person'
  readonly thing_id: string
  readonly team_id: string
  readonly action: 'amend' | 'create' | 'unvoid' | 'void'
  readonly reason: string
  readonly author_id: string
  readonly received_at: number
  readonly set: Readonly<Record<string, unknown>>
}

export interface Page {
  readonly rows?: readonly (Entry | Person)[]
  readonly cursor?: string | null
  readonly more?: boolean | null
  readonly reset?: 'epoch' | 'view' | null
}

export interface Person {
  readonly thing: 'person'
  readonly id: string
  readonly team_id: string
  readonly version: number
  readonly code: string
  readonly local_patient_id?: string | null
  readonly referral_ref?: string | null
  readonly started_on?: string | null
  readonly ended_on?: string | null
  readonly end_reason?: 'chose_to_stop' | 'moved_away' | 'moved_on' | 'no_contact' | 'other' | 'planned_ending' | null
  readonly merged_into?: string | null
}

export interface PersonChange {
  readonly code?: string
  readonly local_patient_id?: string | null
  readonly referral_ref?: string | null
  readonly started_on?: string | null
  readonly ended_on?: string | null
  readonly end_reason?: 'chose_to_stop' | 'moved_away' | 'moved_on' | 'no_contact' | 'other' | 'planned_ending' | null
  readonly merged_into?: string | null
}

export interface PersonOperation {
  readonly thing: 'person'
  readonly id: string
  readonly n: number
  readonly action: 'amend' | 'create' | 'unvoid' | 'void'
  readonly thing_id: string
  readonly team_id: string
  readonly base?: number
  readonly schema: number
  readonly reason?: string | null
  readonly closes?: string | null
  readonly made_at: number
  readonly zone: string
  readonly utc_offset_min: number
  readonly set?: PersonChange
}

export interface Problem {
  readonly code: string
  readonly field?: string | null
  readonly limit?: number | null
}

export interface PullAnswer {
  readonly server?: 'alongside'
  readonly epoch: number
  readonly server_time: number
  readonly scope_version: number
  readonly scope: readonly string[]
  readonly teams: Readonly<Record<string, Page>>
  readonly conflicts: readonly OpenConflict[]
}

export interface PullRequest {
  readonly protocol: 1
  readonly device_id: string
  readonly schema?: number
  readonly limit?: number
  readonly cursors?: Readonly<Record<string, string | null>>
}

export interface PushAnswer {
  readonly server?: 'alongside'
  readonly protocol?: 1
  readonly epoch: number
  readonly server_time: number
  readonly accepts_schema: readonly [number, number]
  readonly results: readonly Result[]
}

export interface PushRequest {
  readonly protocol: 1
  readonly device_id: string
  readonly user_id: string
  readonly app?: string
  readonly epoch?: number
  readonly sent_at?: number
  readonly issued?: number
  readonly pending?: number
  readonly oldest_pending_at?: number | null
  readonly operations: readonly (EntryOperation | PersonOperation)[]
}

export interface Result {
  readonly id: string | null
  readonly outcome: 'applied' | 'conflict' | 'duplicate' | 'rejected'
  readonly first?: 'applied' | 'conflict' | null
  readonly reason?: string | null
  readonly version?: number | null
  readonly seq?: number | null
  readonly noop?: boolean
  readonly record?: Entry | Person | null
  readonly retry?: 'after_update' | 'later' | 'never' | null
  readonly problems?: readonly Problem[]
}

export interface Service {
  readonly id: string
  readonly name: string
  readonly settings: ServiceSettings
}

export interface ServiceSettings {
  readonly person_codes?: 'off' | 'optional' | 'required'
  readonly notes?: 'off' | 'short'
  readonly kinds?: readonly OfferedKind[]
  readonly back_dating_days?: number
  readonly small_numbers?: 'hes' | 'mhsds'
}

export interface SessionAnswer {
  readonly server?: 'alongside'
  readonly user: UserAnswer
  readonly service: Service
  readonly memberships: readonly Membership[]
}

export interface Signposting {
  readonly kind: 'signposting'
  readonly items: readonly SignpostingItem[]
}

export interface SignpostingItem {
  readonly category: 'carers_support' | 'crisis_support' | 'culture_faith_identity' | 'digital_computers_internet' | 'education_recovery_college' | 'employment' | 'food_and_essentials' | 'hobbies_arts' | 'housing' | 'legal_advice_advocacy' | 'lgbtq_plus' | 'mental_health_support' | 'money_debt_benefits' | 'nature_outdoors' | 'other' | 'parenting_family' | 'peer_group' | 'physical_health' | 'smoking_alcohol_drug_support_service' | 'sport_exercise' | 'transport' | 'veterans' | 'volunteering'
  readonly how: 'formal_referral_by_team' | 'gave_info' | 'helped_contact' | 'looked_it_up_together' | 'made_introduction' | 'went_along'
  readonly service?: string | null
  readonly digital_help?: readonly ('data_or_wifi' | 'device_access' | 'email_account' | 'nhs_app' | 'online_forms' | 'online_safety' | 'video_calls')[]
  readonly outcome?: 'attended_once' | 'changed_mind' | 'did_not_suit' | 'full_or_closed' | 'going_regularly' | 'not_known_yet' | 'person_contacted_them' | 'waiting'
  readonly outcome_on?: string | null
  readonly check_back_on?: string | null
  readonly info_was_right?: 'out_of_date' | 'yes' | null
}

export interface Totals {
  readonly entries: number | null
  readonly contacts: number | null
  readonly attended: number | null
  readonly reportable: number | null
  readonly not_attended: number | null
  readonly minutes: number | null
  readonly travel_minutes: number | null
  readonly people: number | null
  readonly group_sessions: number | null
  readonly group_attendances: number | null
  readonly indirect: number | null
  readonly hidden: readonly string[]
}

export interface UserAnswer {
  readonly id: string
  readonly name: string
  readonly login: string
}

export interface VolumeRow {
  readonly period: string
  readonly label: string
  readonly partial: boolean
  readonly key: string
  readonly entries: number | null
  readonly contacts: number | null
  readonly attended: number | null
  readonly reportable: number | null
  readonly not_attended: number | null
  readonly minutes: number | null
  readonly travel_minutes: number | null
  readonly people: number | null
  readonly group_sessions: number | null
  readonly group_attendances: number | null
  readonly indirect: number | null
  readonly hidden: readonly string[]
}

export interface Volumes {
  readonly from: string
  readonly to: string
  readonly by: 'month' | 'quarter' | 'week'
  readonly split: 'attendance' | 'kind' | 'mode' | 'stage' | 'team' | 'topic'
  readonly as_of: string
  readonly complete: Complete
  readonly rows: readonly VolumeRow[]
  readonly totals: Totals
}
