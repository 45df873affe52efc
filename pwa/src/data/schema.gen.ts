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

export interface AdminTravel {
  readonly kind: 'admin_travel'
  readonly admin_kind: 'emails_and_calls' | 'meeting_prep' | 'notes' | 'other' | 'resource_gathering' | 'travel'
}

export interface Advocacy {
  readonly kind: 'advocacy'
  readonly advocacy_kind: 'accessed_formal_advocate' | 'challenged_barrier' | 'helped_complain_or_feedback' | 'helped_raise_question' | 'rights_information' | 'spoke_at_request'
  readonly person_present?: boolean
  readonly with_whom?: 'advocate' | 'benefits_advice' | 'care_coordinator' | 'community_team' | 'crisis_team' | 'education' | 'employment_service' | 'family_or_carer' | 'gp_practice' | 'housing_provider' | 'other' | 'social_care' | 'voluntary_group' | 'ward_team' | null
  readonly rehearsed?: boolean | null
  readonly formal_advocate?: 'care_act' | 'mental_capacity' | 'mental_health' | 'none' | 'other' | null
  readonly result?: 'heard' | 'not_yet' | 'ongoing' | 'partly' | null
}

export interface AnswerList {
  readonly retired?: readonly string[]
  readonly labels?: Readonly<Record<string, AnswerWords>>
  readonly own?: readonly string[]
}

export interface AnswerWords {
  readonly en: string
  readonly cy?: string | null
}

export interface CarePlanningSupport {
  readonly kind: 'care_planning_support'
  readonly setting: 'after_meeting' | 'at_care_plan_meeting' | 'at_review' | 'before_meeting_prep' | 'ward_round'
  readonly invited_by_person?: 'no_but_agreed' | 'team_asked' | 'yes' | null
  readonly shared_decision_focus?: readonly ('care_choices' | 'care_plan' | 'daily_support' | 'discharge' | 'other' | 'safety_wishes')[]
  readonly persons_view_heard?: 'fully' | 'not_applicable' | 'not_this_time' | 'partly' | null
  readonly questions_prepared_count?: number | null
}

export interface CarerFamilySupport {
  readonly kind: 'carer_family_support'
  readonly recipient: 'carer_alone' | 'carer_with_person'
  readonly relationship?: 'adult_child' | 'friend' | 'other' | 'parent' | 'partner' | 'sibling' | null
  readonly young_carer?: boolean | null
  readonly about_person?: boolean | null
  readonly support_kind?: readonly ('carer_assessment_info' | 'information' | 'listening' | 'shared_carer_experience' | 'signposting' | 'ward_orientation')[]
}

export interface Change {
  readonly op: string
  readonly action: 'create' | 'amend' | 'void' | 'unvoid'
  readonly user_id: string
  readonly author_id: string
  readonly received_at: number
  readonly outcome: 'applied' | 'conflict'
  readonly reason: string | null
  readonly version: number | null
}

export interface Changed {
  readonly setting: string
  readonly before: unknown
  readonly after: unknown
}

export interface ClosedMonth {
  readonly team_id: string
  readonly month: string
  readonly closed_at: number
  readonly closed_by: string | null
}

export interface CommunityAccess {
  readonly kind: 'community_access'
  readonly step: 'goes_alone' | 'looked_it_up_or_visited_outside' | 'met_there' | 'talked_about_it' | 'went_alone_with_check_in' | 'went_together_i_stepped_back' | 'went_together_stayed'
  readonly place_kind?: 'arts_or_craft' | 'cafe' | 'college_or_course' | 'faith_or_culture' | 'health_or_wellbeing_class' | 'leisure_or_gym' | 'library' | 'other' | 'peer_group' | 'public_transport' | 'shops_or_bank' | 'sport' | 'volunteering' | 'walking_or_nature' | 'work' | null
  readonly place_label?: string | null
  readonly confidence?: number | null
  readonly confident_alone?: boolean | null
  readonly barrier?: readonly ('access_needs' | 'childcare' | 'cost' | 'felt_unwelcome' | 'nerves_about_going' | 'other' | 'timing' | 'transport')[]
}

