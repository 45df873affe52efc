"""One push is one transaction: load what the batch touches, judge it in memory, write it set by set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from api.store import accounts, audit, entries, months, operations, people, reflections, volumes
from domain.judge import judge, rejected_for_now
from domain.operation import EntryOperation, PersonOperation, ReflectionOperation
from domain.reading import Reading
from domain.service import Today
from domain.settling import words_of
from domain.verdict import Verdict
from domain.world import World

# For the audit: what was done, to which thing, and how many, when or which.
Act = tuple[str, str, UUID, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a batch, from which device, when and on which civil date by the server's clock."""

    service_id: UUID
    user_id: UUID
    device_id: UUID
    at: int
    today: Today


def push(connection: Connection, sender: Sender, readings: Sequence[Reading]) -> list[Verdict]:
    """Decides and stores a batch. Should the database refuse its data, each operation is tried alone, so that a
    poisoned one is answered `rejected, retry: later` and the others are kept."""
    try:
        with connection.begin_nested():
            return _store(connection, sender, readings)
    except (IntegrityError, DataError):
        return [_alone(connection, sender, reading) for reading in readings]


def _alone(connection: Connection, sender: Sender, reading: Reading) -> Verdict:
    try:
        with connection.begin_nested():
            return _store(connection, sender, [reading])[0]
    except (IntegrityError, DataError):
        return rejected_for_now(reading)


def _store(connection: Connection, sender: Sender, readings: Sequence[Reading]) -> list[Verdict]:
    world, numbers = _load(connection, sender, readings)
    before = dict(numbers)
    verdicts = judge(readings, world, numbers)
    stored = [verdict for verdict in verdicts if verdict.stored]
    operations.insert_many(connection, sender.service_id, sender.user_id, sender.device_id, sender.at, stored)
    applied = [verdict for verdict in stored if verdict.result.outcome == "applied" and not verdict.result.noop]
    changes = [(verdict.before, verdict.after, verdict.seq) for verdict in applied if verdict.after is not None]
    entries.put_many(connection, sender.service_id, [(after, seq) for _, after, seq in changes])
    people.put_many(
        connection, sender.service_id, [(verdict.person, verdict.seq) for verdict in applied if verdict.person]
    )
    reflections.put_many(
        connection, sender.service_id, [(verdict.reflection, verdict.seq) for verdict in applied if verdict.reflection]
    )
    volumes.apply(connection, sender.service_id, [(old, new) for old, new, _ in changes])
    operations.close(connection, sender.service_id, stored)
    accounts.set_seq(connection, sender.service_id, {team: n for team, n in numbers.items() if n != before[team]})
    audit.record_many(
        connection,
        sender.service_id,
        sender.at,
        sender.user_id,
        [act for verdict in stored for act in _acts(verdict, sender.user_id)],
    )
    return verdicts


def _acts(verdict: Verdict, user_id: UUID) -> Iterator[Act]:
    """What is noted of an operation: an act on another's entry, and what became of another's conflict."""
    operation, settles = verdict.reading.operation, verdict.settles
    assert operation is not None
    thing = "entry" if isinstance(operation, EntryOperation) else "person"
    if verdict.closes is not None and settles is not None and (settles.accepts or settles.author_id != user_id):
        act = "conflict_accepted" if settles.accepts else "conflict_settled"
        yield act, thing, operation.thing_id, {"conflict": settles.conflict_id}
    if verdict.after is not None and verdict.after.author_id != words_of(settles, user_id):
        yield f"{operation.action}_other", thing, operation.thing_id, {}


def _load(connection: Connection, sender: Sender, readings: Sequence[Reading]) -> tuple[World, dict[UUID, int]]:
    """What the batch touches. The lock on its teams comes first: everything read after it is settled."""
    service_id = sender.service_id
    asked = {reading.team_id for reading in readings if reading.team_id is not None}
    roles, left = accounts.roles_in(connection, service_id, sender.user_id, asked)
    numbers = accounts.lock_teams(connection, service_id, sorted(roles.keys() | left))
    read = [reading.operation for reading in readings if reading.operation is not None]
    named = {operation.closes for operation in read if operation.closes is not None}
    entry_ids = {operation.thing_id for operation in read if isinstance(operation, EntryOperation)}
    changes = [operation for operation in read if isinstance(operation, PersonOperation)]
    merged = {operation.set.merged_into for operation in changes if isinstance(operation.set.merged_into, UUID)}
    person_ids = {operation.thing_id for operation in changes}
    reflection_ids = {operation.thing_id for operation in read if isinstance(operation, ReflectionOperation)}
    world = World(
        user_id=sender.user_id,
        # Behind the lock, so that a month that was closed while we waited for it is seen.
        today=msgspec.structs.replace(sender.today, closed=months.closed(connection, service_id, numbers.keys())),
        roles=roles,
        left=left,
        known=operations.known(connection, service_id, [r.id for r in readings if r.id is not None]),
        entries=entries.get_many(connection, service_id, entry_ids),
        persons=people.get_many(connection, service_id, person_ids | merged),
        reflections=reflections.get_many(connection, service_id, reflection_ids),
        aliases=people.aliases_of(connection, service_id, person_ids),
        conflicts=operations.conflicts(connection, service_id, named),
    )
    return world, numbers
