// Written by make types from openapi.json. Do not edit.

export interface AccompaniedAppointment {
  readonly appointment_kind: 'advocacy' | 'benefits_or_jobcentre' | 'dentist_optician' | 'gp' | 'hospital_or_clinic' | 'housing' | 'legal_or_court' | 'mental_health_team' | 'other' | 'psychiatrist_or_prescriber' | 'social_care' | 'therapy_or_group_first_visit' | 'work_or_college'
  readonly debrief_after?: boolean | null
  readonly decision_shared?: 'no' | 'not_applicable' | 'partly' | 'yes' | null
  readonly how_to_say_it?: readonly ('agreed_a_signal' | 'i_would_prompt' | 'letter_or_card' | 'practised_out_loud' | 'wrote_it_down')[]
  readonly kind: 'accompanied_appointment'
  readonly my_role?: 'note_taker' | 'prompted_when_asked' | 'quiet_support' | 'spoke_for_them_at_their_request' | 'travel_only' | null
  readonly outcome?: 'appointment_cancelled' | 'happened' | 'left_early' | 'person_chose_not_to_go' | 'rearranged' | null
  readonly prep_done?: 'none' | 'on_the_way' | 'separate_session' | null
  readonly requested_by?: 'carer' | 'person' | 'team' | null
  readonly said_what_they_wanted?: 'no' | 'some' | 'unsure' | 'yes' | null
}

export interface Change {
  readonly action: 'create' | 'amend' | 'void' | 'unvoid'
  readonly author_id: string
  readonly op: string
  readonly outcome: 'applied' | 'conflict'
  readonly reason: string | null
  readonly received_at: number
  readonly user_id: string
  readonly version: number | null
}

export interface ClosedMonth {
  readonly closed_at: number
  readonly closed_by: string | null
  readonly month: string
  readonly team_id: string
}

export interface Complete {
  readonly in_touch_since_end: number
  readonly phones: number
  readonly quietest_since: string | null
}

export interface Conflicts {
  readonly conflicts: readonly OpenConflict[]
  readonly server?: 'alongside'
}

export interface Device {
  readonly app?: string
  readonly name: string
}

export interface DeviceAnswer {
  readonly data_key: string
  readonly epoch: number
  readonly server?: 'alongside'
}

export interface DeviceState {
  readonly app: string
  readonly created_at: number
  readonly id: string
  readonly issued: number
  readonly last_seen_at: number
  readonly missing: readonly (readonly [number, number])[]
  readonly missing_count: number
  readonly name: string
  readonly oldest_pending_at: number | null
  readonly pending: number
  readonly possibly_lost: number
  readonly received: number
  readonly signed_out: boolean
  readonly user_id: string
}

export interface Devices {
  readonly devices: readonly DeviceState[]
  readonly server?: 'alongside'
}

export interface Directory {
  readonly server?: 'alongside'
  readonly teams: readonly DirectoryTeam[]
  readonly users: readonly DirectoryUser[]
}

export interface DirectoryTeam {
  readonly closed_months: readonly string[]
  readonly id: string
  readonly name: string
}

export interface DirectoryUser {
  readonly id: string
  readonly name: string
  readonly role: 'worker' | 'lead' | 'analyst' | 'admin'
  readonly team_id: string | null
}

export interface DischargeSupport {
  readonly discharged_on?: string | null
  readonly ending_planned_for?: string | null
  readonly invited_to_discharge_meeting?: 'no' | 'not_applicable' | 'yes' | null
  readonly kind: 'discharge_support'
  readonly plan_owned_by_person?: boolean | null
  readonly planned_discharge_on?: string | null
  readonly planning_topics?: readonly ('appointments_known' | 'belongings' | 'community_links' | 'first_week_plan' | 'home_ready' | 'keys_food_power' | 'money' | 'people_to_call' | 'pets_or_dependants' | 'things_to_look_forward_to' | 'travel_home')[]
  readonly post_kind?: 'first_visit_to_community_place' | 'home_visit' | 'met_in_community' | 'met_with_friends_or_family' | 'phone_or_video_check' | null
  readonly stage: 'discharge_planning' | 'post_discharge' | 'pre_discharge_inreach'
  readonly ward_label?: string | null
}

