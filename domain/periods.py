"""Cut a range of days into weeks, months or quarters, and name them as people in a service do."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from domain.problems import Problem, Refused
from domain.shape import Answer

By = Literal["week", "month", "quarter"]

# One answer stays readable and cheap: 600 weeks are more than eleven years.
MOST_PERIODS = 600

# Wide enough for any record that a service keeps, and far from the ends of the calendar, where a whole week or quarter
# has no last day.
EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


class Period(Answer, frozen=True, kw_only=True):
    """A whole week, month or quarter, and the part of it that was asked for.

    `start` and `end` are its first and last day, whatever was asked for; `counted_from` and `counted_to` are the days
    that are counted (all inclusive). `partial` says that its figures are not those of the whole period: the range cuts
    it, or it is not over yet.
    """

    start: date
    end: date
    counted_from: date
    counted_to: date
    label: str
    partial: bool


def range_problems(first: date, last: date, by: By) -> list[Problem]:
    """What is wrong with a range that was asked for; nothing when it can be cut into periods."""
    if first < EARLIEST:
        return [Problem(code="too_small", field="from")]
    if last > LATEST:
        return [Problem(code="too_large", field="to")]
    if first > last:
        return [Problem(code="from_after_to", field="from")]
    if _position(last, by) - _position(first, by) >= MOST_PERIODS:
        return [Problem(code="too_many_periods", field="by", limit=MOST_PERIODS)]
    return []


def periods(first: date, last: date, by: By, today: date) -> list[Period]:
    """Every period that has a day from `first` to `last`, in order; Refused when the range has problems."""
    if problems := range_problems(first, last, by):
        raise Refused(*problems)
    found = []
    start = period_start(first, by)
    while start <= last:
        following = _NEXT[by](start)
        end = following - timedelta(days=1)
        # Today counts as not over: entries for it are still being made.
        partial = start < first or end > last or end >= today
        found.append(
            Period(
                start=start,
                end=end,
                counted_from=max(start, first),
                counted_to=min(end, last),
                label=period_label(start, by),
                partial=partial,
            )
        )
        start = following
    return found


def period_start(day: date, by: By) -> date:
    """The first day of the period that `day` is in. Weeks start on Monday; quarters follow the calendar."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    if by == "month":
        return day.replace(day=1)
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def period_label(start: date, by: By) -> str:
    """What people call the period that starts on `start`."""
    if by == "week":
        return f"Week of {start.day} {_MONTHS[start.month - 1]} {start.year}"
    if by == "month":
        return f"{_MONTHS[start.month - 1]} {start.year}"
    # The NHS year starts in April: October to December is quarter 3, January to March is quarter 4 of the year before.
    year = start.year if start.month >= 4 else start.year - 1
    quarter = (start.month - 4) % 12 // 3 + 1
    months = f"{_MONTHS[start.month - 1]} to {_MONTHS[start.month + 1]}"
    return f"{year}/{(year + 1) % 100:02d} Q{quarter} ({months})"


def _position(day: date, by: By) -> int:
    """A number that grows by one from period to period."""
    if by == "week":
        return period_start(day, by).toordinal() // 7
    months = day.year * 12 + day.month - 1
    return months if by == "month" else months // 3


def _months_on(start: date, months: int) -> date:
    months += start.year * 12 + start.month - 1
    return date(months // 12, months % 12 + 1, 1)


_NEXT: dict[By, Callable[[date], date]] = {
    "week": lambda start: start + timedelta(days=7),
    "month": lambda start: _months_on(start, 1),
    "quarter": lambda start: _months_on(start, 3),
}

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
