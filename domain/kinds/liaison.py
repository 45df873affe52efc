"""Work about one person while they are not there."""

from typing import Annotated, Literal

from domain.kinds.asking import first
from domain.kinds.lists import Consulted
from domain.shape import Strict


class Liaison(Strict, frozen=True, kw_only=True, tag_field="kind", tag="liaison"):
    """A call, message or talk about one person while they are not there: indirect activity."""

    consulted: Annotated[
        Consulted, first("care_coordinator", "ward_team", "community_team", "family_or_carer", again=True)
    ]
    purpose: Annotated[
        Literal[
            "arrange_support",
            "pass_on_wishes",
            "find_information",
            "chase_up",
            "prepare_visit",
            "safeguarding_or_safety_passed_on",
        ]
        | None,
        first("arrange_support", "pass_on_wishes", "chase_up", again=True),
    ] = None
    permission: Literal["yes", "no", "safety_exception"] | None = None
