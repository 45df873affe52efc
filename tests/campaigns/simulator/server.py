"""The real application on SQLite without a socket, on a clock that the simulation sets, with the people who use it."""

import asyncio
import json
import logging
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, Self, TypeVar
from uuid import UUID, uuid5

import msgspec
import structlog
from litestar.types import ASGIApp
from sqlalchemy import Connection, update

from api import backup, clock, database
from api.app import create_app
from api.database import Busy, Database
from api.migrate import to_head
from api.passwords import Passwords, digest, new_token
from api.settings import Settings, for_serving
from api.store import accounts, sessions
from api.store.tables import service, session, user
from domain.access import Role, own_teams
from domain.service import ServiceSettings

T = TypeVar("T")

PASSWORD = "walk alongside 2026"
SETTINGS = for_serving(Settings(dev=True, password_memory_kib=64))
BEGAN = 1_795_168_800_000  # Friday 20 November 2026, ten in the morning
_SPACE = UUID(int=0xA1)


def named(name: str) -> UUID:
    """The same id for the same name in every run."""
    return uuid5(_SPACE, name)


SERVICE, NORTH, SOUTH = named("service"), named("North"), named("South")
# Sam has two phones; Maria shares one with Sam and leads North. Priya is in both teams.
MEMBERS: tuple[tuple[str, Role, UUID], ...] = (
    ("sam", "worker", NORTH),
    ("priya", "worker", NORTH),
    ("priya", "worker", SOUTH),
    ("maria", "lead", NORTH),
)


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
        self._file = Path(self._folder.name) / "simulated.db"
        self.database = BrokenDatabase(f"sqlite:///{self._file}")
        self.app: ASGIApp = create_app(SETTINGS, self.database)
        self.at = BEGAN
        self._acts = 0
        self._kept: dict[int, sqlite3.Connection] = {}
        self._loop = asyncio.new_event_loop()
        self.database.write_now(to_head)
        self.database.write_now(_fill)
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
        self.database.close()
        self._folder.cleanup()

    def begin(self) -> None:
        """The first day again, for the next seed."""
        for kept in self._kept.values():
            kept.close()
        self._kept.clear()
        self.at = BEGAN
        self._acts = 0
        self.database.fault = None
        self._put_back(self._first_day)

    def request(
        self, method: str, path: str, cookie: str = "", body: str | None = None, fault: str | None = None
    ) -> dict[str, Any]:
        """Asks the application as a browser would; `fault` strikes while the request is written."""
        self.database.fault = fault
        answer = self._loop.run_until_complete(_ask(self.app, method, path, cookie, (body or "").encode()))
        self.database.fault = None
        return answer

    def set_disabled(self, user_id: UUID, disabled: bool) -> None:
        """Closes an account, or opens it again."""
        at = self.at if disabled else None
        self.database.write_now(
            lambda connection: connection.execute(
                update(user).where(user.c.service_id == SERVICE, user.c.id == user_id).values(disabled_at=at)
            )
        )

    def expire(self, user_id: UUID) -> None:
        """Ends every session of a user."""
        self.database.write_now(
            lambda connection: connection.execute(
                update(session)
                .where(session.c.service_id == SERVICE, session.c.user_id == user_id)
                .values(expires_at=0)
            )
        )

    def move(self, user_id: UUID, team_id: UUID, number: int) -> bool:
        """Takes a user out of a team, or into it; answers whether the user is a member now."""

        def change(connection: Connection) -> bool:
            if team_id in own_teams(accounts.memberships(connection, SERVICE, user_id)):
                accounts.end_member(connection, SERVICE, user_id, team_id, self.at)
                return False
            accounts.add_member(connection, SERVICE, named(f"member {number}"), user_id, team_id, "worker", self.at)
            return True

        return self.database.write_now(change)

    def stored(self, ids: list[str]) -> dict[str, str]:
        """Which of these operations the table holds, with the outcome of each."""
        with closing(sqlite3.connect(self._file)) as live:
            marks = ",".join("?" * len(ids))
            statement = f"SELECT id, outcome FROM operation WHERE id IN ({marks})"
            rows = live.execute(statement, [UUID(one).hex for one in ids]).fetchall()
        return {str(UUID(number)): outcome for number, outcome in rows}

    def wrongly_refused(self, user_id: str, body: str, answer: str) -> str | None:
        """An operation that was refused as if its author had never been a member of the team."""
        results = json.loads(answer).get("results", [])
        for operation, result in zip(json.loads(body)["operations"], results, strict=False):
            if result.get("reason") != "not_authorised":
                continue
            with closing(sqlite3.connect(self._file)) as live:
                was = "SELECT count(*) FROM member WHERE user_id = ? AND team_id = ?"
                (times,) = live.execute(was, (UUID(user_id).hex, UUID(operation["team_id"]).hex)).fetchone()
            if times:
                return str(operation["id"])
        return None

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

    def lead_voids(self, choice: float) -> str | None:
        """The lead of North voids one of its entries; answers which."""
        with closing(sqlite3.connect(self._file)) as live:
            of_team = "SELECT id FROM entry WHERE team_id = ? AND state = 'active' ORDER BY id"
            found = [UUID(row[0]) for row in live.execute(of_team, (NORTH.hex,))]
        if not found:
            return None
        self._acts += 1
        thing = str(found[int(choice * len(found))])
        operation = {
            "id": str(named(f"act {self._acts} at {self.at}")),
            "n": self._acts,
            "thing": "entry",
            "action": "void",
            "thing_id": thing,
            "team_id": str(NORTH),
            "base": 0,
            "schema": 1,
            "made_at": self.at,
            "zone": "Europe/London",
            "utc_offset_min": 0,
        }
        return thing if self.push_as(named("maria"), operation).get("outcome") == "applied" else None

    def set_settings(self, notes: Literal["off", "short"], back_dating_days: int) -> None:
        """The service records something else from now on."""
        settings = ServiceSettings(notes=notes, back_dating_days=back_dating_days)
        text = msgspec.json.encode(settings).decode()
        self.database.write_now(
            lambda connection: connection.execute(
                update(service).where(service.c.service_id == SERVICE).values(settings=text)
            )
        )

    def keep_backup(self, number: int) -> None:
        """Copies the database as a backup does, beside the running server."""
        self._kept[number] = self._copy()

    def restore(self, number: int) -> int:
        """Puts a backup in place of the database; answers the epoch that the real restore has given it."""
        before = self.database.read_now(lambda connection: accounts.epoch(connection, SERVICE))
        self._put_back(self._kept[number])
        self.database.write_now(lambda connection: backup.finish(connection, before, self.at))
        return self.database.read_now(lambda connection: accounts.epoch(connection, SERVICE))

    def _copy(self) -> sqlite3.Connection:
        kept = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self._file)) as live:
            live.backup(kept)
        return kept

    def _put_back(self, kept: sqlite3.Connection) -> None:
        with closing(sqlite3.connect(self._file)) as live:
            kept.backup(live)


