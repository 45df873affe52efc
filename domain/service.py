"""`Service`, the organisation that is the tenant: what it records is its own choice."""

from datetime import date
from typing import Annotated, Literal, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Meta, field

from domain.answers import Answers
from domain.kinds import KINDS, Kind
from domain.shape import Answer, Label, Strict

# The civil time of the services that use this product. Travelling workers still log the date on their own wall.
CIVIL = ZoneInfo("Europe/London")

KIND_LABELS: dict[Kind, str] = {
    "one_to_one": "One-to-one",
    "accompanied_appointment": "Accompanied appointment",
    "signposting": "Signposting",
    "discharge_support": "Discharge support",
    "recovery_planning": "Recovery planning",
    "wellness_planning": "Wellness plan",
    "care_planning_support": "Care planning support",
    "community_access": "Going somewhere together",
    "ward_welcome": "Welcome and orientation",
    "advocacy": "Advocacy",
    "carer_family_support": "Carer and family support",
    "group_session": "Group",
    "recovery_college": "Recovery College",
    "team_meeting": "Team meeting",
    "liaison": "Liaison",
    "supervision": "Supervision",
    "cpd": "Learning (CPD)",
    "admin_travel": "Admin and travel",
}


# Every service has these, offered or not: what services report stays comparable.
FRONT: tuple[Kind, ...] = KINDS[:4]

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Day, ...] = get_args(Day)


class OfferedKind(Strict, frozen=True, kw_only=True):
    """A kind as the service shows it; `offered` false retires it for new entries."""

    kind: Kind
    label: Label
    label_cy: Label | None = None
    offered: bool = True


class ServiceSettings(Strict, frozen=True, kw_only=True):
    """What a service records, in the order in which it is shown.

    `week` holds the days on which the service works. `leads_see`: whether a lead reads the team's entries with the
    names of who logged them, or without.
    """

    person_codes: Literal["off", "optional", "required"] = "optional"
    notes: Literal["off", "short"] = "off"
    kinds: tuple[OfferedKind, ...] = tuple(OfferedKind(kind=kind, label=KIND_LABELS[kind]) for kind in KINDS)
    back_dating_days: Annotated[int, Meta(ge=0, le=366)] = 60
    small_numbers: Literal["mhsds", "hes"] = "mhsds"
    answers: Answers = field(default_factory=dict)
    week: Annotated[tuple[Day, ...], Meta(min_length=1)] = DAYS[:5]
    leads_see: Literal["names", "team"] = "names"

    def offers(self, kind: Kind) -> bool:
        """Whether new entries of this kind may be logged."""
        return any(offered.kind == kind and offered.offered for offered in self.kinds)


class Service(Answer, frozen=True, kw_only=True):
    """The organisation as its users see it. `version` counts the changes of its settings."""

    id: UUID
    name: str
    version: int
    settings: ServiceSettings


# A month of a team, named by its first day.
TeamMonth = tuple[UUID, date]


class Today(Answer, frozen=True, kw_only=True):
    """What a rule may know of the present: today's civil date, the service's settings, and what is closed.

    `closed` holds the months in which nothing changes any more, because they were reported.
    """

    date: date
    settings: ServiceSettings
    closed: frozenset[TeamMonth] = frozenset()
