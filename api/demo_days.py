"""When the people of the demonstration work: ordinary days, holidays, days off."""

import random
from datetime import date, datetime, time, timedelta

from api.demo_cast import Member
from domain.service import CIVIL

# About when schools in England are closed: the first and the last day, as month and day.
_SCHOOL_HOLIDAYS = [
    *(((1, 1), (1, 3)), ((2, 14), (2, 20)), ((4, 3), (4, 17)), ((5, 25), (5, 31))),
    *(((7, 24), (8, 31)), ((10, 24), (10, 31)), ((12, 20), (12, 31))),
]


def rhythm(day: date) -> float:
    """How busy a working day is beside an ordinary one: bank holidays, quiet school holidays, slow Fridays."""
    early_may = day.month == 5 and day.weekday() == 0 and day.day <= 7
    late_may_or_august = day.month in (5, 8) and day.weekday() == 0 and day.day > 24
    month_and_day = (day.month, day.day)
    if early_may or late_may_or_august or month_and_day in ((12, 25), (12, 26), (1, 1)):
        return 0
    quiet = any(start <= month_and_day <= end for start, end in _SCHOOL_HOLIDAYS)
    return (1.1, 1.1, 1.05, 1.0, 0.8)[day.weekday()] * (0.7 if quiet else 1)


def days_off(rng: random.Random, member: Member) -> set[date]:
    """Days off: a week or two at a time about every ten weeks, and single days of being ill."""
    away: set[date] = set()
    day = member.first + timedelta(days=rng.randint(10, 60))
    while day < member.last:
        away |= {day + timedelta(days=more) for more in range(rng.choice((5, 5, 12)))}
        away.add(day + timedelta(days=rng.randint(20, 40)))
        day += timedelta(days=rng.randint(55, 85))
    return away


def moment_of(rng: random.Random, day: date, hour: int) -> datetime:
    """Some moment of that hour."""
    return datetime.combine(day, time(hour, rng.randint(0, 59), rng.randint(0, 59)), CIVIL)
