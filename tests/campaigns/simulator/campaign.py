"""Many seeds over the cores of this machine."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import Any, TypeVar

from tests.campaigns.simulator.simulation import Report, simulation

T = TypeVar("T")


def run(seeds: Sequence[int], steps: int, jobs: int) -> list[Report]:
    """Every seed; the reports in the order of the seeds."""
    shares = [(seeds[start::jobs], steps) for start in range(jobs) if seeds[start::jobs]]
    return sorted(chain(*over_cores(_share_of_seeds, shares)), key=lambda report: report.seed)


def over_cores(work: Callable[..., list[T]], shares: Sequence[tuple[Any, ...]]) -> list[list[T]]:
    """Each share in a process of its own."""
    if len(shares) < 2:
        return [work(*share) for share in shares]
    with ProcessPoolExecutor(len(shares), multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(work, *zip(*shares, strict=True)))


def _share_of_seeds(seeds: Sequence[int], steps: int) -> list[Report]:
    with simulation() as running:
        running.plant()
        return [running.run(seed, steps) for seed in seeds]
