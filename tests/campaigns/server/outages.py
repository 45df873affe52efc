"""Outages: the disk takes no more, or PostgreSQL goes away, under the same server and while phones push."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Self

import httpx
import msgspec
import psycopg

from tests.campaigns.server.cluster import Cluster
from tests.campaigns.server.cluster import cluster as new_cluster
from tests.campaigns.server.kills import Kills
from tests.campaigns.server.phones import PASSWORD, PATIENCE, Phone
from tests.campaigns.server.refusing import no_growth, no_space
from tests.campaigns.server.running import Serving, migrated
from tests.campaigns.server.table import Row

# How long the load lasts before the next outage, at most.
LONGEST = 0.6
DATABASE = "campaign"
WRITERS = 4
DISK, RESTART = "disk full", "PostgreSQL restarted"

# Makes an outage under a running server for as long as the block lasts.
Outage = Callable[[Serving], AbstractContextManager[object]]


def disk_full(kind: str, folder: Path, times: int, module: str = "api", seed: int = 1) -> "Outages":
    """The disk takes no more, so many times, on "sqlite" or "postgresql"; then there is room again."""
    if kind == "sqlite":
        url = migrated(f"sqlite:///{folder / 'data' / 'full.db'}")
        return Outages(DISK, url, folder, [sqlite_no_space, sqlite_no_growth], seed).run(times, module)
    with _campaign_cluster() as (cluster, url):
        kinds = [postgresql_no_space(cluster), postgresql_no_log(cluster)]
        return Outages(DISK, url, folder, kinds, seed).run(times, module)


def restarts(folder: Path, times: int, module: str = "api", seed: int = 1) -> "Outages":
    """PostgreSQL is stopped, killed and started, so many times."""
    with _campaign_cluster() as (cluster, url):
        kinds = [
            restarted(cluster, "fast"),
            backend_killed(cluster),
            gone(cluster, "immediate"),
            backends_ended(cluster),
            restarted(cluster, "immediate"),
            restarted(cluster, "kill -9"),
        ]
        return Outages(RESTART, url, folder, kinds, seed).run(times, module)


@contextmanager
def _campaign_cluster() -> Iterator[tuple[Cluster, str]]:
    """A cluster that waits for the disk as in earnest, with a migrated database."""
    with new_cluster() as cluster:
        cluster.start()
        cluster.run(f"CREATE DATABASE {DATABASE}")
        yield cluster, migrated(cluster.url(DATABASE))


class Outages(Kills):
    """One campaign on one migrated database without a service: writers, one server, and outages of what it needs."""

    def __init__(self, campaign: str, url: str, folder: Path, outages: list[Outage], seed: int) -> None:
        super().__init__(url, folder, WRITERS, seed)
        self.campaign = campaign
        # How many requests were refused, by what they asked for.
        self.refused: dict[str, int] = {}
        self._outages = outages

    def run(self, kills: int, module: str = "api", until_found: bool = True) -> Self:
        """So many outages, or until something is found: a writer that met a fault writes no more."""
        super().run(kills, module, until_found)
        # A writer that was answered what it must not be has ended by it.
        self.other += [fault for writer in self._writers for fault in writer.faults if fault not in self.other]
        return self

    def row(self) -> Row:
        """For the table."""
        return msgspec.structs.replace(super().row(), campaign=self.campaign)

    def _kill_once(self, server: Serving) -> None:
        """What the server stands on fails, and the server has to go on by itself."""
        time.sleep(self._random.uniform(0, LONGEST))
        processes = server.processes()
        writer = self._writers[self.kills % len(self._writers)]
        probe = Probe(server, writer.phone)
        with self._outages[self.kills % len(self._outages)](server):
            probe.ask_everything()
        self.kills += 1
        probe.send_again()
        self.other += probe.faults
        for what, times in probe.refused.items():
            self.refused[what] = self.refused.get(what, 0) + times
        if server.processes() != processes:
            self.other.append("the server is not the same as before")
        # The writer's from here on: at the end all of them have to be there, once.
        writer.issued.update({one["id"]: one for one in probe.made})
        self._gate.clear()
        for one in self._writers:
            assert one.waits.wait(PATIENCE), f"{one.name} is not answered any more"
        self.other += [fault for one in self._writers for fault in one.faults]
        self._look()
        for one in self._writers:
            one.waits.clear()
        self._gate.set()


class Probe:
    """Somebody who does a little of everything during an outage. Only 503, with a time to come again, may refuse it."""

    def __init__(self, server: Serving, phone: Phone) -> None:
        self.made: list[dict[str, Any]] = []
        self.refused: dict[str, int] = {}
        self.faults: list[str] = []
        self._phone = phone
        self._browser = httpx.Client(
            base_url=f"http://127.0.0.1:{server.port}", headers={"Sec-Fetch-Site": "same-origin"}, timeout=PATIENCE
        )
        self._ask("sign in", "POST", "/api/session", self._login())

    def ask_everything(self) -> None:
        """Reads, signs in and out again, and pushes, all at once."""
        today = "2026-01-01"
        pulled = {"protocol": 1, "device_id": str(self._phone.device_id), "schema": 1, "limit": 50, "cursors": {}}
        asked: list[Callable[[], object]] = [
            partial(self._ask, "live", "GET", "/api/health/live"),
            partial(self._ask, "ready", "GET", "/api/health/ready"),
            partial(self._ask, "session", "GET", "/api/session"),
            partial(self._ask, "volumes", "GET", f"/api/volumes?from={today}&to={today}&by=month&split=kind"),
            partial(self._ask, "pull", "POST", "/api/sync/pull", pulled),
            self._sign_in_and_out,
            partial(self._push, [self._phone.an_operation() for _ in range(5)]),
        ]
        threads = [threading.Thread(target=self._noticed, args=(one,), daemon=True) for one in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
            if thread.is_alive():
                self.faults.append("a request is not answered at all")

    def send_again(self) -> None:
        """The same operations, as a phone does after 503; and all is well, whatever was refused before."""
        until = time.monotonic() + PATIENCE
        while self._ask("ready", "GET", "/api/health/ready").status_code != 200:
            if time.monotonic() > until:
                self.faults.append("the server does not become ready again")
                return
            time.sleep(0.05)
        answer = self._push(self.made)
        if answer.status_code != 200:
            self.faults.append(f"a push after the outage: {answer.status_code} {answer.text}")
        self._ask("sign out", "DELETE", "/api/session")
        self._browser.close()

    def _push(self, operations: list[dict[str, Any]]) -> httpx.Response:
        self.made = operations
        body = {
            "protocol": 1,
            "device_id": str(self._phone.device_id),
            "user_id": str(self._phone.worker.user_id),
            "operations": operations,
        }
        answer = self._ask("push", "POST", "/api/sync/push", body)
        if answer.status_code == 200:
            settled = [one for one in answer.json()["results"] if one.get("first", one["outcome"]) == "applied"]
            if [one["id"] for one in settled] != [one["id"] for one in operations]:
                self.faults.append(f"not every operation was stored: {answer.text}")
        return answer

    def _sign_in_and_out(self) -> None:
        # A browser of its own: the session of the others stays.
        with httpx.Client(base_url=self._browser.base_url, headers=self._browser.headers, timeout=PATIENCE) as browser:
            if self._ask("sign in", "POST", "/api/session", self._login(), browser).status_code == 200:
                self._ask("sign out", "DELETE", "/api/session", None, browser)

    def _ask(
        self, what: str, method: str, path: str, body: object = None, browser: httpx.Client | None = None
    ) -> httpx.Response:
        answer = (browser or self._browser).request(method, path, json=body)
        if answer.status_code == 503:
            self.refused[what] = self.refused.get(what, 0) + 1
            if "retry-after" not in answer.headers or answer.json()["server"] != "alongside":
                self.faults.append(f"{what}: 503 without a time to come again, or not in our words")
        elif answer.status_code not in (200, 204):
            self.faults.append(f"{what}: {answer.status_code} {answer.text}")
        return answer

    def _noticed(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as fault:
            self.faults.append(f"{type(fault).__name__}: {fault}")

    def _login(self) -> dict[str, str]:
        return {"login": self._phone.worker.login, "password": PASSWORD}


# What may happen to the disk


def sqlite_no_growth(server: Serving) -> AbstractContextManager[object]:
    """No file of the server takes anything, its log neither."""
    return no_growth(server.processes())


def sqlite_no_space(server: Serving) -> AbstractContextManager[object]:
    """The disk is full for the database."""
    return no_space(server.processes())


def postgresql_no_space(cluster: Cluster) -> Outage:
    """The disk is full for tables and indexes; the log, which is made beforehand, still takes something."""

    @contextmanager
    def outage(_: Serving) -> Iterator[None]:
        files = [one for one in (cluster.data / "base").rglob("*") if one.is_file()]
        with no_space(cluster.processes(), files), _until_logged(cluster, "No space left on device"):
            yield

    return outage


def postgresql_no_log(cluster: Cluster) -> Outage:
    """The disk is full for PostgreSQL's log: it gives up, and begins anew."""

    @contextmanager
    def outage(_: Serving) -> Iterator[None]:
        # Not the first: those that it starts anew find space again.
        others = cluster.processes()[1:]
        log = [one for one in (cluster.data / "pg_wal").iterdir() if one.is_file()]
        with _until_logged(cluster, "database system is ready"), no_space(others, log):
            yield

    return outage


