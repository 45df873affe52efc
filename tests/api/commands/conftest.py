"""What a test of a command may ask for: to run it, and a database with something in it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli import main
from tests.api.commands.running import Command, Ran, environment, fill
from tests.conftest import DATABASES
from tests.postgres import Server


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs commands in this process, in a folder without settings."""

    def run(*words: str, url: str = "", **settings: str) -> Ran:
        mask = os.umask(0o022)
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            for name in [name for name in os.environ if name.startswith("ALONGSIDE_")]:
                patch.delenv(name)
            for name, value in environment(url, **settings).items():
                patch.setenv(name, value)
            capsys.readouterr()
            try:
                code = main(words)
            finally:
                os.umask(mask)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture(params=DATABASES)
def filled_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the demonstration of one team and one month; the test runs once on each kind."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("filled_sqlite"), tmp_path / "filled.db")
        yield f"sqlite:///{tmp_path / 'filled.db'}"
        return
    server, template = request.getfixturevalue("postgresql"), request.getfixturevalue("filled_postgresql")
    server.run(f"CREATE DATABASE filled_copy TEMPLATE {template}")
    yield server.url("filled_copy")
    server.run("DROP DATABASE filled_copy WITH (FORCE)")


@pytest.fixture(scope="session")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    file = tmp_path_factory.mktemp("template") / "filled.db"
    shutil.copyfile(migrated_sqlite, file)
    fill(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def filled_postgresql(postgresql: Server, migrated_postgresql: str) -> str:
    postgresql.run(f"CREATE DATABASE filled TEMPLATE {migrated_postgresql}")
    fill(postgresql.url("filled"))
    return "filled"