export interface Entries {
  readonly entries: readonly Entry[]
  readonly next: string | null
  readonly server?: 'alongside'
}

export interface Entry {
  readonly admin_minutes?: number
  readonly attendance?: 'arrived_too_late' | 'attended' | 'attended_late' | 'cancelled_by_person' | 'cancelled_by_us' | 'did_not_attend'
  readonly author_id: string
  readonly details: OneToOne | AccompaniedAppointment | Signposting | DischargeSupport
  readonly focus?: readonly ('confidence' | 'culture_faith_identity' | 'daily_routine' | 'ending_and_moving_on' | 'friends_and_community' | 'getting_online' | 'goals' | 'hobbies_interests' | 'home_and_tenancy' | 'hope_and_meaning' | 'money_and_benefits' | 'moving_more' | 'navigating_services' | 'other' | 'parenting' | 'physical_health_access' | 'relationships' | 'rights_and_choices' | 'sharing_experience' | 'work_volunteering_learning')[]
  readonly happened_on: string
  readonly id: string
  readonly minutes?: number | null
  readonly mode?: 'email' | 'group_chat' | 'in_person' | 'live_chat' | 'message_board' | 'other' | 'phone' | 'text_message' | 'text_relay' | 'video' | null
  readonly note?: string | null
  readonly others_present?: readonly ('care_worker' | 'family_advocate' | 'friend_or_neighbour' | 'independent_advocate' | 'mental_capacity_advocate' | 'mental_health_advocate' | 'non_instructed_advocate' | 'parent_or_relative')[]
  readonly person_id?: string | null
  readonly place?: 'care_home_with_nursing' | 'care_home_without_nursing' | 'carers_home' | 'child_development_centre' | 'childrens_home' | 'day_centre' | 'day_hospital' | 'dental_practice' | 'dispensing_optician' | 'emergency_community_dental_service' | 'emergency_department' | 'further_education_college' | 'gp_practice' | 'hospice' | 'immigration_removal_centre' | 'integrated_care_home' | 'nursery' | 'ophthalmic_premises' | 'other' | 'other_childcare' | 'other_departments' | 'other_educational' | 'other_patient_related_location' | 'other_public_area_or_building' | 'out_of_hours_centre' | 'outpatient_clinic' | 'patients_home' | 'patients_workplace' | 'pharmacy' | 'police_station' | 'polyclinic' | 'primary_care_health_centre' | 'prison' | 'probation_premises' | 'resource_centre' | 'school' | 'street_or_open_space' | 'sure_start' | 'training_establishments' | 'university' | 'voluntary_or_charitable_premises' | 'walk_in_centre' | 'ward' | 'young_offender_institution' | 'young_offender_institution_15_17' | 'young_offender_institution_18_21' | null
  readonly schema: number
  readonly started_at?: string | null
  readonly state: 'active' | 'void'
  readonly subject?: 'person' | 'proxy'
  readonly team_id: string
  readonly thing: 'entry'
  readonly travel_minutes?: number
  readonly utc_offset_min: number
  readonly version: number
  readonly with_colleague?: 'doctor' | 'none' | 'nurse' | 'occupational_therapist' | 'other' | 'peer' | 'psychology' | 'social_worker' | 'support_worker' | 'voluntary_sector' | null
  readonly zone: string
}

