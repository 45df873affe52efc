"""Working on somebody's own recovery plan."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.kinds.asking import first
from domain.kinds.lists import Focus, PlanStage
from domain.shape import Strict


class Goal(Strict, frozen=True, kw_only=True):
    """The part of life that a goal is about, and how far it is. What the goal is stays with the person."""

    life_area: Focus
    status: Literal["new", "doing", "done", "changed", "parked"] = "new"


class RecoveryPlanning(Strict, frozen=True, kw_only=True, tag_field="kind", tag="recovery_planning"):
    """Working on somebody's own recovery plan. Its contents are not kept here."""

    plan_stage: Annotated[PlanStage, first(again=True)]
    goals: Annotated[tuple[Goal, ...], Meta(max_length=3)] = ()
    tool_used: Literal["none", "own_words", "wrap_style", "recovery_star_style", "trust_template", "other"] | None = (
        None
    )
    plan_owner: Literal["person_keeps_it", "shared_copy", "on_care_record"] | None = None
    self_management_topic: (
        Literal["routine", "early_signs_plan", "coping_ideas", "asking_for_help", "sleep_and_rest", "other"] | None
    ) = None
