"""Made-up users and their phones, which talk to a real server by a socket and know when no whole answer came."""

import http.client
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from api import clock
from api.database import Database
from api.passwords import Passwords
from api.settings import Settings
from api.store import accounts
from tests.make import a_set, an_operation

PASSWORD = "walk alongside 2026"
# The longest that anything here waits for a server, which is slow to start on a machine with other things to do.
PATIENCE = 60.0


class Unanswered(Exception):
    """No whole answer came: the phone cannot know what became of what it sent."""


class Answer(NamedTuple):
    status: int
    body: Any


class Worker(NamedTuple):
    """Somebody who can sign in with PASSWORD."""

    login: str
    user_id: UUID
    team_id: UUID


class Server(Protocol):
    """Where a phone finds it; the port may change with a restart."""

    port: int


class Phone:
    """A phone with a device id of its own. It keeps its line open, and connects again when that breaks."""

    def __init__(self, worker: Worker, server: Server) -> None:
        self.worker, self.server = worker, server
        self.device_id = uuid7()
        self.made = 0
        self._cookie = ""
        self._line: http.client.HTTPConnection | None = None

    def sign_in(self) -> None:
        """Signs in and binds the session to this device."""
        asked = {"login": self.worker.login, "password": PASSWORD}
        self._expect(200, "POST", "/api/session", asked)
        self._expect(200, "PUT", f"/api/devices/{self.device_id}", {"name": "Phone", "app": "2026.12.1"})

    def an_operation(self, **changes: Any) -> dict[str, Any]:
        """A create of an entry of today in the worker's team, with the device's next number."""
        self.made += 1
        today = str(clock.civil_date(clock.now()))
        given = {"n": self.made, "team_id": self.worker.team_id}
        if changes.get("action", "create") == "create":
            given["set"] = a_set(happened_on=today)
        return an_operation(**(given | changes))

    def push(self, operations: list[dict[str, Any]], user_id: UUID | None = None) -> Answer:
        """Sends operations. The answer may be any; Unanswered where none came whole."""
        body = {
            "protocol": 1,
            "device_id": str(self.device_id),
            "user_id": str(user_id or self.worker.user_id),
            "app": "2026.12.1",
            "epoch": 1,
            "sent_at": clock.now(),
            "issued": self.made,
            "pending": len(operations),
            "operations": operations,
        }
        return self.ask("POST", "/api/sync/push", body)

    def pull(self, cursors: dict[str, str | None], limit: int = 500) -> Answer:
        """Asks for what changed after these cursors."""
        body = {"protocol": 1, "device_id": str(self.device_id), "schema": 1, "limit": limit, "cursors": cursors}
        return self.ask("POST", "/api/sync/pull", body)

    def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """Asks as this user. Unanswered where no whole answer came."""
        if self._line is None or self._line.port != self.server.port:
            self.hang_up()
            self._line = _line_to(self.server.port)
        try:
            answer, cookie = _ask(self._line, method, path, body, self._cookie)
        except Unanswered:
            self.hang_up()
            raise
        self._cookie = cookie or self._cookie
        return answer

    def hang_up(self) -> None:
        """Closes the line."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _expect(self, status: int, method: str, path: str, body: Any) -> None:
        answer = self.ask(method, path, body)
        assert answer.status == status, answer


def ask(port: int, method: str, path: str, body: Any = None) -> Answer:
    """One request of nobody. Unanswered where no whole answer came."""
    line = _line_to(port)
    try:
        return _ask(line, method, path, body, "")[0]
    finally:
        line.close()


def people(url: str, workers: int, teams: int = 1) -> list[Worker]:
    """Puts a service with teams and workers into a migrated database that nobody serves; the workers of each team in
    turn."""
    service_id, team_ids = uuid7(), [uuid7() for _ in range(teams)]
    made = [Worker(f"worker-{number}", uuid7(), team_ids[number % teams]) for number in range(workers)]
    hashed = Passwords(Settings(dev=True, password_memory_kib=64)).hash_now(PASSWORD)

    def fill(connection: Any) -> None:
        at = clock.now()
        accounts.add_service(connection, service_id, "Riverside", at)
        for number, team_id in enumerate(team_ids):
            accounts.add_team(connection, service_id, team_id, f"Team {number}")
        for one in made:
            accounts.add_user(connection, service_id, one.user_id, one.login, one.login.capitalize(), at)
            accounts.set_password(connection, service_id, one.user_id, hashed)
            accounts.add_member(connection, service_id, uuid7(), one.user_id, one.team_id, "worker", at)

    with Database(url) as database:
        database.write_now(fill)
    return made


def _line_to(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)


def _ask(line: http.client.HTTPConnection, method: str, path: str, body: Any, cookie: str) -> tuple[Answer, str | None]:
    headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    if cookie:
        headers["Cookie"] = cookie
    try:
        line.request(method, path, None if body is None else msgspec.json.encode(body), headers)
        answer = line.getresponse()
        # Cut short, it raises IncompleteRead; what parses is the whole.
        text = answer.read()
        value = msgspec.json.decode(text) if text else None
    except (OSError, http.client.HTTPException, msgspec.DecodeError) as fault:
        raise Unanswered(f"{type(fault).__name__}: {fault}") from fault
    given = answer.getheader("Set-Cookie")
    return Answer(answer.status, value), given.partition(";")[0] if given else None
