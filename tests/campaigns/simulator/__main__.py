"""Runs the simulator: `python -m tests.campaigns.simulator --seeds 200`."""

import argparse
import os
import sys
import time

from tests.campaigns.simulator import catching
from tests.campaigns.simulator.campaign import run
from tests.campaigns.simulator.scenarios import run_all
from tests.campaigns.simulator.simulation import STEPS, Report
from tests.campaigns.simulator.table import rows_of_faults, rows_of_proofs, rows_of_runs, rows_of_scenarios, table


def main() -> int:
    """Answers 1 where a rule was broken, a scenario failed, or a planted fault was not caught."""
    words = argparse.ArgumentParser(prog="python -m tests.campaigns.simulator", description=__doc__)
    words.add_argument("--seeds", type=int, default=200, help="how many (200)")
    words.add_argument("--first", type=int, default=1, help="the first of them (1)")
    words.add_argument("--steps", type=int, default=STEPS, help=f"how many things happen in each ({STEPS})")
    words.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes at once")
    words.add_argument("--all", action="store_true", help="the scenarios too, and each planted fault with its catcher")
    words.add_argument("--faults", action="store_true", help="hunts every planted fault through the seeds")
    words.add_argument("--write", action="store_true", help="with --faults: writes down what catches each")
    asked = words.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    began = time.monotonic()
    if asked.faults:
        return hunt(seeds, asked.steps, asked.jobs, asked.write)
    reports = run(seeds, asked.steps, asked.jobs)
    seconds = time.monotonic() - began
    rows = [*rows_of_runs(reports), ("seconds", f"{seconds:.0f}")]
    failed = [report for report in reports if report.violation is not None]
    bad = bool(failed)
    if asked.all:
        proofs = catching.prove(catching.kept(), asked.jobs)
        rows += rows_of_proofs(proofs)
        bad |= not all(one.caught or one.catcher.unproven for one in proofs)
        scenarios = run_all(asked.jobs)
        rows += rows_of_scenarios(scenarios)
        bad |= any(one.wrong for one in scenarios)
    print(table([*rows, ("faults injected", ""), *rows_of_faults(reports)]))
    for report in failed[:3]:
        print(trace(report))
    if failed:
        print(f"\nfailing seeds: {' '.join(str(report.seed) for report in failed)}")
    return int(bad)


def hunt(seeds: range, steps: int, jobs: int, write: bool) -> int:
    """Prints what catches each planted fault; answers 1 where something should and nothing does."""
    catchers = catching.hunt_all(catching.FAULTS, seeds, steps, jobs)
    if write:
        catching.keep(catchers)
    print(table([(one.fault, str(one)) for one in catchers]))
    print(f"caught {sum(one.unproven is None for one in catchers)} of {len(catchers)}")
    known = {fault.name for fault in catching.FAULTS if fault.unproven}
    return int(any(one.unproven is not None and one.fault not in known for one in catchers))


def trace(report: Report) -> str:
    """A failing seed with the last of what happened."""
    assert report.violation is not None
    head = f"\nseed {report.seed}, step {report.steps}: invariant {report.violation.invariant}: {report.violation.what}"
    return "\n  ".join([head, *report.trace])


if __name__ == "__main__":
    sys.exit(main())
