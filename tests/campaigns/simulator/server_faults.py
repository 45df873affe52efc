"""What is broken in the server, one rule at a time: which function is replaced while it runs."""

import dataclasses
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from api import backup, database
from api.routes import sync
from api.store import accounts, entries, operations, volumes
from domain import judge
from domain.judge import Verdict
from tests.campaigns.simulator.planting import Fault, Patch


def _no_duplicate_check() -> list[Patch]:
    return [(operations, "known", lambda *_: {})]


def _always_applied() -> list[Patch]:
    real = judge._again

    def again(*words: Any) -> Verdict:
        verdict = real(*words)
        return Verdict(msgspec.structs.replace(verdict.result, first="applied"), verdict.reading)

    return [(judge, "_again", again)]


def _no_hash_check() -> list[Patch]:
    real = judge._again

    def again(reading: Any, known: Any, world: Any) -> Verdict:
        return real(dataclasses.replace(reading, sha256=known.sha256), known, world)

    return [(judge, "_again", again)]


def _any_base() -> list[Patch]:
    real = judge._entry

    def entry(reading: Any, operation: Any, world: Any) -> Verdict:
        stored = world.entries.get(operation.thing_id)
        if stored is not None and operation.action == "amend":
            operation = msgspec.structs.replace(operation, base=stored.version)
        return real(reading, operation, world)

    return [(judge, "_entry", entry)]


def _epoch_stays() -> list[Patch]:
    return [(backup, "finish", lambda *_: None)]


def _answer_before_commit() -> list[Patch]:
    real = database._commit_together
    count = iter(range(10**9))

    def commit(engine: Any, together: Any) -> None:
        if next(count) % 23 != 22:
            real(engine, together)
            return
        connection = engine.connect()
        try:
            connection.begin()
            for waiting in together:
                waiting.future.set_result(waiting.unit(connection))
        finally:
            connection.rollback()
            connection.close()

    return [(database, "_commit_together", commit)]


def _holes() -> list[Patch]:
    real = accounts.set_seq

    def set_seq(connection: Connection, service_id: UUID, numbers: dict[UUID, int]) -> None:
        real(connection, service_id, {team: number + 1 for team, number in numbers.items()})

    return [(accounts, "set_seq", set_seq)]


def _rows_are_skipped() -> list[Patch]:
    real = sync._page

    def page(*words: Any) -> Any:
        found = real(*words)
        if found.more is not True:
            return found
        epoch, seq, view = str(found.cursor).split(".")
        return msgspec.structs.replace(found, cursor=f"{epoch}.{int(seq) + 1}.{view}")

    return [(sync, "_page", page)]


def _ends_too_soon() -> list[Patch]:
    real = sync._page

    def page(*words: Any) -> Any:
        found = real(*words)
        return msgspec.structs.replace(found, more=False) if found.more is True else found

    return [(sync, "_page", page)]


def _old_cursors() -> list[Patch]:
    real = sync._page

    def page(connection: Any, caller: Any, team_id: Any, cursor: Any, limit: Any, epoch: int) -> Any:
        if cursor:
            cursor = f"{epoch}.{cursor.split('.', 1)[1]}"
        return real(connection, caller, team_id, cursor, limit, epoch)

    return [(sync, "_page", page)]


def _scope_stays() -> list[Patch]:
    return [(accounts, "_scope_changed", lambda *_: None)]


def _everybodys_entries() -> list[Patch]:
    real = entries.changed_since

    def changed_since(connection: Any, service_id: Any, _: Any, *more: Any) -> Any:
        users = accounts.users_of(connection, service_id, [more[0]])
        found = [row for one in sorted(users) for row in real(connection, service_id, one, *more)]
        return sorted(found, key=lambda row: row[0])[: more[-1]]

    return [(entries, "changed_since", changed_since)]


def _forged_is_taken() -> list[Patch]:
    def forged(readings: Any) -> Any:
        return [
            Verdict(msgspec.structs.replace(verdict.result, outcome="conflict", reason="version"), verdict.reading)
            for verdict in real(readings)
        ]

    real = judge.forged
    return [(judge, "forged", forged)]


