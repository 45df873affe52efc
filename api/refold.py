"""Folding the operation log again, beside what is stored: each thing has to be what its operations make."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from api.store import entries, people, reflections
from api.store.tables import entry, operation, person
from domain.entry import Entry
from domain.fold import entry_after, person_after, reflection_after
from domain.measures import made_on
from domain.operation import EntryOperation, Operation, PersonOperation, Record, ReflectionOperation
from domain.people import Person
from domain.problems import Refused
from domain.reading import read_stored
from domain.reflection import Reflection

# How many were looked at, and what is wrong with them.
Found = tuple[int, list[str]]


def folds(connection: Connection, service_id: UUID) -> Found:
    """Every entry, person and reflection is what its applied operations make, with the number of the last of them."""
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


def entries_of(connection: Connection, service_id: UUID, wrong: list[str]) -> Iterator[tuple[Any, Entry | None]]:
    """Every entry with the columns beside it. One that cannot be read is None, and named in `wrong`."""
    columns = (entry.c.id, entry.c.seq, entry.c.kind, entry.c.family, entry.c.stage, entry.c.step)
    statement = select(*columns).where(entry.c.service_id == service_id)
    rows = connection.execute(statement).all()
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        try:
            read = entries.get_many(connection, service_id, [row.id for row in some])
        except _UNREADABLE:
            read = _one_by_one(connection, service_id, [row.id for row in some], wrong)
        for row in some:
            yield row, read.get(row.id)


def _folded(connection: Connection, service_id: UUID, wrong: list[str]) -> Iterator[tuple[str, UUID, Record, int]]:
    columns = operation.c
    statement = (
        select(
            columns.id,
            columns.thing,
            columns.thing_id,
            columns.body,
            columns.author_id,
            columns.version,
            columns.seq,
            columns.made_on,
        )
        .where(columns.service_id == service_id, columns.outcome == "applied", columns.noop.is_(False))
        .order_by(columns.thing, columns.thing_id, columns.seq)
        .execution_options(yield_per=2000)
    )
    for (thing, thing_id), rows in groupby(connection.execute(statement), lambda row: (row.thing, row.thing_id)):
        now: Record | None = None
        seq = 0
        for row in rows:
            try:
                one = read_stored(row.body)
                if made_on(one.made_at, one.utc_offset_min) != row.made_on:
                    wrong.append(f"operation {row.id}: was not made on {row.made_on}")
                if (one.action == "create") != (now is None):
                    raise Refused
                now = _after(now, one, row.author_id)
            except (msgspec.MsgspecError, Refused):
                wrong.append(f"operation {row.id}: cannot be applied to {thing} {thing_id}")
            seq = row.seq
            if now is not None and now.version != row.version:
                wrong.append(f"operation {row.id}: made version {now.version}, not {row.version}")
        if now is not None:
            yield thing, thing_id, now, seq


def _after(now: Record | None, one: Operation, author_id: UUID) -> Record:
    """What an operation makes of a thing of its own kind."""
    if isinstance(one, EntryOperation) and isinstance(now, Entry | None):
        return entry_after(now, one, author_id)
    if isinstance(one, PersonOperation) and isinstance(now, Person | None):
        return person_after(now, one)
    if isinstance(one, ReflectionOperation) and isinstance(now, Reflection | None):
        return reflection_after(now, one, author_id)
    raise Refused


def _stored(
    connection: Connection, service_id: UUID, wrong: list[str]
) -> Iterator[tuple[str, UUID, tuple[Record, int] | None]]:
    for row, one in entries_of(connection, service_id, wrong):
        yield "entry", row.id, (one, row.seq) if one else None
    numbers = dict(connection.execute(select(person.c.id, person.c.seq).where(person.c.service_id == service_id)).all())
    for who in people.all_of(connection, service_id).values():
        yield "person", who.id, (who, numbers[who.id])
    for seq, reflection in reflections.all_of(connection, service_id):
        yield "reflection", reflection.id, (reflection, seq)


def _one_by_one(connection: Connection, service_id: UUID, ids: list[UUID], wrong: list[str]) -> dict[UUID, Entry]:
    read: dict[UUID, Entry] = {}
    for entry_id in ids:
        try:
            read |= entries.get_many(connection, service_id, [entry_id])
        except _UNREADABLE as fault:
            wrong.append(f"entry {entry_id}: cannot be read: {fault}")
    return read


_UNREADABLE = (msgspec.MsgspecError, ValueError)
