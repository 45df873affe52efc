"""Closed months as the simulation knows them: from which number of a team to which nothing in a month may change."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.operation import EntryOperation

# From after which number, and up to which, if it was reopened.
Span = tuple[int, int | None]


class Closings:
    """When which month of which team was closed, counted in the numbers of the team."""

    def __init__(self) -> None:
        self._spans: dict[tuple[UUID, date], list[Span]] = {}

    def copy(self) -> "Closings":
        """The same, for a backup."""
        other = Closings()
        other._spans = {month: list(spans) for month, spans in self._spans.items()}
        return other

    def close(self, team_id: UUID, month: date, seq: int) -> None:
        """From the next number on."""
        self._spans.setdefault((team_id, month), []).append((seq, None))

    def reopen(self, team_id: UUID, month: date, seq: int) -> None:
        """Up to this number."""
        spans = self._spans[team_id, month]
        spans[-1] = (spans[-1][0], seq)

    def is_closed(self, team_id: UUID, month: date) -> bool:
        """Whether it is closed now."""
        spans = self._spans.get((team_id, month), [])
        return bool(spans) and spans[-1][1] is None

    def broken(self, effects: Sequence[tuple[Any, EntryOperation]]) -> Iterator[str]:
        """Creates and amends that took effect in a month while it was closed; `effects` in the order of versions."""
        days: dict[UUID, date] = {}
        for row, operation in effects:
            before = days.get(row.thing_id)
            said = operation.set.happened_on
            day = said if isinstance(said, date) else before
            if day is not None:
                days[row.thing_id] = day
            if operation.action not in ("create", "amend"):
                continue
            for one in {before, day} - {None}:
                assert one is not None
                for first, last in self._spans.get((row.team_id, one.replace(day=1)), []):
                    if row.seq > first and (last is None or row.seq <= last):
                        yield f"operation {row.id} took effect on {one} while its month was closed"
