"""Directed scenarios in simulated time: what no seed comes across, with the figures of each."""

from tests.campaigns.simulator.campaign import over_cores
from tests.campaigns.simulator.simulation import Told, simulation

# The longest first, so that two cores have done at about the same time.
NAMES = ("a_first_pull_in_pieces", "weeks_without_signal", "a_clock_that_leaps")


def run_all(jobs: int) -> list[Told]:
    """Every scenario once."""
    shares = [(NAMES[start::jobs],) for start in range(jobs) if NAMES[start::jobs]]
    told = {one.name: one for share in over_cores(_share, shares) for one in share}
    return [told[name] for name in NAMES]


def _share(names: tuple[str, ...]) -> list[Told]:
    with simulation() as running:
        running.plant()
        return [running.tell(name) for name in names]
