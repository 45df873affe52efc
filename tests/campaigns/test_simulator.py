"""A phone's saved work survives whatever happens between it and the server; see README.md beside this file."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.campaigns.simulator import campaign, scenarios
from tests.campaigns.simulator.__main__ import trace
from tests.campaigns.simulator.catching import FAULTS, Catcher, kept, prove
from tests.campaigns.simulator.directed import DoesNotRun, goes_red
from tests.campaigns.simulator.planting import Fault, broken
from tests.campaigns.simulator.simulation import STEPS, Replaced, Simulation, simulation
from tests.campaigns.simulator.table import Rows, rows_of_proofs, rows_of_runs, rows_of_scenarios

SEEDS = range(1, 201)
JOBS = 2
# Seeds that failed once. They stay for ever.
FAILED_ONCE = json.loads((Path(__file__).parent / "simulator" / "seeds.json").read_text())

Tell = Callable[[Rows], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Puts rows into the table that is printed at the end."""

    def record(rows: Rows) -> None:
        for row in rows:
            record_property("row", row)

    return record


@pytest.fixture(scope="module")
def running() -> Iterator[Simulation]:
    """The server and the phones, ready for one seed after another."""
    with simulation() as ready:
        ready.plant()
        yield ready


def test_nothing_is_lost_and_nothing_takes_effect_twice(tell: Tell) -> None:
    reports = campaign.run(SEEDS, STEPS, JOBS)
    tell(rows_of_runs(reports))
    failed = [trace(report) for report in reports if report.violation is not None]
    assert not failed, failed[0]
    assert sum(report.account.lost + report.account.doubled for report in reports) == 0
    assert sum(report.account.saved for report in reports) > 5 * len(reports), "hardly anything was saved"


@pytest.mark.parametrize("kept", FAILED_ONCE, ids=lambda kept: f"{kept['seed']}: {kept['why']}")
def test_a_seed_that_failed_once_passes(running: Simulation, kept: dict[str, int]) -> None:
    report = running.run(kept["seed"], kept["steps"])
    assert report.violation is None, trace(report)


def test_the_same_seed_happens_in_the_same_way_again_in_another_process(running: Simulation) -> None:
    running.run(8, STEPS)
    assert running.run(7, STEPS) == campaign.run([7, 9], STEPS, jobs=2)[0]


def test_each_planted_fault_is_caught_by_what_is_written_down_for_it(tell: Tell) -> None:
    catchers = kept()
    assert [one.fault for one in catchers] == [fault.name for fault in FAULTS], HOW
    odd = [one.fault for one in catchers if one.seed is not None and (one.seed not in SEEDS or one.steps != STEPS)]
    assert not odd, f"only a seed that is known to pass without the fault says anything. {HOW}"
    proofs = prove(catchers, JOBS)
    tell(rows_of_proofs(proofs))
    missed = [f"{one.catcher.fault}: {one.catcher}" for one in proofs if not one.caught and not one.catcher.unproven]
    assert not missed, "\n".join([HOW, *missed])


@pytest.mark.parametrize(
    ("name", "counted"), [("a 401 empties the outbox", "lost"), ("a form that is sent twice makes two", "doubled")]
)
def test_what_is_lost_and_doubled_is_counted(running: Simulation, name: str, counted: str) -> None:
    """From the tables and the storages as they are at the end: the count can be other than nought."""
    (fault,) = (one for one in FAULTS if one.name == name)
    with broken(fault):
        running.plant(fault.phone)
        found = any(getattr(running.run(seed, STEPS).account, counted) for seed in range(1, 11))
    running.plant()
    assert found


HOW = "Write it down anew with: python -m tests.campaigns.simulator --faults --write"


def test_only_faults_of_which_the_reason_is_known_are_unproven() -> None:
    known = {fault.name for fault in FAULTS if fault.unproven}
    assert {one.fault for one in kept() if one.unproven} <= known


def test_the_stories_that_no_seed_comes_across_end_well(tell: Tell) -> None:
    told = scenarios.run_all(JOBS)
    tell(rows_of_scenarios(told))
    assert not [(one.name, one.wrong) for one in told if one.wrong]


def test_a_planted_fault_whose_text_is_gone_is_an_error(running: Simulation) -> None:
    with pytest.raises(ValueError, match="does not hold this text exactly once"):
        running.plant([Replaced("engine.ts", "a text that nobody wrote", "")])
    running.plant()


@pytest.mark.parametrize(
    "test", ["tests/domain/test_judge.py::test_of_nothing", "tests/pwa/outbox.test.ts > a test of nothing"]
)
def test_a_directed_test_that_is_gone_is_an_error(test: str) -> None:
    with pytest.raises(DoesNotRun):
        goes_red(Fault("nothing", ""), test)


def test_a_catcher_says_what_it_is() -> None:
    assert str(Catcher("a", seed=3, steps=80, invariant=4)) == "seed 3, 80 steps: invariant 4"
    assert str(Catcher("a", test="tests/domain/test_judge.py::test_a")) == "tests/domain/test_judge.py::test_a"
