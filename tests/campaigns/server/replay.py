"""What a disk holds after the power went: what was flushed, and of the rest nothing, some of it, or halves of it.

It is the strictest disk that keeps its word: what a flush did not cover may be there or not, in any order, in sectors;
a name in a folder is there for certain only once the folder was flushed.
"""

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.campaigns.server.trace import Event

SECTOR = 512
# Of a change that was not flushed: which of it reached the disk.
Fate = Callable[[Event], list[Event]]


def nothing(_: Event) -> list[Event]:
    """Whatever was not flushed is gone."""
    return []


def everything(event: Event) -> list[Event]:
    """Whatever was asked for is there, as after a kill of the program alone."""
    return [event]


def some(seed: int) -> Fate:
    """Some of it is there, and of what is there some is torn: only some of its sectors."""
    chance = random.Random(seed)

    def fate(event: Event) -> list[Event]:
        if chance.random() < 0.5:
            return []
        if event.what != "write" or chance.random() < 0.5:
            return [event]
        return [sector for sector in _sectors(event) if chance.random() < 0.5]

    return fate


def _sectors(event: Event) -> list[Event]:
    """A write, cut where a disk cuts it."""
    cuts = range(SECTOR - event.number % SECTOR, len(event.data), SECTOR)
    bounds = [0, *cuts, len(event.data)]
    return [event._replace(data=event.data[begin:end], number=event.number + begin) for begin, end in pairwise(bounds)]


class Disk:
    """The files under a folder: as they were before, and what happened to them since."""

    def __init__(self, before: dict[str, bytes], happened: list[Event]) -> None:
        self._happened = [event for event in happened if event.what not in ("send", "receive")]
        touched = {name for event in self._happened for name in (event.where, event.to)}
        self._before = {name: data for name, data in before.items() if name in touched}
        # Of each change the first flush that covers it: one that began when the change had ended.
        self._safe: dict[tuple[str, int], int] = {}
        waiting: dict[str, list[Event]] = {}
        for event in self._happened:
            if event.what == "flush":
                left = waiting.pop(event.where, [])
                for change in left:
                    if change.ended < event.began:
                        self._safe[change.what, change.began] = event.ended
                waiting[event.where] = [change for change in left if change.ended >= event.began]
            elif event.what in ("create", "rename", "remove"):
                waiting.setdefault(str(Path(event.to or event.where).parent), []).append(event)
                if event.what == "rename":
                    waiting[event.to] = waiting.pop(event.where, [])
            else:
                waiting.setdefault(event.where, []).append(event)

    def at(self, moment: int, fate: Fate) -> dict[str, bytes | None]:
        """What each file that was touched holds if the power goes at this line; None where there is no such file."""
        # A file by the name it has while the program runs; and which names the disk knows.
        files: dict[str, bytearray] = {name: bytearray(data) for name, data in self._before.items()}
        running: dict[str, str] = {name: name for name in files}
        kept: dict[str, str] = dict(running)
        for event in self._happened:
            if event.began >= moment:
                break
            safe = self._is_safe(event, moment)
            if event.what == "create":
                if event.where not in running:
                    running[event.where] = made = f"{event.where}#{event.began}"
                    files[made] = bytearray()
                if safe or fate(event):
                    kept[event.where] = running[event.where]
            elif event.what == "rename":
                running[event.to] = running.pop(event.where)
                if safe or fate(event):
                    kept.pop(event.where, None)
                    kept[event.to] = running[event.to]
            elif event.what == "remove":
                running.pop(event.where, None)
                if safe or fate(event):
                    kept.pop(event.where, None)
            elif event.what != "flush" and event.where in running:
                for change in [event] if safe else fate(event):
                    _apply(files[running[event.where]], change)
        names = {*running, *kept, *self._before}
        return {name: bytes(files[kept[name]]) if name in kept else None for name in names}

    def unflushed(self, where: str, until: int, moment: int) -> list[Event]:
        """What was done to a file up to one line and would not have outlived a power cut at a later one."""
        return [
            event
            for event in self._happened
            if event.where == where
            and event.what in ("write", "cut", "grow")
            and event.began <= until
            and not self._is_safe(event, moment)
        ]

    def _is_safe(self, event: Event, moment: int) -> bool:
        return self._safe.get((event.what, event.began), moment) < moment


def _apply(file: bytearray, change: Event) -> None:
    if change.what == "cut":
        del file[change.number :]
    end = change.number + len(change.data)
    if len(file) < end:
        file.extend(bytes(end - len(file)))
    file[change.number : end] = change.data
