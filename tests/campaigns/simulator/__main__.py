"""Runs the simulator: `python -m tests.campaigns.simulator --seeds 200`."""

import argparse
import os
import sys
import time

from tests.campaigns.simulator import campaign
from tests.campaigns.simulator.simulation import Report


def main() -> int:
    """Answers 1 where a rule was broken, or a planted fault was not found."""
    words = argparse.ArgumentParser(prog="python -m tests.campaigns.simulator", description=__doc__)
    words.add_argument("--seeds", type=int, default=200, help="how many (200)")
    words.add_argument("--first", type=int, default=1, help="the first of them (1)")
    words.add_argument("--steps", type=int, default=150, help="how many things happen in each (150)")
    words.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes at once")
    words.add_argument("--faults", action="store_true", help="plants every fault in turn and says what finds it")
    asked = words.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    began = time.monotonic()
    if asked.faults:
        caught = campaign.plant_all(seeds, asked.steps, asked.jobs)
        print(campaign.table_of_faults(caught))
        return int(any(one.seed is None and not one.belt for one in caught))
    reports = campaign.run(seeds, asked.steps, asked.jobs)
    print(campaign.table_of_runs(reports, time.monotonic() - began))
    failed = [report for report in reports if report.violation is not None]
    for report in failed[:3]:
        print(told(report))
    if failed:
        print(f"\nfailing seeds: {' '.join(str(report.seed) for report in failed)}")
    return int(bool(failed))


def told(report: Report) -> str:
    """A failing seed with the last of what happened."""
    assert report.violation is not None
    head = f"\nseed {report.seed}, step {report.steps}: invariant {report.violation.invariant}: {report.violation.what}"
    return "\n  ".join([head, *report.trace])


if __name__ == "__main__":
    sys.exit(main())
