"""The two databases behind one door: nothing is lost, and no answer leaves before it is kept."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from uuid_utils.compat import uuid7

from api import clock
from api.database import MOST_UNITS_A_COMMIT, TRIES, Busy, Database
from api.store import accounts
from api.store.tables import team
from tests.api.conftest import Place
from tests.make import SIGNPOSTING, a_person_operation, a_set, after, an_operation

SERVICE, TEAM = uuid7(), uuid7()
TODAY = clock.civil_date(clock.now())
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
postgresql_only = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with one service and one team."""

    def fill(connection: Connection) -> None:
        accounts.add_service(connection, SERVICE, "Riverside", 0)
        accounts.add_team(connection, SERVICE, TEAM, "North")

    database.write_now(fill)
    return database


def add_team(connection: Connection, name: str = "Another") -> UUID:
    team_id = uuid7()
    accounts.add_team(connection, SERVICE, team_id, name)
    return team_id


def teams(connection: Connection) -> list[str]:
    return list(connection.execute(select(team.c.name).order_by(team.c.name)).scalars())


def count_on(connection: Connection) -> None:
    """Reads a number, thinks for a moment, and writes the next one."""
    seq = accounts.lock_teams(connection, SERVICE, [TEAM])[TEAM]
    time.sleep(0.001)
    accounts.set_seq(connection, SERVICE, {TEAM: seq + 1})


def seq_of(connection: Connection) -> int:
    found: int = connection.execute(select(team.c.seq).where(team.c.id == TEAM)).scalar_one()
    return found


class Held:
    """A writer that is busy with one unit until it is let go, so that others wait behind it."""

    def __init__(self, database: Database) -> None:
        self._begun, self._go = threading.Event(), threading.Event()
        self.task = asyncio.ensure_future(database.write(self._unit))

    def _unit(self, _: Connection) -> None:
        self._begun.set()
        assert self._go.wait(10)

    async def begun(self) -> None:
        await asyncio.to_thread(self._begun.wait, 10)

    def go(self) -> None:
        self._go.set()


@contextmanager
def counted(engine: Engine, of: str) -> Iterator[list[Any]]:
    """What happens on an engine while the block runs."""
    found: list[Any] = []
    listener: Callable[..., None] = lambda *arguments: found.append(arguments)  # noqa: E731
    event.listen(engine, of, listener)
    yield found
    event.remove(engine, of, listener)


async def until(condition: Callable[[], bool]) -> None:
    patience = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < patience
        await asyncio.sleep(0.005)


# Nothing is lost


async def test_eight_writers_that_read_and_write_lose_nothing(filled: Database) -> None:
    async def write() -> None:
        for _ in range(10):
            await filled.write(count_on)

    await asyncio.gather(*(write() for _ in range(8)))

    assert await filled.read(seq_of) == 80


def test_eight_threads_without_an_event_loop_lose_nothing_either(filled: Database) -> None:
    threads = [threading.Thread(target=filled.write_now, args=[count_on]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert filled.read_now(seq_of) == 8


async def test_a_second_process_that_writes_waits_for_its_turn(filled: Database, database_url: str) -> None:
    """A command beside the running server. Were its transaction to begin by reading, it would fail when it writes."""

    async def write(database: Database) -> None:
        for _ in range(10):
            await database.write(count_on)

    with Database(database_url, checkpoints=False) as beside:
        await asyncio.gather(*(write(database) for database in (filled, beside) for _ in range(3)))

    assert await filled.read(seq_of) == 60


async def test_pushes_at_once_are_numbered_without_gap_and_of_two_amends_one_wins(place: Place) -> None:
    create = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))
    await place.sam.push(create)
    batches = [
        [an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY))) for _ in range(3)] for _ in range(8)
    ]
    amends = [after(create, base=1, set={"minutes": minutes}) for minutes in range(6)]

    pushed = await asyncio.gather(*(place.sam.results(*batch) for batch in batches))
    amended = [one for (one,) in await asyncio.gather(*(place.sam.results(amend) for amend in amends))]

    assert sorted(one["seq"] for batch in pushed for one in batch) == list(range(2, 26))
    assert sorted(one["seq"] for one in amended) == list(range(26, 32))
    assert sorted(one["outcome"] for one in amended) == ["applied"] + ["conflict"] * 5
    (winner,) = (one for one in amended if one["outcome"] == "applied")
    rows = {row["id"]: row for row in await place.sam.rows(place.north)}
    assert rows[create["thing_id"]] == winner["record"]


