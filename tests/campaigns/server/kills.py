"""Kills: the real server dies at any moment under load, and what it said is held against what it kept."""

import random
import threading
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, func, select

from api.database import Database
from api.store.tables import entry, operation, person, team
from tests.campaigns.server.faults import PACKAGE
from tests.campaigns.server.load import First, Writer
from tests.campaigns.server.phones import PATIENCE, Phone, people
from tests.campaigns.server.running import Serving, kind_of, serving, verified
from tests.campaigns.server.table import Row

CAMPAIGN = "kill -9 of the server"
# What it has to find when it is planted: modules of the package `faults`.
FAULTS = ("answers_early", "commits_in_halves")
# How long the load lasts before the next kill, at most.
LONGEST = 0.6
# One kill in so many is followed by another while the server starts again.
SECOND_KILL = 5
# As many ids as one statement takes.
CHUNK = 500


def hunt(fault: str, url: str, folder: Path, kills: int, writers: int, seed: int) -> Row:
    """Whether so many kills find a planted fault, for the table."""
    found = Kills(url, folder, writers, seed).run(kills, f"{PACKAGE}.{fault}", until_found=True)
    caught = bool({"answers_early": found.lost, "commits_in_halves": found.halved}[fault])
    return Row(campaign=CAMPAIGN, database=kind_of(url), planted=1, caught=int(caught))


class Kills:
    """One campaign on one migrated database without a service: writers, a server, and what came of them."""

    def __init__(self, url: str, folder: Path, writers: int, seed: int) -> None:
        self.url, self.folder = url, folder
        self.kills = 0
        self.lost: list[str] = []
        self.halved: list[str] = []
        self.doubled: list[str] = []
        self.other: list[str] = []
        self._random = random.Random(seed)
        self._gate = threading.Event()
        self._seeds = range(seed * 1000, seed * 1000 + writers)
        self._writers: list[Writer] = []
        # Answered, and found as answered.
        self._seen: list[tuple[str, First]] = []

    def run(self, kills: int, module: str = "api", until_found: bool = False) -> "Kills":
        """So many kills; or, to hunt for a planted fault, until something is found."""
        workers = people(self.url, len(self._seeds), teams=2)
        with serving(self.url, self.folder, module) as server:
            phones = [Phone(worker, server) for worker in workers]
            self._writers = [Writer(phone, seed, self._gate) for phone, seed in zip(phones, self._seeds, strict=True)]
            for phone in phones:
                phone.sign_in()
            self._gate.set()
            for writer in self._writers:
                writer.start()
            try:
                while self.kills < kills and not (until_found and self.found):
                    self._kill_once(server)
                if not self.found:
                    self._end(server)
            finally:
                for writer in self._writers:
                    writer.quit()
                self._gate.set()
        return self

    @property
    def found(self) -> list[str]:
        """Everything that is not as it has to be."""
        return [*self.lost, *self.halved, *self.doubled, *self.other]

    @property
    def acknowledged(self) -> int:
        return sum(len(writer.answers) for writer in self._writers)

    def row(self) -> Row:
        """For the table; a push that is half there has lost its other half."""
        return Row(
            campaign=CAMPAIGN,
            database=kind_of(self.url),
            runs=1,
            faults=self.kills,
            acknowledged=self.acknowledged,
            lost=len(self.lost) + len(self.halved),
            doubled=len(self.doubled),
        )

    def _kill_once(self, server: Serving) -> None:
        time.sleep(self._random.uniform(0, LONGEST))
        server.kill()
        self._gate.clear()
        for writer in self._writers:
            noticed = writer.waits.wait(PATIENCE)
            assert noticed, f"{writer.name} does not notice that the server is gone"
        self.kills += 1
        if self._random.randrange(SECOND_KILL) == 0:
            server.launch()
            time.sleep(self._random.uniform(0, 1))
            server.kill()
            self.kills += 1
        server.start()
        self._look()
        for writer in self._writers:
            writer.waits.clear()
        self._gate.set()

    def _look(self) -> None:
        """Nobody writes: everything answered since the last look is there as answered, and no push is half there."""
        new: dict[str, First] = {}
        for writer in self._writers:
            new |= {number: writer.answers[number] for number in writer.fresh}
            writer.fresh.clear()
        old = dict(self._random.sample(self._seen, min(CHUNK, len(self._seen))))
        sent = [one["id"] for writer in self._writers for one in writer.in_flight]
        stored = _stored(self.url, {*new, *old, *sent})
        for number, first in (new | old).items():
            self._held_against(number, first, stored.get(number))
        self._seen += new.items()
        for writer in self._writers:
            there = {one["id"]: stored[one["id"]] for one in writer.in_flight if one["id"] in stored}
            # What an earlier look had found is there anyway; beyond it, one of the tries is, as a whole.
            new_there = there.keys() - writer.kept.keys()
            if new_there and not any(one - writer.kept.keys() == new_there for one in writer.tries):
                self.halved.append(f"{len(new_there)} operations of a push are there, and the rest of it is not")
            writer.kept |= there

    def _held_against(self, number: str, answered: First, stored: First | None) -> None:
        if stored is None:
            self.lost.append(f"operation {number} was answered {answered} and is gone")
        elif stored != answered:
            self.other.append(f"operation {number} was answered {answered} and is stored as {stored}")

    def _end(self, server: Serving) -> None:
        """Everything made is answered and there once, nothing else is, and the data agrees with itself."""
        for writer in self._writers:
            writer.end()
        for writer in self._writers:
            writer.join(PATIENCE)
            assert not writer.is_alive(), f"{writer.name} does not end"
            self.other += writer.faults
            self.doubled += writer.doubled
        if self.found:
            return
        self._look()
        issued = {number for writer in self._writers for number in writer.issued}
        stored = _stored(self.url, issued)
        self.lost += [f"operation {number} was made and is not there" for number in sorted(issued - stored.keys())]
        self.doubled += _surplus(self.url, len(stored))
        server.kill()
        server.start()
        assert server.stop() == 0, server.log.read_text()[-2000:]
        self.other += verified(self.url, self.folder)


