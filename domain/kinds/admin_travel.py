"""Time for notes, messages and journeys that belongs to no single log."""

from typing import Annotated, Literal

from domain.kinds.asking import first
from domain.shape import Strict


class AdminTravel(Strict, frozen=True, kw_only=True, tag_field="kind", tag="admin_travel"):
    """Time for notes, messages and journeys that belongs to no single log."""

    admin_kind: Annotated[
        Literal["notes", "emails_and_calls", "travel", "resource_gathering", "meeting_prep", "other"], first(again=True)
    ]
