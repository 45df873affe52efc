"""A phone's saved work survives whatever happens between it and the server; see README.md beside this file."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns.simulator import campaign
from tests.campaigns.simulator.__main__ import told
from tests.campaigns.simulator.campaign import FAULTS
from tests.campaigns.simulator.planting import Fault
from tests.campaigns.simulator.simulation import Replaced, Simulation, simulation

STEPS = 150
SEEDS = range(1, 41)
# Seeds that failed once. They stay for ever.
KEPT = json.loads((Path(__file__).parent / "simulator" / "seeds.json").read_text())
# One for each kind of check, each found within a few seeds; `python -m tests.campaigns.simulator --faults` plants all.
SMALL = [
    "what is sent is marked as settled before it is answered",
    "results are taken by their place in the answer",
    "a 401 empties the outbox",
    "a new epoch offers nothing again",
    "an operation is not looked up before it is stored",
    "one push in a while is answered and not committed",
    "a page skips the row after it",
]


@pytest.fixture(scope="module")
def running() -> Iterator[Simulation]:
    """The server and the phones, ready for one seed after another."""
    with simulation() as ready:
        ready.plant()
        yield ready


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"{kept['seed']}: {kept['why']}")
def test_a_seed_that_failed_once_passes(running: Simulation, kept: dict[str, int]) -> None:
    report = running.run(kept["seed"], kept["steps"])
    assert report.violation is None, told(report)


def test_nothing_is_lost_and_nothing_takes_effect_twice() -> None:
    reports = campaign.run(SEEDS, STEPS, jobs=2)
    failed = [told(report) for report in reports if report.violation is not None]
    assert not failed, failed[0]
    assert sum(report.saved for report in reports) > 10 * len(reports), "hardly anything was saved"


def test_the_same_seed_happens_in_the_same_way_again_in_another_process(running: Simulation) -> None:
    running.run(8, STEPS)
    assert running.run(7, STEPS) == campaign.run([7, 9], STEPS, jobs=2)[0]


@pytest.fixture(scope="module")
def sound(running: Simulation) -> list[int]:
    """Seeds that pass while nothing is broken: only what such a seed finds is the planted fault."""
    found = [seed for seed in range(1, 7) if running.run(seed, STEPS).violation is None]
    assert found
    return found


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.name in SMALL], ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(running: Simulation, sound: list[int], fault: Fault) -> None:
    try:
        assert campaign.hunt(running, fault, sound, STEPS).seed is not None
    finally:
        running.plant()


def test_the_small_ones_are_faults_that_are_planted() -> None:
    assert set(SMALL) <= {fault.name for fault in FAULTS}


def test_a_planted_fault_whose_text_is_gone_is_an_error(running: Simulation) -> None:
    with pytest.raises(ValueError, match="does not hold this text exactly once"):
        running.plant([Replaced("engine.ts", "a text that nobody wrote", "")])
    running.plant()