def _fill(connection: Connection) -> None:
    hashed = Passwords(SETTINGS).hash_now(PASSWORD)
    accounts.add_service(connection, SERVICE, "Riverside", BEGAN)
    for name, team_id in (("North", NORTH), ("South", SOUTH)):
        accounts.add_team(connection, SERVICE, team_id, name)
    for login in dict.fromkeys(login for login, _, _ in MEMBERS):
        accounts.add_user(connection, SERVICE, named(login), login, login.capitalize(), BEGAN)
        accounts.set_password(connection, SERVICE, named(login), hashed)
    for number, (login, role, team_id) in enumerate(MEMBERS):
        accounts.add_member(connection, SERVICE, named(f"first member {number}"), named(login), team_id, role, BEGAN)


async def _ask(app: ASGIApp, method: str, path: str, cookie: str, body: bytes) -> dict[str, Any]:
    headers = {"content-type": "application/json", "sec-fetch-site": "same-origin", "content-length": str(len(body))}
    if cookie:
        headers["cookie"] = cookie
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.1", 40_000),
        "server": ("localhost", 8000),
    }
    given = False
    answer: dict[str, Any] = {"status": 0, "cookies": [], "retry_after": None, "body": ""}

    async def receive() -> dict[str, Any]:
        nonlocal given
        if given:
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer["status"] = message["status"]
            for name, value in message["headers"]:
                if name.lower() == b"set-cookie":
                    answer["cookies"].append(value.decode())
                elif name.lower() == b"retry-after":
                    answer["retry_after"] = value.decode()
        else:
            answer["body"] += message.get("body", b"").decode()

    await app(scope, receive, send)  # type: ignore[arg-type]
    return answer


def first_people() -> dict[str, Any]:
    """Who there is, for the phones."""
    return {
        "password": PASSWORD,
        "at": BEGAN,
        "teams": {"North": str(NORTH), "South": str(SOUTH)},
        "users": {login: str(named(login)) for login, _, _ in MEMBERS},
    }
