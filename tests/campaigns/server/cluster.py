"""A PostgreSQL of its own that waits for the disk as in earnest, and that can be stopped, killed and started again."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests import postgres
from tests.postgres import Server

# The signals that pg_ctl sends for these.
MODES = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill -9": signal.SIGKILL}


class Cluster:
    """What is in `data` is served by a socket in `folder`."""

    def __init__(self, folder: Path, programs: Path, user: str | None) -> None:
        self.folder, self.data, self.log = folder, folder / "data", folder / "log"
        self._programs, self._user = programs, user
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, data: Path | None = None, before: tuple[str, ...] = (), **settings: str) -> None:
        """Starts it and waits until it answers. `before` is what runs it, such as a tracer."""
        words = [*before, str(self._programs / "postgres"), "-D", str(data or self.data), "-k", str(self.folder)]
        given = {"listen_addresses": "", "shared_buffers": "16MB", "max_connections": "60"} | settings
        words += [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                words, cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **postgres._identity(self._user)
            )
        postgres._ready(Server(self.folder), self._process)

    def stop(self, mode: str = "fast") -> None:
        """Stops it in one of MODES and waits until all of it has ended."""
        os.kill(self.processes()[0], MODES[mode])
        self._until_gone()

    def kill(self) -> None:
        """Ends all of it, whatever state it is in."""
        if self._process is not None:
            for process in self._left():
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            self._until_gone()

    def processes(self) -> list[int]:
        """The ids of all processes of PostgreSQL, that of its first one first; not that of a tracer."""
        named = {}
        for one in self._left():
            with suppress(OSError):
                named[one] = _stat(one)
        ours = [one for one, (name, _) in named.items() if name == "postgres"]
        return sorted(ours, key=lambda one: named[one][1] in ours)

    def _until_gone(self) -> None:
        assert self._process is not None
        until = time.monotonic() + 60
        while self._process.poll() is None or self._left():
            assert time.monotonic() < until, f"PostgreSQL does not stop:\n{self.log.read_text()[-2000:]}"
            time.sleep(0.01)
        self._process = None

    def url(self, database: str) -> str:
        return Server(self.folder).url(database)

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """One statement by a connection of its own; what it answers."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    def give(self, path: Path) -> None:
        """Lets it have files that a test has made."""
        if self._user is not None:
            for one in (path, *path.rglob("*")):
                shutil.chown(one, self._user)

    def _left(self) -> list[int]:
        """Every process that works in its folder: each leads a session of its own, so they have nothing else alike."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                # It may end while it is looked at, or be none of ours to look at.
                with suppress(OSError):
                    if (entry / "cwd").readlink().is_relative_to(self.folder) and int(entry.name) != os.getpid():
                        found.append(int(entry.name))
        return sorted(found)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new one that does not run yet. At the end all its processes and files are gone, whatever happened."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-cluster-"))
    user = postgres._other_user()
    made: Cluster | None = None
    try:
        if user is not None:
            shutil.chown(folder, user)
        programs = postgres._programs(folder, user)
        choices = ["-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"]
        postgres._call(user, folder, programs / "initdb", "-D", folder / "data", *choices)
        made = Cluster(folder, programs, user)
        yield made
    finally:
        if made is not None:
            made.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _stat(process: int) -> tuple[str, int]:
    """Its name and its parent."""
    name, _, rest = Path(f"/proc/{process}/stat").read_text().rpartition(")")
    return name.partition("(")[2], int(rest.split()[1])
