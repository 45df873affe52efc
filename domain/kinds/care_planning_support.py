"""Support around a meeting on somebody's care."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.kinds.asking import first
from domain.shape import Strict

SharedDecision = Literal["care_plan", "care_choices", "safety_wishes", "daily_support", "discharge", "other"]


class CarePlanningSupport(Strict, frozen=True, kw_only=True, tag_field="kind", tag="care_planning_support"):
    """Support before, at or after a meeting on somebody's care. What it was about as a category, never as content."""

    setting: Annotated[
        Literal["before_meeting_prep", "at_care_plan_meeting", "at_review", "ward_round", "after_meeting"],
        first(again=True),
    ]
    invited_by_person: Literal["yes", "no_but_agreed", "team_asked"] | None = None
    shared_decision_focus: tuple[SharedDecision, ...] = ()
    persons_view_heard: Literal["fully", "partly", "not_this_time", "not_applicable"] | None = None
    questions_prepared_count: Annotated[int, Meta(ge=0, le=20)] | None = None
