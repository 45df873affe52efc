"""Many seeds, or many planted faults, over the cores of this machine; and what came of them as a table."""

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import Any, TypeVar

import msgspec

from tests.campaigns.simulator.phone_faults import PHONE
from tests.campaigns.simulator.planting import Fault, broken
from tests.campaigns.simulator.server_faults import SERVER
from tests.campaigns.simulator.simulation import Report, Simulation, simulation

T = TypeVar("T")

FAULTS = [*PHONE, *SERVER]


class Caught(msgspec.Struct, frozen=True):
    """What became of a planted fault: the first seed that found it, and how; no seed where none did."""

    name: str
    rule: str
    tried: int
    belt: str = ""
    seed: int | None = None
    invariant: int | None = None
    what: str = ""


def run(seeds: Sequence[int], steps: int, jobs: int) -> list[Report]:
    """Every seed; the reports in the order of the seeds."""
    shares = [(seeds[start::jobs], steps) for start in range(jobs) if seeds[start::jobs]]
    return sorted(chain(*_over_cores(_share_of_seeds, shares)), key=lambda report: report.seed)


def plant_all(seeds: Sequence[int], steps: int, jobs: int, faults: Sequence[Fault] = FAULTS) -> list[Caught]:
    """Every planted fault against seeds that pass without it, until one finds it."""
    sound = [report.seed for report in run(seeds, steps, jobs) if report.violation is None]
    if not sound:
        raise RuntimeError("no seed passes without a planted fault")
    names = [fault.name for fault in faults]
    shares = [(names[start::jobs], sound, steps) for start in range(jobs) if names[start::jobs]]
    caught = {one.name: one for one in chain(*_over_cores(_share_of_faults, shares))}
    return [caught[name] for name in names]


def hunt(running: Simulation, fault: Fault, seeds: Iterable[int], steps: int) -> Caught:
    """The first of the seeds that finds a planted fault."""
    tried = 0
    with broken(fault):
        running.plant(fault.phone)
        for seed in seeds:
            tried += 1
            found = running.run(seed, steps).violation
            if found is not None:
                return Caught(fault.name, fault.rule, tried, fault.belt, seed, found.invariant, found.what)
    return Caught(fault.name, fault.rule, tried, fault.belt)


def table_of_runs(reports: Sequence[Report], seconds: float) -> str:
    """Seeds, steps, faults by type, and what became of the operations."""
    faults: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for report in reports:
        faults.update(report.faults)
        outcomes.update(report.outcomes)
    failed = [report for report in reports if report.violation is not None]
    rows = [
        ("seeds", len(reports)),
        ("steps", sum(report.steps for report in reports)),
        ("seconds", round(seconds)),
        ("operations saved", sum(report.saved for report in reports)),
        *((f"  answered {name}", count) for name, count in sorted(outcomes.items())),
        ("  refused, kept on their phone", sum(report.refused for report in reports)),
        ("  gone with a phone's storage", sum(report.missing for report in reports)),
        ("seeds in which work was lost or stuck", sum(_breaks(report, 1, 4, 5, 13, 30) for report in failed)),
        ("seeds in which work was doubled", sum(_breaks(report, 16, 31) for report in failed)),
        ("seeds with a violation", len(failed)),
        ("faults injected", sum(faults.values())),
        *((f"  {name}", count) for name, count in sorted(faults.items())),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {count:>8,}" for name, count in rows)


def table_of_faults(caught: Sequence[Caught]) -> str:
    """Which seed and which invariant found each planted fault, and which faults nothing found."""
    width = max(len(one.name) for one in caught)
    lines = [f"{'planted fault':<{width}}  {'seed':>6}  {'invariant':>9}  rule"]
    for one in caught:
        found = f"{one.seed:>6}  {one.invariant:>9}" if one.seed is not None else f"{'none':>6}  {'-':>9}"
        lines.append(f"{one.name:<{width}}  {found}  {one.rule}")
    unproven = [one for one in caught if one.seed is None]
    lines.append(f"caught {len(caught) - len(unproven)} of {len(caught)}")
    lines += [f"UNPROVEN after {one.tried} seeds: {one.name} ({one.belt or one.rule})" for one in unproven]
    return "\n".join(lines)


def _breaks(report: Report, *invariants: int) -> bool:
    return report.violation is not None and report.violation.invariant in invariants


def _over_cores(work: Callable[..., list[T]], shares: Sequence[tuple[Any, ...]]) -> list[list[T]]:
    if len(shares) == 1:
        return [work(*shares[0])]
    with ProcessPoolExecutor(len(shares), multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(work, *zip(*shares, strict=True)))


def _share_of_seeds(seeds: Sequence[int], steps: int) -> list[Report]:
    with simulation() as running:
        running.plant()
        return [running.run(seed, steps) for seed in seeds]


def _share_of_faults(names: Sequence[str], seeds: Sequence[int], steps: int) -> list[Caught]:
    by_name = {fault.name: fault for fault in FAULTS}
    with simulation() as running:
        return [hunt(running, by_name[name], seeds, steps) for name in names]
