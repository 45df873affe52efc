"""`alongside` with a planted fault: numbers come from a counter of their own instead of under a lock to COMMIT.

On PostgreSQL the counter commits by itself, as a sequence does, so that numbers are given in another order than
commits. SQLite knows no second writer: there the counter can only be part of the transaction.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Connection, select, update

from api.store import accounts, push
from api.store.tables import team
from domain.reading import Reading
from domain.world import World
from tests.campaigns.server.faults import run_with

load = push._load


def without_lock(connection: Connection, service_id: UUID, team_ids: Collection[UUID]) -> dict[UUID, int]:
    """The last number of each team, and no lock on it."""
    rows = connection.execute(select(team.c.id, team.c.seq).where(team.c.id.in_(team_ids)))
    return {row.id: row.seq for row in rows}


def from_a_counter(
    connection: Connection, sender: push.Sender, readings: Sequence[Reading]
) -> tuple[World, dict[UUID, int]]:
    """As many numbers as there are operations; in this campaign every one of them is new and is stored."""
    world, numbers = load(connection, sender, readings)
    for team_id, count in Counter(reading.team_id for reading in readings).items():
        assert team_id is not None
        taken = update(team).where(team.c.id == team_id).values(seq=team.c.seq + count).returning(team.c.seq)
        if connection.dialect.name == "sqlite":
            numbers[team_id] = connection.execute(taken).scalar_one() - count
        else:
            with connection.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as counter:
                numbers[team_id] = counter.execute(taken).scalar_one() - count
    return world, numbers


def counted_already(connection: Connection, service_id: UUID, numbers: dict[UUID, int]) -> None:
    """The counter has counted."""


if __name__ == "__main__":
    accounts.lock_teams = without_lock
    accounts.set_seq = counted_already
    run_with(push, "_load", from_a_counter)
