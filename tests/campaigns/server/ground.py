"""Where the state machine plays: the real application on one database, on a clock that stands, with five users."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar
from unittest.mock import patch
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from api import clock
from api.app import create_app
from api.database import Database
from api.passwords import digest
from api.store import accounts, months, sessions, volumes
from api.store.tables import entry, metadata, operation, person, service, team
from api.verify import verify
from domain.access import Role
from domain.service import OfferedKind, ServiceSettings
from tests.api.conftest import SETTINGS, Someone, a_client

T = TypeVar("T")

BEGAN = 1_795_168_800_000  # Friday 20 November 2026, ten in the morning
TODAY = date(2026, 11, 20)
TEAMS = ("North", "South")
MEMBERS: dict[str, dict[str, Role]] = {
    "sam": {"North": "worker"},
    "priya": {"North": "worker", "South": "worker"},
    "maria": {"North": "lead"},
    "lena": {"South": "lead"},
    "olu": {"South": "worker"},
}
# Where somebody worked before, and from where a phone may still have something to send.
LEFT = {"olu": "North"}
# Sam has two phones.
PHONES = ("sam", "priya", "maria", "lena", "olu", "sam")


def named(name: str) -> UUID:
    """The same id for the same name in every run."""
    return uuid5(UUID(int=0xB1), name)


SERVICE = named("service")


class Prompt(Database):
    """The database without waiting threads: there is one request at a time, and a thousand of them."""

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Reads at once."""
        return self.read_now(unit)

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Writes at once, by the same writer."""
        return self.write_now(unit)


class Ground:
    """`begin` fills the database for an example, `end` empties it again."""

    def __init__(self, url: str) -> None:
        self.database = Prompt(url)
        self.app = create_app(SETTINGS, self.database)
        self.at = BEGAN
        self.acknowledged = self.examples = 0
        # How often which answer was expected.
        self.seen: Counter[tuple[str, ...]] = Counter()
        self._loop = asyncio.new_event_loop()
        self._members = 0

    def begin(self) -> dict[str, Someone]:
        """The first day, with everybody signed in."""
        self.at = BEGAN
        self.examples += 1
        people = {login: Someone(named(login), login, "worker", a_client(self.app)) for login in MEMBERS}
        self.database.write_now(self._fill)
        for login, someone in people.items():
            someone.client.cookies.set(SETTINGS.cookie, f"{SERVICE}.{login}")
        return people

    def end(self) -> None:
        """Nothing is left for the next example."""

        def empty(connection: Connection) -> None:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))

        self.database.write_now(empty)

    def close(self) -> None:
        """No more examples."""
        self._loop.close()
        self.database.close()

    def run(self, asking: Awaitable[T]) -> T:
        """Waits for an answer of the application; each takes a second of its clock."""
        self.at += 1000
        return self._loop.run_until_complete(asking)

    def set_role(self, login: str, team_name: str, role: Role | None) -> None:
        """Ends whatever the user was in a team, and gives the role from now on, if there is one."""

        def change(connection: Connection) -> None:
            accounts.end_member(connection, SERVICE, named(login), named(team_name), self.at)
            if role is not None:
                self._add_member(connection, login, team_name, role)

        self.database.write_now(change)

    def set_month(self, team_name: str, month: str, closed: bool) -> None:
        """Closes a month of a team, or opens it again."""
        first = date.fromisoformat(f"{month}-01")
        to_state = months.close if closed else months.reopen
        self.database.write_now(
            lambda connection: to_state(connection, SERVICE, named(team_name), first, named("maria"), self.at)
        )

    def set_settings(self, retired: set[str], notes: bool) -> None:
        """The service records something else from now on."""
        before = ServiceSettings()
        kinds = tuple(
            OfferedKind(kind=one.kind, label=one.label, offered=one.kind not in retired) for one in before.kinds
        )
        settings = msgspec.structs.replace(before, kinds=kinds, notes="short" if notes else "off")
        row = {"settings": msgspec.json.encode(settings).decode()}
        self.database.write_now(lambda connection: connection.execute(update(service).values(row)))

    def told(self) -> dict[str, Any]:
        """What the tables say: each team's number, count and highest number of operations; each thing's version and
        how many operations took effect on it; the figures that differ from a recount."""
        return self.database.read_now(_told)

    def verified(self) -> list[str]:
        """Everything that `alongside verify` finds wrong."""
        return [wrong for check in self.database.read_now(verify) for wrong in check.differences]

    def _fill(self, connection: Connection) -> None:
        accounts.add_service(connection, SERVICE, "Riverside", self.at)
        for team_name in TEAMS:
            accounts.add_team(connection, SERVICE, named(team_name), team_name)
        for login, roles in MEMBERS.items():
            accounts.add_user(connection, SERVICE, named(login), login, login.capitalize(), self.at)
            sessions.start(connection, SERVICE, digest(login), named(login), self.at, self.at + 86_400_000, most=5)
            for team_name, role in roles.items():
                self._add_member(connection, login, team_name, role)
        for login, team_name in LEFT.items():
            self._add_member(connection, login, team_name, "worker")
            accounts.end_member(connection, SERVICE, named(login), named(team_name), self.at)

    def _add_member(self, connection: Connection, login: str, team_name: str, role: Role) -> None:
        self._members += 1
        member = named(f"member {self._members}")
        accounts.add_member(connection, SERVICE, member, named(login), named(team_name), role, self.at)


@contextmanager
def ground(url: str) -> Iterator[Ground]:
    """A migrated database without rows, and the server's clock, for as long as the block lasts."""
    made = Ground(url)
    try:
        with patch.object(clock, "now", lambda: made.at):
            yield made
    finally:
        made.close()


def _told(connection: Connection) -> dict[str, Any]:
    columns = operation.c
    effective = (columns.outcome == "applied", columns.noop.is_(False))
    counted = select(columns.team_id, func.count(), func.max(columns.seq)).group_by(columns.team_id)
    made = select(columns.thing_id, func.count()).where(*effective).group_by(columns.thing_id)
    versions = [tuple(row) for of in (entry, person) for row in connection.execute(select(of.c.id, of.c.version))]
    return {
        "numbers": {row.name: row.seq for row in connection.execute(select(team.c.name, team.c.seq))},
        "counts": {row[0]: (row[1], row[2]) for row in connection.execute(counted)},
        "made": {str(row[0]): row[1] for row in connection.execute(made)},
        "versions": {str(number): version for number, version in versions},
        "figures": volumes.differences(connection, SERVICE),
    }
