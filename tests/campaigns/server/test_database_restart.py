"""PostgreSQL goes away and comes back while phones push: the same server goes on, and nothing is lost or doubled."""

from pathlib import Path

from tests.campaigns.server import outages, table
from tests.campaigns.server.table import Row

TIMES = 6


def test_the_same_server_goes_on_when_postgresql_comes_back(tmp_path: Path) -> None:
    restarts = outages.restarts(tmp_path, TIMES)
    table.record(restarts.row())
    assert not restarts.found
    assert restarts.kills == TIMES
    assert restarts.refused["ready"] >= 1, "while PostgreSQL is gone, the server is not ready"
    assert restarts.refused["push"] >= 1


def test_a_server_that_blames_the_data_for_a_lost_connection_is_found(tmp_path: Path) -> None:
    restarts = outages.restarts(tmp_path, TIMES, "tests.campaigns.server.faults.blames_the_data")
    caught = bool(restarts.other)
    table.record(Row(campaign=outages.RESTART, database="PostgreSQL", planted=1, caught=int(caught)))
    assert caught, restarts.found
