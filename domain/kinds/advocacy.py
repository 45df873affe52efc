"""Standing up for what somebody wants."""

from typing import Annotated, Literal

from domain.kinds.asking import first
from domain.kinds.lists import Consulted
from domain.shape import Strict


class Advocacy(Strict, frozen=True, kw_only=True, tag_field="kind", tag="advocacy"):
    """Standing up for what somebody wants. With the person there it is a contact, without them indirect activity."""

    advocacy_kind: Annotated[
        Literal[
            "helped_raise_question",
            "helped_complain_or_feedback",
            "spoke_at_request",
            "rights_information",
            "accessed_formal_advocate",
            "challenged_barrier",
        ],
        first("helped_raise_question", "spoke_at_request", "rights_information", "challenged_barrier", again=True),
    ]
    person_present: bool = True
    with_whom: Consulted | None = None
    rehearsed: bool | None = None
    formal_advocate: Literal["none", "mental_health", "mental_capacity", "care_act", "other"] | None = None
    result: Literal["heard", "partly", "not_yet", "ongoing"] | None = None