def _void_forgets_figures() -> list[Patch]:
    real = volumes.apply

    def apply(connection: Any, service_id: Any, changes: Any) -> None:
        real(connection, service_id, [(old, new) for old, new in changes if old is None or new.state == "active"])

    return [(volumes, "apply", apply)]


def _conflicts_are_not_stored() -> list[Patch]:
    real = operations.insert_many

    def insert_many(connection: Any, service_id: Any, user_id: Any, device_id: Any, at: int, stored: Any) -> None:
        applied = [verdict for verdict in stored if verdict.result.outcome == "applied"]
        real(connection, service_id, user_id, device_id, at, applied)

    return [(operations, "insert_many", insert_many)]


def _closes_anything() -> list[Patch]:
    real = operations.close

    def close(connection: Any, service_id: Any, user_id: Any, stored: Any) -> None:
        closing = [
            Verdict(msgspec.structs.replace(verdict.result, outcome="applied"), verdict.reading) for verdict in stored
        ]
        real(connection, service_id, user_id, closing)

    return [(operations, "close", close)]


def _void_counts_twice() -> list[Patch]:
    real = judge._applied

    def applied(reading: Any, before: Any = None, after: Any = None, person: Any = None) -> Verdict:
        if after is not None and after.state == "void":
            after = msgspec.structs.replace(after, version=after.version + 1)
        return real(reading, before, after, person)

    return [(judge, "_applied", applied)]


def _void_clears() -> list[Patch]:
    real = judge._applied

    def applied(reading: Any, before: Any = None, after: Any = None, person: Any = None) -> Verdict:
        if after is not None and after.state == "void":
            after = msgspec.structs.replace(after, place=None, minutes=0)
        return real(reading, before, after, person)

    return [(judge, "_applied", applied)]


def _members_who_left() -> list[Patch]:
    real = judge._decide

    def decide(reading: Any, world: Any) -> Verdict:
        verdict = real(reading, world)
        return judge._rejected(reading, "not_authorised", "never") if verdict.result.reason == "not_member" else verdict

    return [(judge, "_decide", decide)]


SERVER = [
    Fault("an operation is not looked up before it is stored", "invariant 16, 21", server=_no_duplicate_check),
    Fault("a duplicate is always called applied", "invariant 21", server=_always_applied),
    Fault("an id may be used again for other words", "invariant 22", server=_no_hash_check),
    Fault("an amend applies whatever its base", "invariant 102", server=_any_base),
    Fault("a restore leaves the epoch as it was", "design 6.9", server=_epoch_stays),
    Fault("one push in a while is answered and not committed", "invariant 20", server=_answer_before_commit),
    Fault("a team's numbers have holes", "invariant 19", server=_holes),
    Fault("a page skips the row after it", "invariant 29, 33", server=_rows_are_skipped),
    Fault("a page says that it is the last", "invariant 33", server=_ends_too_soon),
    Fault("a cursor of an older epoch is honoured", "invariant 27", server=_old_cursors),
    Fault(
        "a change of team leaves the scope version",
        "design 6.7",
        belt="the whole scope is stated each time; the version only sorts out answers that come out of order",
        server=_scope_stays,
    ),
    Fault("a pull gives the entries of colleagues", "design 6.7", server=_everybodys_entries),
    Fault("a push in another user's name is answered as stored", "invariant 23", server=_forged_is_taken),
    Fault("a void stays in the figures", "invariant 101", server=_void_forgets_figures),
    Fault("conflicts are answered and not stored", "invariant 20, 24", server=_conflicts_are_not_stored),
    Fault("a conflict is closed by one that did not take effect", "invariant 24", server=_closes_anything),
    Fault("a void counts as two versions", "invariant 17", server=_void_counts_twice),
    Fault("a void clears what was written", "invariant 25", server=_void_clears),
    Fault("late work of one who left a team is rejected", "invariant 103", server=_members_who_left),
]
