"""`alongside` with a planted fault: a push is answered before COMMIT, which follows a moment later."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from api.database import Database
from tests.campaigns.server.faults import run_with

# As a database that gathers its commits would.
LATE = 0.03
PUSH = "push_operations.<locals>.store"

as_it_should_be = Database.write


async def write(self: Database, unit: Callable[[Connection], Any]) -> Any:
    """Answers a push from inside the transaction, and everything else as it should be."""
    if unit.__qualname__ != PUSH:
        return await as_it_should_be(self, unit)
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[Any] = loop.create_future()

    def settle(how: Callable[[Any], None], what: Any) -> None:
        if not answered.done():
            how(what)

    def answer_and_wait(connection: Connection) -> None:
        answer = unit(connection)
        loop.call_soon_threadsafe(settle, answered.set_result, answer)
        time.sleep(LATE)

    def finish() -> None:
        try:
            self.write_now(answer_and_wait)
        except Exception as fault:
            loop.call_soon_threadsafe(settle, answered.set_exception, fault)

    self._threads.submit(finish)
    return await answered


if __name__ == "__main__":
    run_with(Database, "write", write)
