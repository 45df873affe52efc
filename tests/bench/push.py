"""How many operations a second a server stores durably: sizes of batch, databases, and shared commits on and off."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import msgspec
from litestar.types import ASGIApp
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from api import clock, database, migrate
from api.app import create_app
from api.database import Database
from api.passwords import digest, new_token
from api.settings import Settings, for_serving
from api.store import accounts, sessions
from domain.reading import read
from tests import postgres
from tests.make import a_set, an_operation

CLIENTS = 16
BATCHES = (1, 10, 50)
ROUNDS = 5
SECONDS = 1.0
SETTINGS = for_serving(Settings(dev=True, password_memory_kib=64))


def rows() -> Iterator[tuple[str, ...]]:
    """A row for each set-up and batch: operations a second (median, lowest, highest) and the ratio to the first."""
    yield ("set-up", "batch", "operations/s", "lowest", "highest", "ratio")
    first: dict[int, float] = {}
    with TemporaryDirectory() as folder, postgres.running() as server:
        for name, url, together in _setups(Path(folder), server):
            database.MOST_UNITS_A_COMMIT = together
            for batch in BATCHES:
                rates = asyncio.run(_measure(url, batch))
                middle = statistics.median(rates)
                first.setdefault(batch, middle)
                ratio = f"{middle / first[batch]:.2f}"
                yield (name, str(batch), *(f"{rate:,.0f}" for rate in (middle, min(rates), max(rates))), ratio)
    for batch in BATCHES:
        rates = [_read_only(batch) for _ in range(ROUNDS)]
        middle = statistics.median(rates)
        figures = (f"{rate:,.0f}" for rate in (middle, min(rates), max(rates)))
        yield ("reading and hashing alone", str(batch), *figures, f"{middle / first[batch]:.2f}")


def _setups(folder: Path, server: postgres.Server) -> Iterator[tuple[str, str, int]]:
    server.run("CREATE DATABASE bench TEMPLATE template0")
    shared = database.MOST_UNITS_A_COMMIT
    yield "SQLite, one commit a push", f"sqlite:///{folder / 'alone.db'}", 1
    yield "SQLite, shared commits", f"sqlite:///{folder / 'shared.db'}", shared
    yield "PostgreSQL (fsync off, as in tests)", server.url("bench"), shared


async def _measure(url: str, batch: int) -> list[float]:
    """Operations a second in each round: 16 phones of 16 workers, each waiting for its answer before the next push."""
    opened = Database(url)
    app = create_app(SETTINGS, opened)
    if await opened.read(migrate.is_empty):
        await opened.write(migrate.to_head)
    phones = await opened.write(_fill)
    rates = []
    for _ in range(ROUNDS):
        bodies = [[_body(phone, batch) for _ in range(int(900 / batch) + 20)] for phone in phones]
        started = time.perf_counter()
        counts = await asyncio.gather(
            *(_send(app, phone, body, started + SECONDS) for phone, body in zip(phones, bodies, strict=True))
        )
        rates.append(sum(counts) * batch / (time.perf_counter() - started))
    opened.close()
    return rates


def _fill(connection: Connection) -> list[tuple[UUID, UUID, str]]:
    """A service of four teams with a worker on each phone: the user, the team and the cookie."""
    at, service_id = clock.now(), uuid7()
    accounts.add_service(connection, service_id, "Bench", at)
    teams = [uuid7() for _ in range(4)]
    for number, team_id in enumerate(teams):
        accounts.add_team(connection, service_id, team_id, f"Team {number}")
    phones = []
    for number in range(CLIENTS):
        user_id, token, team_id = uuid7(), new_token(), teams[number % len(teams)]
        accounts.add_user(connection, service_id, user_id, f"worker-{user_id}", "Worker", at)
        accounts.add_member(connection, service_id, uuid7(), user_id, team_id, "worker", at)
        sessions.start(connection, service_id, digest(token), user_id, at, at + 3_600_000, most=5)
        phones.append((user_id, team_id, f"sid={service_id}.{token}"))
    return phones


def _body(phone: tuple[UUID, UUID, str], batch: int) -> bytes:
    user_id, team_id, _ = phone
    today = str(clock.civil_date(clock.now()))
    operations = [an_operation(team_id=team_id, set=a_set(happened_on=today)) for _ in range(batch)]
    envelope = {"protocol": 1, "device_id": str(uuid7()), "user_id": str(user_id), "operations": operations}
    return msgspec.json.encode(envelope)


async def _send(app: ASGIApp, phone: tuple[UUID, UUID, str], bodies: list[bytes], until: float) -> int:
    sent = 0
    for body in bodies:
        if time.perf_counter() > until:
            break
        answer = await _post(app, "/api/sync/push", phone[2], body)
        assert answer.count(b'"applied"') == body.count(b'"create"'), answer[:300]
        sent += 1
    return sent


async def _post(app: ASGIApp, path: str, cookie: str, body: bytes) -> bytes:
    """One request through the whole application, without a network in between."""
    headers = {"cookie": cookie, "content-type": "application/json", "sec-fetch-site": "same-origin"}
    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    parts: list[bytes] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(parts)


def _read_only(batch: int) -> float:
    """The ceiling for one thread: operations read and hashed, nothing decided and nothing stored."""
    operations = [msgspec.json.encode(an_operation()) for _ in range(batch)]
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < SECONDS / 4:
        for operation in operations:
            read(operation)
        done += batch
    return done / (time.perf_counter() - started)
