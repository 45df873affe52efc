"""How a range of days is cut into weeks, months and quarters."""

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import (
    EARLIEST,
    LATEST,
    MOST_PERIODS,
    By,
    Period,
    period_label,
    period_start,
    periods,
    range_problems,
)
from domain.problems import CODES, Refused

LONG_AFTER = date(2200, 1, 1)
days = st.dates(EARLIEST, LATEST)
steps = st.sampled_from(get_args(By))


def test_a_week_starts_on_monday() -> None:
    assert period_start(date(2026, 10, 5), "week") == date(2026, 10, 5)
    assert period_start(date(2026, 10, 11), "week") == date(2026, 10, 5)
    assert period_start(date(2026, 10, 12), "week") == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("day", "by", "label"),
    [
        (date(2026, 10, 7), "week", "Week of 5 October 2026"),
        (date(2027, 1, 1), "week", "Week of 28 December 2026"),
        (date(2026, 10, 31), "month", "October 2026"),
        (date(2026, 4, 1), "quarter", "2026/27 Q1 (April to June)"),
        (date(2026, 9, 30), "quarter", "2026/27 Q2 (July to September)"),
        (date(2026, 11, 21), "quarter", "2026/27 Q3 (October to December)"),
        (date(2027, 3, 31), "quarter", "2026/27 Q4 (January to March)"),
        (date(2099, 12, 31), "quarter", "2099/00 Q3 (October to December)"),
        (date(2009, 1, 1), "quarter", "2008/09 Q4 (January to March)"),
    ],
)
def test_a_period_is_called_what_people_call_it(day: date, by: By, label: str) -> None:
    assert period_label(period_start(day, by), by) == label


def test_a_range_that_cuts_its_first_and_last_week_says_that_they_are_partial() -> None:
    first, whole, last = periods(date(2026, 10, 7), date(2026, 10, 20), "week", today=LONG_AFTER)

    assert (first.start, first.end, first.partial) == (date(2026, 10, 5), date(2026, 10, 11), True)
    assert (first.counted_from, first.counted_to) == (date(2026, 10, 7), date(2026, 10, 11))
    assert (whole.counted_from, whole.counted_to, whole.partial) == (date(2026, 10, 12), date(2026, 10, 18), False)
    assert (last.start, last.end, last.partial) == (date(2026, 10, 19), date(2026, 10, 25), True)
    assert (last.counted_from, last.counted_to) == (date(2026, 10, 19), date(2026, 10, 20))


def test_a_period_is_partial_until_its_last_day_is_over() -> None:
    def october(today: date) -> bool:
        (only,) = periods(date(2026, 10, 1), date(2026, 10, 31), "month", today)
        return only.partial

    assert october(today=date(2026, 10, 15))
    assert october(today=date(2026, 10, 31))
    assert not october(today=date(2026, 11, 1))


def test_a_quarter_over_the_new_year_is_two_quarters() -> None:
    assert [period.label for period in periods(date(2026, 12, 31), date(2027, 1, 1), "quarter", LONG_AFTER)] == [
        "2026/27 Q3 (October to December)",
        "2026/27 Q4 (January to March)",
    ]


def test_february_of_a_leap_year_has_29_days() -> None:
    (february,) = periods(date(2028, 2, 1), date(2028, 2, 29), "month", LONG_AFTER)

    assert february.end == date(2028, 2, 29)
    assert not february.partial


@pytest.mark.parametrize(
    ("first", "last", "by", "code", "field"),
    [
        (date(2026, 10, 2), date(2026, 10, 1), "week", "from_after_to", "from"),
        (date(1, 1, 1), date(2026, 10, 1), "week", "too_small", "from"),
        (date(2026, 10, 1), date(9999, 12, 31), "quarter", "too_large", "to"),
        (date(2010, 1, 4), date(2021, 7, 5), "week", "too_many_periods", "by"),
    ],
)
def test_a_range_that_cannot_be_cut_is_refused_with_its_reason(
    first: date, last: date, by: By, code: str, field: str
) -> None:
    (problem,) = range_problems(first, last, by)

    assert (problem.code, problem.field) == (code, field)
    assert problem.code in CODES
    with pytest.raises(Refused) as refused:
        periods(first, last, by, LONG_AFTER)
    assert refused.value.problems == (problem,)


def test_six_hundred_periods_are_not_too_many() -> None:
    monday = date(2010, 1, 4)
    last_sunday = monday + timedelta(weeks=MOST_PERIODS, days=-1)

    assert len(periods(monday, last_sunday, "week", LONG_AFTER)) == MOST_PERIODS
    assert range_problems(monday, last_sunday + timedelta(days=1), "week")
    assert len(periods(date(2000, 1, 31), date(2049, 12, 1), "month", LONG_AFTER)) == MOST_PERIODS
    assert range_problems(date(2000, 1, 31), date(2050, 1, 1), "month")
    assert len(periods(date(1900, 1, 1), date(2049, 12, 31), "quarter", LONG_AFTER)) == MOST_PERIODS
    assert range_problems(date(1900, 1, 1), date(2050, 1, 1), "quarter")


def test_the_first_and_the_last_day_of_the_calendar_in_use_can_be_asked_for() -> None:
    for by in get_args(By):
        for day in (EARLIEST, LATEST):
            (only,) = periods(day, day, by, LONG_AFTER)
            assert only.counted_from == only.counted_to == day


@given(first=days, length=st.integers(0, 3000), by=steps, today=days)
def test_the_counted_days_of_the_periods_are_the_range_without_gap_or_overlap(
    first: date, length: int, by: By, today: date
) -> None:
    last = min(first + timedelta(days=length), LATEST)
    cut = periods(first, last, by, today)

    counted = [period.counted_from + timedelta(days=n) for period in cut for n in range(_length(period))]
    assert counted == [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert all(period_start(day, by) == period.start for period in cut for day in (period.start, period.end))
    for period in cut:
        whole = (period.counted_from, period.counted_to) == (period.start, period.end)
        assert period.partial == (not whole or period.end >= today)
        assert period_start(period.end + timedelta(days=1), by) == period.end + timedelta(days=1)
    assert len({period.label for period in cut}) == len(cut)


def _length(period: Period) -> int:
    return (period.counted_to - period.counted_from).days + 1
