"""What every command promises: help with an example, codes for scripts, JSON alone, one sentence when it fails."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import click
import pytest
from sqlalchemy import select

from api import migrate
from api.app import create_app
from api.cli import COMMANDS, alongside
from api.database import Database
from api.store.tables import audit, join_code
from tests.api.commands.running import Command, run_program
from tests.api.conftest import PASSWORD, SETTINGS, a_client

PROMISED = {
    *("serve", "migrate", "demo", "service add", "team add", "user add", "verify", "recount", "backup", "restore"),
    *("report contact-volumes", "openapi", "config check", "member add", "member end"),
    *("user close", "user open", "user code", "device list", "device sign-out"),
    *("month close", "month reopen", "service settings"),
}


def paths(group: click.Group = alongside, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        yield f"{before}{name}"
        if isinstance(command, click.Group):
            yield from paths(command, f"{before}{name} ")


def acts(url: str) -> list[str]:
    """What the audit says that was done."""
    with Database(url) as database:
        return list(database.read_now(lambda connection: connection.execute(select(audit.c.action)).scalars()))


def test_every_promised_command_is_there() -> None:
    groups = {group.name for group in COMMANDS}
    assert {path for path in paths() if path not in groups} == PROMISED


@pytest.mark.parametrize("path", ["", *paths()])
def test_every_help_explains_every_option_and_names_an_example(command: Command, path: str) -> None:
    ran = command(*path.split(), "--help")
    assert ran.code == 0
    explained, _, shown = ran.out.partition("  Example:\n")
    assert f"alongside {path.split(' ')[0]}" in shown
    for line in explained.split("Options:")[1].splitlines():
        assert not line.endswith(("TEXT", "INTEGER", "UUID")), f"{line} has no explanation"


@pytest.mark.parametrize(
    "words",
    [
        "juggle",
        "serve --port 0",
        "serve --port 80000",
        "serve --workers 2",
        "serve --host not.an.address.example",
        "demo --teams 0",
        "demo --months many",
        "service add --name Riverside",
        "service add --name Riverside --admin Ade",
        "service add --name Riverside --admin a\tde",
        "user add --login sam --name Sam --role worker",
        "user add --login tom --name Tom --role analyst --team North",
        "user add --login tom --name Tom --role juggler",
        "team add --name \u202eNorth",
        "member add --login sam --team North --role analyst",
        "member end --login sam",
        "user close",
        "device sign-out --login sam --device phone",
        "month close --team North --month 2026-13",
        "month reopen --team North --month september",
        "restore nowhere.backup",
        "backup",
        "report contact-volumes --from 2026-10-01",
        "report contact-volumes --from 2026-10-01 --to 1.11.2026",
        "report contact-volumes --from 2026-10-01 --to 2026-12-31 --by day",
    ],
)
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(command: Command, migrated_sqlite: Path, words: str) -> None:
    ran = command(*words.split(" "), url=f"sqlite:///{migrated_sqlite}")
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert ran.err


def test_a_range_that_ends_before_it_starts_is_wrong_usage(command: Command, filled_url: str) -> None:
    ran = command("report", "contact-volumes", "--from", "2026-11-01", "--to", "2026-10-01", url=filled_url)
    assert (ran.code, ran.out) == (2, "")
    assert "first day is after the last day" in ran.err


@pytest.mark.parametrize("words", ["verify", "recount", "backup x", "team add --name North", "demo"])
def test_without_settings_that_hold_nothing_is_done(command: Command, tmp_path: Path, words: str) -> None:
    ran = command(*words.split(), url="mysql://somewhere", DEV="maybe")
    assert ran.code == 1
    assert "ALONGSIDE_DATABASE_URL" in ran.err
    assert "ALONGSIDE_DEV" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["verify", "recount", "backup x", "team add --name North"])
def test_where_there_is_no_database_none_is_made(command: Command, tmp_path: Path, words: str) -> None:
    ran = command(*words.split(), url=f"sqlite:///{tmp_path / 'none.db'}")
    assert ran.code == 1
    assert "alongside migrate" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_migrate_makes_the_tables_of_an_empty_database_once(command: Command, empty_database_url: str) -> None:
    refused = command("verify", url=empty_database_url)
    assert (refused.code, "alongside migrate" in refused.err) == (1, True)
    assert "is now" in command("migrate", url=empty_database_url).err
    assert "up to date" in command("migrate", url=empty_database_url).err
    assert command("verify", url=empty_database_url).code == 0


def test_serve_refuses_an_older_schema_and_names_the_command(
    command: Command, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "head", lambda: "9999")
    ran = command("serve", url=database_url)
    assert (ran.code, "alongside migrate" in ran.err) == (1, True)


def test_a_schema_of_a_newer_version_is_left_alone(command: Command, database_url: str) -> None:
    with Database(database_url) as database:
        database.write_now(
            lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        )
    for words in (["serve"], ["migrate"], ["demo"]):
        ran = command(*words, url=database_url)
        assert (ran.code, "newer" in ran.err) == (1, True), words


def test_a_database_of_another_program_is_left_alone(command: Command, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE recipe (name text)")
    for words in (["serve"], ["demo"], ["verify"]):
        assert command(*words, url=f"sqlite:///{tmp_path / 'other.db'}").code == 1, words
    with sqlite3.connect(tmp_path / "other.db") as connection:
        assert [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")] == ["recipe"]


def test_serve_refuses_to_be_public_without_https(command: Command, database_url: str) -> None:
    ran = command("serve", url=database_url, DEV="0")
    assert (ran.code, "ALONGSIDE_ORIGIN" in ran.err) == (1, True)


async def test_a_new_service_gets_teams_and_users_who_join_with_their_codes(
    command: Command, database: Database, database_url: str
) -> None:
    ade = command("service", "add", "--name", "Riverside", "--admin", "ade.admin", "--json", url=database_url).json()
    team = command("team", "add", "--name", "North", "--json", url=database_url).json()
    common = ("user", "add", "--json", "--name", "Somebody")
    sam = command(*common, "--login", "sam", "--role", "worker", "--team", "North", url=database_url).json()
    maria = command(*common, "--login", "maria", "--role", "lead", "--team", team["team_id"], url=database_url).json()
    tom = command(*common, "--login", "tom", "--role", "analyst", url=database_url).json()

    async with a_client(create_app(SETTINGS, database)) as client:
        for made, role in ((ade, "admin"), (sam, "worker"), (maria, "lead"), (tom, "analyst")):
            words = {"code": made["code"], "login": made["login"], "password": PASSWORD}
            answer = await client.post("/api/session/join", json=words)
            assert answer.status_code == 200, answer.text
            (membership,) = answer.json()["memberships"]
            assert membership["role"] == role
            assert membership["team_id"] == (team["team_id"] if role in ("worker", "lead") else None)
            again = await client.post("/api/session/join", json=words)
            assert again.status_code == 401, "a code works once"
        done = acts(database_url)
    assert done.count("user_added") == 4
    assert {"service_added", "team_added"} <= set(done)


def test_a_join_code_is_printed_for_people_too_and_kept_nowhere(command: Command, database_url: str) -> None:
    ran = command("service", "add", "--name", "Riverside", "--admin", "ade.admin", url=database_url)
    code = next(line.split(": ")[1].strip() for line in ran.out.splitlines() if line.startswith("Join code"))
    assert len(code) == 19
    with Database(database_url) as database:
        kept = database.read_now(
            lambda connection: [
                *connection.execute(select(join_code)).all(),
                *connection.execute(select(audit)).all(),
            ]
        )
    assert len(kept) == 3
    assert code not in str(kept)


def test_a_login_a_team_and_a_service_are_not_made_twice_or_guessed(command: Command, database_url: str) -> None:
    first = command("service", "add", "--name", "Riverside", "--admin", "ade", "--json", url=database_url).json()
    assert command("service", "add", "--name", "Hillside", "--admin", "ade", url=database_url).code == 1
    assert command("team", "add", "--name", "North", url=database_url).code == 0
    assert command("team", "add", "--name", "North", url=database_url).code == 1
    no_team = command(
        "user", "add", "--login", "s", "--name", "S", "--role", "lead", "--team", "South", url=database_url
    )
    assert (no_team.code, "There are: North" in no_team.err) == (1, True)

    assert command("service", "add", "--name", "Hillside", "--admin", "olu", url=database_url).code == 0
    guess = command("team", "add", "--name", "Far", url=database_url)
    assert (guess.code, "--service" in guess.err) == (1, True)
    assert command("team", "add", "--name", "Far", "--service", first["service_id"], url=database_url).code == 0
    assert command("team", "add", "--name", "Far", "--service", str(UUID(int=9)), url=database_url).code == 1


async def test_a_report_is_what_an_analyst_gets(command: Command, filled_url: str) -> None:
    words = (
        "report",
        "contact-volumes",
        "--from",
        "2026-11-01",
        "--to",
        "2026-11-20",
        "--by",
        "week",
        "--split",
        "mode",
    )
    file = command(*words, url=filled_url)
    assert file.code == 0, file.err
    assert file.out.startswith("period,label,partial,key,entries,")
    assert ",*" in file.out, "small numbers are hidden"
    figures = command(*words, "--format", "json", "--team", "North community team", url=filled_url).json()
    with Database(filled_url) as database:
        async with a_client(create_app(SETTINGS, database)) as client:
            await client.post("/api/session", json={"login": "tom.analyst", "password": PASSWORD})
            asked = "from=2026-11-01&to=2026-11-20&by=week&split=mode"
            assert (await client.get(f"/api/reports/contact-volumes?{asked}&format=csv")).text == file.out
            told = (await client.get(f"/api/volumes?{asked}")).json()
    assert (figures["rows"], figures["totals"]) == (told["rows"], told["totals"])
    assert acts(filled_url).count("report_taken") == 3


def test_openapi_needs_no_database_and_no_settings_and_is_the_same_each_time(command: Command, tmp_path: Path) -> None:
    here = command("openapi", url="nonsense", DEV="maybe")
    assert here.code == 0, here.err
    assert "/api/sync/push" in here.json()["paths"]
    assert list(here.json()["components"]["schemas"]) == sorted(here.json()["components"]["schemas"])
    assert list(tmp_path.iterdir()) == []
    assert run_program("nonsense", tmp_path, "openapi") == (0, here.out, "")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ade:hunter2-secret@db.example/alongside",
        "postgresql://db.example/alongside?user=ade&password=hunter2-secret",
        "postgresql://ade:an@hunter2-secret@db.example/alongside",
        "postgresql://ade:an/other@x/hunter2-secret@db.example/alongside",
        "hunter2-secret",
    ],
)
def test_config_check_shows_every_setting_and_no_password(command: Command, url: str) -> None:
    ran = command("config", "check", url=url)
    assert "hunter2" not in ran.out + ran.err
    assert "ALONGSIDE_PASSWORD_MEMORY_KIB" in ran.out
    shown = command("config", "check", "--json", url=url)
    assert "hunter2" not in shown.out + shown.err
    assert {row["name"] for row in shown.json()["settings"]} >= {"ALONGSIDE_DEV", "ALONGSIDE_ORIGIN"}


def test_config_check_ends_with_1_where_a_server_would_not_start(command: Command, tmp_path: Path) -> None:
    assert command("config", "check", url="").code == 0
    faulty = command("config", "check", "--json", url="mysql://x", COLOUR="blue", DEV="0")
    assert faulty.code == 1
    assert len(faulty.json()["faults"]) == 2
    without = command("config", "check", DEV="0")
    assert (without.code, "ALONGSIDE_ORIGIN" in without.err) == (1, True)
    (tmp_path / ".env").write_text("ALONGSIDE_LOG_LEVEL=warning\n")
    settings = {row["name"]: row for row in command("config", "check", "--json").json()["settings"]}
    assert settings["ALONGSIDE_LOG_LEVEL"] == {"name": "ALONGSIDE_LOG_LEVEL", "value": "warning", "from": ".env"}


def test_a_program_of_its_own_ends_with_the_code(tmp_path: Path) -> None:
    assert run_program("", tmp_path, "juggle").code == 2
    ran = run_program(f"sqlite:///{tmp_path / 'none.db'}", tmp_path, "verify")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
