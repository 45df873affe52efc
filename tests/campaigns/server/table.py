"""What campaigns came to, as a table; each run leaves its row where the end of a test run looks for it."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

# Names a file of JSON lines. Set by whoever prints the table when all tests are done.
VARIABLE = "ALONGSIDE_CAMPAIGN_TABLE"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What one campaign did on one kind of database. `lost` and `doubled` count operations, `caught` planted faults."""

    campaign: str
    database: str
    runs: int = 0
    faults: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    planted: int = 0
    caught: int = 0

    def __add__(self, other: "Row") -> "Row":
        return msgspec.structs.replace(self, **{name: getattr(self, name) + getattr(other, name) for name in _COUNTS})

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost or doubled, and every planted fault was caught."""
        return not self.lost and not self.doubled and self.caught == self.planted


def record(row: Row) -> Row:
    """Leaves a row for the table at the end of the tests, if anybody asked for one; answers the row."""
    if path := os.environ.get(VARIABLE):
        # One write at the end of the file, so that tests of several processes do not cut into each other.
        with Path(path).open("ab", buffering=0) as file:
            file.write(msgspec.json.encode(row) + b"\n")
    return row


def read(path: Path) -> list[Row]:
    """The rows that were left in a file."""
    return msgspec.json.decode(b"[" + b",".join(path.read_bytes().splitlines()) + b"]", type=list[Row])


def text(rows: Iterable[Row]) -> str:
    """The table: one line for each campaign and database, in the order in which they came."""
    summed: dict[tuple[str, str], Row] = {}
    for row in rows:
        at = (row.campaign, row.database)
        summed[at] = summed[at] + row if at in summed else row
    lines = [_HEAD, *(_line(row) for row in summed.values())]
    widths = [max(len(line[place]) for line in lines) for place in range(len(_HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


_COUNTS = ("runs", "faults", "acknowledged", "lost", "doubled", "planted", "caught")
_HEAD = ("campaign", "database", "runs", "faults injected", "acknowledged", "lost", "doubled", "planted faults caught")


def _line(row: Row) -> tuple[str, ...]:
    counts = (row.runs, row.faults, row.acknowledged, row.lost, row.doubled)
    planted = f"{row.caught} of {row.planted}" if row.planted else "-"
    return (row.campaign, row.database, *(f"{count:,}" for count in counts), planted)
