"""Supervision: in how many of the months that were worked it took place. Never whose."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from domain.entry import Entry
from domain.kinds import Supervision
from domain.kinds.supervision import MONTHLY, SupervisionKind

# A worker, and the first day of a month.
_Month = tuple[UUID, date]


class Cadence(Struct, frozen=True):
    """Months of all workers together: with this kind of supervision, and worked at all."""

    months_with: int
    months_worked: int
    workers: int


def cadence(
    worked: Iterable[tuple[UUID, date]], supervision: Iterable[Entry], first: date, last: date, today: date
) -> Mapping[SupervisionKind, Cadence]:
    """For each kind that is meant to be monthly, from who logged anything on which day.

    Only whole months of the range count, once they are over: in half a month nobody is late. Supervision that was
    given is the other's.
    """
    logged, yesterday = set(worked), today - timedelta(days=1)
    whole = {day.replace(day=1) for _, day in logged if _is_whole(day.replace(day=1), first, min(last, yesterday))}
    months: set[_Month] = {(who, day.replace(day=1)) for who, day in logged if day.replace(day=1) in whole}
    had: dict[SupervisionKind, set[_Month]] = {kind: set() for kind in MONTHLY}
    for entry in supervision:
        details = entry.details
        if isinstance(details, Supervision) and details.direction == "receiving" and details.supervision_kind in had:
            had[details.supervision_kind].add((entry.author_id, entry.happened_on.replace(day=1)))
    workers = len({who for who, _ in months})
    return {kind: Cadence(len(had[kind] & months), len(months), workers) for kind in MONTHLY}


def _is_whole(month: date, first: date, last: date) -> bool:
    """The month lies in the range, from its first day to its last."""
    after = (month + timedelta(days=32)).replace(day=1)
    return first <= month and after - timedelta(days=1) <= last
