"""Whether what is kept agrees with itself: pages, numbers, entries against operations, figures against entries."""

import base64
from collections import defaultdict, deque
from collections.abc import Callable
from uuid import UUID

import msgspec
from sqlalchemy import Column, Connection, func, select, text

from api.refold import Found, entries_of, folds
from api.store import accounts, entries, reflections, volumes
from api.store.tables import entry_outcome, entry_topic, operation, team, volume
from domain.kinds import outcomes_of, topics_of


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


def _numbers(connection: Connection, service_id: UUID) -> Found:
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


def _sealed(connection: Connection, service_id: UUID) -> Found:
    """What nobody here can read is at least whole: base64, as the phone of its author sent it."""
    wrong = []
    count = 0
    for _, one in reflections.all_of(connection, service_id):
        count += 1
        try:
            base64.b64decode(one.sealed, validate=True)
        except ValueError:
            wrong.append(f"reflection {one.id}: what is sealed is not base64")
    return count, wrong


def _columns(connection: Connection, service_id: UUID) -> Found:
    """What an entry's row repeats of its details, so that SQL can count by it."""
    topics = _several(connection, service_id, entry_topic.c.topic)
    outcomes = _several(connection, service_id, entry_outcome.c.outcome)
    wrong: list[str] = []
    count = 0
    for row, one in entries_of(connection, service_id, wrong):
        count += 1
        if one is None:
            continue
        wrong += [
            f"entry {one.id}: {name} is not that of its details"
            for name, value in entries.told_apart(one).items()
            if getattr(row, name) != value
        ]
        if topics.get(one.id, set()) != set(topics_of(one.details)):
            wrong.append(f"entry {one.id}: topics are not those of its details")
        if outcomes.get(one.id, set()) != set(outcomes_of(one.details)):
            wrong.append(f"entry {one.id}: outcomes are not those of its details")
    return count, wrong


def _several(connection: Connection, service_id: UUID, column: Column[str]) -> dict[UUID, set[str]]:
    """What each entry has several of."""
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    table = column.table
    for entry_id, value in connection.execute(select(table.c.entry_id, column).where(table.c.service_id == service_id)):
        found[entry_id].add(value)
    return found


def _figures(connection: Connection, service_id: UUID) -> Found:
    """The kept figures are those of a recount."""
    unreadable: list[str] = []
    deque(entries_of(connection, service_id, unreadable), maxlen=0)
    if unreadable:
        return 0, ["nothing was counted, because entries cannot be read"]
    wrong = [
        f"team {cell.team_id}, {cell.day}, {cell.split} {cell.key}: kept {_told(stored)}, counted {_told(counted)}"
        for cell, stored, counted in volumes.differences(connection, service_id)
    ]
    cells = select(func.count()).select_from(volume).where(volume.c.service_id == service_id)
    return connection.execute(cells).scalar_one(), wrong


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


_CHECKS: dict[str, Callable[[Connection, UUID], Found]] = {
    "numbers of teams": _numbers,
    "entries, persons and reflections, from their operations": folds,
    "sealed words": _sealed,
    "kinds, stages and topics": _columns,
    "figures, from a recount": _figures,
}
