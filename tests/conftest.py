"""What every test may ask for: the two kinds of database, empty or migrated, a fresh one for each test."""

import functools
import gzip
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.postgres import Server

# Machines that run tests are shared; a slow example is no fault of the code.
hypothesis.settings.register_profile("alongside", deadline=None)
hypothesis.settings.load_profile("alongside")

DATABASES = ["sqlite", "postgresql"]
SHARED_MEMORY = Path("/dev/shm")
# A commit in memory does not wait for a disk. Where there is no room for it, the usual folder does.
ROOMY = SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > 2**29
IN_MEMORY = SHARED_MEMORY if ROOMY else None
_numbers = itertools.count(1)
_clean: list[str] = []


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server = request.getfixturevalue("postgresql")
        name = _copied(server, of="template0")
        yield server.url(name)
        _drop(server, name)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with today's schema and no rows; the test runs once on each kind."""
    if request.param == "sqlite":
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
            shutil.copyfile(request.getfixturevalue("migrated_sqlite"), Path(folder, "test.db"))
            yield f"sqlite:///{Path(folder, 'test.db')}"
    else:
        yield from _washed(request.getfixturevalue("postgresql"), of=request.getfixturevalue("migrated_postgresql"))


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


@pytest.fixture(scope="session")
def packed_once() -> Iterator[None]:
    """The phone app is the same for every server of this process: to compress it again takes longer than most tests."""
    import brotli

    from api import web

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web, "brotli", SimpleNamespace(compress=functools.cache(brotli.compress)))
        patch.setattr(web, "gzip", SimpleNamespace(compress=functools.cache(gzip.compress)))
        yield


def _washed(server: "Server", of: str) -> Iterator[str]:
    """A database without rows. To empty one takes a tenth of the time that another copy takes; it is given to the next
    test only if it is still what it was copied from."""
    name = _clean.pop() if _clean else _copied(server, of)
    yield server.url(name)
    if server.wash(name, like=of):
        _clean.append(name)
    else:
        _drop(server, name)


def _copied(server: "Server", of: str) -> str:
    name = f"test_{next(_numbers)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {of}")
    return name


def _drop(server: "Server", name: str) -> None:
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
