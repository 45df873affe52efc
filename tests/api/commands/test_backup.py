"""A backup is whole or it is refused; a restore changes everything or nothing, and phones are told."""

import os
import random
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, func, select

from api import clock, migrate
from api.database import Database
from api.store import accounts, sessions
from api.store.push import Sender, push
from api.store.tables import operation, service
from domain.service import Today
from tests import make
from tests.api.commands.running import Command, change, postgresql_programs
from tests.postgres import Server


@pytest.fixture
def backup(command: Command, filled_sqlite: Path, tmp_path: Path) -> Path:
    """A backup of a month of one team."""
    shutil.copyfile(filled_sqlite, tmp_path / "source.db")
    assert command("backup", "good.backup", url=f"sqlite:///{tmp_path / 'source.db'}").code == 0
    return tmp_path / "good.backup"


@pytest.fixture
def url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """A SQLite database that is in use, with a service of its own."""
    shutil.copyfile(migrated_sqlite, tmp_path / "live.db")
    with Database(f"sqlite:///{tmp_path / 'live.db'}") as database:
        database.write_now(lambda connection: accounts.add_service(connection, UUID(int=1), "Hillside", clock.now()))
    return f"sqlite:///{tmp_path / 'live.db'}"


def services(url: str) -> dict[str, int]:
    """The name and the epoch of each service."""
    with Database(url) as database:
        rows = database.read_now(lambda connection: connection.execute(select(service.c.name, service.c.epoch)).all())
    return {row.name: row.epoch for row in rows}


def count(url: str) -> int:
    with Database(url) as database:
        return database.read_now(
            lambda connection: connection.execute(select(func.count()).select_from(operation)).scalar_one()
        )


def test_a_backup_made_while_phones_send_restores_and_agrees(
    command: Command, filled_url: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{postgresql_programs()}{os.pathsep}{os.environ['PATH']}")
    before = count(filled_url)
    with writing(filled_url):
        assert command("backup", "live.backup", url=filled_url).code == 0
    assert count(filled_url) > before
    made = tmp_path / "live.backup"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".live.backup*")) == []
    with an_empty_place(filled_url, request) as elsewhere:
        ran = command("restore", "live.backup", url=elsewhere)
        assert ran.code == 0, ran.err
        checked = command("verify", "--json", url=elsewhere)
        assert checked.code == 0, checked.out
        assert before <= count(elsewhere) <= count(filled_url)
        assert services(elsewhere).keys() == services(filled_url).keys()


def test_a_backup_is_not_overwritten_unless_told(command: Command, backup: Path, url: str) -> None:
    was = backup.read_bytes()
    refused = command("backup", backup.name, url=url)
    assert refused.code == 1
    assert "--force" in refused.err
    assert backup.read_bytes() == was
    assert command("backup", backup.name, "--force", url=url).code == 0
    assert backup.read_bytes() != was


