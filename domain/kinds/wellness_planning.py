"""Working on a wellness plan."""

from typing import Annotated, Literal

from domain.kinds.asking import first
from domain.kinds.lists import PlanStage
from domain.shape import Strict

PlanPart = Literal["what_keeps_me_well", "my_signs", "what_helps", "who_can_help", "in_a_crisis", "after_a_crisis"]


class WellnessPlanning(Strict, frozen=True, kw_only=True, tag_field="kind", tag="wellness_planning"):
    """Working on a wellness plan or on wishes for hard times. Its contents are not kept here."""

    plan_type: Annotated[
        Literal["wellness_plan", "crisis_or_safety_wishes", "advance_wishes", "other"], first(again=True)
    ]
    plan_stage: PlanStage | None = None
    parts_worked_on: tuple[PlanPart, ...] = ()
    copy_with_person: Literal["yes", "not_yet"] | None = None
