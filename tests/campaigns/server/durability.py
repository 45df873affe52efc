"""Whether what was answered is on the disk: every write and flush is traced, and the power cut at every answer."""

import os
import random
import re
import signal
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec

from tests.campaigns.server import replay, trace
from tests.campaigns.server.phones import PATIENCE, Phone, Worker, people
from tests.campaigns.server.replay import Disk, Fate
from tests.campaigns.server.running import Serving, migrated, serving
from tests.campaigns.server.table import Row
from tests.campaigns.server.trace import Event

CAMPAIGN = "power cuts"
LATE = "tests.campaigns.server.faults.flushes_late"
STORED = ("applied", "duplicate", "conflict")


class Answer(NamedTuple):
    """An answer that began to leave at a line of the trace, and the operations that it says are stored."""

    at: int
    ids: frozenset[UUID]


class Traced(NamedTuple):
    """A run under a tracer: the files as they were before, what happened since, what was answered."""

    before: dict[str, bytes]
    events: list[Event]
    answers: list[Answer]
    acknowledged: set[UUID]


def on_sqlite(folder: Path, module: str = "api", rounds: int = 3) -> Traced:
    """A server on SQLite under a tracer while six phones push, alone and in batches, at the same time."""
    data = folder / "data"
    url = migrated(f"sqlite:///{data / 'kept.db'}")
    workers = people(url, 6, teams=2)
    before = files_of(data)
    with serving(url, folder, module, trace.tracer(folder / "trace")) as server:
        acknowledged = push_all(server, workers, rounds)
        _end(server)
    events = trace.events(folder / "trace", data)
    return Traced(before, events, list(_http_answers(events)), acknowledged)


def too_early(traced: Traced) -> list[str]:
    """Answers that left before every write that they rest on was flushed, for SQLite's write-ahead log."""
    log = next(event.where for event in traced.events if event.what == "write" and event.where.endswith("-wal"))
    written = [event for event in traced.events if event.what == "write" and event.where == log]
    # The head of the last frame of a transaction says how large the database is then; the page comes after it.
    commits = [place for place, event in enumerate(written) if len(event.data) == 24 and event.data[4:8] != bytes(4)]
    first = _first_written(written, traced.acknowledged)
    disk = Disk(traced.before, traced.events)
    found = []
    for answer in traced.answers:
        for one in answer.ids:
            commit = next((place for place in commits if one in first and place + 1 >= first[one]), None)
            if commit is None:
                found.append(f"{one}: answered and never written")
            elif left := disk.unflushed(log, written[commit + 1].began, answer.at):
                found.append(f"{one}: answered in line {answer.at} before {len(left)} writes were flushed")
    return found


def _first_written(written: list[Event], ids: set[UUID]) -> dict[UUID, int]:
    """The first of the writes that each id is in."""
    # What was made within one run begins alike, which finds the candidates quickly.
    pairs = zip(min(ids).hex, max(ids).hex, strict=True)
    alike = "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    candidates = re.compile(rb"(?=(" + alike.encode() + rb"[0-9a-f]{%d}))" % (32 - len(alike)))
    found: dict[UUID, int] = {}
    for place, event in enumerate(written):
        for text in candidates.findall(event.data):
            found.setdefault(UUID(text.decode()), place)
    return found


def row(database: str, cuts: int, acknowledged: int, lost: int) -> Row:
    """For the table: each power cut is an injected fault."""
    return Row(campaign=CAMPAIGN, database=database, runs=1, faults=cuts, acknowledged=acknowledged, lost=lost)


def lost(traced: Traced, cuts: int, seed: int = 1) -> Iterator[str]:
    """Cuts the power as often as said, at answers and at other moments, and tells what SQLite misses after each."""
    disk = Disk(traced.before, traced.events)
    for moment, fate in _cuts(traced, cuts, seed):
        promised = {one for answer in traced.answers if answer.at <= moment for one in answer.ids}
        for fault in _opened(disk.at(moment, fate), promised):
            yield f"power cut in line {moment}: {fault}"


def _cuts(traced: Traced, cuts: int, seed: int) -> Iterator[tuple[int, Fate]]:
    """Three in four at an answer, where the least is on the disk of what was promised; the others at any change.

    In every second nothing survives that was not flushed; in the others some of it does.
    """
    chance = random.Random(seed)
    answers = [answer.at for answer in traced.answers]
    changes = [event.began + 1 for event in traced.events if event.what in ("write", "cut", "flush")]
    for turn in range(cuts):
        moment = chance.choice(changes if turn % 4 == 3 else answers)
        yield moment, replay.nothing if turn % 8 < 4 else replay.some(chance.randrange(1 << 30))


def _opened(image: dict[str, bytes | None], promised: set[UUID]) -> Iterator[str]:
    """What SQLite finds wrong with a disk after the power is back."""
    with tempfile.TemporaryDirectory() as name:
        for path, data in image.items():
            # The memory that processes share is no part of what is kept.
            if data is not None and not path.endswith("-shm"):
                Path(name, Path(path).name).write_bytes(data)
        with closing(sqlite3.connect(Path(name, "kept.db"))) as connection:
            try:
                stored = {UUID(hex=row[0]) for row in connection.execute("SELECT id FROM operation")}
                said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
                loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            except sqlite3.DatabaseError as fault:
                yield f"the database cannot be read: {fault}"
                return
    if missing := promised - stored:
        yield f"{len(missing)} operations that were answered are gone"
    if said != "ok" or loose:
        yield f"the database is damaged: {said}, {loose}"


def push_all(server: Serving, workers: list[Worker], rounds: int) -> set[UUID]:
    """All workers push at once, one operation and more, as often as said. Answers what they were told is stored."""

    def one(worker: Worker) -> set[UUID]:
        phone = Phone(worker, server)
        phone.sign_in()
        stored: set[UUID] = set()
        for _ in range(rounds):
            for size in (1, 10, 1, 40):
                answer = phone.push([phone.an_operation() for _ in range(size)])
                assert answer.status == 200, answer
                stored |= {UUID(result["id"]) for result in answer.body["results"] if result["outcome"] in STORED}
        phone.hang_up()
        return stored

    with ThreadPoolExecutor(len(workers)) as together:
        return set().union(*together.map(one, workers))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _end(server: Serving) -> None:
    """Lets the server end by itself, so that the tracer writes down the last line."""
    until = time.monotonic() + PATIENCE
    while left := server.processes():
        for process in left:
            # The tracer is among them, and does not listen.
            os.kill(process, signal.SIGTERM)
        assert time.monotonic() < until, f"the traced server does not end:\n{server.log.read_text()}"
        time.sleep(0.2)


def _http_answers(events: Iterable[Event]) -> Iterator[Answer]:
    """The answers to pushes, put together from what was sent on each line."""
    begun: dict[str, tuple[int, bytes]] = {}
    for event in events:
        if event.what != "send":
            continue
        at, sent = begun.get(event.where, (event.began, b""))
        sent += event.data
        head, _, body = sent.partition(b"\r\n\r\n")
        lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        if not sent.startswith(b"HTTP/"):
            continue
        if not lengths or len(body) < int(lengths[0]):
            begun[event.where] = (at, sent)
            continue
        begun.pop(event.where, None)
        if b'"results"' in body:
            results = msgspec.json.decode(body)["results"]
            yield Answer(at, frozenset(UUID(one["id"]) for one in results if one["outcome"] in STORED))
