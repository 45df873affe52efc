"""Welcoming somebody to a ward or service."""

from typing import Annotated, Literal

from domain.kinds.asking import first
from domain.shape import Strict

Welcomed = Literal["person", "carer", "family", "friend"]
Covered = Literal[
    "introduced_myself_as_peer",
    "showed_round",
    "what_happens_each_day",
    "who_is_who",
    "rights_and_information",
    "belongings_phone_charger",
    "food_and_drinks",
    "quiet_spaces_activities",
    "visiting_times",
    "what_helped_me",
]


class WardWelcome(Strict, frozen=True, kw_only=True, tag_field="kind", tag="ward_welcome"):
    """Welcoming somebody, and those who came with them, to a ward or service. Never how they seemed."""

    timing: Annotated[Literal["day_of_arrival", "within_24h", "within_72h", "later"], first(again=True)]
    who: tuple[Welcomed, ...] = ()
    covered: tuple[Covered, ...] = ()
    welcome_pack: Literal["given", "offered_declined", "not_available"] | None = None
    place_kind: Literal["ward", "community_team", "crisis_house_or_cafe", "recovery_college", "other"] | None = None