def _stored(url: str, ids: Iterable[str]) -> dict[str, First]:
    """Which of these operations the database holds, and with which first answer."""
    wanted = sorted(ids)
    found: dict[str, First] = {}
    with Database(url, checkpoints=False) as database:
        for start in range(0, len(wanted), CHUNK):
            some = [UUID(number) for number in wanted[start : start + CHUNK]]
            found |= database.read_now(partial(_first_of, some))
    return found


def _first_of(ids: list[UUID], connection: Connection) -> dict[str, First]:
    columns = operation.c
    answer = (columns.outcome, columns.reason, columns.version, columns.seq)
    rows = connection.execute(select(columns.id, *answer).where(columns.id.in_(ids)))
    return {str(row[0]): First(*row[1:]) for row in rows}


def _surplus(url: str, expected: int) -> list[str]:
    """Operations that nobody made, or things that took more effect than their operations, counted in plain SQL."""
    effective = (operation.c.outcome == "applied", operation.c.noop.is_(False))
    counts = [
        select(func.count()).select_from(operation),
        select(func.sum(team.c.seq)),
        select(func.count()).select_from(operation).where(*effective),
        select(func.coalesce(func.sum(entry.c.version), 0)),
        select(func.coalesce(func.sum(person.c.version), 0)),
    ]

    def count(connection: Connection) -> list[int]:
        return [int(connection.execute(statement).scalar_one()) for statement in counts]

    with Database(url, checkpoints=False) as database:
        stored, numbers, applied, *versions = database.read_now(count)
    wrong = [f"{stored} operations are stored of {expected} that were made"] if stored != expected else []
    wrong += [f"{numbers} numbers were given to {stored} operations"] if numbers != stored else []
    wrong += [f"{sum(versions)} versions were made by {applied} operations"] if sum(versions) != applied else []
    return wrong
