"""The real application on SQLite without a socket, on a clock that the simulation sets; it fails when it is told to."""

import json
import logging
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID

import structlog
from litestar.types import ASGIApp
from sqlalchemy import Connection

from api import backup, clock, database
from api.app import create_app
from api.database import Busy, Database
from api.migrate import to_head
from api.passwords import digest, new_token
from api.store import accounts, sessions
from tests.campaigns.simulator.asgi import AtOnce, ask
from tests.campaigns.simulator.months import Closings
from tests.campaigns.simulator.people import BEGAN, SERVICE, SETTINGS, fill, named

T = TypeVar("T")


class BrokenDatabase(Database):
    """The database without its threads, so that nothing depends on which is faster; it fails when it is told to."""

    fault: str | None = None

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Reads at once."""
        return self.read_now(unit)

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Writes at once with the real commit, unless a fault waits: before anything is stored, or after."""
        fault, self.fault = self.fault, None
        if fault == "busy":
            raise Busy("told to be")
        if fault == "crash_before":
            raise RuntimeError("told to crash")
        answer = self.write_now(unit)
        if fault == "crash_after":
            raise RuntimeError("told to crash after COMMIT")
        return answer

    def write_now(self, unit: Callable[[Connection], T]) -> T:
        """One unit, one commit."""
        waiting = database._Waiting(unit)
        database._commit_together(self.writer, [waiting])
        answer: T = waiting.future.result()
        return answer


class SimulatedServer:
    """One server for many seeds: `begin` puts it back to its first day."""

    def __init__(self) -> None:
        # In memory where there is such a place: what a disk does to a database is not what is looked at here.
        shared = Path("/dev/shm")
        self._folder = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
        file = Path(self._folder.name) / "simulated.db"
        self.database = BrokenDatabase(f"sqlite:///{file}")
        self.app: ASGIApp = create_app(SETTINGS, self.database)
        self.at = BEGAN
        self.acts = 0
        self.closings = Closings()
        self._kept: dict[int, tuple[sqlite3.Connection, Closings]] = {}
        self._loop = AtOnce()
        self.database.write_now(to_head)
        self.database.write_now(fill)
        # Looks into the tables without the application.
        self.tables = sqlite3.connect(file)
        self._first_day = self._copy()
        # What is made to fail would be written at length, thousands of times.
        self._logging = structlog.get_config()
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        self._real_now = clock.now
        clock.now = lambda: self.at

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the database, removes its file and gives the real clock back."""
        clock.now = self._real_now
        structlog.configure(**self._logging)
        self._loop.close()
        self.tables.close()
        self.database.close()
        self._folder.cleanup()

    def begin(self) -> None:
        """The first day again, for the next seed."""
        for kept, _ in self._kept.values():
            kept.close()
        self._kept.clear()
        self.at = BEGAN
        self.acts = 0
        self.closings = Closings()
        self.database.fault = None
        self._first_day.backup(self.tables)

    def request(
        self, method: str, path: str, cookie: str = "", body: str | None = None, fault: str | None = None
    ) -> dict[str, Any]:
        """Asks the application as a browser would; `fault` strikes while the request is written."""
        self.database.fault = fault
        answer = self._loop.run_until_complete(ask(self.app, method, path, cookie, (body or "").encode()))
        self.database.fault = None
        return answer

    def push_as(self, user_id: UUID, operation: dict[str, Any]) -> dict[str, Any]:
        """Sends one operation from a desk at which this user is signed in; answers the result, if there is one."""
        token = new_token()

        def sit_down(connection: Connection) -> None:
            sessions.start(connection, SERVICE, digest(token), user_id, self.at, self.at + 60_000, most=1000)

        self.database.write_now(sit_down)
        body = {"protocol": 1, "device_id": str(named("desk")), "user_id": str(user_id), "operations": [operation]}
        answer = self.request("POST", "/api/sync/push", f"sid={SERVICE}.{token}", json.dumps(body))
        results: list[dict[str, Any]] = json.loads(answer["body"]).get("results", [])
        return results[0] if results else {"outcome": "none"}

    def stored(self, ids: list[str]) -> dict[str, str]:
        """Which of these operations the table holds, with the outcome of each."""
        marks = ",".join("?" * len(ids))
        statement = f"SELECT id, outcome FROM operation WHERE id IN ({marks})"
        rows = self.tables.execute(statement, [UUID(one).hex for one in ids]).fetchall()
        return {str(UUID(number)): outcome for number, outcome in rows}

    def wrongly_refused(self, user_id: str, body: str, answer: str) -> str | None:
        """An operation that was refused as if its author had never been a member of the team."""
        results = json.loads(answer).get("results", [])
        for operation, result in zip(json.loads(body)["operations"], results, strict=False):
            # An amend of what somebody else has logged is refused under the same name, to a lead who sees it.
            if result.get("reason") != "not_authorised" or operation["action"] == "amend":
                continue
            was = "SELECT count(*) FROM member WHERE user_id = ? AND team_id = ?"
            (times,) = self.tables.execute(was, (UUID(user_id).hex, UUID(operation["team_id"]).hex)).fetchone()
            if times:
                return str(operation["id"])
        return None

    def keep_backup(self, number: int) -> None:
        """Copies the database as a backup does, beside the running server."""
        self._kept[number] = self._copy(), self.closings.copy()

    def restore(self, number: int) -> int:
        """Puts a backup in place of the database; answers the epoch that the real restore has given it."""
        before = self.database.read_now(lambda connection: accounts.epoch(connection, SERVICE))
        kept, closings = self._kept[number]
        kept.backup(self.tables)
        self.closings = closings.copy()
        self.database.write_now(lambda connection: backup.finish(connection, before, self.at))
        return self.database.read_now(lambda connection: accounts.epoch(connection, SERVICE))

    def _copy(self) -> sqlite3.Connection:
        kept = sqlite3.connect(":memory:")
        self.tables.backup(kept)
        return kept
