"""The same for PostgreSQL: its own processes are traced, and it has to recover from what the disk held."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from tests.campaigns.server import replay, trace
from tests.campaigns.server.cluster import Cluster
from tests.campaigns.server.durability import Answer, files_of, push_all
from tests.campaigns.server.phones import people
from tests.campaigns.server.replay import Disk
from tests.campaigns.server.running import migrated, serving
from tests.campaigns.server.trace import Event

_COMMIT = b"C\x00\x00\x00\x0bCOMMIT\x00"


class Traced(NamedTuple):
    """A run of a cluster under a tracer: a copy of its folder from before, and what happened since.

    `commits` has for each answer of a commit the line in which it was asked for.
    """

    copy: Path
    events: list[Event]
    commits: list[tuple[int, Answer]]
    acknowledged: set[UUID]


def on_postgresql(cluster: Cluster, folder: Path, module: str = "api", rounds: int = 2) -> Traced:
    """A cluster whose processes are traced while four phones push at once. It ends stopped.

    The cluster itself is told not to wait for the disk on commit: our server has to overrule that.
    """
    cluster.start()
    cluster.run("CREATE DATABASE kept")
    workers = people(migrated(cluster.url("kept")), 4, teams=2)
    cluster.stop()
    copy = cluster.folder / "before"
    shutil.copytree(cluster.data, copy)
    file = cluster.folder / "trace"
    cluster.start(before=trace.tracer(file), synchronous_commit="off")
    with serving(cluster.url("kept"), folder, module) as server:
        acknowledged = push_all(server, workers, rounds)
    cluster.stop()
    events = trace.events(file, cluster.data)
    return Traced(copy, events, list(_commits(events, acknowledged)), acknowledged)


def too_early(traced: Traced) -> list[str]:
    """Commits that were answered before the log that was written since they were asked for was flushed."""
    log = [event for event in traced.events if event.what in ("write", "flush") and "/pg_wal/" in event.where]
    found = []
    for asked, answer in traced.commits:
        meanwhile = [event for event in log if asked < event.began and event.ended < answer.at]
        written = [event for event in meanwhile if event.what == "write"]
        # Another process may do it for several at once.
        if not any(
            flush.what == "flush" and flush.where == write.where and write.ended < flush.began
            for write in written
            for flush in meanwhile
        ):
            found.append(f"a commit was asked for in line {asked} and answered in {answer.at}, with nothing flushed")
    return found


def lost(cluster: Cluster, traced: Traced, cuts: int, seed: int = 1) -> Iterator[str]:
    """Cuts the power at so many answers, lets PostgreSQL recover, and tells what it misses after each."""
    copied = files_of(traced.copy).items()
    disk = Disk({name.replace(str(traced.copy), str(cluster.data), 1): data for name, data in copied}, traced.events)
    chance = random.Random(seed)
    for turn in range(cuts):
        # The last one too: there the most was promised.
        moment = (traced.commits[-1] if turn == 0 else chance.choice(traced.commits))[1].at
        fate = replay.some(chance.randrange(1 << 30)) if turn % 2 else replay.nothing
        promised = {one for _, answer in traced.commits if answer.at <= moment for one in answer.ids}
        crashed = cluster.folder / "crashed"
        shutil.copytree(traced.copy, crashed)
        for name, data in disk.at(moment, fate).items():
            place = crashed / Path(name).relative_to(cluster.data)
            if data is None or name.endswith("postmaster.pid"):
                place.unlink(missing_ok=True)
            else:
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(data)
        cluster.give(crashed)
        cluster.start(crashed)
        stored = {row[0] for row in cluster.run("SELECT id FROM operation", "kept")}
        cluster.stop("immediate")
        shutil.rmtree(crashed)
        if missing := promised - stored:
            yield f"power cut in line {moment}: {len(missing)} of {len(promised)} operations answered are gone"


def _commits(events: list[Event], acknowledged: set[UUID]) -> Iterator[tuple[int, Answer]]:
    """Each COMMIT of a transaction that brought operations: when it was asked for, and when answered."""
    brought: dict[str, set[UUID]] = {}
    asked: dict[str, int] = {}
    forms = {form: one for one in acknowledged for form in (one.bytes, one.hex.encode(), str(one).encode())}
    for event in events:
        if event.what == "receive":
            brought.setdefault(event.where, set()).update(one for form, one in forms.items() if form in event.data)
            if b"COMMIT\x00" in event.data:
                asked[event.where] = event.began
        elif event.what == "send" and _COMMIT in event.data:
            ids = brought.pop(event.where, set())
            if ids:
                yield asked[event.where], Answer(event.began, frozenset(ids))
