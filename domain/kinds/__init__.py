"""The kinds of activity, one module and one struct for each, and what all of them together are.

A new kind is a module here, a line in each list below, and its words on the phone. A new field is a line in its struct.
"""

from typing import Literal, get_args

from domain.kinds.accompanied_appointment import AccompaniedAppointment, AppointmentKind, HowToSayIt
from domain.kinds.admin_travel import AdminTravel
from domain.kinds.advocacy import Advocacy
from domain.kinds.care_planning_support import CarePlanningSupport
from domain.kinds.carer_family_support import CarerFamilySupport
from domain.kinds.community_access import CommunityAccess, Step
from domain.kinds.cpd import Cpd
from domain.kinds.discharge_support import DischargeSupport, PlanningTopic, Stage
from domain.kinds.group_session import GroupSession
from domain.kinds.liaison import Liaison
from domain.kinds.one_to_one import Approach, OneToOne
from domain.kinds.recovery_college import RecoveryCollege
from domain.kinds.recovery_planning import RecoveryPlanning
from domain.kinds.signposting import (
    DigitalHelp,
    Signposting,
    SignpostingHow,
    SignpostingItem,
    SignpostingOutcome,
    Topic,
)
from domain.kinds.supervision import Supervision
from domain.kinds.team_meeting import TeamMeeting
from domain.kinds.ward_welcome import WardWelcome
from domain.kinds.wellness_planning import WellnessPlanning

Kind = Literal[
    "one_to_one",
    "accompanied_appointment",
    "signposting",
    "discharge_support",
    "recovery_planning",
    "wellness_planning",
    "care_planning_support",
    "community_access",
    "ward_welcome",
    "advocacy",
    "carer_family_support",
    "group_session",
    "recovery_college",
    "team_meeting",
    "liaison",
    "supervision",
    "cpd",
    "admin_travel",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

Details = (
    OneToOne
    | AccompaniedAppointment
    | Signposting
    | DischargeSupport
    | RecoveryPlanning
    | WellnessPlanning
    | CarePlanningSupport
    | CommunityAccess
    | WardWelcome
    | Advocacy
    | CarerFamilySupport
    | GroupSession
    | RecoveryCollege
    | TeamMeeting
    | Liaison
    | Supervision
    | Cpd
    | AdminTravel
)


def kind_of(details: Details) -> Kind:
    """The kind that the details are of, which is their tag on the wire."""
    tag: Kind = type(details).__struct_config__.tag  # type: ignore[assignment]
    return tag


def topics_of(details: Details) -> tuple[Topic, ...]:
    """The distinct topics of a signposting entry, in the order given; none for other kinds."""
    if not isinstance(details, Signposting):
        return ()
    return tuple(dict.fromkeys(item.category for item in details.items))


def outcomes_of(details: Details) -> tuple[SignpostingOutcome, ...]:
    """The distinct outcomes of a signposting entry, in the order given; none for other kinds."""
    if not isinstance(details, Signposting):
        return ()
    return tuple(dict.fromkeys(item.outcome for item in details.items))


def stage_of(details: Details) -> Stage | None:
    """The stage of a discharge support entry; none for other kinds."""
    return details.stage if isinstance(details, DischargeSupport) else None


def step_of(details: Details) -> Step | None:
    """The step of a community access entry; none for other kinds."""
    return details.step if isinstance(details, CommunityAccess) else None


__all__ = [
    "KINDS",
    "AccompaniedAppointment",
    "AdminTravel",
    "Advocacy",
    "AppointmentKind",
    "Approach",
    "CarePlanningSupport",
    "CarerFamilySupport",
    "CommunityAccess",
    "Cpd",
    "Details",
    "DigitalHelp",
    "DischargeSupport",
    "GroupSession",
    "HowToSayIt",
    "Kind",
    "Liaison",
    "OneToOne",
    "PlanningTopic",
    "RecoveryCollege",
    "RecoveryPlanning",
    "Signposting",
    "SignpostingHow",
    "SignpostingItem",
    "SignpostingOutcome",
    "Stage",
    "Step",
    "Supervision",
    "TeamMeeting",
    "Topic",
    "WardWelcome",
    "WellnessPlanning",
    "kind_of",
    "outcomes_of",
    "stage_of",
    "step_of",
    "topics_of",
]