def test_a_backup_is_a_database_that_sqlite_itself_can_read(backup: Path) -> None:
    with sqlite3.connect(f"file:{backup}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_flipped_byte_anywhere_is_refused(command: Command, backup: Path, url: str) -> None:
    whole = backup.read_bytes()
    places = random.Random(1).sample(range(len(whole)), 12)
    for place in [0, 17, 30, *places, len(whole) - 70, len(whole) - 1]:
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        backup.write_bytes(damaged)
        ran = command("restore", backup.name, url=url)
        assert ran.code == 1, place
        assert services(url) == {"Hillside": 1}, place


@pytest.mark.parametrize("length", [0, 10, 5000, -1, -100])
def test_a_cut_file_is_refused(command: Command, backup: Path, url: str, length: int) -> None:
    backup.write_bytes(backup.read_bytes()[:length])
    ran = command("restore", backup.name, url=url)
    assert ran.code == 1
    assert services(url) == {"Hillside": 1}


def test_a_file_that_is_not_ours_is_refused(command: Command, url: str, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    ran = command("restore", "letter.txt", url=url)
    assert (ran.code, "is not a backup" in ran.err) == (1, True)
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE service (name text)")
    ran = command("restore", "other.db", url=url)
    assert (ran.code, "not one of Alongside" in ran.err) == (1, True)
    assert services(url) == {"Hillside": 1}
    assert command("restore", "nowhere.backup", url=url).code == 2


def test_a_backup_of_a_newer_version_is_refused(command: Command, backup: Path, url: str, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'source.db'}"
    change(source, "UPDATE alembic_version SET version_num = '9999'")
    with sqlite3.connect(tmp_path / "source.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ran = command("restore", "source.db", url=url)
    assert (ran.code, "newer version" in ran.err) == (1, True)
    assert services(url) == {"Hillside": 1}


def test_each_restore_starts_an_epoch_that_no_phone_has_seen(command: Command, backup: Path, url: str) -> None:
    epochs = []
    for _ in range(3):
        assert command("restore", backup.name, url=url).code == 0
        (epoch,) = services(url).values()
        epochs.append(epoch)
    assert 1 < epochs[0] < epochs[1] < epochs[2]


def test_a_restore_brings_no_ended_session_back(command: Command, tmp_path: Path, url: str) -> None:
    def sign_in(connection: Connection) -> None:
        at, user_id = clock.now(), UUID(int=2)
        accounts.add_user(connection, UUID(int=1), user_id, "sam", "Sam", at)
        accounts.add_join_code(connection, UUID(int=1), b"code", user_id, at + 60_000)
        sessions.start(connection, UUID(int=1), b"token", user_id, at, at + 60_000, most=5)

    with Database(url) as database:
        database.write_now(sign_in)
    assert command("backup", "before.backup", url=url).code == 0

    assert command("restore", "before.backup", url=url).code == 0

    with Database(url) as database:
        assert database.read_now(lambda c: sessions.get(c, UUID(int=1), b"token", clock.now())) is None
        redeemed = database.write_now(lambda c: accounts.use_join_code(c, b"code", "sam", clock.now()))
        assert redeemed is None


def test_the_old_database_is_kept_with_what_was_still_in_its_log(
    command: Command, backup: Path, url: str, tmp_path: Path
) -> None:
    log_open = sqlite3.connect(tmp_path / "live.db")
    log_open.execute("PRAGMA wal_autocheckpoint = 0")
    log_open.execute("UPDATE service SET name = 'Hillside, renamed'")
    log_open.commit()
    assert command("restore", backup.name, url=url).code == 0
    log_open.close()
    assert "Hillside, renamed" in services(f"sqlite:///{tmp_path / 'live.db.before-restore'}")
    assert "Hillside, renamed" not in services(url)
    assert command("restore", "live.db.before-restore", url=url).code == 0
    assert "Hillside, renamed" in services(url)
    assert (tmp_path / "live.db.before-restore-2").exists()


def test_a_damaged_database_is_replaced_and_kept(command: Command, backup: Path, url: str, tmp_path: Path) -> None:
    (tmp_path / "live.db").write_bytes(b"nothing of a database is left" * 1000)
    assert command("restore", backup.name, url=url).code == 0
    assert command("verify", url=url).code == 0
    assert (tmp_path / "live.db.before-restore").read_bytes().startswith(b"nothing")


def test_a_plain_copy_that_is_still_in_use_is_refused(command: Command, url: str, tmp_path: Path) -> None:
    shutil.copyfile(tmp_path / "live.db", tmp_path / "copy.db")
    (tmp_path / "copy.db-wal").write_bytes(b"rows that are not in the copy")
    ran = command("restore", "copy.db", url=url)
    assert (ran.code, "copy.db-wal" in ran.err) == (1, True)


def test_postgresql_takes_a_backup_only_where_nothing_is_lost(
    command: Command, postgresql: Server, filled_postgresql: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", f"{postgresql_programs()}{os.pathsep}{os.environ['PATH']}")
    full = postgresql.url(filled_postgresql)
    assert command("backup", "full.backup", url=full).code == 0
    refused = command("restore", "full.backup", url=full)
    assert (refused.code, "holds data" in refused.err) == (1, True)
    with Database(full) as server:
        server.read_now(migrate.version_of)
        busy = command("restore", "full.backup", url=full)
    assert (busy.code, "connected" in busy.err) == (75, True)
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    assert command("restore", "letter.txt", url=full).code == 1


def test_without_the_programs_of_postgresql_they_are_named(
    command: Command, postgresql: Server, migrated_postgresql: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = command("backup", "x.backup", url=postgresql.url(migrated_postgresql))
    assert (ran.code, "pg_dump is not installed" in ran.err) == (1, True)
    (tmp_path / "some.backup").write_bytes(b"PGDMP")
    ran = command("restore", "some.backup", url=postgresql.url(migrated_postgresql))
    assert (ran.code, "pg_restore is not installed" in ran.err) == (1, True)


@contextmanager
def writing(url: str) -> Iterator[None]:
    """Sam's phone sends one entry after another for as long as the block lasts."""
    stop, began = threading.Event(), threading.Event()

    def send(connection: Connection) -> None:
        (service_id,) = accounts.service_ids(connection)
        sam = accounts.find_user(connection, "sam.worker")
        assert sam is not None
        (team_id,) = accounts.team_names(connection, service_id)
        today = Today(date=make.TODAY, settings=accounts.get_service(connection, service_id).settings)
        sender = Sender(service_id, sam.id, UUID(int=7), clock.now(), today)
        (verdict,) = push(connection, sender, [make.reading(make.an_operation(team_id=team_id))])
        assert verdict.result.outcome == "applied"

    def send_on() -> None:
        with Database(url) as database:
            while not stop.is_set():
                database.write_now(send)
                began.set()

    thread = threading.Thread(target=send_on)
    thread.start()
    try:
        assert began.wait(10)
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def an_empty_place(url: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A new database of the same kind, without a table."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{request.getfixturevalue('tmp_path') / 'elsewhere' / 'new.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    server.run("CREATE DATABASE elsewhere TEMPLATE template0")
    yield server.url("elsewhere")
    server.run("DROP DATABASE elsewhere WITH (FORCE)")
