"""A month as the wire names it, such as 2026-09, and as the rules do, by its first day; and when it may be closed."""

import re
from datetime import date

from domain.problems import Problem, Refused

# Years in which a service can have logged something; no \d, which takes the digits of every script.
_NAME = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")


def named(text: str) -> date:
    """The first day of the month with this name; Refused where it is none."""
    if not _NAME.fullmatch(text):
        raise Refused(Problem(code="wrong_form", field="month"))
    return date.fromisoformat(f"{text}-01")


def name_of(first: date) -> str:
    """The name of the month that starts on this day."""
    return first.isoformat()[:7]


def is_over(first: date, today: date) -> bool:
    """Whether the month that starts on `first` has ended; in its last hours people still log it."""
    return first < today.replace(day=1)
