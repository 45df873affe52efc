"""What a campaign has done and found, as one table."""

from collections import Counter
from collections.abc import Sequence

from tests.campaigns.simulator.catching import Proof
from tests.campaigns.simulator.simulation import Report, Told

Rows = list[tuple[str, str]]


def rows_of_runs(reports: Sequence[Report]) -> Rows:
    """Seeds, steps, faults, and what became of the operations: counted, whether or not a rule was broken."""
    checked: Counter[str] = Counter()
    for report in reports:
        checked.update(report.checked)
    accounts = [report.account for report in reports]
    return [
        ("runs (seeds)", _number(len(reports))),
        ("steps", _number(sum(report.steps for report in reports))),
        ("faults injected", _number(sum(sum(report.faults.values()) for report in reports))),
        ("operations saved on a phone", _number(sum(one.saved for one in accounts))),
        ("  acknowledged", _number(sum(one.acknowledged for one in accounts))),
        ("  refused, and kept on their phone", _number(sum(one.refused for one in accounts))),
        ("  gone with a storage that was thrown away", _number(sum(one.gone for one in accounts))),
        ("  lost", _number(sum(one.lost for one in accounts))),
        ("  doubled", _number(sum(one.doubled for one in accounts))),
        ("invariants checked", f"{len(checked)} different, {_number(sum(checked.values()))} times"),
        ("  broken", _number(sum(report.violation is not None for report in reports))),
    ]


def rows_of_proofs(proofs: Sequence[Proof]) -> Rows:
    """How many of the planted faults are caught, and which nothing catches."""
    planted = [one for one in proofs if one.catcher.unproven is None]
    unproven = [one.catcher for one in proofs if one.catcher.unproven is not None]
    by_seed = sum(one.caught and one.catcher.seed is not None for one in planted)
    by_test = sum(one.caught and one.catcher.test is not None for one in planted)
    return [
        ("planted faults caught", f"{by_seed + by_test} of {len(proofs)} ({by_seed} by seeds, {by_test} by tests)"),
        *((f"  NOT CAUGHT: {one.catcher.fault}", str(one.catcher)) for one in planted if not one.caught),
        ("  unproven", _number(len(unproven))),
        *((f"    {one.fault}", one.unproven or "") for one in unproven),
    ]


def rows_of_scenarios(scenarios: Sequence[Told]) -> Rows:
    """What each scenario came to."""
    return [
        (
            one.name.replace("_", " "),
            one.wrong
            or ", ".join(f"{name.replace('_', ' ')} {round(value, 1):,g}" for name, value in one.figures.items()),
        )
        for one in scenarios
    ]


def rows_of_faults(reports: Sequence[Report]) -> Rows:
    """Each kind of fault, and how often it was injected."""
    faults: Counter[str] = Counter()
    for report in reports:
        faults.update(report.faults)
    return [(f"  {name}", _number(count)) for name, count in sorted(faults.items())]


def table(rows: Rows) -> str:
    """Names to the left, figures beside them."""
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def _number(count: int) -> str:
    return f"{count:,}"
