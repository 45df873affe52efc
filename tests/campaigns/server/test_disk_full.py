"""A full disk loses nothing: what cannot be stored is refused, and goes through when there is room again."""

from pathlib import Path

import pytest

from tests.campaigns.server import outages, table
from tests.campaigns.server.table import Row
from tests.conftest import DATABASES

# Each kind of full disk once; for a planted fault, which has to be met by chance, twice.
TIMES, TIMES_PLANTED = 2, 4


@pytest.mark.parametrize("kind", DATABASES)
def test_a_full_disk_refuses_with_503_and_the_same_server_goes_on_when_there_is_room(kind: str, tmp_path: Path) -> None:
    full = outages.disk_full(kind, tmp_path, TIMES)
    table.record(full.row())
    assert not full.found
    assert full.kills == TIMES
    if kind == "sqlite":
        assert full.refused["push"] == full.refused["sign in"] == TIMES
        assert not full.refused.keys() & {"live", "session", "pull", "volumes"}, "what only reads goes on"


@pytest.mark.parametrize("fault", ["shrugs", "blames_the_data"])
def test_a_planted_fault_is_found_when_the_disk_is_full(tmp_path: Path, fault: str) -> None:
    full = outages.disk_full("sqlite", tmp_path, TIMES_PLANTED, f"tests.campaigns.server.faults.{fault}")
    caught = bool(full.lost or full.doubled if fault == "shrugs" else full.other)
    table.record(Row(campaign=outages.DISK, database="SQLite", planted=1, caught=int(caught)))
    assert caught, full.found
