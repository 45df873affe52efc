"""After hospital: met before and after, followed up within three days, and how soon."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.discharges import Contact, Discharges, discharges
from domain.entry import Entry
from domain.kinds import DischargeSupport
from domain.kinds.discharge_support import Stage
from tests.domain.entries import an_entry

FIRST, LAST, TODAY = date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 20)
ANA, BEN, CAT = (UUID(int=n) for n in (1, 2, 3))


def support(person: UUID | None, day: date, stage: Stage, left: date | None = None, **changes: Any) -> Entry:
    details = DischargeSupport(stage=stage, discharged_on=left)
    return an_entry(person_id=person, happened_on=day, details=details, **changes)


def october(logged: list[Entry], contacts: list[Contact] | None = None, today: date = TODAY) -> Discharges:
    return discharges(logged, contacts or [], FIRST, LAST, today)


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def test_somebody_met_on_the_ward_and_at_home_is_met_before_and_after() -> None:
    found = october(
        [
            support(ANA, day(5), "pre_discharge_inreach"),
            support(ANA, day(6), "discharge_planning"),
            support(ANA, day(9), "post_discharge"),
            support(BEN, day(31), "discharge_planning"),
            support(CAT, day(9), "post_discharge"),
        ]
    )

    assert (found.met_before, found.met_after) == (2, 1)


def test_who_was_not_met_has_no_code_or_was_met_in_another_month_is_not_counted() -> None:
    found = october(
        [
            support(ANA, day(5), "pre_discharge_inreach", attendance="cancelled_by_us", minutes=0),
            support(None, day(5), "pre_discharge_inreach"),
            support(BEN, day(32), "pre_discharge_inreach"),
            support(CAT, day(5), "pre_discharge_inreach"),
            support(CAT, day(32), "post_discharge"),
        ]
    )

    assert (found.met_before, found.met_after) == (1, 0)


@pytest.mark.parametrize(
    ("seen", "followed_up", "days"),
    [
        ([], 0, ()),
        ([9], 0, ()),
        ([8], 0, ()),
        ([9, 10], 1, (1,)),
        ([12], 1, (3,)),
        ([13], 0, (4,)),
        ([9, 13, 20], 0, (4,)),
        ([12, 11], 1, (2,)),
    ],
)
def test_a_follow_up_is_one_to_three_days_after_and_never_on_the_day(
    seen: list[int], followed_up: int, days: tuple[int, ...]
) -> None:
    found = october([support(ANA, day(20), "post_discharge", day(9))], [(ANA, day(number)) for number in seen])

    assert (found.due, found.followed_up, found.days_to_first) == (1, followed_up, days)


def test_a_discharge_that_is_named_twice_is_one_and_two_days_are_two() -> None:
    once = [support(ANA, day(number), "post_discharge", day(9)) for number in (10, 12)]
    again = support(ANA, day(25), "post_discharge", day(24))

    assert october(once).due == 1
    assert october([*once, again]).due == 2


def test_a_discharge_is_of_the_month_in_which_it_was() -> None:
    logged = [
        support(ANA, day(2), "post_discharge", day(0)),
        support(BEN, day(33), "post_discharge", day(31)),
        support(CAT, day(33), "post_discharge", day(32)),
    ]

    assert october(logged, [(BEN, day(33)), (ANA, day(2)), (CAT, day(33))]) == Discharges(0, 0, 1, 1, (2,))


@pytest.mark.parametrize(("today", "due"), [(12, 0), (13, 1), (10, 0)])
def test_nobody_is_late_before_the_three_days_are_over(today: int, due: int) -> None:
    logged = [support(ANA, day(10), "post_discharge", day(9))]

    found = october(logged, [(ANA, day(10))], day(today))

    assert (found.due, found.followed_up) == (due, due)


def test_another_persons_contact_is_no_follow_up() -> None:
    assert october([support(ANA, day(10), "post_discharge", day(9))], [(BEN, day(10))]).followed_up == 0


@pytest.mark.parametrize(
    ("days", "median"), [((), None), ((3,), 3.0), ((1, 4), 2.5), ((1, 2, 9), 2.0), ((1, 1, 2, 30), 1.5)]
)
def test_the_median_is_the_middle_of_the_days(days: tuple[int, ...], median: float | None) -> None:
    assert Discharges(0, 0, 0, 0, days).median_days == median
