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
from domain.entry import Entry, Mode
from domain.families import family_of
from domain.kinds import (
    AdminTravel,
    GroupSession,
    RecoveryCollege,
    Signposting,
    TeamMeeting,
    kind_of,
    outcomes_of,
    stage_of,
    step_of,
    topics_of,
)

Split = Literal["kind", "mode", "attendance", "team", "topic", "stage", "family", "outcome", "step"]
# How an attended contact was held. The rest was in another way, or it was not asked how.
REMOTE: frozenset[Mode] = mhsds.LIVE - {"in_person"}
MESSAGE: frozenset[Mode] = frozenset({"email", "text_message", "live_chat", "message_board", "group_chat"})


class Cell(NamedTuple):
    """Where a figure is kept. `key` is "" where a split has no value: the mode was not asked, or `split` is `team`."""

    team_id: UUID
    day: date
    split: Split
    key: str


class Measures(Struct, frozen=True):
    """What can be added up.

    `contacts` are entries of direct kinds, whether the person came or not; they are `attended` or `not_attended`.
    Group attendances and indirect work stand beside the contacts and are never added to them.

    Every minute that is logged is in one of six: `minutes` of attended contacts, `group_minutes`, `indirect_minutes`,
    `other_minutes` (meetings, supervision, learning, work on courses), `travel_minutes` and `admin_minutes` (notes,
    preparation, messages). `dna` of `dna_of` is the part that did not come. `signposted` are places or services that
    somebody was pointed to.
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
    in_person: int = 0
    remote: int = 0
    message: int = 0
    cancelled_by_person: int = 0
    did_not_attend: int = 0
    arrived_too_late: int = 0
    cancelled_by_us: int = 0
    dna: int = 0
    dna_of: int = 0
    group_minutes: int = 0
    indirect_minutes: int = 0
    other_minutes: int = 0
    admin_minutes: int = 0
    signposted: int = 0

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

    `team`, `kind`, `mode`, `attendance` and `family` each hold every entry once, so they add up to the same. `stage`
    holds discharge support alone, `step` community access. `topic` and `outcome` hold signposting alone, and an entry
    with several of them once for each: they overlap and must not be added up, but for `signposted`.
    """
    if entry.state == "void":
        return {}
    family, details = family_of(entry), entry.details
    keys: list[tuple[Split, str | None]] = [
        ("team", ""),
        ("kind", kind_of(details)),
        ("mode", entry.mode or ""),
        # Attendance is the person's: a meeting about them, or a group, has none.
        ("attendance", entry.attendance if family == "direct" else ""),
        ("family", family),
        ("stage", stage_of(details)),
        ("step", step_of(details)),
    ]
    measures = _measures(entry)
    cells = {Cell(entry.team_id, entry.happened_on, split, key): measures for split, key in keys if key is not None}
    return cells | _by_item(entry, measures)


def recount(entries: Iterable[Entry]) -> Cells:
    """The cells as they must be, from the entries alone."""
    cells: Cells = {}
    for entry in entries:
        for cell, measures in contribution(entry).items():
            cells[cell] = cells.get(cell, NOTHING) + measures
    return cells


def logged_minutes(entry: Entry) -> int:
    """Every minute that an entry speaks of: of the activity, of travel, of notes and of preparation."""
    if entry.state == "void":
        return 0
    spent = entry.minutes or 0
    if isinstance(entry.details, TeamMeeting):
        # The length of the meeting may not have been asked, or not be right any more.
        spent = max(spent, sum(item.minutes for item in entry.details.person_items))
    return spent + entry.travel_minutes + entry.admin_minutes + _preparation(entry)


def _by_item(entry: Entry, measures: Measures) -> Cells:
    """The cells of what a person was pointed to: each topic and each outcome with its own number of places."""
    cells: Cells = {}
    if isinstance(entry.details, Signposting):
        items = entry.details.items if measures.signposted else ()
        for topic in topics_of(entry.details):
            number = sum(item.category == topic for item in items)
            cells[Cell(entry.team_id, entry.happened_on, "topic", topic)] = structs.replace(measures, signposted=number)
        for outcome in outcomes_of(entry.details):
            number = sum(item.outcome == outcome for item in items)
            cell = Cell(entry.team_id, entry.happened_on, "outcome", outcome)
            cells[cell] = structs.replace(measures, signposted=number)
    return cells


def _measures(entry: Entry) -> Measures:
    family, attended, rows = family_of(entry), mhsds.attended(entry), mhsds.rows_in_return(entry)
    contact = family == "direct"
    expected = attended or (contact and entry.attendance in ("did_not_attend", "arrived_too_late"))
    live = entry.mode in mhsds.LIVE
    return Measures(
        entries=1,
        contacts=rows.count("MHS201"),
        attended=int(attended),
        reportable=int(mhsds.reportable(entry)),
        not_attended=int(contact and not attended),
        travel_minutes=entry.travel_minutes,
        group_sessions=rows.count("MHS301"),
        group_attendances=_came(entry) if "MHS301" in rows else 0,
        indirect=rows.count("MHS204"),
        in_person=int(attended and entry.mode == "in_person"),
        remote=int(attended and entry.mode in REMOTE),
        message=int(attended and entry.mode in MESSAGE),
        cancelled_by_person=int(contact and entry.attendance == "cancelled_by_person"),
        did_not_attend=int(contact and entry.attendance == "did_not_attend"),
        arrived_too_late=int(contact and entry.attendance == "arrived_too_late"),
        cancelled_by_us=int(contact and entry.attendance == "cancelled_by_us"),
        dna=int(expected and live and not attended),
        dna_of=int(expected and live),
        # Whoever did not come was not pointed anywhere.
        signposted=len(entry.details.items) if attended and isinstance(entry.details, Signposting) else 0,
        **_minutes(entry, attended),
    )


def _minutes(entry: Entry, attended: bool) -> dict[str, int]:
    """The minutes of the activity, as what they were spent, and those of notes and preparation."""
    minutes, admin = entry.minutes or 0, entry.admin_minutes + _preparation(entry)
    if isinstance(entry.details, TeamMeeting):
        about = sum(item.minutes for item in entry.details.person_items)
        return {"indirect_minutes": about, "other_minutes": max(minutes - about, 0), "admin_minutes": admin}
    if isinstance(entry.details, AdminTravel):
        return {"admin_minutes": admin + minutes}
    match family_of(entry):
        case "direct":
            return {"minutes": minutes if attended else 0, "admin_minutes": admin}
        case "group":
            return {"group_minutes": minutes, "admin_minutes": admin}
        case "indirect":
            return {"indirect_minutes": minutes, "admin_minutes": admin}
        case _:
            return {"other_minutes": minutes, "admin_minutes": admin}


def _came(entry: Entry) -> int:
    """How many came to a group, without those who ran it."""
    if isinstance(entry.details, GroupSession):
        return entry.details.participants
    return (entry.details.learners_attended or 0) if isinstance(entry.details, RecoveryCollege) else 0


def _preparation(entry: Entry) -> int:
    if isinstance(entry.details, GroupSession):
        return (entry.details.prep_minutes or 0) + (entry.details.debrief_minutes or 0)
    return 0
