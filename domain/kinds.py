"""The kinds of activity and the facts that each kind asks for. A new kind, field or option starts here."""

from datetime import date
from typing import Annotated, Literal, get_args

from msgspec import Meta

from domain.shape import Label, Strict

Kind = Literal["one_to_one", "accompanied_appointment", "signposting", "discharge_support"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# What a kind yields in the figures. Group and indirect work are never added to contacts.
Family = Literal["direct", "group", "indirect", "other"]
FAMILY: dict[Kind, Family] = {
    "one_to_one": "direct",
    "accompanied_appointment": "direct",
    "signposting": "direct",
    "discharge_support": "direct",
}

Approach = Literal[
    "listening",
    "shared_my_experience",
    "found_things_in_common",
    "explored_strengths",
    "practical_help",
    "walk_and_talk",
    "activity_together",
    "planned_next_steps",
]


class OneToOne(Strict, frozen=True, kw_only=True, tag_field="kind", tag="one_to_one"):
    """A conversation between the worker and one person."""

    first_meeting: bool | None = None
    approach: tuple[Approach, ...] = ()
    shared_experience: Literal["no", "a_little", "a_lot"] | None = None
    boundaries_discussed: bool | None = None
    person_led: Literal["they_chose_topic", "shared", "i_suggested"] | None = None
    ending_talked_about: bool | None = None


AppointmentKind = Literal[
    "gp",
    "mental_health_team",
    "psychiatrist_or_prescriber",
    "hospital_or_clinic",
    "dentist_optician",
    "therapy_or_group_first_visit",
    "social_care",
    "housing",
    "benefits_or_jobcentre",
    "work_or_college",
    "legal_or_court",
    "advocacy",
    "other",
]
HowToSayIt = Literal["practised_out_loud", "wrote_it_down", "agreed_a_signal", "i_would_prompt", "letter_or_card"]


class AccompaniedAppointment(Strict, frozen=True, kw_only=True, tag_field="kind", tag="accompanied_appointment"):
    """Going with a person to somebody else's appointment. Which place it was, never why they are in care."""

    appointment_kind: AppointmentKind
    requested_by: Literal["person", "carer", "team"] | None = None
    prep_done: Literal["none", "on_the_way", "separate_session"] | None = None
    how_to_say_it: tuple[HowToSayIt, ...] = ()
    my_role: (
        Literal["quiet_support", "prompted_when_asked", "spoke_for_them_at_their_request", "note_taker", "travel_only"]
        | None
    ) = None
    said_what_they_wanted: Literal["yes", "some", "no", "unsure"] | None = None
    decision_shared: Literal["yes", "partly", "no", "not_applicable"] | None = None
    outcome: (
        Literal["happened", "rearranged", "person_chose_not_to_go", "appointment_cancelled", "left_early"] | None
    ) = None
    debrief_after: bool | None = None


Topic = Literal[
    "housing",
    "money_debt_benefits",
    "food_and_essentials",
    "employment",
    "volunteering",
    "education_recovery_college",
    "hobbies_arts",
    "sport_exercise",
    "nature_outdoors",
    "physical_health",
    "smoking_alcohol_drug_support_service",
    "mental_health_support",
    "crisis_support",
    "peer_group",
    "carers_support",
    "parenting_family",
    "culture_faith_identity",
    "lgbtq_plus",
    "veterans",
    "legal_advice_advocacy",
    "transport",
    "digital_computers_internet",
    "other",
]
SignpostingHow = Literal[
    "gave_info",
    "looked_it_up_together",
    "helped_contact",
    "made_introduction",
    "went_along",
    "formal_referral_by_team",
]
DigitalHelp = Literal[
    "device_access", "data_or_wifi", "email_account", "nhs_app", "video_calls", "online_safety", "online_forms"
]
SignpostingOutcome = Literal[
    "not_known_yet",
    "person_contacted_them",
    "waiting",
    "attended_once",
    "going_regularly",
    "did_not_suit",
    "full_or_closed",
    "changed_mind",
]


class SignpostingItem(Strict, frozen=True, kw_only=True):
    """One place or service that a person was pointed to."""

    category: Topic
    how: SignpostingHow
    service: Label | None = None
    digital_help: tuple[DigitalHelp, ...] = ()
    outcome: SignpostingOutcome = "not_known_yet"
    outcome_on: date | None = None
    check_back_on: date | None = None
    info_was_right: Literal["yes", "out_of_date"] | None = None


class Signposting(Strict, frozen=True, kw_only=True, tag_field="kind", tag="signposting"):
    """Pointing a person to one to five places or services."""

    items: Annotated[tuple[SignpostingItem, ...], Meta(min_length=1, max_length=5)]


Stage = Literal["pre_discharge_inreach", "discharge_planning", "post_discharge"]
PlanningTopic = Literal[
    "home_ready",
    "keys_food_power",
    "money",
    "travel_home",
    "first_week_plan",
    "people_to_call",
    "appointments_known",
    "community_links",
    "things_to_look_forward_to",
    "belongings",
    "pets_or_dependants",
]


class DischargeSupport(Strict, frozen=True, kw_only=True, tag_field="kind", tag="discharge_support"):
    """Helping someone leave hospital: on the ward before leaving, planning to leave, or after leaving."""

    stage: Stage
    ward_label: Label | None = None
    planned_discharge_on: date | None = None
    discharged_on: date | None = None
    planning_topics: tuple[PlanningTopic, ...] = ()
    plan_owned_by_person: bool | None = None
    invited_to_discharge_meeting: Literal["yes", "no", "not_applicable"] | None = None
    post_kind: (
        Literal[
            "home_visit",
            "met_in_community",
            "met_with_friends_or_family",
            "first_visit_to_community_place",
            "phone_or_video_check",
        ]
        | None
    ) = None
    ending_planned_for: date | None = None


Details = OneToOne | AccompaniedAppointment | Signposting | DischargeSupport


def kind_of(details: Details) -> Kind:
    """The kind that the details are of, which is their tag on the wire."""
    tag: Kind = type(details).__struct_config__.tag  # type: ignore[assignment]
    return tag


def topics_of(details: Details) -> tuple[Topic, ...]:
    """The distinct topics of a signposting entry, in the order given; none for other kinds."""
    if not isinstance(details, Signposting):
        return ()
    return tuple(dict.fromkeys(item.category for item in details.items))


def stage_of(details: Details) -> Stage | None:
    """The stage of a discharge support entry; none for other kinds."""
    return details.stage if isinstance(details, DischargeSupport) else None
