"""Hide counts so small that a person might be recognised, and round the others."""

from collections.abc import Mapping
from typing import Literal

Rule = Literal["mhsds", "hes"]

# Minutes are no count of people or events, but beside a hidden count they would give it away.
BELONGS_TO = {
    "minutes": "attended",
    "travel_minutes": "entries",
    "group_minutes": "group_sessions",
    "indirect_minutes": "indirect",
    "other_minutes": "entries",
    "admin_minutes": "entries",
}


def shown(count: int, rule: Rule) -> int | None:
    """The count as it may be seen outside the team; None is hidden.

    `mhsds`: under 5, zero included, is hidden; NHS England, mental health monthly statistics (`count_suppression` in
    mhsds_functions.py). `hes`: 1 to 7 are hidden and zero stays; NHS England, Hospital Episode Statistics. Both round
    what is left to the nearest 5.
    """
    hidden = count < 5 if rule == "mhsds" else 0 < count < 8
    if hidden:
        return None
    return nearest_five(count)


def nearest_five(count: int) -> int:
    """Whole numbers never lie half way between two fives."""
    return (count + 2) // 5 * 5


def hide(measures: Mapping[str, int], rule: Rule) -> tuple[dict[str, int | None], tuple[str, ...]]:
    """The measures of one row as they may be seen, and the names of the hidden ones in order.

    Every row stands alone, totals too: they are rounded from the true figures and need not be the sum of the rows.
    """
    safe: dict[str, int | None] = {}
    for name, value in measures.items():
        count = BELONGS_TO.get(name)
        if count is None:
            safe[name] = shown(value, rule)
        elif shown(measures[count], rule) is None:
            safe[name] = None
        else:
            safe[name] = nearest_five(value)
    return safe, tuple(name for name, value in safe.items() if value is None)
