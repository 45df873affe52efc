"""Reflections as rows, apart from all else: only a decision, a pull of their author and a recount read them."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from api.store.tables import reflection
from api.store.upsert import put
from domain.reflection import Reflection

_COLUMNS = [reflection.c[name] for name in Reflection.__struct_fields__]


def get_many(connection: Connection, service_id: UUID, ids: Collection[UUID]) -> dict[UUID, Reflection]:
    """The reflections with these ids, whosever they are: for the decision, not for an answer."""
    if not ids:
        return {}
    rows = connection.execute(select(*_COLUMNS).where(reflection.c.service_id == service_id, reflection.c.id.in_(ids)))
    return {row.id: _from_row(row._asdict()) for row in rows}


def put_many(connection: Connection, service_id: UUID, changed: Iterable[tuple[Reflection, int]]) -> None:
    """Writes reflections, each with the `seq` of the operation that made it so."""
    latest = {one.id: (one, seq) for one, seq in changed}
    rows = [msgspec.structs.asdict(one) | {"service_id": service_id, "seq": seq} for one, seq in latest.values()]
    put(connection, reflection, rows)


def changed_since(
    connection: Connection, service_id: UUID, author_id: UUID, team_id: UUID, seq: int, limit: int
) -> list[tuple[int, Reflection]]:
    """The author's own reflections of a team that changed after `seq`, oldest change first."""
    statement = (
        select(reflection.c.seq, *_COLUMNS)
        .where(
            reflection.c.service_id == service_id,
            reflection.c.author_id == author_id,
            reflection.c.team_id == team_id,
            reflection.c.seq > seq,
        )
        .order_by(reflection.c.seq)
        .limit(limit)
    )
    return [(row.seq, _from_row(row._asdict())) for row in connection.execute(statement)]


def all_of(connection: Connection, service_id: UUID) -> Iterable[tuple[int, Reflection]]:
    """Every reflection of a service with its `seq`, for a recount."""
    statement = select(reflection.c.seq, *_COLUMNS).where(reflection.c.service_id == service_id)
    with connection.execute(statement, execution_options={"yield_per": 2000}) as rows:
        for row in rows:
            yield row.seq, _from_row(row._asdict())


def _from_row(values: dict[str, Any]) -> Reflection:
    values.pop("seq", None)
    return Reflection(**values)
