"""A running server with a service of two teams and one of each role, and a signed-in client for each of them."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar.types import ASGIApp
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from api import clock
from api.app import create_app
from api.database import Database
from api.passwords import Passwords, digest, new_token
from api.settings import Settings, for_serving
from api.store import accounts, sessions
from domain.access import Role

ORIGIN = "http://localhost:8000"
PASSWORD = "walk alongside 2026"
SETTINGS = for_serving(Settings(dev=True, password_memory_kib=64))
HASHED = Passwords(SETTINGS).hash_now(PASSWORD)


@dataclass
class Someone:
    """A user, and a client that is signed in as that user."""

    id: UUID
    login: str
    role: Role
    client: httpx.AsyncClient
    device_id: UUID = field(default_factory=uuid7)

    async def push(self, *operations: Any, **envelope: Any) -> dict[str, Any]:
        """Sends operations; answers the whole body of the answer."""
        answer = await self.send(*operations, **envelope)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    async def send(self, *operations: Any, **envelope: Any) -> httpx.Response:
        """Sends operations; answers the answer."""
        body = {
            "protocol": 1,
            "device_id": str(self.device_id),
            "user_id": str(self.id),
            "app": "2026.12.1",
            "epoch": 1,
            "sent_at": clock.now(),
            "issued": 0,
            "pending": len(operations),
            "operations": list(operations),
        }
        return await self.client.post("/api/sync/push", json=body | envelope)

    async def results(self, *operations: Any) -> list[dict[str, Any]]:
        """Sends operations; answers the result of each."""
        found: list[dict[str, Any]] = (await self.push(*operations))["results"]
        return found

    async def pull(self, **body: Any) -> dict[str, Any]:
        """Asks for news; answers the whole body of the answer."""
        asked = {"protocol": 1, "device_id": str(self.device_id), "schema": 1, "cursors": {}} | body
        answer = await self.client.post("/api/sync/pull", json=asked)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def rows(self, team_id: UUID, **body: Any) -> list[dict[str, Any]]:
        """Everything of a team that a new phone is given."""
        found: list[dict[str, Any]] = (await self.pull(**body))["teams"][str(team_id)]["rows"]
        return found


@dataclass
class Place:
    """A server with two services. North and South are teams of the first, where everybody works; Far of the second."""

    app: ASGIApp
    database: Database
    service_id: UUID
    north: UUID
    south: UUID
    far: UUID
    sam: Someone
    priya: Someone
    maria: Someone
    lena: Someone
    tom: Someone
    ade: Someone
    olu: Someone

    def client(self) -> httpx.AsyncClient:
        """A browser that nobody has signed in."""
        return a_client(self.app)


def a_client(app: ASGIApp) -> httpx.AsyncClient:
    """A browser on our own pages."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def database(database_url: str, packed_once: None) -> Iterator[Database]:
    """An open database with today's schema and no rows; each test runs on both kinds."""
    with Database(database_url) as opened:
        yield opened


@pytest.fixture
async def place(database: Database) -> AsyncIterator[Place]:
    """Sam and Priya are workers and Maria is lead of North; Lena is lead of South; Tom is analyst, Ade admin; Olu works
    in another service."""
    service_id, other_id, north, south, far = (uuid7() for _ in range(5))
    app = create_app(SETTINGS, database)
    people: dict[str, Someone] = {}

    def fill(connection: Connection) -> None:
        at = clock.now()
        for number, name in ((service_id, "Riverside"), (other_id, "Hillside")):
            accounts.add_service(connection, number, name, at)
        accounts.add_team(connection, service_id, north, "North")
        accounts.add_team(connection, service_id, south, "South")
        accounts.add_team(connection, other_id, far, "Far")
        roles: list[tuple[str, Role, UUID, UUID | None]] = [
            ("sam", "worker", service_id, north),
            ("priya", "worker", service_id, north),
            ("maria", "lead", service_id, north),
            ("lena", "lead", service_id, south),
            ("tom", "analyst", service_id, None),
            ("ade", "admin", service_id, None),
            ("olu", "worker", other_id, far),
        ]
        for login, role, service, team in roles:
            user_id = uuid7()
            accounts.add_user(connection, service, user_id, login, login.capitalize(), at)
            accounts.set_password(connection, service, user_id, HASHED)
            accounts.add_member(connection, service, uuid7(), user_id, team, role, at)
            people[login] = Someone(user_id, login, role, a_client(app))
            token = new_token()
            sessions.start(connection, service, digest(token), user_id, at, at + 3_600_000, most=5)
            people[login].client.cookies.set(SETTINGS.cookie, f"{service}.{token}")

    await database.write(fill)
    yield Place(app=app, database=database, service_id=service_id, north=north, south=south, far=far, **people)
    for someone in people.values():
        await someone.client.aclose()
