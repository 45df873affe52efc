"""Supervision against the months that were worked."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.entry import Entry
from domain.kinds import Cpd, Supervision
from domain.supervisions import Cadence, cadence
from tests.domain.entries import an_entry

SAM, PRIYA = UUID(int=1), UUID(int=2)
AUTUMN = (date(2026, 9, 1), date(2026, 11, 30))
TODAY = date(2026, 11, 20)
WORKED = [
    *((SAM, date(2026, month, 3)) for month in (9, 10, 11)),
    (SAM, date(2026, 10, 30)),
    (PRIYA, date(2026, 10, 1)),
]


def supervision(who: UUID, day: date, kind: Any = "peer_supervision", direction: Any = "receiving") -> Entry:
    return an_entry(author_id=who, happened_on=day, details=Supervision(supervision_kind=kind, direction=direction))


def peer(*had: Entry, first: date = AUTUMN[0], last: date = AUTUMN[1], today: date = TODAY) -> Cadence:
    return cadence(WORKED, had, first, last, today)["peer_supervision"]


def test_a_month_counts_once_for_each_worker_who_logged_anything_in_it() -> None:
    assert peer() == Cadence(months_with=0, months_worked=3, workers=2)
    assert peer(supervision(SAM, date(2026, 10, 9)), supervision(SAM, date(2026, 10, 23))).months_with == 1
    assert peer(supervision(SAM, date(2026, 10, 9)), supervision(PRIYA, date(2026, 10, 9))).months_with == 2


@pytest.mark.parametrize(
    ("kind", "direction", "counts"),
    [
        ("peer_supervision", "receiving", (1, 0)),
        ("line_management", "receiving", (0, 1)),
        ("peer_supervision", "giving", (0, 0)),
        ("mentoring", "receiving", (0, 0)),
    ],
)
def test_each_monthly_kind_is_told_apart_and_what_was_given_is_the_others(
    kind: str, direction: str, counts: tuple[int, int]
) -> None:
    found = cadence(WORKED, [supervision(SAM, date(2026, 10, 9), kind, direction)], *AUTUMN, TODAY)

    assert (found["peer_supervision"].months_with, found["line_management"].months_with) == counts


def test_only_whole_months_that_are_over_count() -> None:
    november = supervision(SAM, date(2026, 11, 9))

    assert peer(november) == Cadence(0, 3, 2)
    assert peer(november, today=date(2026, 11, 30)) == Cadence(0, 3, 2)
    assert peer(november, today=date(2026, 12, 1)) == Cadence(1, 4, 2)
    assert peer(first=date(2026, 9, 2)).months_worked == 2
    assert peer(last=date(2026, 10, 30)).months_worked == 1
    assert peer(last=date(2026, 10, 31)).months_worked == 3


def test_learning_is_no_supervision() -> None:
    learning = an_entry(author_id=SAM, happened_on=date(2026, 10, 9), details=Cpd(cpd_kind="reading"))

    assert peer(learning).months_with == 0
