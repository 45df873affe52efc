"""Going with a person to somebody else's appointment."""

from typing import Annotated, Literal

from domain.kinds.asking import first
from domain.shape import Strict

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

    appointment_kind: Annotated[
        AppointmentKind, first("mental_health_team", "gp", "housing", "benefits_or_jobcentre", again=True)
    ]
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
