"""A line to PostgreSQL that is lost during COMMIT: whatever became of it, every act takes effect once."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, get_args
from uuid import UUID

import httpx
import pytest
from sqlalchemy import Connection, func, make_url, select, text
from uuid_utils.compat import uuid7

from api import clock
from api.app import create_app
from api.database import _NUMBER, Busy, Database
from api.passwords import code_digest
from api.store import accounts
from api.store.tables import audit, device, failed_sign_in, operation, session, team
from tests.api.conftest import HASHED, PASSWORD, SETTINGS, a_client
from tests.campaigns.server.cluster import cluster
from tests.campaigns.server.cutting import Cutter, When, cutter
from tests.campaigns.server.running import migrated
from tests.make import a_set, an_operation

CODE = "ABCD-EFGH-JKLM-NPQR"
SERVICE, TEAM, SAM, NEW = uuid7(), uuid7(), uuid7(), uuid7()
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
each_way = pytest.mark.parametrize("when", get_args(When))


class Ground(NamedTuple):
    """A server whose line to PostgreSQL can be cut, a browser, and a line of our own to look by."""

    line: Cutter
    database: Database
    browser: httpx.AsyncClient
    beside: Database

    def rows(self) -> dict[str, int]:
        """How many there are of what must not be there twice."""
        return self.beside.read_now(
            lambda connection: {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (audit, device, failed_sign_in, operation, session, team)
            }
        )


@pytest.fixture
async def ground(database_url: str) -> AsyncIterator[Ground]:
    """Sam works in a team; somebody new has a code to join with."""
    url = make_url(database_url)
    with TemporaryDirectory(prefix="alongside-line-") as folder, Database(database_url) as beside:
        beside.write_now(_fill)
        with (
            cutter(Path(folder), Path(str(url.query["host"]))) as line,
            Database(line.url(str(url.database))) as database,
        ):
            async with a_client(create_app(SETTINGS, database)) as browser:
                yield Ground(line, database, browser, beside)


def _fill(connection: Connection) -> None:
    at = clock.now()
    accounts.add_service(connection, SERVICE, "Riverside", at)
    accounts.add_team(connection, SERVICE, TEAM, "North")
    for number, login in ((SAM, "sam"), (NEW, "new")):
        accounts.add_user(connection, SERVICE, number, login, login.capitalize(), at)
        accounts.add_member(connection, SERVICE, uuid7(), number, TEAM, "lead", at)
    accounts.set_password(connection, SERVICE, SAM, HASHED)
    accounts.add_join_code(connection, SERVICE, code_digest(CODE), NEW, at + 3_600_000)


DEVICE = uuid7()
PUSHED = {
    "protocol": 1,
    "device_id": str(DEVICE),
    "user_id": str(SAM),
    "operations": [an_operation(team_id=TEAM, set=a_set(happened_on=str(clock.civil_date(clock.now()))))],
}


class Act(NamedTuple):
    """A request, the commit of it that is cut, its answer, and the rows that it makes."""

    method: str
    path: str
    body: object
    cut: int
    status: int
    made: dict[str, int]


JOIN = {"login": "new", "password": "a walk by the river", "code": CODE}
SIGN_IN = {"login": "sam", "password": PASSWORD}
READ = f"/api/entries?team_id={TEAM}&from=2026-01-01&to=2026-12-31"
ACTS = {
    "push": Act("POST", "/api/sync/push", PUSHED, 1, 200, {"operation": 1}),
    "sign in, noting the try": Act("POST", "/api/session", SIGN_IN, 1, 200, {"session": 1, "audit": 1}),
    "sign in, beginning": Act("POST", "/api/session", SIGN_IN, 2, 200, {"session": 1, "audit": 1}),
    "join, noting the try": Act("POST", "/api/session/join", JOIN, 1, 200, {"session": 1, "audit": 1}),
    "join, using the code": Act("POST", "/api/session/join", JOIN, 2, 200, {"session": 1, "audit": 1}),
    "join, beginning": Act("POST", "/api/session/join", JOIN, 3, 200, {"session": 1, "audit": 1}),
    "sign out": Act("DELETE", "/api/session", None, 1, 204, {"session": -1, "audit": 1}),
    "bind a device": Act("PUT", f"/api/devices/{DEVICE}", {"name": "Phone", "app": "1"}, 1, 200, {"device": 1}),
    "read entries of others": Act("GET", READ, None, 1, 200, {"audit": 1}),
}


@each_way
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_an_act_whose_commit_is_cut_takes_effect_once_and_is_answered_as_if_nothing_had_been(
    ground: Ground, act: Act, when: When
) -> None:
    assert (await ground.browser.post("/api/session", json=SIGN_IN)).status_code == 200
    before = ground.rows()

    ground.line.cut(when, act.cut)
    answer = await ground.browser.request(act.method, act.path, json=act.body)

    assert ground.line.cuts == 1
    assert answer.status_code == act.status, answer.text
    made = {name: count - before[name] for name, count in ground.rows().items() if count != before[name]}
    assert made == act.made


@each_way
async def test_an_operation_whose_commit_is_cut_is_answered_applied_and_then_duplicate(
    ground: Ground, when: When
) -> None:
    await ground.browser.post("/api/session", json=SIGN_IN)

    ground.line.cut(when)
    first = (await ground.browser.post("/api/sync/push", json=PUSHED)).json()["results"][0]
    again = (await ground.browser.post("/api/sync/push", json=PUSHED)).json()["results"][0]

    assert (first["outcome"], first["seq"]) == ("applied", 1)
    assert (again["outcome"], again["first"], again["seq"]) == ("duplicate", "applied", 1)


@each_way
async def test_a_unit_that_would_take_effect_twice_takes_effect_once(ground: Ground, when: When) -> None:
    def count_on(connection: Connection) -> UUID:
        made = uuid7()
        accounts.add_team(connection, SERVICE, made, f"Team {made}")
        return made

    ground.line.cut(when)
    made = await ground.database.write(count_on)

    teams = ground.beside.read_now(lambda connection: set(connection.execute(select(team.c.id)).scalars()))
    assert teams == {TEAM, made}, "what was answered is what is there"


async def test_a_unit_whose_line_was_ended_because_it_was_idle_for_too_long_runs_again(ground: Ground) -> None:
    runs: list[int] = []

    def unit(connection: Connection) -> None:
        runs.append(1)
        if len(runs) == 1:
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '10ms'"))
            time.sleep(0.3)
        accounts.add_team(connection, SERVICE, uuid7(), "Once")

    await ground.database.write(unit)

    assert len(runs) == 2
    assert ground.rows()["team"] == 2


async def test_what_became_of_a_commit_is_not_guessed_when_nobody_can_say(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run again it might be there twice, and answered it might not be there at all."""
    runs: list[int] = []
    monkeypatch.setattr("api.database._BECAME", select(func.nullif(1, 1)))
    monkeypatch.setattr("api.database.time.sleep", lambda _: None)

    def unit(connection: Connection) -> None:
        runs.append(1)
        accounts.add_team(connection, SERVICE, uuid7(), "Once")

    ground.line.cut("answered")
    with pytest.raises(Busy, match="cannot say what became of it"):
        await ground.database.write(unit)

    assert len(runs) == 1


async def test_a_number_that_was_given_to_another_after_a_crash_is_no_proof(database_url: str) -> None:
    """What was not on the disk when PostgreSQL died is forgotten, the number of the transaction too."""
    with cluster() as own:
        # Nothing but a COMMIT writes the log.
        own.start(wal_writer_delay="10s")
        own.run("CREATE DATABASE numbers")
        with Database(migrated(own.url("numbers"))) as database:
            database.write_now(_fill)
            with database.writer.connect() as connection:
                accounts.add_team(connection, SERVICE, uuid7(), "Lost")
                number, life = connection.execute(_NUMBER).scalar_one(), connection.info["life"]
                own.stop("kill -9")
                own.start()
                connection.invalidate()
            assert not database._was_committed(number, life), "nobody has this number now"
            given = ""
            while given != number:
                assert int(given or 0) < int(number), "the number was not given again"
                given = database.write_now(another_team)

            with pytest.raises(Busy, match="cannot say what became of it"):
                database._was_committed(number, life)


def another_team(connection: Connection) -> str:
    accounts.add_team(connection, SERVICE, uuid7(), "Another")
    number: str = connection.execute(_NUMBER).scalar_one()
    return number
