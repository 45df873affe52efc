"""Persons as rows, and what merging needs to know of them."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from api.store.tables import person
from api.store.upsert import put
from domain.people import Person

_COLUMNS = [person.c[name] for name in Person.__struct_fields__]


def get_many(connection: Connection, service_id: UUID, ids: Collection[UUID]) -> dict[UUID, Person]:
    """The persons with these ids, whoever may see them: for the decision, not for an answer."""
    if not ids:
        return {}
    rows = connection.execute(select(*_COLUMNS).where(person.c.service_id == service_id, person.c.id.in_(ids)))
    return {row.id: _from_row(row._asdict()) for row in rows}


def aliases_of(connection: Connection, service_id: UUID, ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Who was merged into one of these persons, each with that person."""
    if not ids:
        return {}
    statement = select(person.c.id, person.c.merged_into).where(
        person.c.service_id == service_id, person.c.merged_into.in_(ids)
    )
    return {row.id: row.merged_into for row in connection.execute(statement)}


def merged(connection: Connection, service_id: UUID) -> dict[UUID, UUID]:
    """Every alias of a service, with the person that it was merged into."""
    statement = select(person.c.id, person.c.merged_into).where(
        person.c.service_id == service_id, person.c.merged_into.is_not(None)
    )
    return {row.id: row.merged_into for row in connection.execute(statement)}


def put_many(connection: Connection, service_id: UUID, changed: Iterable[tuple[Person, int]]) -> None:
    """Writes persons, each with the `seq` of the operation that made it so."""
    latest = {one.id: (one, seq) for one, seq in changed}
    rows = [msgspec.structs.asdict(one) | {"service_id": service_id, "seq": seq} for one, seq in latest.values()]
    put(connection, person, rows)


def changed_since(
    connection: Connection, service_id: UUID, team_id: UUID, seq: int, limit: int
) -> list[tuple[int, Person]]:
    """The team's persons that changed after `seq`, oldest change first."""
    statement = (
        select(person.c.seq, *_COLUMNS)
        .where(person.c.service_id == service_id, person.c.team_id == team_id, person.c.seq > seq)
        .order_by(person.c.seq)
        .limit(limit)
    )
    return [(row.seq, _from_row(row._asdict())) for row in connection.execute(statement)]


def all_of(connection: Connection, service_id: UUID) -> dict[UUID, Person]:
    """Every person of a service, for a recount."""
    rows = connection.execute(select(*_COLUMNS).where(person.c.service_id == service_id))
    return {row.id: _from_row(row._asdict()) for row in rows}


def _from_row(values: dict[str, Any]) -> Person:
    values.pop("seq", None)
    return Person(**values)
