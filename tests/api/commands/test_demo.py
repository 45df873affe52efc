"""The demonstration: made-up work that looks like work, the same each time, and never where real data is."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select

from api import clock, demo
from api.app import create_app
from api.database import Database
from api.demo_cast import teams
from api.demo_days import rhythm
from api.store import accounts
from api.store.tables import device, entry, member, operation, person, volume
from domain.kinds import KINDS
from tests.api.commands.running import TODAY, Command, fill
from tests.api.conftest import HASHED, SETTINGS, a_client


def rows(url: str, *columns: Any) -> list[Any]:
    with Database(url) as database:
        return database.read_now(lambda connection: [tuple(row) for row in connection.execute(select(*columns))])


def test_without_development_it_refuses_and_makes_nothing(command: Command, empty_database_url: str) -> None:
    ran = command("demo", url=empty_database_url, DEV="0")
    assert ran.code == 1
    assert "ALONGSIDE_DEV=1" in ran.err
    assert command("verify", url=empty_database_url).code == 1, "there is still no schema"


def test_it_fills_an_empty_database_and_the_next_time_only_names_the_accounts(
    command: Command, empty_database_url: str
) -> None:
    words = ("demo", "--teams", "1", "--months", "1", "--json")
    first = command(*words, url=empty_database_url)
    assert first.code == 0, first.err
    count = len(rows(empty_database_url, operation.c.id))
    again = command(*words, url=empty_database_url)
    assert again == (0, first.out, "")
    assert len(rows(empty_database_url, operation.c.id)) == count
    checked = command("verify", "--json", url=empty_database_url)
    assert checked.code == 0, checked.out


def test_the_accounts_hold_every_role_and_open_the_door(command: Command, filled_url: str) -> None:
    found = command("demo", "--json", url=filled_url).json()["accounts"]
    by_role = {
        role: next(one for one in found if one["role"] == role) for role in ("worker", "lead", "analyst", "admin")
    }
    assert by_role["worker"]["team"] == by_role["lead"]["team"] == "North community team"
    assert by_role["analyst"]["team"] is None
    assert by_role["admin"]["team"] is None
    assert found[0].keys() == {"login", "password", "name", "role", "team"}
    table = command("demo", url=filled_url)
    assert all(one["login"] in table.out for one in found)


async def test_the_passphrase_that_is_printed_signs_in(filled_url: str) -> None:
    with Database(filled_url) as database:
        async with a_client(create_app(SETTINGS, database)) as client:
            for account in database.read_now(demo.all_accounts):
                words = {"login": account.login, "password": account.password}
                answer = await client.post("/api/session", json=words)
                assert answer.status_code == 200, account.login


def test_who_chose_another_passphrase_is_not_printed(command: Command, filled_url: str) -> None:

    def choose(connection: Connection) -> None:
        sam = accounts.find_user(connection, "sam.worker")
        assert sam is not None
        accounts.set_password(connection, demo.SERVICE_ID, sam.id, "another hash")

    with Database(filled_url) as database:
        database.write_now(choose)
    assert "sam.worker" not in command("demo", url=filled_url).out


def test_a_database_with_other_data_is_refused(command: Command, database_url: str) -> None:
    with Database(database_url) as database:
        database.write_now(lambda connection: accounts.add_service(connection, uuid4(), "Hillside", clock.now()))
    ran = command("demo", url=database_url)
    assert ran.code == 1
    assert "data of its own" in ran.err
    assert rows(database_url, operation.c.id) == []


def test_one_that_was_stopped_half_way_is_not_taken_for_whole(command: Command, database_url: str) -> None:
    def ctrl_c(_: int) -> None:
        raise KeyboardInterrupt

    with Database(database_url) as database, pytest.raises(KeyboardInterrupt):
        demo.fill(database, 1, 1, 1, TODAY, HASHED, ctrl_c)
    ran = command("demo", url=database_url)
    assert (ran.code, "was begun here and stopped" in ran.err) == (1, True)


def test_the_same_seed_on_the_same_day_makes_the_same_work(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path
) -> None:
    made = []
    for seed in (1, 1, 2):
        file = tmp_path_factory.mktemp("demo") / "demo.db"
        file.write_bytes(migrated_sqlite.read_bytes())
        fill(f"sqlite:///{file}", seed=seed)
        with Database(f"sqlite:///{file}") as database:
            made.append(database.read_now(_everything))
    assert made[0] == made[1]
    assert made[0] != made[2]


@pytest.fixture
def url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """A SQLite database to fill: what the work looks like is no matter of the database."""
    (tmp_path / "demo.db").write_bytes(migrated_sqlite.read_bytes())
    return f"sqlite:///{tmp_path / 'demo.db'}"


def test_the_work_looks_like_work(url: str) -> None:
    assert fill(url, months=3) > 500
    found = rows(url, entry.c.happened_on, entry.c.kind, entry.c.mode, entry.c.attendance, entry.c.state)
    days = [row[0] for row in found]
    assert all(day.weekday() < 5 for day in days)
    assert date(2026, 9, 1) <= min(days) < max(days) < TODAY
    assert {row[1] for row in found} == set(KINDS)
    assert {"in_person", "phone", "video", "text_message"} <= {row[2] for row in found}
    assert {"attended", "did_not_attend", "cancelled_by_person"} <= {row[3] for row in found}
    assert {row[4] for row in found} == {"active", "void"}
    actions = Counter(rows(url, operation.c.thing, operation.c.action))
    assert actions["entry", "amend"] > 5
    assert actions["person", "amend"] > 0
    assert {row[0] for row in rows(url, operation.c.outcome)} == {"applied"}
    codes = Counter(row[0] for row in rows(url, person.c.code))
    assert set(codes.values()) <= {1, 2}, "a code twice is a person to merge"
    months = Counter(day.month for day in days)
    assert len(set(months.values())) == len(months)


def test_some_work_is_logged_late_and_some_people_come_and_go(url: str) -> None:
    fill(url, months=4)
    with Database(url) as database:
        late = database.read_now(
            lambda connection: [
                (clock.civil_date(row.received_at) - row.happened_on).days
                for row in connection.execute(
                    select(entry.c.happened_on, operation.c.received_at)
                    .join(operation, operation.c.thing_id == entry.c.id)
                    .where(operation.c.action == "create")
                )
            ]
        )
    assert min(late) >= 0
    assert 14 < max(late) <= 60
    ended = [row[0] for row in rows(url, member.c.to_at)]
    assert 0 < sum(one is not None for one in ended) < len(ended)
    phones = rows(url, device.c.last_seen_at, device.c.issued)
    assert len({clock.civil_date(seen) for seen, _ in phones}) > 1, "one phone has been quiet"
    assert all(issued > 0 for _, issued in phones)


def test_nobody_works_on_christmas_day_and_august_is_quieter() -> None:
    assert rhythm(date(2026, 12, 25)) == 0
    assert rhythm(date(2026, 5, 4)) == 0
    assert rhythm(date(2026, 8, 11)) < rhythm(date(2026, 9, 15))
    assert rhythm(date(2026, 9, 18)) < rhythm(date(2026, 9, 15))


@pytest.mark.parametrize("number", [1, 20])
def test_every_login_and_every_id_is_one_persons(number: int) -> None:
    cast = teams(number, date(2026, 1, 1), date(2026, 11, 20), seed=1)
    members = [one for team in cast for one in team.members]
    assert len({one.login for one in members}) == len({one.user_id for one in members}) == len(members)
    assert len({team.id for team in cast}) == number


def _everything(connection: Connection) -> list[Any]:
    made: list[Any] = []
    for table, order in ((operation, "id"), (entry, "id"), (person, "id"), (volume, "day")):
        kept = [tuple(row) for row in connection.execute(select(table).order_by(table.c[order]))]
        made.append(sorted(kept, key=repr))
    return made
