"""`alongside` with a planted fault: a push that could not be stored is answered as if it had been."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from api import engines
from api.database import Busy, Database
from tests.campaigns.server.faults import run_with
from tests.campaigns.server.faults.flushes_late import sqlite, told

PUSH = "push_operations.<locals>.store"

as_it_should_be = Database.write


async def write(self: Database, unit: Callable[[Connection], Any]) -> Any:
    """What a push was answered counts, whatever became of its COMMIT."""
    if unit.__qualname__ != PUSH:
        return await as_it_should_be(self, unit)
    answers: list[Any] = []

    def noted(connection: Connection) -> Any:
        answers.append(unit(connection))
        return answers[-1]

    try:
        return await as_it_should_be(self, noted)
    except Busy:
        if not answers:
            raise
        return answers[-1]


if __name__ == "__main__":
    # Nothing but COMMIT writes to the disk then, so that COMMIT is what fails.
    vars(engines)["sqlite"] = lambda *given, **more: told(sqlite(*given, **more), "PRAGMA temp_store=MEMORY")
    run_with(Database, "write", write)
