"""What every test may ask for: the two kinds of database, empty or migrated, a fresh one for each test."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.postgres import Server

# Machines that run tests are shared; a slow example is no fault of the code.
hypothesis.settings.register_profile("alongside", deadline=None)
hypothesis.settings.load_profile("alongside")

DATABASES = ["sqlite", "postgresql"]
_numbers = itertools.count(1)


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        yield from _postgresql_copy(request.getfixturevalue("postgresql"), of="template0")


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with today's schema and no rows; the test runs once on each kind."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
    else:
        yield from _postgresql_copy(
            request.getfixturevalue("postgresql"), of=request.getfixturevalue("migrated_postgresql")
        )


def migrate(url: str) -> None:
    """How a template gets its schema, once for each kind of database and process."""
    # Imported here, because the rules are tested without a database and should start a second sooner.
    from api.database import Database
    from api.migrate import to_head

    with Database(url) as database:
        database.write_now(to_head)


@pytest.fixture(scope="session")
def postgresql() -> Iterator["Server"]:
    from tests import postgres

    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "migrated.db"
    migrate(f"sqlite:///{file}")
    assert not file.with_name("migrated.db-wal").exists(), "migrate left rows in the write-ahead log"
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: "Server") -> str:
    postgresql.run("CREATE DATABASE migrated TEMPLATE template0")
    migrate(postgresql.url("migrated"))
    return "migrated"


def _postgresql_copy(server: "Server", of: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {of}")
    yield server.url(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
