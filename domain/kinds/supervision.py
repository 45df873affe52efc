"""Supervision that the worker had or gave."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.kinds.asking import first
from domain.kinds.lists import Competence
from domain.shape import Strict

SupervisionKind = Literal[
    "peer_supervision",
    "line_management",
    "team_clinical_supervision",
    "group_reflective_practice",
    "debrief_after_event",
    "mentoring",
    "appraisal",
]
# Peer and line management supervision are each meant to happen once a month.
MONTHLY: tuple[SupervisionKind, ...] = ("peer_supervision", "line_management")


class Supervision(Strict, frozen=True, kw_only=True, tag_field="kind", tag="supervision"):
    """Supervision that the worker had or gave. What was thought and said is the worker's own, and not kept here."""

    supervision_kind: Annotated[
        SupervisionKind,
        first("peer_supervision", "line_management", "team_clinical_supervision", "debrief_after_event", again=True),
    ]
    direction: Literal["receiving", "giving"] = "receiving"
    agenda: Literal["i_set_it", "shared", "set_for_me"] | None = None
    wellness_at_work_reviewed: bool | None = None
    next_due_on: date | None = None
    competences: Annotated[tuple[Competence, ...], Meta(max_length=3)] = ()