async def test_the_same_push_sent_many_times_at_once_is_stored_once(place: Place) -> None:
    create = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))

    answers = [one for (one,) in await asyncio.gather(*(place.sam.results(create) for _ in range(8)))]

    assert sorted(one["outcome"] for one in answers) == ["applied"] + ["duplicate"] * 7
    assert {one["seq"] for one in answers} == {1}


# Answers after COMMIT


async def test_an_answer_waits_for_the_commit(filled: Database) -> None:
    reached, go = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        reached.set()
        assert go.wait(10)

    event.listen(filled.writer, "commit", hold)
    writing = asyncio.ensure_future(filled.write(add_team))
    await asyncio.to_thread(reached.wait, 10)
    done_before = writing.done()
    go.set()

    assert isinstance(await writing, UUID)
    assert not done_before


async def test_a_commit_that_fails_stores_nothing_and_nobody_is_told_otherwise(filled: Database) -> None:
    """A foreign key that is checked at COMMIT leads nowhere."""

    def breaks_the_commit(connection: Connection) -> str:
        add_team(connection, "Lost")
        if filled.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            connection.execute(insert(team), {"service_id": uuid7(), "id": uuid7(), "name": "Nowhere", "seq": 0})
        else:
            connection.execute(text("CREATE TEMP TABLE there (id int PRIMARY KEY)"))
            connection.execute(text("CREATE TEMP TABLE here (id int REFERENCES there DEFERRABLE INITIALLY DEFERRED)"))
            connection.execute(text("INSERT INTO here VALUES (1)"))
        return "stored"

    with pytest.raises((Busy, IntegrityError)):
        await filled.write(breaks_the_commit)

    assert await filled.read(teams) == ["North"]
    await filled.write(add_team)
    assert await filled.read(teams) == ["Another", "North"]