export interface EntryChange {
  readonly admin_minutes?: number | null
  readonly attendance?: 'arrived_too_late' | 'attended' | 'attended_late' | 'cancelled_by_person' | 'cancelled_by_us' | 'did_not_attend' | null
  readonly details?: Readonly<Record<string, unknown>>
  readonly focus?: readonly ('confidence' | 'culture_faith_identity' | 'daily_routine' | 'ending_and_moving_on' | 'friends_and_community' | 'getting_online' | 'goals' | 'hobbies_interests' | 'home_and_tenancy' | 'hope_and_meaning' | 'money_and_benefits' | 'moving_more' | 'navigating_services' | 'other' | 'parenting' | 'physical_health_access' | 'relationships' | 'rights_and_choices' | 'sharing_experience' | 'work_volunteering_learning')[] | null
  readonly happened_on?: string
  readonly minutes?: number | null
  readonly mode?: 'email' | 'group_chat' | 'in_person' | 'live_chat' | 'message_board' | 'other' | 'phone' | 'text_message' | 'text_relay' | 'video' | null
  readonly note?: string | null
  readonly others_present?: readonly ('care_worker' | 'family_advocate' | 'friend_or_neighbour' | 'independent_advocate' | 'mental_capacity_advocate' | 'mental_health_advocate' | 'non_instructed_advocate' | 'parent_or_relative')[] | null
  readonly person_id?: string | null
  readonly place?: 'care_home_with_nursing' | 'care_home_without_nursing' | 'carers_home' | 'child_development_centre' | 'childrens_home' | 'day_centre' | 'day_hospital' | 'dental_practice' | 'dispensing_optician' | 'emergency_community_dental_service' | 'emergency_department' | 'further_education_college' | 'gp_practice' | 'hospice' | 'immigration_removal_centre' | 'integrated_care_home' | 'nursery' | 'ophthalmic_premises' | 'other' | 'other_childcare' | 'other_departments' | 'other_educational' | 'other_patient_related_location' | 'other_public_area_or_building' | 'out_of_hours_centre' | 'outpatient_clinic' | 'patients_home' | 'patients_workplace' | 'pharmacy' | 'police_station' | 'polyclinic' | 'primary_care_health_centre' | 'prison' | 'probation_premises' | 'resource_centre' | 'school' | 'street_or_open_space' | 'sure_start' | 'training_establishments' | 'university' | 'voluntary_or_charitable_premises' | 'walk_in_centre' | 'ward' | 'young_offender_institution' | 'young_offender_institution_15_17' | 'young_offender_institution_18_21' | null
  readonly started_at?: string | null
  readonly subject?: 'person' | 'proxy' | null
  readonly travel_minutes?: number | null
  readonly with_colleague?: 'doctor' | 'none' | 'nurse' | 'occupational_therapist' | 'other' | 'peer' | 'psychology' | 'social_worker' | 'support_worker' | 'voluntary_sector' | null
}

export interface EntryOperation {
  readonly action: 'amend' | 'create' | 'unvoid' | 'void'
  readonly base?: number
  readonly closes?: string | null
  readonly id: string
  readonly made_at: number
  readonly n: number
  readonly reason?: string | null
  readonly schema: number
  readonly set?: EntryChange
  readonly team_id: string
  readonly thing: 'entry'
  readonly thing_id: string
  readonly utc_offset_min: number
  readonly zone: string
}

export interface Health {
  readonly server?: 'alongside'
  readonly status?: 'ok'
}

export interface History {
  readonly changes: readonly Change[]
  readonly server?: 'alongside'
}

export interface Join {
  readonly code: string
  readonly login: string
  readonly password: string
}

export interface Membership {
  readonly role: 'worker' | 'lead' | 'analyst' | 'admin'
  readonly team_id: string | null
  readonly team_name: string | null
}

export interface MonthChange {
  readonly closed: boolean
}

export interface Months {
  readonly months: readonly ClosedMonth[]
  readonly server?: 'alongside'
}

export interface OfferedKind {
  readonly kind: 'one_to_one' | 'accompanied_appointment' | 'signposting' | 'discharge_support'
  readonly label: string
  readonly offered?: boolean
}

