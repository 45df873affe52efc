"""Whether what is kept agrees with itself: pages, numbers, entries against operations, figures against entries."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, func, select, text

from api.store import accounts, entries, people, volumes
from api.store.tables import entry, entry_topic, operation, person, team, volume
from domain.entry import Entry
from domain.fold import entry_after, person_after
from domain.kinds import kind_of, stage_of, topics_of
from domain.operation import EntryOperation
from domain.people import Person
from domain.problems import Refused
from domain.reading import read_stored

# How many were looked at, and what is wrong with them.
_Found = tuple[int, list[str]]


class Check(msgspec.Struct, frozen=True):
    """What was looked at, how many of them, and each that is not as it should be."""

    name: str
    checked: int
    differences: list[str]


def verify(connection: Connection, done: Callable[[int], None] = lambda _: None) -> list[Check]:
    """Every check, in one snapshot, beside a running server. `done` is told how many things were looked at."""
    if connection.dialect.name == "postgresql":
        # Reading everything takes longer than an answer to a phone may.
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    checks = [_integrity(connection)]
    for service_id in accounts.service_ids(connection):
        for name, check in _CHECKS.items():
            checked, differences = check(connection, service_id)
            checks.append(Check(name, checked, differences))
            done(checked)
    return _together(checks)


def _integrity(connection: Connection) -> Check:
    """What the database says of its own pages, indexes and references."""
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        said = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        loose = [
            f"{row[0]} {row[1]}: refers to a missing {row[2]}"
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
        ]
        return Check("pages and references", pages, said + loose)
    names = connection.exec_driver_sql(
        "SELECT indexrelid::regclass::text, indisvalid AND indisready FROM pg_index"
        " JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace = current_schema()::regnamespace"
        " UNION ALL SELECT conname, convalidated FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
    ).all()
    broken = [f"{name}: not valid" for name, valid in names if not valid]
    bad_pages = connection.exec_driver_sql(
        "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"
    ).scalar_one()
    broken += [f"{bad_pages} pages with a wrong check sum"] if bad_pages else []
    return Check("indexes and references", len(names), broken)


def _numbers(connection: Connection, service_id: UUID) -> _Found:
    """A team's operations are numbered 1, 2, 3 to the team's last number: phones read by these numbers."""
    given = (
        select(operation.c.team_id, func.count().label("count"), func.max(operation.c.seq).label("last"))
        .where(operation.c.service_id == service_id, operation.c.seq > 0)
        .group_by(operation.c.team_id)
        .subquery()
    )
    statement = (
        select(team.c.id, team.c.name, team.c.seq, func.coalesce(given.c.count, 0), func.coalesce(given.c.last, 0))
        .outerjoin(given, given.c.team_id == team.c.id)
        .where(team.c.service_id == service_id)
    )
    rows = connection.execute(statement).all()
    wrong = [
        f"team {name} ({team_id}): last number {seq}, but {number} operations up to {last}"
        for team_id, name, seq, number, last in rows
        if not seq == number == last
    ]
    return len(rows), wrong


def _folds(connection: Connection, service_id: UUID) -> _Found:
    """Every entry and person is what its applied operations make, with the number of the last of them."""
    wrong: list[str] = []
    made: dict[tuple[str, UUID], int] = {}
    for thing, thing_id, record, seq in _folded(connection, service_id, wrong):
        made[thing, thing_id] = hash((record, seq))
    count = len(made)
    for thing, thing_id, row in _stored(connection, service_id, wrong):
        expected = made.pop((thing, thing_id), None)
        if expected is None:
            wrong.append(f"{thing} {thing_id}: no operation made it")
            count += 1
        elif row is not None and expected != hash(row):
            wrong.append(f"{thing} {thing_id}: not what its operations make")
    wrong += [f"{thing} {thing_id}: has operations but no row" for thing, thing_id in made]
    return count, wrong


def _folded(
    connection: Connection, service_id: UUID, wrong: list[str]
) -> Iterator[tuple[str, UUID, Entry | Person, int]]:
    columns = operation.c
    statement = (
        select(
            columns.id, columns.thing, columns.thing_id, columns.body, columns.author_id, columns.version, columns.seq
        )
        .where(columns.service_id == service_id, columns.outcome == "applied", columns.noop.is_(False))
        .order_by(columns.thing, columns.thing_id, columns.seq)
        .execution_options(yield_per=2000)
    )
    for (thing, thing_id), rows in groupby(connection.execute(statement), lambda row: (row.thing, row.thing_id)):
        entry_now: Entry | None = None
        person_now: Person | None = None
        seq = 0
        for row in rows:
            try:
                one = read_stored(row.body)
                if (one.action == "create") != (entry_now is None and person_now is None):
                    raise Refused
                if isinstance(one, EntryOperation):
                    entry_now = entry_after(entry_now, one, row.author_id)
                else:
                    person_now = person_after(person_now, one)
            except (msgspec.MsgspecError, Refused):
                wrong.append(f"operation {row.id}: cannot be applied to {thing} {thing_id}")
            seq = row.seq
            now = entry_now or person_now
            if now is not None and now.version != row.version:
                wrong.append(f"operation {row.id}: made version {now.version}, not {row.version}")
        now = entry_now or person_now
        if now is not None:
            yield thing, thing_id, now, seq


def _stored(
    connection: Connection, service_id: UUID, wrong: list[str]
) -> Iterator[tuple[str, UUID, tuple[Entry | Person, int] | None]]:
    for row, one in _entries(connection, service_id, wrong):
        yield "entry", row.id, (one, row.seq) if one else None
    numbers = dict(connection.execute(select(person.c.id, person.c.seq).where(person.c.service_id == service_id)).all())
    for who in people.all_of(connection, service_id).values():
        yield "person", who.id, (who, numbers[who.id])


def _columns(connection: Connection, service_id: UUID) -> _Found:
    """What an entry's row repeats of its details, so that SQL can count by it."""
    topics: defaultdict[UUID, set[str]] = defaultdict(set)
    of_topic = select(entry_topic.c.entry_id, entry_topic.c.topic).where(entry_topic.c.service_id == service_id)
    for entry_id, topic in connection.execute(of_topic):
        topics[entry_id].add(topic)
    wrong: list[str] = []
    count = 0
    for row, one in _entries(connection, service_id, wrong):
        count += 1
        if one is None:
            continue
        if (row.kind, row.stage) != (kind_of(one.details), stage_of(one.details)):
            wrong.append(f"entry {one.id}: kind or stage is not that of its details")
        if topics.get(one.id, set()) != set(topics_of(one.details)):
            wrong.append(f"entry {one.id}: topics are not those of its details")
    return count, wrong


