"""`Person`, somebody supported: a code, never a name."""

import re
import unicodedata
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
# 1/5/80, 1980-05-12 and 12 May 1980, which is how a date of birth is written.
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"(?<!\w)(?:(?:0?[1-9]|[12][0-9]|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)?[0-9]{2})"
    r"|(?:19|20)[0-9]{2}([/.-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12][0-9]|3[01]))(?!\w)"
    rf"|(?<![^\W_])(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?[\W_]*(?:{_MONTHS})[a-z]*[\W_]*(?:(?:19|20)?[0-9]{{2}})(?![^\W_])",
    re.IGNORECASE,
)
# A British number as it is dialled: 07700 900123, 0191 498 0123, +44 7700 900123.
_TELEPHONE = re.compile(r"(?:\+|00)[0-9]{8,14}|0[1-37][0-9]{9}")


def code_problems(code: str) -> list[Problem]:
    """What speaks against a code: it could identify a person outside the team. Six digits in a row are too many."""
    if not code.strip():
        return [Problem(code="required", field="set.code")]
    if _DATE.search(code) or "@" in code or re.search(r"\d{6,}", re.sub(r"[\W_]", "", code)):
        return [Problem(code="looks_like_an_identifier", field="set.code")]
    if _TWO_WORDS.fullmatch(code.strip()):
        return [Problem(code="looks_like_a_name", field="set.code")]
    return []


def reference_problems(reference: str, field: str) -> list[Problem]:
    """What speaks against a patient or referral reference: digits are its nature, but not numbers of other sorts."""
    digits = "".join(str(unicodedata.digit(one)) for one in reference if one.isdigit())
    plain = re.sub(r"[\s().-]", "", reference)
    if "@" in reference or _DATE.search(reference) or _TELEPHONE.fullmatch(plain) or is_nhs_number(digits):
        return [Problem(code="reference_identifies", field=f"set.{field}")]
    if _TWO_WORDS.fullmatch(reference.strip()):
        return [Problem(code="looks_like_a_name", field=f"set.{field}")]
    return [] if reference.strip() else [Problem(code="required", field=f"set.{field}")]


def is_nhs_number(digits: str) -> bool:
    """Ten digits of which the last checks the others by Modulus 11, or that are all the same.

    NHS Data Dictionary, NHS NUMBER: weights 10 to 2, 11 less the remainder; 11 stands for 0, and 10 is never given.
    """
    if len(digits) != 10:
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return len(set(digits)) == 1 or check % 11 == int(digits[9])
