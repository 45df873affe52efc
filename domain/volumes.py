"""Volumes: what entries add up to. Every figure that is shown or exported starts here.

An entry adds its measures to a few cells, one for each way of splitting the figures. Cells are kept by team and day
and change together with the entry. Only `people` cannot be added up over days: they are counted from the entries.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct, structs

from domain import mhsds
from domain.entry import Entry
from domain.kinds import FAMILY, kind_of, stage_of, topics_of

Split = Literal["kind", "mode", "attendance", "team", "topic", "stage"]


class Cell(NamedTuple):
    """Where a figure is kept. `key` is "" where a split has no value: the mode was not asked, or `split` is `team`."""

    team_id: UUID
    day: date
    split: Split
    key: str


class Measures(Struct, frozen=True):
    """What can be added up.

    `contacts` are entries of direct kinds, whether the person came or not; they are `attended` or `not_attended`.
    `minutes` is the length of attended contacts, `travel_minutes` of every journey made. Group attendances and
    indirect work stand beside the contacts and are never added to them.
    """

    entries: int = 0
    contacts: int = 0
    attended: int = 0
    reportable: int = 0
    not_attended: int = 0
    minutes: int = 0
    travel_minutes: int = 0
    group_sessions: int = 0
    group_attendances: int = 0
    indirect: int = 0

    def __add__(self, other: "Measures") -> "Measures":
        return Measures(*(a + b for a, b in zip(structs.astuple(self), structs.astuple(other), strict=True)))

    def __sub__(self, other: "Measures") -> "Measures":
        return Measures(*(a - b for a, b in zip(structs.astuple(self), structs.astuple(other), strict=True)))

    def __bool__(self) -> bool:
        return self != NOTHING


NOTHING = Measures()
Cells = dict[Cell, Measures]


def change(before: Entry | None, after: Entry | None) -> Cells:
    """What to add to the cells when an entry changes: its old contribution goes out and its new one comes in, even when
    the day, the team or the kind moved. Cells that stay the same are left out."""
    deltas = contribution(after) if after else {}
    for cell, measures in (contribution(before) if before else {}).items():
        deltas[cell] = deltas.get(cell, NOTHING) - measures
    return {cell: delta for cell, delta in deltas.items() if delta}


def contribution(entry: Entry) -> Cells:
    """What one entry adds, to which cells. A void entry adds nothing.

    `team`, `kind`, `mode` and `attendance` each hold every entry once, so they add up to the same. `stage` holds
    discharge support alone. `topic` holds signposting alone, and an entry with several topics once for each of them:
    topics overlap and must not be added up.
    """
    if entry.state == "void":
        return {}
    direct = FAMILY[kind_of(entry.details)] == "direct"
    keys: list[tuple[Split, str]] = [
        ("team", ""),
        ("kind", kind_of(entry.details)),
        ("mode", entry.mode or ""),
        # Attendance is the person's: a meeting about them, or a group, has none.
        ("attendance", entry.attendance if direct else ""),
    ]
    keys += [("topic", topic) for topic in topics_of(entry.details)]
    stage = stage_of(entry.details)
    if stage:
        keys.append(("stage", stage))
    measures = _measures(entry)
    return {Cell(entry.team_id, entry.happened_on, split, key): measures for split, key in keys}


def recount(entries: Iterable[Entry]) -> Cells:
    """The cells as they must be, from the entries alone."""
    cells: Cells = {}
    for entry in entries:
        for cell, measures in contribution(entry).items():
            cells[cell] = cells.get(cell, NOTHING) + measures
    return cells


def _measures(entry: Entry) -> Measures:
    family = FAMILY[kind_of(entry.details)]
    attended = mhsds.attended(entry)
    return Measures(
        entries=1,
        contacts=int(family == "direct"),
        attended=int(attended),
        reportable=int(mhsds.reportable(entry)),
        not_attended=int(family == "direct" and not attended),
        minutes=(entry.minutes or 0) if attended else 0,
        travel_minutes=entry.travel_minutes,
        # No kind yet says how many came to a group: `group_attendances` starts with the first one that does.
        group_sessions=int(family == "group"),
        indirect=int(family == "indirect"),
    )
