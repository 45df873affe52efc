"""The operation log: append-only, and the truth of which entries, persons and reflections are the fold."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, insert, select, update

from api.store.tables import operation
from domain.measures import made_on
from domain.operation import OpenConflict
from domain.reading import read_stored
from domain.settling import Conflict, words_of
from domain.verdict import Verdict
from domain.world import Known


def known(connection: Connection, service_id: UUID, ids: Collection[UUID]) -> dict[UUID, Known]:
    """Which of these operations are stored, and with which first answer."""
    columns = operation.c
    statement = select(
        columns.id, columns.sha256, columns.outcome, columns.reason, columns.version, columns.seq, columns.thing_id
    ).where(columns.service_id == service_id, columns.id.in_(ids))
    return {row.id: Known(*row[1:]) for row in connection.execute(statement)} if ids else {}


def conflicts(connection: Connection, service_id: UUID, ids: Collection[UUID]) -> dict[UUID, Conflict]:
    """Those of these operations that are conflicts, settled or not."""
    columns = operation.c
    statement = select(columns.id, columns.body, columns.author_id, columns.closed_by).where(
        columns.service_id == service_id, columns.outcome == "conflict", columns.id.in_(ids)
    )
    rows = connection.execute(statement) if ids else ()
    return {row.id: Conflict(read_stored(row.body), row.author_id, row.closed_by is None) for row in rows}


def insert_many(
    connection: Connection, service_id: UUID, user_id: UUID, device_id: UUID, at: int, stored: Sequence[Verdict]
) -> None:
    """Appends what was decided, as it was sent and with the answer given."""
    rows = []
    for verdict in stored:
        done, result = verdict.reading.operation, verdict.result
        assert done is not None
        rows.append(
            {
                "service_id": service_id,
                "id": done.id,
                "thing": done.__struct_config__.tag,
                "thing_id": done.thing_id,
                "action": done.action,
                "team_id": done.team_id,
                "user_id": user_id,
                "author_id": words_of(verdict.settles, user_id),
                "device_id": device_id,
                "n": done.n,
                "body": verdict.reading.body.decode(),
                "sha256": verdict.reading.sha256,
                "received_at": at,
                "made_on": made_on(done.made_at, done.utc_offset_min),
                "outcome": result.outcome,
                "reason": result.reason,
                "noop": result.noop,
                "version": result.version,
                "seq": result.seq,
            }
        )
    if rows:
        connection.execute(insert(operation), rows)


def close(connection: Connection, service_id: UUID, stored: Iterable[Verdict]) -> None:
    """Marks conflicts as settled by the operations that were found to settle them."""
    settled = [
        {"closer": verdict.result.id, "conflict": verdict.closes} for verdict in stored if verdict.closes is not None
    ]
    if settled:
        connection.execute(
            update(operation)
            .where(_waits(service_id), operation.c.id == bindparam("conflict"))
            .values(closed_by=bindparam("closer")),
            settled,
        )


def open_conflicts(
    connection: Connection, service_id: UUID, user_id: UUID, team_ids: Collection[UUID] = ()
) -> list[OpenConflict]:
    """Conflicts that wait for somebody: those in the user's own words, and those of the teams that the user leads. A
    reflection's are its author's alone.

    Never cut short: a phone takes one that is not listed for settled.
    """
    columns = operation.c
    statement = (
        select(operation)
        .where(
            _waits(service_id),
            (columns.author_id == user_id) | (columns.team_id.in_(team_ids) & (columns.thing != "reflection")),
        )
        .order_by(columns.received_at, columns.id)
    )
    return [_open_conflict(row) for row in connection.execute(statement)]


def of_entry(connection: Connection, service_id: UUID, entry_id: UUID) -> list[Row[Any]]:
    """Every stored operation on one entry, in the order stored."""
    columns = operation.c
    statement = select(operation).where(
        columns.service_id == service_id, columns.thing_id == entry_id, columns.thing == "entry"
    )
    return list(connection.execute(statement.order_by(columns.team_id, columns.seq)))


def _waits(service_id: UUID) -> ColumnElement[bool]:
    columns = operation.c
    return and_(columns.service_id == service_id, columns.outcome == "conflict", columns.closed_by.is_(None))


def _open_conflict(row: Row[Any]) -> OpenConflict:
    sent = read_stored(row.body)
    return OpenConflict(
        op=row.id,
        thing=row.thing,
        thing_id=row.thing_id,
        team_id=row.team_id,
        action=row.action,
        base=sent.base,
        reason=row.reason,
        why=UNSET if sent.reason is None else sent.reason,
        author_id=row.author_id,
        received_at=row.received_at,
        zone=sent.zone,
        utc_offset_min=sent.utc_offset_min,
        set=msgspec.to_builtins(sent.set),
    )