export interface OneToOne {
  readonly approach?: readonly ('activity_together' | 'explored_strengths' | 'found_things_in_common' | 'listening' | 'planned_next_steps' | 'practical_help' | 'shared_my_experience' | 'walk_and_talk')[]
  readonly boundaries_discussed?: boolean | null
  readonly ending_talked_about?: boolean | null
  readonly first_meeting?: boolean | null
  readonly kind: 'one_to_one'
  readonly person_led?: 'i_suggested' | 'shared' | 'they_chose_topic' | null
  readonly shared_experience?: 'a_little' | 'a_lot' | 'no' | null
}

export interface OpenConflict {
  readonly action: 'create' | 'amend' | 'void' | 'unvoid'
  readonly author_id: string
  readonly base: number
  readonly op: string
  readonly reason: string
  readonly received_at: number
  readonly record?: Entry | Person
  readonly set: Readonly<Record<string, unknown>>
  readonly team_id: string
  readonly thing: 'entry' | 'person'
  readonly thing_id: string
  readonly utc_offset_min: number
  readonly why?: string
  readonly zone: string
}

export interface Page {
  readonly cursor?: string
  readonly more?: boolean
  readonly reset?: 'view' | 'epoch'
  readonly rows?: readonly (Entry | Person)[]
}

export interface Person {
  readonly code: string
  readonly end_reason?: 'chose_to_stop' | 'moved_away' | 'moved_on' | 'no_contact' | 'other' | 'planned_ending' | null
  readonly ended_on?: string | null
  readonly id: string
  readonly local_patient_id?: string | null
  readonly merged_into?: string | null
  readonly referral_ref?: string | null
  readonly started_on?: string | null
  readonly team_id: string
  readonly thing: 'person'
  readonly version: number
}

export interface PersonChange {
  readonly code?: string
  readonly end_reason?: 'chose_to_stop' | 'moved_away' | 'moved_on' | 'no_contact' | 'other' | 'planned_ending' | null
  readonly ended_on?: string | null
  readonly local_patient_id?: string | null
  readonly merged_into?: string | null
  readonly referral_ref?: string | null
  readonly started_on?: string | null
}

export interface PersonOperation {
  readonly action: 'amend' | 'create' | 'unvoid' | 'void'
  readonly base?: number
  readonly closes?: string | null
  readonly id: string
  readonly made_at: number
  readonly n: number
  readonly reason?: string | null
  readonly schema: number
  readonly set?: PersonChange
  readonly team_id: string
  readonly thing: 'person'
  readonly thing_id: string
  readonly utc_offset_min: number
  readonly zone: string
}

export interface Problem {
  readonly code: string
  readonly field?: string | null
  readonly limit?: number | null
}

export interface ProblemAnswer {
  readonly code: string
  readonly problems?: readonly Problem[]
  readonly server?: 'alongside'
  readonly status: number
  readonly title: string
  readonly type?: string
}

export interface PullAnswer {
  readonly conflicts: readonly OpenConflict[]
  readonly epoch: number
  readonly scope: readonly string[]
  readonly scope_version: number
  readonly server?: 'alongside'
  readonly server_time: number
  readonly teams: Readonly<Record<string, Page>>
  readonly user_id: string
}

export interface PullRequest {
  readonly cursors?: Readonly<Record<string, string | null>>
  readonly device_id: string
  readonly limit?: number
  readonly protocol: 1
  readonly schema?: number
}

export interface PushAnswer {
  readonly accepts_schema: readonly [number, number]
  readonly epoch: number
  readonly protocol?: 1
  readonly results: readonly Result[]
  readonly server?: 'alongside'
  readonly server_time: number
}

export interface PushRequest {
  readonly app?: string
  readonly device_id: string
  readonly epoch?: number
  readonly issued?: number
  readonly oldest_pending_at?: number | null
  readonly operations: readonly (EntryOperation | PersonOperation)[]
  readonly pending?: number
  readonly protocol: 1
  readonly sent_at?: number
  readonly user_id: string
}

