"""The server decides as the design says, whatever is sent in whatever order; see README.md beside this folder."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.campaigns.server import states, table
from tests.campaigns.server.running import migrated
from tests.campaigns.server.states import FAULTS, States

EXAMPLES = 20
# Those that are found soonest; `python -m tests.campaigns.server` plants all.
SMALL = [
    "an operation is not looked up before it is stored",
    "who left a team is forgotten",
    "a conflict that was settled waits for ever",
    "a voided entry counts on",
]
# Without these the machine would play beside the rules.
HAS_TO_HAPPEN = {
    ("applied",),
    ("conflict", "exists"),
    ("conflict", "unknown_entry"),
    ("conflict", "entry_void"),
    ("conflict", "version"),
    ("conflict", "not_member"),
    ("conflict", "rule:closed"),
    ("conflict", "rule:future_date"),
    ("conflict", "rule:too_far_back"),
    ("conflict", "rule:merge"),
    ("rejected", "forged"),
    ("rejected", "id_reused"),
    ("rejected", "not_authorised"),
    ("rejected", "schema_newer"),
    ("rejected", "unreadable"),
    ("settled", "by a lead", "accepted"),
    ("settled", "by a lead", "left"),
    ("settled", "by its author", "mended"),
}


def test_the_server_decides_as_the_model_does(database_url: str) -> None:
    played = States(database_url).run(EXAMPLES)
    table.record(played.row())
    assert played.seen.keys() >= HAS_TO_HAPPEN


@pytest.fixture
def shared_memory() -> Iterator[Path]:
    """In memory where there is such a place: what a disk does to a database is not what is looked at here."""
    shared = Path("/dev/shm")
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


@pytest.mark.parametrize("fault", SMALL)
def test_a_planted_fault_is_found_by_the_machine(shared_memory: Path, fault: str) -> None:
    assert table.record(states.hunt(fault, migrated(f"sqlite:///{shared_memory / 'planted.db'}"))).caught


def test_the_small_ones_are_faults_that_are_planted() -> None:
    assert set(SMALL) <= FAULTS.keys()