@sqlite_only
async def test_a_shared_commit_that_fails_is_busy_for_all_who_shared_it(filled: Database) -> None:
    def breaks_the_commit(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.execute(insert(team), {"service_id": uuid7(), "id": uuid7(), "name": "Nowhere", "seq": 0})

    held = Held(filled)
    await held.begun()
    together = [asyncio.ensure_future(filled.write(unit)) for unit in (add_team, breaks_the_commit, add_team)]
    await until(lambda: filled._queue.qsize() == 3)
    held.go()
    answers = await asyncio.gather(*together, return_exceptions=True)

    assert [type(answer) for answer in answers] == [Busy, Busy, Busy]
    assert await filled.read(teams) == ["North"]


@sqlite_only
async def test_units_that_wait_together_share_one_commit_and_one_that_raises_loses_only_its_own(
    filled: Database,
) -> None:
    def raises(connection: Connection) -> None:
        add_team(connection, "Raised")
        raise ValueError("not this one")

    def breaks_a_key(connection: Connection) -> None:
        add_team(connection, "Broken")
        connection.execute(insert(team), {"service_id": SERVICE, "id": TEAM, "name": "Twice", "seq": 0})

    held = Held(filled)
    await held.begun()
    with counted(filled.writer, "commit") as commits:
        units = (lambda c: add_team(c, "First"), raises, breaks_a_key, lambda c: add_team(c, "Last"))
        together = [asyncio.ensure_future(filled.write(unit)) for unit in units]
        await until(lambda: filled._queue.qsize() == 4)
        held.go()
        answers = await asyncio.gather(*together, return_exceptions=True)
    await held.task

    assert [type(answer) for answer in answers] == [UUID, ValueError, IntegrityError, UUID]
    assert await filled.read(teams) == ["First", "Last", "North"]
    assert len(commits) == 2, "one of the unit that held them up, one of all the others"


@sqlite_only
async def test_a_unit_whose_savepoint_cannot_be_released_is_not_stored_and_the_writer_goes_on(filled: Database) -> None:
    def refuse(*_: object) -> None:
        event.remove(filled.writer, "release_savepoint", refuse)
        raise ValueError("not this one")

    event.listen(filled.writer, "release_savepoint", refuse)
    with pytest.raises(ValueError, match="not this one"):
        await filled.write(lambda connection: add_team(connection, "Lost"))

    await asyncio.wait_for(filled.write(add_team), 10)
    assert await filled.read(teams) == ["Another", "North"]


@sqlite_only
async def test_no_more_units_share_a_commit_than_its_first_can_wait_for(filled: Database) -> None:
    held = Held(filled)
    await held.begun()
    with counted(filled.writer, "commit") as commits:
        together = [asyncio.ensure_future(filled.write(add_team)) for _ in range(MOST_UNITS_A_COMMIT + 1)]
        await until(lambda: filled._queue.qsize() == MOST_UNITS_A_COMMIT + 1)
        held.go()
        await asyncio.gather(held.task, *together)

    assert len(commits) == 3


async def test_a_unit_that_raises_stores_nothing_and_raises_what_it_raised(filled: Database) -> None:
    def raises(connection: Connection) -> None:
        add_team(connection)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await filled.write(raises)
    with pytest.raises(ValueError, match="no"):
        filled.write_now(raises)

    assert await filled.read(teams) == ["North"]


# Callers who go away


async def test_a_caller_who_goes_away_while_waiting_holds_up_nobody(filled: Database) -> None:
    held = Held(filled)
    await held.begun()
    gone = asyncio.ensure_future(filled.write(lambda connection: add_team(connection, "Gone")))
    stays = asyncio.ensure_future(filled.write(lambda connection: add_team(connection, "Stays")))
    await asyncio.sleep(0.05)

    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    held.go()

    assert isinstance(await asyncio.wait_for(stays, 10), UUID)
    assert isinstance(await asyncio.wait_for(filled.write(add_team), 10), UUID)
    assert "Stays" in await filled.read(teams)


async def test_a_caller_who_goes_away_in_the_midst_changes_nothing_for_the_unit(filled: Database) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        assert go.wait(10)
        add_team(connection, "Slow")

    gone = asyncio.ensure_future(filled.write(slow))
    await asyncio.to_thread(begun.wait, 10)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    go.set()
    await asyncio.wait_for(filled.write(add_team), 10)

    await until(lambda: filled.read_now(teams) == ["Another", "North", "Slow"])


# Reading


async def test_a_reader_sees_one_moment_however_much_is_written_meanwhile(filled: Database) -> None:
    def read(connection: Connection) -> tuple[list[str], list[str]]:
        before = teams(connection)
        filled.write_now(add_team)
        return before, teams(connection)

    before, after_writing = await filled.read(read)

    assert before == after_writing == ["North"]
    assert await filled.read(teams) == ["Another", "North"]


async def test_a_unit_that_reads_cannot_write(filled: Database) -> None:
    with pytest.raises((DBAPIError, Busy)):
        await filled.read(add_team)

    assert await filled.read(teams) == ["North"]
    await filled.write(add_team)


@sqlite_only
async def test_the_file_is_kept_as_the_promises_need_it(filled: Database) -> None:
    def pragmas(connection: Connection) -> list[Any]:
        names = ("journal_mode", "synchronous", "foreign_keys", "query_only", "trusted_schema", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert await filled.write(pragmas) == ["wal", 2, 1, 0, 0, 5000]
    assert await filled.read(pragmas) == ["wal", 2, 1, 1, 0, 5000]


async def test_a_fault_never_repeats_what_was_to_be_stored(filled: Database) -> None:
    """Faults are logged; what somebody wrote is not."""

    def breaks_a_key(connection: Connection) -> None:
        row = {"service_id": SERVICE, "id": TEAM, "name": "Something private", "seq": 0}
        connection.execute(insert(team), row)

    with pytest.raises(IntegrityError) as fault:
        await filled.write(breaks_a_key)

    assert "INSERT INTO team" in str(fault.value)
    assert "private" not in str(fault.value)


# Faults of the moment


@sqlite_only
async def test_a_file_that_another_process_writes_to_is_busy_and_then_free_again(
    filled: Database, database_url: str
) -> None:
    with filled.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Busy):
        await filled.write(add_team)
    assert await filled.read(teams) == ["North"], "reading goes on"
    other.execute("ROLLBACK")
    other.close()

    await filled.write(add_team)
    assert await filled.read(teams) == ["Another", "North"]


@sqlite_only
async def test_a_push_that_cannot_be_stored_now_is_503_and_may_be_sent_again(place: Place, database_url: str) -> None:
    with place.database.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    create = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))

    refused = await place.sam.send(create)
    other.execute("ROLLBACK")
    other.close()
    (again,) = await place.sam.results(create)

    assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (503, "busy", "5")
    assert again["outcome"] == "applied"