export interface Complete {
  readonly phones: number
  readonly in_touch_since_end: number
  readonly quietest_since: string | null
}

export interface Conflicts {
  readonly server?: 'alongside'
  readonly conflicts: readonly OpenConflict[]
}

export interface Cpd {
  readonly kind: 'cpd'
  readonly cpd_kind: 'away_day' | 'care_certificate' | 'community_of_practice' | 'conference' | 'induction' | 'peer_support_certificate' | 'psw_cpd_session' | 'reading' | 'shadowing' | 'statutory_mandatory'
  readonly title?: string | null
  readonly competences?: readonly ('judgement_and_reflection' | 'knowledge' | 'organisational' | 'psychological_approaches' | 'relational_skills' | 'self_care_and_support' | 'supporting_people' | 'teams_and_rights' | 'values_of_peer_support')[]
  readonly certificate_standard?: string | null
  readonly completed?: boolean | null
  readonly expires_on?: string | null
}

export interface Device {
  readonly name: string
  readonly app?: string
}

export interface DeviceAnswer {
  readonly server?: 'alongside'
  readonly user_id: string
  readonly data_key: string
  readonly own_key: string
  readonly epoch: number
}

export interface DeviceState {
  readonly id: string
  readonly user_id: string
  readonly name: string
  readonly app: string
  readonly created_at: number
  readonly last_seen_at: number
  readonly issued: number
  readonly received: number
  readonly missing: readonly (readonly [number, number])[]
  readonly missing_count: number
  readonly pending: number
  readonly oldest_pending_at: number | null
  readonly possibly_lost: number
  readonly signed_out: boolean
}

export interface Devices {
  readonly server?: 'alongside'
  readonly devices: readonly DeviceState[]
}

export interface Directory {
  readonly server?: 'alongside'
  readonly teams: readonly DirectoryTeam[]
  readonly users: readonly DirectoryUser[]
}

export interface DirectoryTeam {
  readonly id: string
  readonly name: string
  readonly closed_months: readonly string[]
}

