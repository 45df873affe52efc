"""What the server said survives its death, at whatever moment; see README.md beside this folder."""

from pathlib import Path

import pytest

from tests.campaigns.server import table
from tests.campaigns.server.kills import FAULTS, Kills, hunt
from tests.campaigns.server.phones import Phone, Unanswered, people
from tests.campaigns.server.running import serving

KILLS = 10
WRITERS = 6


def test_what_was_answered_is_kept_and_no_push_is_half_there_when_the_server_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    kills = Kills(database_url, tmp_path, WRITERS, seed=1).run(KILLS)
    table.record(kills.row())
    assert not kills.found
    assert kills.kills >= KILLS
    assert kills.acknowledged > 10 * KILLS, "hardly anything was written"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_by_kills(database_url: str, tmp_path: Path, fault: str) -> None:
    row = table.record(hunt(fault, database_url, tmp_path, 2 * KILLS, WRITERS, seed=1))
    assert row.caught


def test_a_killed_server_leaves_no_process_and_no_answer(database_url: str, tmp_path: Path) -> None:
    (worker,) = people(database_url, workers=1)
    with serving(database_url, tmp_path) as server:
        phone = Phone(worker, server)
        phone.sign_in()
        processes = server.processes()
        assert len(processes) > 1, "the server has no worker of its own"
        server.kill()
        assert not any(is_alive(process) for process in processes)
        with pytest.raises(Unanswered):
            phone.push([phone.an_operation()])
        server.start()
        assert phone.push([phone.an_operation()]).status == 200
        phone.hang_up()


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