class Failing:
    """A unit that PostgreSQL breaks off the first `times` times."""

    def __init__(self, fault: str, times: int = 1) -> None:
        self.fault, self.times, self.runs = fault, times, 0

    def __call__(self, connection: Connection) -> None:
        self.runs += 1
        add_team(connection)
        if self.runs <= self.times:
            connection.execute(text(self.fault))


def raising(sqlstate: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '{sqlstate}'; END $$"


@postgresql_only
@pytest.mark.parametrize(
    "fault",
    [raising("40001"), raising("40P01"), raising("53300"), "SELECT pg_terminate_backend(pg_backend_pid())"],
    ids=["serialization failure", "deadlock", "too many connections", "terminated backend"],
)
async def test_a_unit_that_fails_by_chance_runs_again_whole(filled: Database, fault: str) -> None:
    unit = Failing(fault)

    await filled.write(unit)

    assert unit.runs == 2
    assert await filled.read(teams) == ["Another", "North"], "what the first run did is gone"


@postgresql_only
async def test_two_units_that_wait_for_each_other_both_end_well(filled: Database) -> None:
    """A real deadlock: each holds one row and wants the other's."""
    other = await filled.write(add_team)
    meet = threading.Barrier(2, timeout=10)
    runs: list[UUID] = []

    def crosswise(first: UUID, second: UUID) -> Callable[[Connection], None]:
        def unit(connection: Connection) -> None:
            runs.append(first)
            for number, team_id in enumerate((first, second)):
                connection.execute(update(team).where(team.c.id == team_id).values(seq=team.c.seq + 1))
                if number == 0 and len(runs) <= 2:
                    meet.wait()

        return unit

    await asyncio.gather(filled.write(crosswise(TEAM, other)), filled.write(crosswise(other, TEAM)))

    assert len(runs) == 3
    counts = await filled.read(lambda connection: list(connection.execute(select(team.c.seq)).scalars()))
    assert counts == [2, 2]


@postgresql_only
async def test_a_reader_whose_connection_is_lost_reads_again(filled: Database) -> None:
    runs: list[int] = []

    def read(connection: Connection) -> list[str]:
        runs.append(1)
        if len(runs) == 1:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return teams(connection)

    assert await filled.read(read) == ["North"]
    assert len(runs) == 2


@postgresql_only
async def test_what_does_not_pass_is_busy_in_the_end_and_nothing_is_stored(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("api.database.time.sleep", pauses.append)
    unit = Failing(raising("40001"), times=TRIES)

    with pytest.raises(Busy):
        await filled.write(unit)

    assert unit.runs == TRIES
    assert 3 < sum(pauses) < 10, "long enough for a restart, short enough for a phone"
    assert await filled.read(teams) == ["North"]


@postgresql_only
@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (raising("23505"), IntegrityError),
        (raising("22001"), DBAPIError),
        ("SELECT * FROM nowhere", DBAPIError),
        (raising("55P03"), Busy),
        (raising("57014"), Busy),
        (raising("53100"), Busy),
        (raising("25006"), Busy),
        (raising("XX000"), Busy),
    ],
    ids=["key", "data", "statement", "lock timeout", "statement timeout", "disk full", "only reads", "unexpected"],
)
async def test_a_fault_of_the_data_and_a_wait_that_was_long_enough_are_not_tried_again(
    filled: Database, fault: str, raised: type[Exception]
) -> None:
    unit = Failing(fault)

    with pytest.raises(raised):
        await filled.write(unit)

    assert unit.runs == 1
    assert await filled.read(teams) == ["North"]