export interface DirectoryUser {
  readonly id: string
  readonly name: string
  readonly role: 'worker' | 'lead' | 'analyst' | 'admin'
  readonly team_id: string | null
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

export interface Entries {
  readonly server?: 'alongside'
  readonly entries: readonly Entry[]
  readonly next: string | null
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
  readonly details: OneToOne | AccompaniedAppointment | Signposting | DischargeSupport | RecoveryPlanning | WellnessPlanning | CarePlanningSupport | CommunityAccess | WardWelcome | Advocacy | CarerFamilySupport | GroupSession | RecoveryCollege | TeamMeeting | Liaison | Supervision | Cpd | AdminTravel
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

export interface Goal {
  readonly life_area: 'confidence' | 'culture_faith_identity' | 'daily_routine' | 'ending_and_moving_on' | 'friends_and_community' | 'getting_online' | 'goals' | 'hobbies_interests' | 'home_and_tenancy' | 'hope_and_meaning' | 'money_and_benefits' | 'moving_more' | 'navigating_services' | 'other' | 'parenting' | 'physical_health_access' | 'relationships' | 'rights_and_choices' | 'sharing_experience' | 'work_volunteering_learning'
  readonly status?: 'changed' | 'doing' | 'done' | 'new' | 'parked'
}

export interface GroupSession {
  readonly kind: 'group_session'
  readonly participants: number
  readonly role?: 'co_facilitate_with_clinician' | 'co_facilitate_with_peer' | 'lead' | 'support' | null
  readonly group_name?: string | null
  readonly new_participants?: number | null
  readonly held?: 'hybrid' | 'in_person' | 'online' | null
  readonly session_type?: 'health_promotion' | 'telephone_support' | 'therapeutic_group' | null
  readonly theme?: 'confidence' | 'culture_faith_identity' | 'daily_routine' | 'ending_and_moving_on' | 'friends_and_community' | 'getting_online' | 'goals' | 'hobbies_interests' | 'home_and_tenancy' | 'hope_and_meaning' | 'money_and_benefits' | 'moving_more' | 'navigating_services' | 'other' | 'parenting' | 'physical_health_access' | 'relationships' | 'rights_and_choices' | 'sharing_experience' | 'work_volunteering_learning' | null
  readonly attendees_known?: boolean | null
  readonly prep_minutes?: number | null
  readonly debrief_minutes?: number | null
  readonly cancelled?: 'not_enough_people' | 'other' | 'staffing' | 'venue' | null
}

export interface Health {
  readonly server?: 'alongside'
  readonly status?: 'ok'
}

export interface History {
  readonly server?: 'alongside'
  readonly changes: readonly Change[]
}

export interface Join {
  readonly login: string
  readonly password: string
  readonly code: string
}

export interface Liaison {
  readonly kind: 'liaison'
  readonly consulted: 'advocate' | 'benefits_advice' | 'care_coordinator' | 'community_team' | 'crisis_team' | 'education' | 'employment_service' | 'family_or_carer' | 'gp_practice' | 'housing_provider' | 'other' | 'social_care' | 'voluntary_group' | 'ward_team'
  readonly purpose?: 'arrange_support' | 'chase_up' | 'find_information' | 'pass_on_wishes' | 'prepare_visit' | 'safeguarding_or_safety_passed_on' | null
  readonly permission?: 'no' | 'safety_exception' | 'yes' | null
}

export interface Measure {
  readonly name: string
  readonly count: number | null
  readonly of: number | null
  readonly percent: number | null
  readonly median: number | null
  readonly hidden: readonly string[]
  readonly definition: string
}

export interface Membership {
  readonly team_id: string | null
  readonly team_name: string | null
  readonly role: 'worker' | 'lead' | 'analyst' | 'admin'
}

export interface MonthChange {
  readonly closed: boolean
}

export interface Months {
  readonly server?: 'alongside'
  readonly months: readonly ClosedMonth[]
}

export interface OfferedKind {
  readonly kind: 'accompanied_appointment' | 'admin_travel' | 'advocacy' | 'care_planning_support' | 'carer_family_support' | 'community_access' | 'cpd' | 'discharge_support' | 'group_session' | 'liaison' | 'one_to_one' | 'recovery_college' | 'recovery_planning' | 'signposting' | 'supervision' | 'team_meeting' | 'ward_welcome' | 'wellness_planning'
  readonly label: string
  readonly label_cy?: string | null
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
  readonly thing: 'entry' | 'person' | 'reflection'
  readonly thing_id: string
  readonly team_id: string
  readonly action: 'create' | 'amend' | 'void' | 'unvoid'
  readonly base: number
  readonly reason: string
  readonly why?: string
  readonly author_id: string
  readonly received_at: number
  readonly zone: string
  readonly utc_offset_min: number
  readonly set: Readonly<Record<string, unknown>>
  readonly record?: Entry | Person | Reflection
}

export interface Page {
  readonly rows?: readonly (Entry | Person | Reflection)[]
  readonly cursor?: string
  readonly more?: boolean
  readonly reset?: 'view' | 'epoch'
}

export interface PastChange {
  readonly at: number
  readonly user_id: string | null
  readonly name: string | null
  readonly version: number
  readonly changes: readonly Changed[]
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

export interface PersonItem {
  readonly person_id: string
  readonly minutes: number
  readonly consulted?: 'advocate' | 'benefits_advice' | 'care_coordinator' | 'community_team' | 'crisis_team' | 'education' | 'employment_service' | 'family_or_carer' | 'gp_practice' | 'housing_provider' | 'other' | 'social_care' | 'voluntary_group' | 'ward_team' | null
  readonly permission_to_share?: 'no' | 'not_applicable' | 'yes' | null
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

export interface ProblemAnswer {
  readonly server?: 'alongside'
  readonly type?: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly problems?: readonly Problem[]
}

export interface PullAnswer {
  readonly server?: 'alongside'
  readonly user_id: string
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
  readonly operations: readonly (EntryOperation | PersonOperation | ReflectionOperation)[]
}

export interface RecoveryCollege {
  readonly kind: 'recovery_college'
  readonly activity: 'co_deliver_session' | 'co_produce_course' | 'enrolment_help' | 'evaluation' | 'planning_meeting' | 'support_a_learner'
  readonly learners_attended?: number | null
  readonly course_name?: string | null
  readonly session_no?: number | null
  readonly sessions_total?: number | null
  readonly co_trainer?: 'both' | 'clinician' | 'none' | 'peer' | null
  readonly co_production_level?: 'co_designed' | 'co_produced' | 'consulted' | 'learner_led' | null
}

export interface RecoveryPlanning {
  readonly kind: 'recovery_planning'
  readonly plan_stage: 'continued' | 'finished' | 'reviewed' | 'started'
  readonly goals?: readonly Goal[]
  readonly tool_used?: 'none' | 'other' | 'own_words' | 'recovery_star_style' | 'trust_template' | 'wrap_style' | null
  readonly plan_owner?: 'on_care_record' | 'person_keeps_it' | 'shared_copy' | null
  readonly self_management_topic?: 'asking_for_help' | 'coping_ideas' | 'early_signs_plan' | 'other' | 'routine' | 'sleep_and_rest' | null
}

export interface Reflection {
  readonly thing: 'reflection'
  readonly id: string
  readonly team_id: string
  readonly author_id: string
  readonly version: number
  readonly state: 'active' | 'void'
  readonly entry_id?: string | null
  readonly kept_on: string
  readonly sealed: string
}

export interface ReflectionChange {
  readonly entry_id?: string | null
  readonly kept_on?: string
  readonly sealed?: string
}

export interface ReflectionOperation {
  readonly thing: 'reflection'
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
  readonly set?: ReflectionChange
}

export interface Result {
  readonly id: string | null
  readonly outcome: 'applied' | 'conflict' | 'duplicate' | 'rejected'
  readonly first?: 'applied' | 'conflict' | null
  readonly reason?: string | null
  readonly version?: number | null
  readonly seq?: number | null
  readonly noop?: boolean
  readonly record?: Entry | Person | Reflection | null
  readonly retry?: 'after_update' | 'later' | 'never' | null
  readonly problems?: readonly Problem[]
}

export interface Service {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly settings: ServiceSettings
}

export interface ServiceSettings {
  readonly person_codes?: 'off' | 'optional' | 'required'
  readonly notes?: 'off' | 'short'
  readonly kinds?: readonly OfferedKind[]
  readonly back_dating_days?: number
  readonly small_numbers?: 'hes' | 'mhsds'
  readonly answers?: Readonly<Record<string, AnswerList>>
  readonly week?: readonly ('friday' | 'monday' | 'saturday' | 'sunday' | 'thursday' | 'tuesday' | 'wednesday')[]
  readonly leads_see?: 'names' | 'team'
}

export interface SessionAnswer {
  readonly server?: 'alongside'
  readonly user: UserAnswer
  readonly service: Service
  readonly memberships: readonly Membership[]
}

export interface SettingsChange {
  readonly base: number
  readonly settings: ServiceSettings
}

export interface SettingsHistory {
  readonly server?: 'alongside'
  readonly changes: readonly PastChange[]
  readonly next: string | null
}

export interface SettingsSaved {
  readonly server?: 'alongside'
  readonly service: Service
  readonly changes: readonly Changed[]
}

export interface SignIn {
  readonly login: string
  readonly password: string
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

export interface Supervision {
  readonly kind: 'supervision'
  readonly supervision_kind: 'appraisal' | 'debrief_after_event' | 'group_reflective_practice' | 'line_management' | 'mentoring' | 'peer_supervision' | 'team_clinical_supervision'
  readonly direction?: 'giving' | 'receiving'
  readonly agenda?: 'i_set_it' | 'set_for_me' | 'shared' | null
  readonly wellness_at_work_reviewed?: boolean | null
  readonly next_due_on?: string | null
  readonly competences?: readonly ('judgement_and_reflection' | 'knowledge' | 'organisational' | 'psychological_approaches' | 'relational_skills' | 'self_care_and_support' | 'supporting_people' | 'teams_and_rights' | 'values_of_peer_support')[]
}

export interface TeamMeeting {
  readonly kind: 'team_meeting'
  readonly meeting_kind: 'care_review_without_person' | 'co_production_board' | 'handover' | 'huddle' | 'mdt' | 'service_development' | 'stigma_or_recovery_training_given' | 'team_meeting' | 'ward_round'
  readonly my_part?: readonly ('peer_perspective' | 'persons_wishes_shared_with_permission' | 'raised_concern' | 'received_work' | 'recovery_language' | 'took_actions')[]
  readonly person_items?: readonly PersonItem[]
  readonly actions_taken_on?: number | null
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
  readonly in_person: number | null
  readonly remote: number | null
  readonly message: number | null
  readonly cancelled_by_person: number | null
  readonly did_not_attend: number | null
  readonly arrived_too_late: number | null
  readonly cancelled_by_us: number | null
  readonly dna: number | null
  readonly dna_of: number | null
  readonly group_minutes: number | null
  readonly indirect_minutes: number | null
  readonly other_minutes: number | null
  readonly admin_minutes: number | null
  readonly signposted: number | null
}

export interface UserAnswer {
  readonly id: string
  readonly name: string
  readonly login: string
}

export interface VolumeMeasures {
  readonly from: string
  readonly to: string
  readonly as_of: string
  readonly complete: Complete
  readonly teams: Readonly<Record<string, string>>
  readonly measures: readonly Measure[]
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
  readonly in_person: number | null
  readonly remote: number | null
  readonly message: number | null
  readonly cancelled_by_person: number | null
  readonly did_not_attend: number | null
  readonly arrived_too_late: number | null
  readonly cancelled_by_us: number | null
  readonly dna: number | null
  readonly dna_of: number | null
  readonly group_minutes: number | null
  readonly indirect_minutes: number | null
  readonly other_minutes: number | null
  readonly admin_minutes: number | null
  readonly signposted: number | null
}

export interface Volumes {
  readonly from: string
  readonly to: string
  readonly by: 'week' | 'month' | 'quarter'
  readonly split: 'kind' | 'mode' | 'attendance' | 'team' | 'topic' | 'stage' | 'family' | 'outcome' | 'step'
  readonly as_of: string
  readonly complete: Complete
  readonly teams: Readonly<Record<string, string>>
  readonly rows: readonly VolumeRow[]
  readonly totals: Totals
}

export interface WardWelcome {
  readonly kind: 'ward_welcome'
  readonly timing: 'day_of_arrival' | 'later' | 'within_24h' | 'within_72h'
  readonly who?: readonly ('carer' | 'family' | 'friend' | 'person')[]
  readonly covered?: readonly ('belongings_phone_charger' | 'food_and_drinks' | 'introduced_myself_as_peer' | 'quiet_spaces_activities' | 'rights_and_information' | 'showed_round' | 'visiting_times' | 'what_happens_each_day' | 'what_helped_me' | 'who_is_who')[]
  readonly welcome_pack?: 'given' | 'not_available' | 'offered_declined' | null
  readonly place_kind?: 'community_team' | 'crisis_house_or_cafe' | 'other' | 'recovery_college' | 'ward' | null
}

export interface WellnessPlanning {
  readonly kind: 'wellness_planning'
  readonly plan_type: 'advance_wishes' | 'crisis_or_safety_wishes' | 'other' | 'wellness_plan'
  readonly plan_stage?: 'continued' | 'finished' | 'reviewed' | 'started' | null
  readonly parts_worked_on?: readonly ('after_a_crisis' | 'in_a_crisis' | 'my_signs' | 'what_helps' | 'what_keeps_me_well' | 'who_can_help')[]
  readonly copy_with_person?: 'not_yet' | 'yes' | null
}
