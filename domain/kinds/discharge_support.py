"""Helping someone leave hospital."""

from datetime import date
from typing import Annotated, Literal

from domain.kinds.asking import first, later
from domain.shape import Label, Strict

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
PostKind = Literal[
    "home_visit",
    "met_in_community",
    "met_with_friends_or_family",
    "first_visit_to_community_place",
    "phone_or_video_check",
]
BEFORE_LEAVING: tuple[Stage, ...] = ("pre_discharge_inreach", "discharge_planning")
AFTER_LEAVING: tuple[Stage, ...] = ("post_discharge",)


class DischargeSupport(Strict, frozen=True, kw_only=True, tag_field="kind", tag="discharge_support"):
    """Helping someone leave hospital: on the ward before leaving, planning to leave, or after leaving."""

    stage: Annotated[Stage, first(again=True)]
    ward_label: Annotated[Label | None, later(again=True, when={"stage": BEFORE_LEAVING})] = None
    planned_discharge_on: Annotated[date | None, later(when={"stage": BEFORE_LEAVING})] = None
    discharged_on: Annotated[date | None, later(when={"stage": AFTER_LEAVING})] = None
    planning_topics: tuple[PlanningTopic, ...] = ()
    plan_owned_by_person: bool | None = None
    invited_to_discharge_meeting: Literal["yes", "no", "not_applicable"] | None = None
    post_kind: Annotated[PostKind | None, later(when={"stage": AFTER_LEAVING})] = None
    ending_planned_for: date | None = None
