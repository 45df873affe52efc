"""A real server in processes of its own, which can be killed, and the database that it serves."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from api.database import Database
from api.migrate import to_head
from tests import postgres
from tests.api.commands.running import environment, free_port, run_program
from tests.campaigns.server.phones import PATIENCE, Unanswered, ask

ROOT = Path(__file__).parents[3]


class Serving:
    """`alongside serve` on a free port of this machine.

    `module` is what Python runs instead of `api`, and `before` what runs Python, such as a tracer. What the server
    says goes into `log`, over all its lives.
    """

    def __init__(
        self, url: str, folder: Path, module: str = "api", before: tuple[str, ...] = (), workers: int = 1
    ) -> None:
        self.url, self.folder, self.log = url, folder, folder / "server.log"
        self.port = free_port()
        self._module, self._before, self._workers = module, before, workers
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, **settings: str) -> None:
        """Starts it and waits until it is ready. Settings by name, such as `LOG_LEVEL="debug"`."""
        until = time.monotonic() + PATIENCE
        self.launch(**settings)
        while not self._is_ready():
            assert time.monotonic() < until, f"the server did not become ready:\n{self.log.read_text()}"
            if self._port_was_taken():
                self.port = free_port()  # Another program was quicker.
                self.launch(**settings)
            assert self.is_running(), f"the server did not start:\n{self.log.read_text()}"
            time.sleep(0.02)

    def launch(self, **settings: str) -> None:
        """Starts it and does not wait."""
        assert not self.is_running(), "it is running already"
        words = [*self._before, sys.executable, "-m", self._module, "serve", "--port", str(self.port)]
        words += ["--workers", str(self._workers)]
        with self.log.open("ab") as log:
            # A group of its own holds the server and its workers, and nothing else: that is what is killed.
            self._process = subprocess.Popen(
                words,
                cwd=self.folder,
                env=environment(self.url, **settings) | {"PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> int:
        """Asks it to stop, as a supervisor does; answers the exit code. Whatever then is left of it is killed."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
        try:
            return self._process.wait(PATIENCE)
        finally:
            self.kill()

    def kill(self) -> None:
        """`kill -9` of all its processes at once. When this returns, none of them is alive."""
        if self._process is None:
            return
        group = self._process.pid
        until = time.monotonic() + PATIENCE
        while True:
            # Again and again: a process that was just being forked may have missed the first.
            if _alive_in(group):
                with suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)
            self._process.poll()
            if not _alive_in(group):
                break
            assert time.monotonic() < until, f"processes of group {group} outlive kill -9"
            time.sleep(0.005)
        self._process.wait()
        self._process = None

    def processes(self) -> list[int]:
        """The ids of all its processes that live."""
        return _alive_in(self._process.pid) if self._process is not None else []

    def _is_ready(self) -> bool:
        try:
            return ask(self.port, "GET", "/api/health/ready").status == 200 and self.is_running()
        except Unanswered:
            return False

    def _port_was_taken(self) -> bool:
        ended = self._process is not None and self._process.poll() == os.EX_TEMPFAIL
        return ended and "Cannot listen" in self.log.read_text()[-500:]


@contextmanager
def serving(
    url: str, folder: Path, module: str = "api", before: tuple[str, ...] = (), workers: int = 1
) -> Iterator[Serving]:
    """A server that is ready. At the end all its processes are gone, whatever happened."""
    server = Serving(url, folder, module, before, workers)
    try:
        server.start()
        yield server
    finally:
        server.kill()


def migrated(url: str) -> str:
    """Gives an empty database its tables; answers the same url."""
    with Database(url) as database:
        database.write_now(to_head)
    return url


@contextmanager
def databases(folder: Path) -> Iterator[Callable[[str], str]]:
    """Outside pytest: gives the url of a new migrated database of a kind, as often as it is called."""
    numbers = itertools.count(1)
    with postgres.running() as server:

        def new(kind: str) -> str:
            name = f"campaign_{next(numbers)}"
            if kind == "sqlite":
                return migrated(f"sqlite:///{folder / name}.db")
            server.run(f"CREATE DATABASE {name} TEMPLATE template0")
            return migrated(server.url(name))

        yield new


def verified(url: str, folder: Path) -> list[str]:
    """What `alongside verify`, run as a program, finds wrong; it may run beside the server."""
    ran = run_program(url, folder, "verify", "--json")
    checks = ran.json()["checks"]
    wrong = [f"{check['name']}: {difference}" for check in checks for difference in check["differences"]]
    assert bool(wrong) == bool(ran.code), ran
    return wrong


def kind_of(url: str) -> str:
    """The name of a database's kind, for the table."""
    return "SQLite" if url.startswith("sqlite") else "PostgreSQL"


def _alive_in(group: int) -> list[int]:
    """The processes of a group that are more than a leftover entry in the process table."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            # The name in brackets may hold anything, so what follows the last bracket is read.
            state, _, of_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(of_group) == group and state not in "ZX":
            found.append(int(entry.name))
    return found