export interface Result {
  readonly first?: 'applied' | 'conflict' | null
  readonly id: string | null
  readonly noop?: boolean
  readonly outcome: 'applied' | 'conflict' | 'duplicate' | 'rejected'
  readonly problems?: readonly Problem[]
  readonly reason?: string | null
  readonly record?: Entry | Person | null
  readonly retry?: 'after_update' | 'later' | 'never' | null
  readonly seq?: number | null
  readonly version?: number | null
}

export interface Service {
  readonly id: string
  readonly name: string
  readonly settings: ServiceSettings
}

export interface ServiceSettings {
  readonly back_dating_days?: number
  readonly kinds?: readonly OfferedKind[]
  readonly notes?: 'off' | 'short'
  readonly person_codes?: 'off' | 'optional' | 'required'
  readonly small_numbers?: 'mhsds' | 'hes'
}

export interface SessionAnswer {
  readonly memberships: readonly Membership[]
  readonly server?: 'alongside'
  readonly service: Service
  readonly user: UserAnswer
}

export interface SignIn {
  readonly login: string
  readonly password: string
}

export interface Signposting {
  readonly items: readonly SignpostingItem[]
  readonly kind: 'signposting'
}

export interface SignpostingItem {
  readonly category: 'carers_support' | 'crisis_support' | 'culture_faith_identity' | 'digital_computers_internet' | 'education_recovery_college' | 'employment' | 'food_and_essentials' | 'hobbies_arts' | 'housing' | 'legal_advice_advocacy' | 'lgbtq_plus' | 'mental_health_support' | 'money_debt_benefits' | 'nature_outdoors' | 'other' | 'parenting_family' | 'peer_group' | 'physical_health' | 'smoking_alcohol_drug_support_service' | 'sport_exercise' | 'transport' | 'veterans' | 'volunteering'
  readonly check_back_on?: string | null
  readonly digital_help?: readonly ('data_or_wifi' | 'device_access' | 'email_account' | 'nhs_app' | 'online_forms' | 'online_safety' | 'video_calls')[]
  readonly how: 'formal_referral_by_team' | 'gave_info' | 'helped_contact' | 'looked_it_up_together' | 'made_introduction' | 'went_along'
  readonly info_was_right?: 'out_of_date' | 'yes' | null
  readonly outcome?: 'attended_once' | 'changed_mind' | 'did_not_suit' | 'full_or_closed' | 'going_regularly' | 'not_known_yet' | 'person_contacted_them' | 'waiting'
  readonly outcome_on?: string | null
  readonly service?: string | null
}

export interface Totals {
  readonly attended: number | null
  readonly contacts: number | null
  readonly entries: number | null
  readonly group_attendances: number | null
  readonly group_sessions: number | null
  readonly hidden: readonly string[]
  readonly indirect: number | null
  readonly minutes: number | null
  readonly not_attended: number | null
  readonly people: number | null
  readonly reportable: number | null
  readonly travel_minutes: number | null
}

export interface UserAnswer {
  readonly id: string
  readonly login: string
  readonly name: string
}

export interface VolumeRow {
  readonly attended: number | null
  readonly contacts: number | null
  readonly entries: number | null
  readonly group_attendances: number | null
  readonly group_sessions: number | null
  readonly hidden: readonly string[]
  readonly indirect: number | null
  readonly key: string
  readonly label: string
  readonly minutes: number | null
  readonly not_attended: number | null
  readonly partial: boolean
  readonly people: number | null
  readonly period: string
  readonly reportable: number | null
  readonly travel_minutes: number | null
}

export interface Volumes {
  readonly as_of: string
  readonly by: 'week' | 'month' | 'quarter'
  readonly complete: Complete
  readonly from: string
  readonly rows: readonly VolumeRow[]
  readonly split: 'kind' | 'mode' | 'attendance' | 'team' | 'topic' | 'stage'
  readonly teams: Readonly<Record<string, string>>
  readonly to: string
  readonly totals: Totals
}
