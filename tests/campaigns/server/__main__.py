"""Runs the server's campaigns: `python -m tests.campaigns.server --kills 1000`."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.campaigns.server import durability, kills, outages, readers, states, table
from tests.campaigns.server.kills import Kills
from tests.campaigns.server.readers import Readers
from tests.campaigns.server.running import databases
from tests.campaigns.server.states import States
from tests.campaigns.server.table import Row

# As many kills, at most, as a planted fault may hide from.
HUNT = 40


def main() -> int:
    """Answers 1 where something was lost, doubled or otherwise wrong, or a planted fault was not found."""
    words = argparse.ArgumentParser(prog="python -m tests.campaigns.server", description=__doc__)
    words.add_argument("--kills", type=int, default=100, help="how often the server dies, on each database (100)")
    words.add_argument("--examples", type=int, default=300, help="orders of requests, on each database (300)")
    words.add_argument("--writers", type=int, default=16, help="phones that write at once (16)")
    words.add_argument("--outages", type=int, default=20, help="how often a disk fills or PostgreSQL restarts (20)")
    words.add_argument("--cuts", type=int, default=500, help="moments at which the power is cut, on SQLite (500)")
    words.add_argument("--seconds", type=float, default=20, help="how long a phone reads while others write (20)")
    words.add_argument("--seed", type=int, default=1, help="other examples, and other moments to die (1)")
    asked = words.parse_args()
    rows: list[Row] = []
    wrong: list[str] = []
    with TemporaryDirectory() as folder:
        for row, found in _campaigns(Path(folder), asked):
            print(table.text([row]), file=sys.stderr)
            rows.append(row)
            wrong += found
    print(table.text(rows))
    for one in wrong[:20]:
        print(one)
    return int(bool(wrong) or not all(row.is_good for row in rows))


def _campaigns(folder: Path, asked: argparse.Namespace) -> Iterator[tuple[Row, Sequence[str]]]:
    """Each with a database of its own: the row for the table, and everything that was wrong."""
    with databases(folder) as new:
        for kind in ("sqlite", "postgresql"):
            yield from _states(new, kind, asked)
            dying = Kills(new(kind), folder, asked.writers, asked.seed).run(asked.kills)
            yield dying.row(), dying.found
            for fault in kills.FAULTS:
                yield kills.hunt(fault, new(kind), folder, HUNT, asked.writers, asked.seed), ()
            reading = Readers(new(kind), folder, asked.writers, asked.seconds).run()
            yield reading.row(), reading.found
            if kind == "postgresql":
                yield readers.hunt(new(kind), folder, asked.writers, asked.seconds), ()
    yield _power(folder, asked)
    for place, kind in enumerate(("sqlite", "postgresql")):
        full = outages.disk_full(kind, _new(folder, f"full-{place}"), asked.outages, seed=asked.seed)
        yield full.row(), full.found
    restarted = outages.restarts(_new(folder, "restarts"), asked.outages, seed=asked.seed)
    yield restarted.row(), restarted.found


def _power(folder: Path, asked: argparse.Namespace) -> tuple[Row, Sequence[str]]:
    traced = durability.on_sqlite(_new(folder, "traced"))
    wrong = [*durability.too_early(traced), *durability.lost(traced, asked.cuts, asked.seed)]
    return durability.row("SQLite", asked.cuts, len(traced.acknowledged), len(wrong)), wrong


def _new(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def _states(new: Callable[[str], str], kind: str, asked: argparse.Namespace) -> Iterator[tuple[Row, Sequence[str]]]:
    playing = States(new(kind))
    try:
        playing.run(asked.examples, asked.seed)
    except AssertionError as difference:
        # Hypothesis says in notes what it did, step by step, and how to do it again.
        yield playing.row(), [str(difference), *getattr(difference, "__notes__", ())]
    else:
        yield playing.row(), ()
    # They break the rules, which know nothing of databases.
    for fault in states.FAULTS if kind == "sqlite" else ():
        yield states.hunt(fault, new(kind)), ()


if __name__ == "__main__":
    sys.exit(main())