@postgresql_only
async def test_a_push_behind_a_lock_that_stays_is_503(place: Place) -> None:
    def impatient(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")

    create = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))
    event.listen(place.database.writer, "begin", impatient)
    with place.database.writer.connect() as other, other.begin():
        other.execute(select(team).with_for_update())
        refused = await place.sam.send(create)
    (again,) = await place.sam.results(create)

    assert (refused.status_code, refused.json()["code"]) == (503, "busy")
    assert again["outcome"] == "applied"


# Closing


async def test_what_waits_when_the_database_closes_is_still_done(filled: Database, database_url: str) -> None:
    held = Held(filled)
    await held.begun()
    waiting = [asyncio.ensure_future(filled.write(add_team)) for _ in range(5)]
    await asyncio.sleep(0.05)
    closing = asyncio.ensure_future(asyncio.to_thread(filled.close))
    await asyncio.sleep(0.05)
    assert not closing.done()
    held.go()

    await asyncio.wait_for(asyncio.gather(closing, held.task, *waiting), 10)

    with Database(database_url) as opened:
        assert len(opened.read_now(teams)) == 6


async def test_a_closed_database_is_busy_for_readers_and_writers(filled: Database) -> None:
    await filled.write(add_team)
    filled.close()

    for asked in (filled.read(teams), filled.write(add_team)):
        with pytest.raises(Busy, match="closed"):
            await asyncio.wait_for(asked, 10)
    filled.close()
    assert not [thread for thread in threading.enumerate() if thread is filled._writing and thread.is_alive()]


@sqlite_only
async def test_writers_that_come_while_it_closes_are_answered_one_way_or_the_other(filled: Database) -> None:
    async def write() -> bool:
        try:
            await filled.write(add_team)
        except Busy:
            return False
        return True

    writing = [asyncio.ensure_future(write()) for _ in range(20)]
    closing = asyncio.ensure_future(asyncio.to_thread(filled.close))
    writing += [asyncio.ensure_future(write()) for _ in range(20)]

    answers = await asyncio.wait_for(asyncio.gather(*writing), 10)
    await closing

    assert len(answers) == 40


# How many statements


def mixed(place: Place, size: int) -> list[dict[str, Any]]:
    """A batch of every sort of operation, `size` of each."""
    entries = [
        an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY), details=SIGNPOSTING)) for _ in range(size)
    ]
    persons = [a_person_operation(team_id=place.north) for _ in range(size)]
    return [
        *entries,
        *persons,
        *[after(one, set={"minutes": 50}) for one in entries],
        *[after(one, action="void") for one in entries],
        *[after(one, set={"code": "WREN-3"}) for one in persons],
    ]


@pytest.mark.parametrize("batch", ["creates", "mixed", "again"])
async def test_a_batch_of_fifty_costs_as_many_statements_as_one_of_five(place: Place, batch: str) -> None:
    counts = []
    for size in (5, 50):
        if batch == "mixed":
            operations = mixed(place, size // 5)
        else:
            operations = [an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY))) for _ in range(size)]
        if batch == "again":
            await place.sam.push(*operations)
        with counted(place.database.writer, "before_cursor_execute") as statements:
            results = await place.sam.results(*operations)
        assert {result["outcome"] for result in results} == {"duplicate" if batch == "again" else "applied"}
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 25


async def test_a_pull_costs_as_many_statements_for_many_rows_as_for_few(place: Place) -> None:
    counts = []
    for _ in range(2):
        with counted(place.database.reader, "before_cursor_execute") as statements:
            await place.sam.pull()
        counts.append(len(statements))
        await place.sam.push(*mixed(place, 10))

    assert counts[0] == counts[1]
