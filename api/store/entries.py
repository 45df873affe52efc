"""Entries as rows: the plain columns of the table are the fields of the struct, lists and details are JSON."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, Select, Table, delete, insert, select

from api.store.tables import entry, entry_outcome, entry_topic
from api.store.upsert import put
from domain.disclosure import Scope
from domain.entry import Entry, OtherPresent
from domain.families import family_of
from domain.kinds import Details, Kind, kind_of, outcomes_of, stage_of, step_of, topics_of
from domain.kinds.lists import Focus

_details = msgspec.json.Decoder(Details)
_others = msgspec.json.Decoder(tuple[OtherPresent, ...])
_focus = msgspec.json.Decoder(tuple[Focus, ...])
_JSON: dict[str, Any] = {"details": _details, "others_present": _others, "focus": _focus}
_COLUMNS = [entry.c[name] for name in Entry.__struct_fields__]
# What an entry may have several of: the table, its column, and where the values come from.
_LISTS: list[tuple[Table, str, Callable[[Details], Iterable[str]]]] = [
    (entry_topic, "topic", topics_of),
    (entry_outcome, "outcome", outcomes_of),
]


def get_many(connection: Connection, service_id: UUID, ids: Collection[UUID]) -> dict[UUID, Entry]:
    """The entries with these ids, whoever may see them: for the decision, not for an answer."""
    if not ids:
        return {}
    rows = connection.execute(select(*_COLUMNS).where(entry.c.service_id == service_id, entry.c.id.in_(ids)))
    return {row.id: _from_row(row) for row in rows}


def put_many(connection: Connection, service_id: UUID, changed: Iterable[tuple[Entry, int]]) -> None:
    """Writes entries, each with the `seq` of the operation that made it so."""
    latest = {one.id: (one, seq) for one, seq in changed}
    if not latest:
        return
    put(connection, entry, [_to_row(service_id, one, seq) for one, seq in latest.values()])
    retold = [one.id for one, _ in latest.values() if one.version > 1]
    for table, name, values_of in _LISTS:
        if retold:
            # An amended entry may have been of another kind before.
            connection.execute(delete(table).where(table.c.service_id == service_id, table.c.entry_id.in_(retold)))
        rows = [
            {"service_id": service_id, "entry_id": one.id, name: value}
            for one, _ in latest.values()
            for value in values_of(one.details)
        ]
        if rows:
            connection.execute(insert(table), rows)


def changed_since(
    connection: Connection, service_id: UUID, author_id: UUID, team_id: UUID, seq: int, limit: int
) -> list[tuple[int, Entry]]:
    """The author's own entries of a team that changed after `seq`, oldest change first."""
    statement = (
        select(entry.c.seq, *_COLUMNS)
        .where(
            entry.c.service_id == service_id,
            entry.c.author_id == author_id,
            entry.c.team_id == team_id,
            entry.c.seq > seq,
        )
        .order_by(entry.c.seq)
        .limit(limit)
    )
    return [(row.seq, _from_row(row)) for row in connection.execute(statement)]


def of_author(
    connection: Connection, service_id: UUID, author_id: UUID, start: date, end: date, team_ids: Collection[UUID]
) -> list[Entry]:
    """A worker's own active entries of some days, in these teams, for the worker's own totals."""
    statement = _of_days(service_id, start, end).where(entry.c.author_id == author_id, entry.c.team_id.in_(team_ids))
    return [_from_row(row) for row in connection.execute(statement)]


def of_kind(connection: Connection, service_id: UUID, scope: Scope, kind: Kind, start: date, end: date) -> list[Entry]:
    """The active entries of a kind on these days, oldest first, as far as a scope reaches."""
    statement = _of_days(service_id, start, end).where(
        entry.c.team_id.in_(sorted(scope.team_ids)), entry.c.kind == kind
    )
    if scope.author_id:
        statement = statement.where(entry.c.author_id == scope.author_id)
    return [_from_row(row) for row in connection.execute(statement.order_by(entry.c.happened_on, entry.c.id))]


def of_team(
    connection: Connection, service_id: UUID, team_id: UUID, start: date, end: date, limit: int, after: UUID | None
) -> list[Entry]:
    """A page of a team's entries of some days, newest id first; void ones are part of it."""
    statement = (
        select(*_COLUMNS)
        .where(
            entry.c.service_id == service_id,
            entry.c.team_id == team_id,
            entry.c.happened_on.between(start, end),
        )
        .order_by(entry.c.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(entry.c.id < after)
    return [_from_row(row) for row in connection.execute(statement)]


def all_of(connection: Connection, service_id: UUID) -> Iterable[tuple[int, Entry]]:
    """Every entry of a service with its `seq`, for a recount."""
    statement = select(entry.c.seq, *_COLUMNS).where(entry.c.service_id == service_id)
    with connection.execute(statement, execution_options={"yield_per": 2000}) as rows:
        for row in rows:
            yield row.seq, _from_row(row)


def told_apart(one: Entry) -> dict[str, str | None]:
    """The columns that repeat what is in the details, so that SQL can count by it."""
    return {
        "kind": kind_of(one.details),
        "family": family_of(one),
        "stage": stage_of(one.details),
        "step": step_of(one.details),
    }


def _of_days(service_id: UUID, start: date, end: date) -> Select[Any]:
    return select(*_COLUMNS).where(
        entry.c.service_id == service_id, entry.c.state == "active", entry.c.happened_on.between(start, end)
    )


def _to_row(service_id: UUID, one: Entry, seq: int) -> dict[str, Any]:
    row = msgspec.structs.asdict(one)
    for name in _JSON:
        row[name] = msgspec.json.encode(row[name]).decode()
    return row | {"service_id": service_id, "seq": seq} | told_apart(one)


def _from_row(row: Row[Any]) -> Entry:
    values = row._asdict()
    values.pop("seq", None)
    for name, decoder in _JSON.items():
        values[name] = decoder.decode(values[name])
    return Entry(**values)
