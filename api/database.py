"""The two databases behind one door: `read(unit)` and `write(unit)`, where a unit is a function of a connection.

SQLite has one writer: a thread that owns the only connection that ever writes and checkpoints. Units that wait
together share one commit, each in its savepoint, and no answer leaves before COMMIT returned. PostgreSQL gives each
unit its own transaction and runs it again, whole, after a serialization failure, a deadlock or a lost connection: but
only when the first run is known to be undone. So a unit takes effect once, and may change nothing but its connection.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from api import engines
from api.database_faults import earliest, passing, stays
from api.engines import READERS

T = TypeVar("T")

# As many commits as 64 phones wait for at once; more would only make the first of them wait longer.
MOST_UNITS_A_COMMIT = 64
# With the pauses below: about six seconds, which outlasts a restart of PostgreSQL.
TRIES = 7


class Busy(Exception):
    """The database cannot take or give anything now. Nothing was stored, or nobody can say. Answered as 503."""


class Database:
    """An open database. `writer` and `reader` are its engines."""

    def __init__(self, url: str, checkpoints: bool = True) -> None:
        """Opens it. A second process beside the server leaves the checkpoints of SQLite to the server."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.is_sqlite:
            self.writer = engines.sqlite(self.url, reading=False, checkpoints=checkpoints)
            self.reader = engines.sqlite(self.url, reading=True, checkpoints=False)
        else:
            self.writer = self.reader = engines.postgresql(self.url)
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
        number: str | None = None
        try:
            with self.writer.begin() as connection:
                answer = unit(connection)
                life = connection.info.get("life")
                number = connection.execute(_NUMBER).scalar()
        except DBAPIError as fault:
            # Without a number COMMIT was not asked for, or there was nothing to commit.
            if number is None or not passing(fault) or not self._was_committed(number, life):
                raise
        return answer

    def _was_committed(self, number: str, life: str | None) -> bool:
        """What became of a transaction whose COMMIT was sent and not answered. Busy where PostgreSQL cannot say."""
        for attempt in range(TRIES):
            try:
                with self.reader.connect() as connection:
                    became = connection.execute(_BECAME, {"number": number}).scalar()
                    same_life = life is not None and connection.info.get("life") == life
            except DBAPIError as fault:
                if getattr(fault.orig, "sqlstate", None) == _NO_SUCH_NUMBER:
                    return False  # It went with a crash, and is not given to another yet.
                if not passing(fault):
                    raise
            else:
                if became == "aborted" or (became == "committed" and same_life):
                    return bool(became == "committed")
                if became == "committed":
                    break  # Perhaps ours; perhaps ours went with the crash, and its number was given to another.
            _pause(attempt)
        raise Busy("The connection was lost during COMMIT, and PostgreSQL cannot say what became of it.")

    def _tried(self, work: Callable[[], T]) -> T:
        for attempt in range(TRIES):
            try:
                return work()
            except DBAPIError as fault:
                if not passing(fault):
                    raise
                if self.is_sqlite or stays(fault) or attempt == TRIES - 1:
                    raise Busy(str(fault.orig)) from fault
                _pause(attempt)
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
                savepoint = connection.begin_nested()
                try:
                    answer = waiting.unit(connection)
                except Exception as refusal:
                    savepoint.rollback()
                    if isinstance(refusal, DBAPIError) and passing(refusal):
                        raise
                    waiting.future.set_exception(refusal)
                else:
                    # Should this fail, the unit may not be stored with the others, so nothing is.
                    savepoint.commit()
                    answers.append((waiting, answer))
    except Exception as fault:
        reported = Busy(str(earliest(fault).orig)) if isinstance(fault, DBAPIError) else fault
        for waiting in together:
            if not waiting.future.done():
                waiting.future.set_exception(reported)
        return
    for waiting, answer in answers:
        waiting.future.set_result(answer)


def _pause(attempt: int) -> None:
    time.sleep(0.05 * 2**attempt)


# PostgreSQL keeps what became of each transaction that wrote, by its number. After a crash, and only then, it gives a
# number that nothing of was on the disk to another transaction; and then it begins its statistics anew, too.
_NUMBER = text("SELECT CAST(pg_current_xact_id_if_assigned() AS text)")
_BECAME = text("SELECT pg_xact_status(CAST(:number AS xid8))")
_NO_SUCH_NUMBER = "22023"
