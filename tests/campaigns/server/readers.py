"""Readers: one phone pulls with its cursor while sixteen write to its team, and must be given every row once."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from api.database import Database
from api.store.tables import entry, operation, person
from tests.campaigns.server.faults import PACKAGE
from tests.campaigns.server.phones import Phone, Worker, people
from tests.campaigns.server.running import kind_of, serving, verified
from tests.campaigns.server.table import Row

CAMPAIGN = "readers among writers"
# What it has to find when it is planted, where there is more than one writer at a time.
FAULT = f"{PACKAGE}.numbers_without_lock"
# As many sessions as a user may have, without the reader's own: the reader sees entries of its user alone.
OWN_WRITERS = 4
MOST_IN_A_PUSH = 5


def hunt(url: str, folder: Path, writers: int, seconds: float) -> Row:
    """Whether a reader finds the planted fault, for the table."""
    found = Readers(url, folder, writers, seconds).run(FAULT)
    return Row(campaign=CAMPAIGN, database=kind_of(url), planted=1, caught=int(bool(found.skipped)))


class Seen(NamedTuple):
    """A row as the reader was given it, and the number that its cursor stood at before and after that page."""

    id: str
    version: int
    began: int
    ended: int


class Readers:
    """One campaign on one migrated database without a service."""

    def __init__(self, url: str, folder: Path, writers: int, seconds: float) -> None:
        self.url, self.folder, self.seconds = url, folder, seconds
        self.skipped: list[str] = []
        self.doubled: list[str] = []
        self.other: list[str] = []
        self.pulls = 0
        self.acknowledged = 0
        self._seen: list[Seen] = []
        self._writers = writers
        self._until = 0.0

    def run(self, module: str = "api") -> "Readers":
        """Writes and reads for so many seconds, lets the reader read to the end, and looks at what it was given."""
        # Several processes where the database allows it: nothing that numbers depend on may be in one of them.
        processes = 1 if self.url.startswith("sqlite") else 2
        workers = people(self.url, self._writers)
        reader = workers[0]
        writing = [reader if number < OWN_WRITERS else worker for number, worker in enumerate(workers)]
        with serving(self.url, self.folder, module, workers=processes) as server:
            phone = Phone(reader, server)
            phones = [Phone(worker, server) for worker in writing]
            for one in (phone, *phones):
                one.sign_in()
            self._until = time.monotonic() + self.seconds
            threads = [threading.Thread(target=self._write, args=(one,), daemon=True) for one in phones]
            for thread in threads:
                thread.start()
            cursor = self._read(phone, None, lambda: any(thread.is_alive() for thread in threads))
            self._read(phone, cursor, lambda: False)
            phone.hang_up()
            assert server.stop() == 0, server.log.read_text()[-2000:]
        self._compare(reader)
        if not self.found:
            self.other += verified(self.url, self.folder)
        return self

    @property
    def found(self) -> list[str]:
        """Everything that is not as it has to be."""
        return [*self.skipped, *self.doubled, *self.other]

    @property
    def rows(self) -> int:
        """How many rows the reader was given."""
        return len(self._seen)

    def row(self) -> Row:
        """For the table; what a reader skips is lost to it."""
        return Row(
            campaign=CAMPAIGN,
            database=kind_of(self.url),
            runs=1,
            acknowledged=self.acknowledged,
            lost=len(self.skipped),
            doubled=len(self.doubled),
        )

    def _write(self, phone: Phone) -> None:
        number = 0
        try:
            while time.monotonic() < self._until:
                number += 1
                some = [self._create(phone, number + place) for place in range(1 + number % MOST_IN_A_PUSH)]
                answer = phone.push(some)
                stored = [result for result in answer.body["results"] if result["outcome"] == "applied"]
                self.acknowledged += len(stored)
                if len(stored) != len(some):
                    self.other.append(f"a push of creates was answered {answer}")
        except Exception as fault:
            self.other.append(f"a writer stopped: {type(fault).__name__}: {fault}")
        finally:
            phone.hang_up()

    def _create(self, phone: Phone, number: int) -> dict[str, Any]:
        if number % 2:
            return phone.an_operation(thing="person", set={"code": f"KITE-{number % 1000}"})
        return phone.an_operation()

    def _read(self, phone: Phone, cursor: str | None, goes_on: Callable[[], bool]) -> str | None:
        """Pulls page after page until there is no more and nobody writes; answers the last cursor."""
        team = str(phone.worker.team_id)
        while True:
            writing = goes_on()
            page = phone.pull({team: cursor}, limit=(1, 7, 500)[self.pulls % 3]).body["teams"][team]
            self.pulls += 1
            began, ended = _number(cursor), _number(page["cursor"])
            self._seen += [Seen(row["id"], row["version"], began, ended) for row in page["rows"]]
            cursor = page["cursor"]
            if not page["more"] and not writing:
                return cursor

    def _compare(self, reader: Worker) -> None:
        """Once each, none else, and in the order of the numbers."""

        def visible(connection: Connection) -> dict[str, int]:
            own = select(entry.c.id, entry.c.seq).where(entry.c.author_id == reader.user_id)
            shared = select(person.c.id, person.c.seq)
            return {str(row.id): row.seq for of in (own, shared) for row in connection.execute(of)}

        with Database(self.url, checkpoints=False) as database:
            there = database.read_now(visible)
            numbers = database.read_now(lambda connection: list(connection.scalars(select(operation.c.seq))))
        given = [seen.id for seen in self._seen]
        self.skipped += [f"row {one} has number {there[one]} and was skipped" for one in there.keys() - set(given)]
        self.doubled += [f"row {one} was given {times} times" for one, times in Counter(given).items() if times > 1]
        self.other += [f"row {one} is in nobody's table" for one in given if one not in there]
        order = [there[one] for one in given if one in there]
        if order != sorted(order):
            self.other.append("the rows did not come in the order of their numbers")
        for seen in self._seen:
            if not seen.began < (number := there.get(seen.id, 0)) <= seen.ended:
                self.other.append(f"row {seen.id} of number {number} came between {seen.began} and {seen.ended}")
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            self.other.append(f"the numbers of {len(numbers)} operations have holes")


def _number(cursor: str | None) -> int:
    """The team's number in a cursor; a phone does not look inside, a test may."""
    return int(cursor.split(".")[1]) if cursor else 0