@contextmanager
def _until_logged(cluster: Cluster, text: str) -> Iterator[None]:
    """Waits in the end until PostgreSQL has said so once more."""
    before = cluster.log.read_text().count(text)
    yield
    until = time.monotonic() + PATIENCE
    while cluster.log.read_text().count(text) == before:
        assert time.monotonic() < until, f"PostgreSQL never says: {text}"
        time.sleep(0.05)


# What may happen to PostgreSQL


def gone(cluster: Cluster, mode: str) -> Outage:
    """Stopped, and started again after everything was refused."""

    @contextmanager
    def outage(_: Serving) -> Iterator[None]:
        cluster.stop(mode)
        try:
            yield
        finally:
            cluster.start()

    return outage


def restarted(cluster: Cluster, mode: str) -> Outage:
    """Stopped and started again at once."""

    def restart() -> None:
        cluster.stop(mode)
        cluster.start()

    return _meanwhile(restart)


def backend_killed(cluster: Cluster) -> Outage:
    """kill -9 of one backend: PostgreSQL throws all the others out and recovers."""
    return _meanwhile(lambda: os.kill(random.choice(_backends(cluster)), signal.SIGKILL))


def backends_ended(cluster: Cluster) -> Outage:
    """Every connection is ended by the operator, several times."""

    def end() -> None:
        for _ in range(5):
            cluster.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'")
            time.sleep(0.1)

    return _meanwhile(end)


def _meanwhile(work: Callable[[], object]) -> Outage:
    """Does it in a thread while the block runs."""

    @contextmanager
    def outage(_: Serving) -> Iterator[None]:
        faults: list[Exception] = []

        def noticed() -> None:
            try:
                work()
            except Exception as fault:
                faults.append(fault)

        thread = threading.Thread(target=noticed, daemon=True)
        thread.start()
        try:
            yield
        finally:
            thread.join(PATIENCE)
        assert not faults, faults

    return outage


def _backends(cluster: Cluster) -> list[int]:
    """The processes that serve our connections."""
    until = time.monotonic() + PATIENCE
    while True:
        # It may be in recovery.
        with suppress(psycopg.OperationalError):
            rows = cluster.run(f"SELECT pid FROM pg_stat_activity WHERE datname = '{DATABASE}'")
            if rows:
                return [int(str(row[0])) for row in rows]
        assert time.monotonic() < until, "there are no connections"
        time.sleep(0.05)
