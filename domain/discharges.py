"""After hospital: who was met before and after leaving, and how soon."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from domain.entry import Entry
from domain.kinds import DischargeSupport
from domain.kinds.discharge_support import AFTER_LEAVING, BEFORE_LEAVING
from domain.mhsds import FOLLOW_UP_DAYS, attended, days_after

# The persons of entries are resolved: an alias is the one that it was merged into.
Contact = tuple[UUID, date]


class Discharges(Struct, frozen=True):
    """People met before leaving hospital, and of these after; discharges whose three days are over, and of these
    followed up; the days from each discharge to the first contact."""

    met_before: int
    met_after: int
    due: int
    followed_up: int
    days_to_first: tuple[int, ...]

    @property
    def median_days(self) -> float | None:
        """The middle one of the days, or half way between the two in the middle."""
        middle, days = len(self.days_to_first) // 2, self.days_to_first
        if not days:
            return None
        return float(days[middle]) if len(days) % 2 else (days[middle - 1] + days[middle]) / 2


def discharges(
    support: Sequence[Entry], contacts: Iterable[Contact], first: date, last: date, today: date
) -> Discharges:
    """From discharge support on or after the first day, and each reportable contact since then of a person and a day.

    A discharge is a person and the day that the support names. `today` has not passed, so a discharge is judged from
    the fourth day on.
    """
    before, after = _met(support, first, last, BEFORE_LEAVING), _met(support, first, last, AFTER_LEAVING)
    seen: defaultdict[UUID, set[date]] = defaultdict(set)
    for person, day in contacts:
        seen[person].add(day)
    left = _left(support, first, last)
    waits = [
        (days_after(min(later), day), day)
        for person, day in left
        if (later := {one for one in seen[person] if days_after(one, day) > 0})
    ]
    over = today - timedelta(days=FOLLOW_UP_DAYS)
    return Discharges(
        met_before=len(before),
        met_after=len(before & after),
        due=sum(day < over for _, day in left),
        followed_up=sum(days <= FOLLOW_UP_DAYS and day < over for days, day in waits),
        days_to_first=tuple(sorted(days for days, _ in waits)),
    )


def _met(support: Iterable[Entry], first: date, last: date, stages: Sequence[str]) -> set[UUID]:
    return {
        entry.person_id
        for entry in support
        if entry.person_id is not None
        and first <= entry.happened_on <= last
        and isinstance(entry.details, DischargeSupport)
        and entry.details.stage in stages
        and attended(entry)
    }


def _left(support: Iterable[Entry], first: date, last: date) -> set[Contact]:
    return {
        (entry.person_id, entry.details.discharged_on)
        for entry in support
        if entry.person_id is not None
        and isinstance(entry.details, DischargeSupport)
        and entry.details.discharged_on is not None
        and first <= entry.details.discharged_on <= last
    }
