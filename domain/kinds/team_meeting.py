"""A meeting of the team."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from domain.kinds.asking import first
from domain.kinds.lists import Consulted
from domain.shape import Minutes, Strict

MyPart = Literal[
    "peer_perspective",
    "persons_wishes_shared_with_permission",
    "recovery_language",
    "raised_concern",
    "took_actions",
    "received_work",
]


class PersonItem(Strict, frozen=True, kw_only=True):
    """A person whose support was talked about while they were not there: one indirect activity."""

    person_id: UUID
    minutes: Minutes
    consulted: Consulted | None = None
    permission_to_share: Literal["yes", "no", "not_applicable"] | None = None


class TeamMeeting(Strict, frozen=True, kw_only=True, tag_field="kind", tag="team_meeting"):
    """A meeting of the team. Each person talked about is one indirect activity; the rest of it is reported nowhere."""

    meeting_kind: Annotated[
        Literal[
            "team_meeting",
            "mdt",
            "handover",
            "ward_round",
            "huddle",
            "care_review_without_person",
            "service_development",
            "co_production_board",
            "stigma_or_recovery_training_given",
        ],
        first("team_meeting", "mdt", "handover", "ward_round", again=True),
    ]
    my_part: tuple[MyPart, ...] = ()
    person_items: Annotated[tuple[PersonItem, ...], Meta(max_length=20)] = ()
    actions_taken_on: Annotated[int, Meta(ge=0, le=99)] | None = None