def _figures(connection: Connection, service_id: UUID) -> _Found:
    """The kept figures are those of a recount."""
    unreadable: list[str] = []
    deque(_entries(connection, service_id, unreadable), maxlen=0)
    if unreadable:
        return 0, ["nothing was counted, because entries cannot be read"]
    wrong = [
        f"team {cell.team_id}, {cell.day}, {cell.split} {cell.key}: kept {_told(stored)}, counted {_told(counted)}"
        for cell, stored, counted in volumes.differences(connection, service_id)
    ]
    cells = select(func.count()).select_from(volume).where(volume.c.service_id == service_id)
    return connection.execute(cells).scalar_one(), wrong


def _entries(connection: Connection, service_id: UUID, wrong: list[str]) -> Iterator[tuple[Any, Entry | None]]:
    """Every entry with the columns beside it. One that cannot be read is None, and named in `wrong`."""
    statement = select(entry.c.id, entry.c.seq, entry.c.kind, entry.c.stage).where(entry.c.service_id == service_id)
    rows = connection.execute(statement).all()
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        try:
            read = entries.get_many(connection, service_id, [row.id for row in some])
        except _UNREADABLE:
            read = _one_by_one(connection, service_id, [row.id for row in some], wrong)
        for row in some:
            yield row, read.get(row.id)


def _one_by_one(connection: Connection, service_id: UUID, ids: list[UUID], wrong: list[str]) -> dict[UUID, Entry]:
    read: dict[UUID, Entry] = {}
    for entry_id in ids:
        try:
            read |= entries.get_many(connection, service_id, [entry_id])
        except _UNREADABLE as fault:
            wrong.append(f"entry {entry_id}: cannot be read: {fault}")
    return read


def _told(measures: msgspec.Struct) -> str:
    return (
        ", ".join(f"{name} {value}" for name, value in msgspec.structs.asdict(measures).items() if value) or "nothing"
    )


def _together(checks: list[Check]) -> list[Check]:
    """One line for each check, over all services."""
    merged: dict[str, Check] = {}
    for one in checks:
        before = merged.get(one.name, Check(one.name, 0, []))
        merged[one.name] = Check(one.name, before.checked + one.checked, before.differences + one.differences)
    return list(merged.values())


_CHECKS: dict[str, Callable[[Connection, UUID], _Found]] = {
    "numbers of teams": _numbers,
    "entries and persons, from their operations": _folds,
    "kinds, stages and topics": _columns,
    "figures, from a recount": _figures,
}
_UNREADABLE = (msgspec.MsgspecError, ValueError)
