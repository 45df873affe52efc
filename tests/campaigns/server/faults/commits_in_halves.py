"""`alongside` with a planted fault: a push is committed in two halves."""

import time
from collections.abc import Sequence

from sqlalchemy import Connection

from api.routes import sync
from api.store.push import Sender
from api.store.push import push as push_whole
from domain.reading import Reading
from domain.verdict import Verdict
from tests.campaigns.server.faults import run_with

BETWEEN = 0.03


def push(connection: Connection, sender: Sender, readings: Sequence[Reading]) -> list[Verdict]:
    """The first half, COMMIT, a moment, the second half."""
    half = len(readings) // 2
    first = push_whole(connection, sender, readings[:half])
    savepoint = connection.get_nested_transaction()
    connection.exec_driver_sql("COMMIT")
    if connection.dialect.name == "sqlite":
        # What is around a push there is put back: it knows nothing of the COMMIT.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        assert savepoint is not None
        connection.exec_driver_sql(f"SAVEPOINT {savepoint._savepoint}")
    time.sleep(BETWEEN)
    return [*first, *push_whole(connection, sender, readings[half:])]


if __name__ == "__main__":
    run_with(sync, "push", push)
