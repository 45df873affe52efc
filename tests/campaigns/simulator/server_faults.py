"""What is broken in the server around the ordered decision, one rule at a time: what is replaced while it runs."""

from secrets import token_bytes
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from api import backup, clock, database, edge
from api.routes import sync
from api.store import accounts, entries, keys, months, operations, people, push, volumes
from domain import access
from tests.campaigns.simulator.planting import Fault, Patch


def _no_duplicate_check() -> list[Patch]:
    return [(operations, "known", lambda *_: {})]


def _epoch_stays() -> list[Patch]:
    return [(backup, "finish", lambda *_: None)]


def _answer_before_commit() -> list[Patch]:
    real = database._commit_together
    count = iter(range(10**9))

    def commit(engine: Any, together: Any) -> None:
        if next(count) % 11 != 10:
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


class _Anybody(UUID):
    """The id of whoever it is compared with."""

    __hash__ = UUID.__hash__

    def __eq__(self, other: object) -> bool:
        return True


def _forged_is_taken() -> list[Patch]:
    real = sync._push

    class Decoder:
        def decode(self, body: bytes) -> Any:
            sent = real.decode(body)
            return msgspec.structs.replace(sent, user_id=_Anybody(int=sent.user_id.int))

    return [(sync, "_push", Decoder())]


def _numbers_are_not_kept() -> list[Patch]:
    return [(accounts, "set_seq", lambda *_: None)]


def _poisoned_together() -> list[Patch]:
    return [(sync, "push", push._store)]


def _months_are_not_seen() -> list[Patch]:
    return [(months, "closed", lambda *_: frozenset())]


def _one_view() -> list[Patch]:
    return [(access, "view", lambda role: "1")]


def _everybodys_persons() -> list[Patch]:
    real = people.changed_since

    def changed_since(connection: Any, service_id: Any, _: Any, *more: Any) -> Any:
        teams = [row.id for row in accounts.teams(connection, service_id)]
        found = [row for one in teams for row in real(connection, service_id, one, *more)]
        return sorted(found, key=lambda row: row[0])[: more[-1]]

    return [(people, "changed_since", changed_since)]


def _today_is_tomorrow() -> list[Patch]:
    other = SimpleNamespace(now=lambda: clock.now(), civil_date=lambda at: clock.civil_date(at + 86_400_000))
    return [(sync, "clock", other)]


def _one_key_for_all() -> list[Patch]:
    return [(keys, "data_key", lambda *_: b"k" * 32)]


def _another_key_each_time() -> list[Patch]:
    return [(keys, "data_key", lambda *_: token_bytes(32))]


def _any_number_of_operations() -> list[Patch]:
    return [(sync, "MOST_OPERATIONS", 10**6)]


def _bodies_of_any_size() -> list[Patch]:
    return [(edge, "MOST_BYTES", {"/api/sync/push": 2**30}), (edge, "MOST_BYTES_ELSEWHERE", 2**30)]


SYNC = "tests/api/test_sync.py::"
DEVICES = "tests/api/test_devices.py::"

SERVER = [
    Fault("an operation is not looked up before it is stored", "invariant 16, 21", server=_no_duplicate_check),
    Fault(
        "a push in another user's name is stored",
        "decision 2: forged, invariant 23",
        SYNC + "test_another_users_operations_are_all_refused[sqlite]",
        server=_forged_is_taken,
    ),
    Fault(
        "a poisoned operation takes its batch with it",
        "design 6.2: tried one by one",
        SYNC + "test_what_the_database_refuses_is_rejected_alone[sqlite]",
        server=_poisoned_together,
    ),
    Fault("one push in a while is answered and not committed", "invariant 20", server=_answer_before_commit),
    Fault("a team's numbers have holes", "design 6.3, invariant 19", server=_holes),
    Fault("a number is given twice", "design 6.3, invariant 19", server=_numbers_are_not_kept),
    Fault("a page skips the row after it", "invariant 29, 33", server=_rows_are_skipped),
    Fault(
        "a page says that it is the last",
        "invariant 33",
        SYNC + "test_pages_of_any_size_end_with_the_same_rows[sqlite-2]",
        server=_ends_too_soon,
    ),
    Fault(
        "a cursor of an older epoch is honoured",
        "invariant 27",
        SYNC + "test_a_cursor_that_is_not_of_this_view_asks_the_phone_to_begin_again[sqlite-2.0.1w-page0]",
        server=_old_cursors,
    ),
    Fault(
        "a change of role leaves the view as it was",
        "invariant 27, sync 3.4",
        SYNC + "test_a_phone_reads_a_team_again_when_the_role_of_its_user_changes_there[sqlite]",
        server=_one_view,
    ),
    Fault(
        "a change of team leaves the scope version",
        "design 6.7",
        "tests/campaigns/test_server_of_the_simulator.py::test_every_change_of_teams_and_roles_raises_the_scope_version",
        server=_scope_stays,
    ),
    Fault("a pull gives the entries of colleagues", "design 6.7", server=_everybodys_entries),
    Fault("a pull gives the persons of every team", "design 6.7, invariant 10", server=_everybodys_persons),
    Fault(
        "days are judged by another calendar than the server's",
        "design 6.8",
        SYNC + "test_days_are_judged_by_the_servers_calendar[sqlite]",
        server=_today_is_tomorrow,
    ),
    Fault("a restore leaves the epoch as it was", "design 6.9", server=_epoch_stays),
    Fault(
        "every user on every phone has the same key",
        "design 6.13",
        DEVICES + "test_another_user_or_another_phone_has_another_key[sqlite]",
        server=_one_key_for_all,
    ),
    Fault(
        "a server that has forgotten a phone gives it another key",
        "design 6.13",
        DEVICES + "test_a_server_that_has_forgotten_the_device_gives_the_same_key_again[sqlite]",
        server=_another_key_each_time,
    ),
    Fault(
        "any number of operations is taken in one push",
        "design 6.14",
        SYNC + "test_more_than_a_hundred_operations_are_too_many_at_once[sqlite]",
        server=_any_number_of_operations,
    ),
    Fault(
        "a body of any size is read",
        "design 6.14",
        "tests/api/test_edge.py::test_a_body_over_its_limit_is_refused_whether_it_says_so_or_not[sqlite]",
        server=_bodies_of_any_size,
    ),
    Fault("a void stays in the figures", "invariant 101", server=_void_forgets_figures),
    Fault("conflicts are answered and not stored", "invariant 20, 24", server=_conflicts_are_not_stored),
    Fault("a push does not see which months are closed", "invariant 105", server=_months_are_not_seen),
]
