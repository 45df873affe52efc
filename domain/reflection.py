"""`Reflection`, what a worker wrote for nobody else: its words are sealed on the phone and never read here."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from domain.shape import Strict, Version

# 8 KiB of sealed bytes, so that a push of a hundred operations stays within what the server reads of one body.
MOST_SEALED = 10_924
SealedText = Annotated[
    str,
    Meta(
        min_length=4,
        max_length=MOST_SEALED,
        pattern=r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$(?!\n)",
        description="Base64 of what the author's phone sealed with a key of the author's own",
    ),
]


class Reflection(Strict, frozen=True, kw_only=True, tag_field="thing", tag="reflection"):
    """A reflection as the server holds it: whose it is, its day, the entry that it belongs to, and what it cannot read.

    Nobody but its author is ever shown that it is there.
    """

    id: UUID
    team_id: UUID
    author_id: UUID
    version: Version
    state: Literal["active", "void"]
    entry_id: UUID | None = None
    kept_on: date
    sealed: SealedText


class ReflectionChange(Strict, frozen=True, kw_only=True, omit_defaults=True):
    """What an operation sets on a reflection: absent is unchanged, null is cleared. A create needs a day and words."""

    entry_id: UUID | UnsetType | None = UNSET
    kept_on: date | UnsetType = UNSET
    sealed: SealedText | UnsetType = UNSET
