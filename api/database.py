"""The two databases behind one door: `read(unit)` and `write(unit)`, where a unit is a function of a connection.

SQLite has one writer: a thread that owns the only connection that ever writes and checkpoints. Units that wait
together share one commit, each in its savepoint, and no answer leaves before COMMIT returned. PostgreSQL gives each
unit its own transaction and runs it again, whole, after a serialization failure, a deadlock or a lost connection;
so a unit must be safe to run twice.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

T = TypeVar("T")

# As many commits as 64 phones wait for at once; more would only make the first of them wait longer.
MOST_UNITS_A_COMMIT = 64
READERS = 4
# With the pauses below: about six seconds, which outlasts a restart of PostgreSQL.
TRIES = 7


class Busy(Exception):
    """The database cannot take or give anything now; nothing was stored. Answered as 503."""


class Database:
    """An open database. `writer` and `reader` are its engines."""

    def __init__(self, url: str, checkpoints: bool = True) -> None:
        """Opens it. A second process beside the server leaves the checkpoints of SQLite to the server."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.is_sqlite:
            self.writer = _sqlite(self.url, reading=False, checkpoints=checkpoints)
            self.reader = _sqlite(self.url, reading=True, checkpoints=False)
        else:
            self.writer = self.reader = _postgresql(self.url)
        self._threads = ThreadPoolExecutor(READERS * (1 if self.is_sqlite else 3), "database")
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._writing: threading.Thread | None = None
        self._door = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Runs a unit that only reads, in one snapshot."""
        return await self._in_thread(lambda: self.read_now(unit))

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Runs a unit and answers after its COMMIT. Raises what the unit raises, then nothing is stored."""
        if not self.is_sqlite:
            return await self._in_thread(lambda: self.write_now(unit))
        waiting = _Waiting(unit)
        self._enqueue(waiting)
        answer: T = await asyncio.wrap_future(waiting.future)
        return answer

    def read_now(self, unit: Callable[[Connection], T]) -> T:
        """The same as `read` for callers without an event loop."""
        return self._tried(lambda: self._read_once(unit))

    def write_now(self, unit: Callable[[Connection], T]) -> T:
        """The same as `write` for callers without an event loop."""
        if self.is_sqlite:
            waiting = _Waiting(unit)
            self._enqueue(waiting)
            answer: T = waiting.future.result()
            return answer
        return self._tried(lambda: self._write_once(unit))

    def close(self) -> None:
        """Lets waiting units finish and closes every connection; what comes later is Busy."""
        with self._door:
            self._closed = True
            self._queue.put(None)
        if self._writing is not None:
            self._writing.join()
        self._threads.shutdown()
        self.reader.dispose()
        self.writer.dispose()

    def _read_once(self, unit: Callable[[Connection], T]) -> T:
        with self.reader.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                return unit(connection)

    def _write_once(self, unit: Callable[[Connection], T]) -> T:
        with self.writer.begin() as connection:
            return unit(connection)

    def _tried(self, work: Callable[[], T]) -> T:
        for attempt in range(TRIES):
            try:
                return work()
            except DBAPIError as fault:
                if not _passing(fault):
                    raise
                if self.is_sqlite or _waited(fault) or attempt == TRIES - 1:
                    raise Busy(str(fault.orig)) from fault
                time.sleep(0.05 * 2**attempt)
        raise AssertionError("unreachable")

    async def _in_thread(self, work: Callable[[], T]) -> T:
        try:
            running = self._threads.submit(work)
        except RuntimeError as closed:
            raise Busy("The database is closed.") from closed
        return await asyncio.wrap_future(running)

    def _enqueue(self, waiting: "_Waiting") -> None:
        with self._door:
            if self._closed:
                raise Busy("The database is closed.")
            if self._writing is None:
                self._writing = threading.Thread(target=self._write_for_ever, name="writer", daemon=True)
                self._writing.start()
            self._queue.put(waiting)

    def _write_for_ever(self) -> None:
        while (first := self._queue.get()) is not None:
            together = [first]
            stop = False
            while len(together) < MOST_UNITS_A_COMMIT:
                try:
                    following = self._queue.get_nowait()
                except queue.Empty:
                    break
                if following is None:
                    stop = True
                    break
                together.append(following)
            # One whose caller has gone is not begun; from here on nobody can call it off.
            _commit_together(self.writer, [one for one in together if one.future.set_running_or_notify_cancel()])
            if stop:
                return


class _Waiting:
    """A unit and the promise of its answer."""

    def __init__(self, unit: Callable[[Connection], Any]) -> None:
        self.unit = unit
        self.future: Future[Any] = Future()


def _commit_together(engine: Engine, together: list[_Waiting]) -> None:
    """One transaction for all: a unit that raises loses only its savepoint, a failed COMMIT fails every unit."""
    answers: list[tuple[_Waiting, Any]] = []
    try:
        with engine.connect() as connection, connection.begin():
            for waiting in together:
                try:
                    with connection.begin_nested():
                        answers.append((waiting, waiting.unit(connection)))
                except Exception as refusal:
                    if isinstance(refusal, DBAPIError) and _passing(refusal):
                        raise
                    waiting.future.set_exception(refusal)
    except Exception as fault:
        reported = Busy(str(_first(fault).orig)) if isinstance(fault, DBAPIError) else fault
        for waiting in together:
            if not waiting.future.done():
                waiting.future.set_exception(reported)
        return
    for waiting, answer in answers:
        waiting.future.set_result(answer)


def _first(fault: DBAPIError) -> DBAPIError:
    """What went wrong first: SQLite ends the transaction by itself, and taking back the savepoint then fails too."""
    while isinstance(fault.__context__, DBAPIError):
        fault = fault.__context__
    return fault


def _passing(fault: DBAPIError) -> bool:
    """Whether the fault is of the moment (lock, disk, connection) and not of the data."""
    state = getattr(fault.orig, "sqlstate", None)
    if state is not None:
        return state in ("40001", "40P01") or state[:2] in ("08", "53", "57", "58") or _waited(fault)
    return fault.connection_invalidated or isinstance(fault, OperationalError | InterfaceError)


def _waited(fault: DBAPIError) -> bool:
    """Whether PostgreSQL gave up after waiting for a lock or a statement: who asked has waited long enough too."""
    return getattr(fault.orig, "sqlstate", None) in ("55P03", "57014")


def _postgresql(url: URL) -> Engine:
    limits = "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s"
    arguments = {"options": limits, "connect_timeout": 5}
    return create_engine(
        url, pool_size=READERS * 3, pool_pre_ping=True, pool_timeout=5, connect_args=arguments, hide_parameters=True
    )


def _sqlite(url: URL, reading: bool, checkpoints: bool) -> Engine:
    size = {"pool_size": READERS} if reading else {"pool_size": 1, "max_overflow": 0}
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True, **size)
    # FULL because we answer "applied" on commit and the phone then lets go; NORMAL may lose a commit with the power.
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "trusted_schema=OFF"]
    if reading:
        pragmas.append("query_only=ON")
    elif not checkpoints:
        pragmas.append("wal_autocheckpoint=0")

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that turns into a writer fails at once when another has written meanwhile.
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
