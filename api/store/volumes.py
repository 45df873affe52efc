"""Figures by day: changed in the transaction that changes the entry, and read for every screen and file alike."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import CTE, Connection, Date, Select, Table, column, delete, func, insert, select, values

from api.store import accounts, entries, sessions
from api.store.tables import entry, entry_outcome, entry_topic, person, volume
from api.store.upsert import add
from domain import volumes as rules
from domain.disclosure import Scope
from domain.entry import MET, Entry
from domain.periods import Period, periods
from domain.service import CIVIL
from domain.volume_rows import Asked, Complete, Sums, Volumes, volumes
from domain.volumes import NOTHING, Cell, Cells, Measures, Split, change

# Sums for a day, or for the first day of a period, and a key.
Added = list[tuple[date, str, Measures]]
Statement = Select[*tuple[Any, ...]]
# Joins an entry to what the server knows of its person, which may be nothing.
KNOWN = (person.c.service_id == entry.c.service_id) & (person.c.id == entry.c.person_id)
_MEASURES = Measures.__struct_fields__


class Difference(NamedTuple):
    """A cell that does not hold what the entries add up to."""

    cell: Cell
    stored: Measures
    counted: Measures


def apply(connection: Connection, service_id: UUID, changes: Iterable[tuple[Entry | None, Entry | None]]) -> None:
    """Takes out what each entry contributed before and puts in what it contributes now."""
    deltas: Cells = {}
    for before, after in changes:
        for cell, measures in change(before, after).items():
            deltas[cell] = deltas.get(cell, NOTHING) + measures
    # In the order of the key, so that two transactions never wait for each other crosswise.
    add(connection, volume, _to_rows(service_id, deltas))


def read(connection: Connection, service_id: UUID, scope: Scope, asked: Asked, at: int) -> Volumes:
    """The figures that were asked for, as they stand at this instant. Refused when the range has problems."""
    as_of = _instant(at)
    cut = periods(asked.first, asked.last, asked.by, as_of.astimezone(CIVIL).date())
    whole, cells = kept(connection, service_id, scope, asked, cut)
    by_key, in_all = people(connection, service_id, scope, cut, asked.split)
    total = sum((measures for _, _, measures in whole), NOTHING)
    settings = accounts.get_service(connection, service_id).settings
    rule = settings.small_numbers if scope.hides_small_numbers else None
    teams = names_of(connection, service_id, scope)
    sums = Sums(cells=cells, people=by_key, total=total, total_people=in_all, teams=teams)
    return volumes(asked, sums, rule, complete(connection, service_id, scope, asked.last), as_of)


def kept(
    connection: Connection, service_id: UUID, scope: Scope, asked: Asked, cut: list[Period]
) -> tuple[Added, Added]:
    """What can be added up, by day or period: everything in range and scope, and by the keys of the split.

    A worker's own are counted from the own entries by the same rules, for they are not kept apart.
    """
    if scope.author_id is None:
        return (
            _sums(connection, service_id, scope, cut, "team"),
            _sums(connection, service_id, scope, cut, asked.split),
        )
    mine = entries.of_author(connection, service_id, scope.author_id, asked.first, asked.last, sorted(scope.team_ids))
    counted = rules.recount(mine)
    whole = [(cell.day, "", counted[cell]) for cell in counted if cell.split == "team"]
    return whole, [(cell.day, _key(cell, asked.split), counted[cell]) for cell in counted if cell.split == asked.split]


def people(
    connection: Connection, service_id: UUID, scope: Scope, cut: list[Period], split: Split
) -> tuple[dict[tuple[date, str], int], int]:
    """How many different persons had an attended contact, by period and key and in the whole range.

    An alias counts as the person that it was merged into. A contact without a code counts for nobody.
    """
    # A person of whom the server has not heard yet is counted by the id that the entry names.
    who = func.count(func.coalesce(person.c.merged_into, entry.c.person_id).distinct())
    period, key = _bounds(cut), _KEYS[split]
    within = entry.c.happened_on.between(period.c.first, period.c.last)
    by_key = select(period.c.start, key, who).select_from(entry).join(period, within).outerjoin(person, KNOWN)
    if (several := _SEVERAL.get(split)) is not None:
        # An outer join, because SQLite would else go through every topic once for each period.
        by_key = by_key.outerjoin(
            several, (several.c.service_id == entry.c.service_id) & (several.c.entry_id == entry.c.id)
        )
    by_key = attended(by_key, service_id, scope).group_by(period.c.start, key)
    counts = {(start, str(value or "")): count for start, value, count in connection.execute(by_key)}
    everyone = select(who).select_from(entry).outerjoin(person, KNOWN)
    in_range = entry.c.happened_on.between(cut[0].counted_from, cut[-1].counted_to)
    return counts, connection.execute(attended(everyone, service_id, scope).where(in_range)).scalar_one()


def attended(statement: Statement, service_id: UUID, scope: Scope) -> Statement:
    """`attended` of domain/mhsds.py as SQL, within a scope."""
    statement = scoped(statement, service_id, scope)
    return statement.where(entry.c.family == "direct", entry.c.attendance.in_(sorted(MET)))


def scoped(statement: Statement, service_id: UUID, scope: Scope) -> Statement:
    """The entries that stand and that a scope reaches."""
    statement = statement.where(
        entry.c.service_id == service_id,
        entry.c.team_id.in_(sorted(scope.team_ids)),
        entry.c.state == "active",
    )
    return statement.where(entry.c.author_id == scope.author_id) if scope.author_id else statement


def complete(connection: Connection, service_id: UUID, scope: Scope, last: date) -> Complete:
    """How many phones may still hold entries of a range that ends on this day: of the user's, or of all who log in
    these teams."""
    users = {scope.author_id} if scope.author_id else accounts.users_of(connection, service_id, scope.team_ids)
    seen = [_instant(phone.last_seen_at) for phone in sessions.devices_of(connection, service_id, users)]
    end = datetime.combine(last + timedelta(days=1), time(), CIVIL)
    return Complete(
        phones=len(seen),
        in_touch_since_end=sum(moment >= end for moment in seen),
        quietest_since=min(seen, default=None),
    )


def names_of(connection: Connection, service_id: UUID, scope: Scope) -> dict[UUID, str]:
    """The teams that are counted, by name."""
    names = accounts.team_names(connection, service_id)
    return {team_id: names[team_id] for team_id in sorted(scope.team_ids)}


def recount(connection: Connection, service_id: UUID) -> int:
    """Makes every figure again from the entries; answers how many cells there are. Pushes wait until COMMIT."""
    accounts.lock_teams(connection, service_id, [team.id for team in accounts.teams(connection, service_id)])
    rows = _to_rows(service_id, _counted(connection, service_id))
    connection.execute(delete(volume).where(volume.c.service_id == service_id))
    if rows:
        connection.execute(insert(volume), rows)
    return len(rows)


def differences(connection: Connection, service_id: UUID) -> list[Difference]:
    """The cells that differ from a recount, in order. Read in one snapshot, beside a running server."""
    counted = _counted(connection, service_id)
    stored = {
        Cell(row.team_id, row.day, row.split, row.key): _measures(row)
        for row in connection.execute(select(volume).where(volume.c.service_id == service_id))
    }
    return [
        Difference(cell, stored.get(cell, NOTHING), counted.get(cell, NOTHING))
        for cell in sorted(stored.keys() | counted.keys())
        if stored.get(cell, NOTHING) != counted.get(cell, NOTHING)
    ]


# What `Cell.key` is for each split, told of an entry. "" stands for null.
_KEYS: dict[Split, Any] = {
    "kind": entry.c.kind,
    "mode": entry.c.mode,
    "attendance": entry.c.attendance,
    "team": entry.c.team_id,
    "topic": entry_topic.c.topic,
    "stage": entry.c.stage,
    "family": entry.c.family,
    "outcome": entry_outcome.c.outcome,
    "step": entry.c.step,
}
# Where an entry may have several keys.
_SEVERAL: dict[Split, Table] = {"topic": entry_topic, "outcome": entry_outcome}


def _sums(connection: Connection, service_id: UUID, scope: Scope, cut: list[Period], split: Split) -> Added:
    """What the kept figures add up to in each period and key."""
    period = _bounds(cut)
    key = volume.c.team_id if split == "team" else volume.c.key
    statement = (
        select(period.c.start, key, *(func.sum(volume.c[name]).label(name) for name in _MEASURES))
        .join_from(volume, period, volume.c.day.between(period.c.first, period.c.last))
        .where(
            volume.c.service_id == service_id,
            volume.c.team_id.in_(sorted(scope.team_ids)),
            volume.c.split == split,
        )
        .group_by(period.c.start, key)
    )
    return [(row[0], str(row[1]), _measures(row)) for row in connection.execute(statement)]


def _bounds(cut: list[Period]) -> CTE:
    """The periods as a table of the statement: the first day of each, and the days that are counted."""
    columns = (column("start", Date), column("first", Date), column("last", Date))
    rows = [(period.start, period.counted_from, period.counted_to) for period in cut]
    return values(*columns, name="period").data(rows).cte()


def _counted(connection: Connection, service_id: UUID) -> Cells:
    return rules.recount(one for _, one in entries.all_of(connection, service_id))


def _to_rows(service_id: UUID, cells: Cells) -> list[dict[str, Any]]:
    return [
        {"service_id": service_id, **cell._asdict(), **msgspec.structs.asdict(measures)}
        for cell, measures in sorted(cells.items(), key=lambda one: one[0])
        if measures
    ]


def _measures(row: Any) -> Measures:
    return Measures(*(getattr(row, name) for name in _MEASURES))


def _key(cell: Cell, split: Split) -> str:
    return str(cell.team_id) if split == "team" else cell.key


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)
