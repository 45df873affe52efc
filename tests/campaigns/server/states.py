"""The state machine as a campaign: so many examples, the same in every run unless a seed says otherwise."""

from collections import Counter

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from tests.campaigns.server.faults.in_process import FAULTS, broken
from tests.campaigns.server.ground import ground
from tests.campaigns.server.machine import ServerMachine
from tests.campaigns.server.running import kind_of
from tests.campaigns.server.table import Row

__all__ = ["CAMPAIGN", "FAULTS", "States", "hunt"]

CAMPAIGN = "any order of requests"
STEPS = 30
# Within so many examples a planted fault has to be found.
HUNT = 60


def hunt(fault: str, url: str) -> Row:
    """Whether the machine finds a planted fault, for the table."""
    try:
        with broken(fault):
            States(url).run(HUNT, shrinks=False)
    except AssertionError:
        return Row(campaign=CAMPAIGN, database=kind_of(url), planted=1, caught=1)
    return Row(campaign=CAMPAIGN, database=kind_of(url), planted=1)


class States:
    """One campaign on one migrated database without a service."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.examples = self.acknowledged = 0
        self.seen: Counter[tuple[str, ...]] = Counter()

    def run(self, examples: int, seed: int | None = None, shrinks: bool = True) -> "States":
        """Raises what Hypothesis found, with the smallest example that shows it and how to run it again."""
        phases = [Phase.explicit, Phase.generate, *([Phase.shrink] if shrinks else [])]
        settings = hypothesis.settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            derandomize=seed is None,
            database=None,
            deadline=None,
            print_blob=True,
            phases=phases,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        with ground(self.url) as playing:
            machine = type("Machine", (ServerMachine,), {"ground": playing})
            if seed is not None:
                machine = hypothesis.seed(seed)(machine)
            try:
                run_state_machine_as_test(machine, settings=settings)
            finally:
                self.examples, self.acknowledged, self.seen = playing.examples, playing.acknowledged, playing.seen
        return self

    def row(self) -> Row:
        """For the table. What differs from the model is raised, and so never counted."""
        return Row(campaign=CAMPAIGN, database=kind_of(self.url), runs=self.examples, acknowledged=self.acknowledged)
