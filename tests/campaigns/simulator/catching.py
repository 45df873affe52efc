"""What catches each planted fault: written down by a hunt, and proven again on each run by its own catcher alone."""

import json
import sys
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

import msgspec

from tests.campaigns.simulator.campaign import over_cores, run
from tests.campaigns.simulator.directed import OF, all_pass, goes_red
from tests.campaigns.simulator.judge_faults import ORDERED
from tests.campaigns.simulator.phone_faults import PHONE
from tests.campaigns.simulator.phone_faults_design import PHONE_BEYOND
from tests.campaigns.simulator.planting import Fault, broken
from tests.campaigns.simulator.server_faults import SERVER
from tests.campaigns.simulator.settling_faults import SETTLED
from tests.campaigns.simulator.simulation import Simulation, simulation

FAULTS = [*PHONE, *PHONE_BEYOND, *ORDERED, *SETTLED, *SERVER]
# A directed test that is a scenario of the simulator.
SCENARIO = f"scenario{OF}"
# A fault that has a directed test is not looked for in all the seeds.
FEW_SEEDS = 10
KEPT = Path(__file__).parent / "caught.json"


class Catcher(msgspec.Struct, frozen=True, omit_defaults=True):
    """A seed with its steps and the invariant that is broken in it, or a directed test, or why there is none."""

    fault: str
    seed: int | None = None
    steps: int | None = None
    invariant: int | None = None
    test: str | None = None
    unproven: str | None = None

    def __str__(self) -> str:
        if self.seed is not None:
            return f"seed {self.seed}, {self.steps} steps: invariant {self.invariant}"
        return self.test or f"UNPROVEN: {self.unproven}"


class Proof(msgspec.Struct, frozen=True):
    """Whether a catcher has caught its fault, and what was lost and doubled meanwhile."""

    catcher: Catcher
    caught: bool
    lost: int = 0
    doubled: int = 0


def kept() -> list[Catcher]:
    """What caught.json says."""
    if not KEPT.exists():
        return []
    return msgspec.json.decode(KEPT.read_bytes(), type=list[Catcher])


def keep(catchers: Sequence[Catcher]) -> None:
    """Writes caught.json anew."""
    rows = ",\n".join(f"  {json.dumps(msgspec.to_builtins(one), ensure_ascii=False)}" for one in catchers)
    KEPT.write_text(f"[\n{rows}\n]\n")


def prove(catchers: Sequence[Catcher], jobs: int) -> list[Proof]:
    """Plants each fault and runs its own catcher alone, which must pass while nothing is broken."""
    tests = list(dict.fromkeys(one.test for one in catchers if one.test and not one.test.startswith(SCENARIO)))
    if not all_pass(tests):
        raise RuntimeError("a directed test fails while nothing is broken")
    shares = [(catchers[start::jobs],) for start in range(jobs) if catchers[start::jobs]]
    proofs = {one.catcher.fault: one for one in chain(*over_cores(_share_of_proofs, shares))}
    return [proofs[one.fault] for one in catchers]


def hunt_all(faults: Sequence[Fault], seeds: Sequence[int], steps: int, jobs: int) -> list[Catcher]:
    """Something that catches each fault: what did so far, else a seed that passes without it, else its own test."""
    sound = [report.seed for report in run(seeds, steps, jobs) if report.violation is None]
    if not sound:
        raise RuntimeError("no seed passes without a planted fault")
    names = [fault.name for fault in faults]
    shares = [(names[start::jobs], sound, steps) for start in range(jobs) if names[start::jobs]]
    found = {one.fault: one for one in chain(*over_cores(_share_of_faults, shares))}
    return [found[name] for name in names]


def hunt(running: Simulation, fault: Fault, seeds: Sequence[int], steps: int) -> Catcher:
    """What caught a planted fault so far, if it still does; else the first of the seeds that finds it, or its directed
    test, or nothing."""
    before = next((one for one in kept() if one.fault == fault.name), Catcher(fault.name))
    if before.test is not None and before.test == fault.test and _sees(running, fault, before.test):
        return before
    first = [before.seed] if before.seed is not None and before.seed in seeds else []
    with broken(fault):
        running.plant(fault.phone)
        for seed in islice([*first, *seeds], FEW_SEEDS if fault.test else None):
            found = running.run(seed, steps).violation
            if found is not None:
                return Catcher(fault.name, seed=seed, steps=steps, invariant=found.invariant)
    if fault.test and _sees(running, fault, fault.test):
        return Catcher(fault.name, test=fault.test)
    return Catcher(fault.name, unproven=fault.unproven or "nobody knows why")


def _share_of_faults(names: Sequence[str], seeds: Sequence[int], steps: int) -> list[Catcher]:
    by_name = {fault.name: fault for fault in FAULTS}
    found = []
    with simulation() as running:
        for name in names:
            found.append(hunt(running, by_name[name], seeds, steps))
            # It takes a while, and whoever waits wants to see it get on.
            print(f"{found[-1]}: {name}", file=sys.stderr, flush=True)
    return found


def _share_of_proofs(catchers: Sequence[Catcher]) -> list[Proof]:
    by_name = {fault.name: fault for fault in FAULTS}
    with simulation() as running:
        return [_proven(running, by_name[one.fault], one) for one in catchers]


def _proven(running: Simulation, fault: Fault, catcher: Catcher) -> Proof:
    if catcher.test is not None:
        return Proof(catcher, _sees(running, fault, catcher.test))
    if catcher.seed is None or catcher.steps is None:
        return Proof(catcher, False)
    with broken(fault):
        running.plant(fault.phone)
        report = running.run(catcher.seed, catcher.steps)
    caught = report.violation is not None and report.violation.invariant == catcher.invariant
    return Proof(catcher, caught, report.account.lost, report.account.doubled)


def _sees(running: Simulation, fault: Fault, test: str) -> bool:
    if not test.startswith(SCENARIO):
        return goes_red(fault, test)
    with broken(fault):
        running.plant(fault.phone)
        return running.tell(test.removeprefix(SCENARIO)).wrong is not None
