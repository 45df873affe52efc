"""`Person`, somebody supported: a code, never a name."""

import re
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from domain.problems import Problem
from domain.shape import Strict, Version

Code = Annotated[str, Meta(min_length=1, max_length=20, description="The team's own code for the person, never a name")]
Reference = Annotated[str, Meta(min_length=1, max_length=20, description="At most 20 characters, as the MHSDS takes")]
EndReason = Literal["planned_ending", "moved_on", "chose_to_stop", "moved_away", "no_contact", "other"]


class Person(Strict, frozen=True, kw_only=True, tag_field="thing", tag="person"):
    """A person supported, who belongs to one team. `merged_into` is an alias that is resolved on reading."""

    id: UUID
    team_id: UUID
    version: Version
    code: Code
    local_patient_id: Reference | None = None
    referral_ref: Reference | None = None
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None
    merged_into: UUID | None = None


class PersonChange(Strict, frozen=True, kw_only=True, omit_defaults=True):
    """What an operation sets on a person: absent is unchanged, null is cleared."""

    code: Code | UnsetType = UNSET
    local_patient_id: Reference | UnsetType | None = UNSET
    referral_ref: Reference | UnsetType | None = UNSET
    started_on: date | UnsetType | None = UNSET
    ended_on: date | UnsetType | None = UNSET
    end_reason: EndReason | UnsetType | None = UNSET
    merged_into: UUID | UnsetType | None = UNSET


# Two words or more of letters alone, such as O'Neill-Hart has in it.
_TWO_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*(?:\s+[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*)+")


def code_problems(code: str) -> list[Problem]:
    """What speaks against a code: it could identify a person outside the team."""
    if not code.strip():
        return [Problem(code="required", field="set.code")]
    unspaced = re.sub(r"[\W_]", "", code)
    if "@" in code or re.search(r"\d{6,}", unspaced):
        return [Problem(code="looks_like_an_identifier", field="set.code")]
    if _TWO_WORDS.fullmatch(code.strip()):
        return [Problem(code="looks_like_a_name", field="set.code")]
    return []
