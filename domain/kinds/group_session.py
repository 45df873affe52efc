"""A group that meets."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.kinds.asking import first, later
from domain.kinds.lists import Focus
from domain.shape import Label, SideMinutes, Strict

# NUMBER OF GROUP SESSION PARTICIPANTS of the data set has three digits and leaves out those who run the session.
Participants = Annotated[int, Meta(ge=0, le=999, description="People who came, without those who ran the session")]
# GROUP SESSION TYPE (MENTAL HEALTH) of the data set.
SessionType = Literal["health_promotion", "telephone_support", "therapeutic_group"]


class GroupSession(Strict, frozen=True, kw_only=True, tag_field="kind", tag="group_session"):
    """A group that met once, with how many came. `cancelled` says why it did not take place; then nobody came."""

    participants: Annotated[Participants, first(0, 3, 5, 8, 10, 12)]
    role: Annotated[
        Literal["lead", "co_facilitate_with_peer", "co_facilitate_with_clinician", "support"] | None,
        first(again=True),
    ] = None
    group_name: Annotated[Label | None, later(again=True)] = None
    new_participants: Participants | None = None
    held: Annotated[Literal["in_person", "online", "hybrid"] | None, later(again=True)] = None
    session_type: Annotated[SessionType | None, later(again=True)] = None
    theme: Annotated[Focus | None, later(again=True)] = None
    attendees_known: bool | None = None
    prep_minutes: SideMinutes | None = None
    debrief_minutes: SideMinutes | None = None
    cancelled: Literal["not_enough_people", "staffing", "venue", "other"] | None = None
