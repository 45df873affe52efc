"""What a month is called, and from which day on it may be closed."""

from datetime import date

import pytest

from domain.months import is_over, name_of, named
from domain.problems import Problem, Refused


@pytest.mark.parametrize("name", ["1900-01", "2026-09", "2026-12", "2199-12"])
def test_a_month_has_the_same_name_both_ways(name: str) -> None:
    assert name_of(named(name)) == name
    assert named(name).day == 1


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2026",
        "2026-9",
        "2026-00",
        "2026-13",
        "2026-09-01",
        "2026-09\n",
        " 2026-09",
        "٢٠٢٦-٠٩",
        "0000-01",
        "9999-12",
    ],
)
def test_what_is_no_month_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        named(name)

    assert refusal.value.problems == (Problem(code="wrong_form", field="month"),)


@pytest.mark.parametrize(
    ("month", "today", "over"),
    [
        ("2026-10", date(2026, 10, 31), False),
        ("2026-10", date(2026, 11, 1), True),
        ("2026-12", date(2026, 12, 31), False),
        ("2026-12", date(2027, 1, 1), True),
        ("2027-01", date(2026, 12, 31), False),
    ],
)
def test_a_month_is_over_on_the_first_day_of_the_next(month: str, today: date, over: bool) -> None:
    assert is_over(named(month), today) is over
