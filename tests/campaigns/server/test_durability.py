"""What was answered is on the disk: every write and flush of the real server is traced, then the power is cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from api.database import Database
from tests.campaigns.server import durability, durability_postgresql, table
from tests.campaigns.server.cluster import Cluster, cluster
from tests.campaigns.server.durability import LATE
from tests.campaigns.server.running import serving
from tests.campaigns.server.table import Row

CUTS = 60
RECOVERIES = 3
postgresql_only = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


def test_on_sqlite_every_write_is_flushed_before_its_answer_and_every_answer_outlives_a_power_cut(
    tmp_path: Path,
) -> None:
    traced = durability.on_sqlite(tmp_path)
    assert set().union(*(answer.ids for answer in traced.answers)) == traced.acknowledged
    copied = [event for event in traced.events if event.what == "write" and event.where.endswith("kept.db")]
    assert copied[0].began < traced.answers[-1].at, "there was no checkpoint between the answers"

    assert not durability.too_early(traced)
    lost = list(durability.lost(traced, CUTS))
    assert not lost

    # The log is a file that was just made. SQLite flushes the folder too; were it not to, all in it could be gone.
    folder = str(tmp_path / "data")
    flushed = [event for event in traced.events if event.what == "flush" and event.where == folder]
    without = [event for event in traced.events if event not in flushed]
    caught = any(durability.lost(traced._replace(events=without), CUTS))
    table.record(durability.row("SQLite", CUTS, len(traced.acknowledged), len(lost)))
    table.record(Row(campaign=durability.CAMPAIGN, database="SQLite", planted=1, caught=int(caught)))
    assert flushed
    assert caught


def test_a_server_on_sqlite_that_answers_before_it_flushes_is_found_by_both(tmp_path: Path) -> None:
    late = durability.on_sqlite(tmp_path, LATE, rounds=1)
    caught = [bool(durability.too_early(late)), any(durability.lost(late, CUTS))]
    table.record(Row(campaign=durability.CAMPAIGN, database="SQLite", planted=1, caught=int(all(caught))))
    assert caught == [True, True]


def test_on_postgresql_the_log_is_flushed_before_a_commit_is_answered_and_recovery_finds_all_of_it(
    own_cluster: Cluster, tmp_path: Path
) -> None:
    traced = durability_postgresql.on_postgresql(own_cluster, tmp_path)
    assert set().union(*(answer.ids for _, answer in traced.commits)) == traced.acknowledged
    assert not durability_postgresql.too_early(traced)
    lost = list(durability_postgresql.lost(own_cluster, traced, RECOVERIES))
    table.record(durability.row("PostgreSQL", RECOVERIES, len(traced.acknowledged), len(lost)))
    assert not lost


def test_a_server_on_postgresql_that_answers_before_the_flush_is_found_by_both(
    own_cluster: Cluster, tmp_path: Path
) -> None:
    late = durability_postgresql.on_postgresql(own_cluster, tmp_path, LATE, rounds=1)
    caught = [bool(durability_postgresql.too_early(late)), any(durability_postgresql.lost(own_cluster, late, 1))]
    table.record(Row(campaign=durability.CAMPAIGN, database="PostgreSQL", planted=1, caught=int(all(caught))))
    assert caught == [True, True]


@postgresql_only
@pytest.mark.parametrize(("given", "used"), [("off", "on"), ("local", "local"), ("remote_apply", "remote_apply")])
def test_a_database_that_is_told_not_to_wait_is_overruled_and_one_that_waits_for_more_is_not(
    database_url: str, given: str, used: str
) -> None:
    name = database_url.partition("@/")[2].partition("?")[0]
    with Database(database_url) as database:
        database.write_now(
            lambda connection: connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = {given}"))
        )
    with Database(database_url) as database:
        shown = database.write_now(lambda connection: connection.execute(text("SHOW synchronous_commit")).scalar())
    assert shown == used


@postgresql_only
def test_a_server_says_when_its_postgresql_does_not_flush_at_all(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path) as server:
        said = server.log.read_text()
    assert "fsync=off" in said
    assert "full_page_writes=off" in said
