"""Faults that are planted in the application of this process: a function is replaced while the state machine plays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import msgspec

from api.store import accounts, months, operations, people, volumes
from domain import judge

# Whose attribute, its name, and what stands there meanwhile.
Patch = tuple[Any, str, Callable[..., Any]]


@contextmanager
def broken(fault: str) -> Iterator[None]:
    """The application with this fault in it. A name that is gone is an error."""
    with patch.object(*FAULTS[fault]()):
        yield


def _base() -> Patch:
    real = judge._entry

    def entry(reading: Any, operation: Any, world: Any) -> Any:
        stored = world.entries.get(operation.thing_id)
        named = msgspec.structs.replace(operation, base=stored.version) if stored else operation
        return real(reading, named, world)

    return judge, "_entry", entry


def _left() -> Patch:
    real = accounts.roles_in
    return accounts, "roles_in", lambda *asked: (real(*asked)[0], frozenset())


def _page() -> Patch:
    real = people.changed_since

    def changed_since(connection: Any, service_id: Any, team_id: Any, seq: int, limit: int) -> Any:
        return real(connection, service_id, team_id, seq + 1 if seq else 0, limit)

    return people, "changed_since", changed_since


def _figures() -> Patch:
    real = volumes.apply

    def apply(connection: Any, service_id: Any, changes: Any) -> None:
        real(connection, service_id, [(before, after) for before, after in changes if after.state == "active"])

    return volumes, "apply", apply


FAULTS: dict[str, Callable[[], Patch]] = {
    "an operation is not looked up before it is stored": lambda: (operations, "known", lambda *_: {}),
    "an amend need not know what it amends": _base,
    "a closed month is as open as any": lambda: (months, "closed", lambda *_: frozenset()),
    "who left a team is forgotten": _left,
    "a conflict that was settled waits for ever": lambda: (operations, "close", lambda *_: None),
    "what a lead accepts becomes the lead's": lambda: (judge, "words_of", lambda _, user_id: user_id),
    "a page skips the row after it": _page,
    "a voided entry counts on": _figures,
}
