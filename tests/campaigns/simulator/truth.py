"""What the server says of itself at the end, read from its tables and held against the rules it must keep."""

import json
from collections import Counter
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from api.store import accounts, entries, people
from api.store.tables import entry, member, operation, person, user
from api.verify import verify
from domain.access import own_teams
from domain.reading import read_stored
from tests.campaigns.simulator.months import Closings
from tests.campaigns.simulator.people import SERVICE

# Which invariant each check of `alongside verify` looks after.
_VERIFIED = {
    "numbers of teams": 19,
    "entries and persons, from their operations": 18,
    "kinds, stages and topics": 18,
    "figures, from a recount": 101,
}
IN_EFFECT = (operation.c.outcome == "applied", operation.c.noop.is_(False))
CREATES = (operation.c.action == "create",)


def truth(connection: Connection, sent: dict[str, str], closings: Closings) -> dict[str, Any]:
    """Violations, and what the phones are held against: operations, scopes, rows."""
    stored = connection.execute(select(operation).where(operation.c.service_id == SERVICE)).all()
    checked: Counter[int] = Counter()
    found = [
        *_verified(connection, checked),
        *_counted(connection, checked),
        *_operations(stored, sent, checked),
        *_settled(stored, _leads(connection), checked),
        *_months(stored, closings, checked),
    ]
    return {
        **rows(connection),
        "checked": checked,
        "violations": [{"invariant": number, "what": what} for number, what in found],
        "operations": {str(row.id): {"user_id": str(row.user_id), "outcome": row.outcome} for row in stored},
    }


def rows(connection: Connection) -> dict[str, Any]:
    """The same for phones that have only read: what they are held against, and nothing else."""
    users = list(connection.execute(select(user.c.id).where(user.c.service_id == SERVICE)).scalars())
    scope = {one: own_teams(accounts.memberships(connection, SERVICE, one)) for one in users}
    return {
        "checked": {},
        "violations": [],
        "operations": {},
        "scope": {str(one): sorted(map(str, teams)) for one, teams in scope.items()},
        "rows": {str(one): _rows(connection, one, teams) for one, teams in scope.items()},
        "open": _open(connection),
    }


def table(connection: Connection) -> dict[str, Any]:
    """Which operations are there, and what took effect more often than it may: to count what was lost and doubled."""
    in_effect, created = _effects(connection)
    versions = [row for each in (entry, person) for row in connection.execute(select(each.c.id, each.c.version))]
    makers = select(operation.c.thing_id, operation.c.id).where(*IN_EFFECT, *CREATES, operation.c.thing == "entry")
    return {
        "operations": [str(number) for number in connection.execute(select(operation.c.id)).scalars()],
        "again": sum(max(0, version - in_effect[number]) for number, version in versions)
        + sum(times - 1 for times in created.values()),
        "entries": {str(row[0]): str(row[1]) for row in connection.execute(makers)},
    }


def _verified(connection: Connection, checked: Counter[int]) -> list[tuple[int, str]]:
    checks = verify(connection)
    checked.update(_VERIFIED.get(check.name, 0) for check in checks)
    return [(_VERIFIED.get(check.name, 0), difference) for check in checks for difference in check.differences]


def _effects(connection: Connection) -> tuple[Counter[UUID], Counter[UUID]]:
    """How many operations took effect on each thing, and how many of them made it."""
    return (
        Counter(connection.execute(select(operation.c.thing_id).where(*IN_EFFECT)).scalars()),
        Counter(connection.execute(select(operation.c.thing_id).where(*IN_EFFECT, *CREATES)).scalars()),
    )


def _counted(connection: Connection, checked: Counter[int]) -> list[tuple[int, str]]:
    """Versions and entries by counting alone, without folding anything."""
    found: list[tuple[int, str]] = []
    in_effect, created = _effects(connection)
    for table in (entry, person):
        for number, version in connection.execute(select(table.c.id, table.c.version)):
            checked[17] += 1
            if in_effect[number] != version:
                found.append((17, f"{table.name} {number}: version {version} of {in_effect[number]} operations"))
    checked[31] += len(created)
    found += [(31, f"{number} was created {times} times") for number, times in created.items() if times > 1]
    things = set(connection.execute(select(entry.c.id)).scalars()) | set(
        connection.execute(select(person.c.id)).scalars()
    )
    found += [(31, f"{number} is there without a create, or not there with one") for number in things ^ created.keys()]
    return found


def _operations(stored: Any, sent: dict[str, str], checked: Counter[int]) -> list[tuple[int, str]]:
    """Each stored operation is what the phone sent, made by its user, on the version that it names."""
    found: list[tuple[int, str]] = []
    for row in stored:
        said = read_stored(row.body)
        checked[24] += 1
        if str(row.id) in sent and read_stored(sent[str(row.id)]) != said:
            found.append((24, f"operation {row.id} is not stored as it was sent"))
        if row.action != "amend" or row.outcome != "applied" or row.noop:
            continue
        checked[102] += 1
        if said.base != row.version - 1:
            found.append((102, f"operation {row.id} was made on version {said.base} and applied to {row.version - 1}"))
    return found


def _settled(stored: Any, leads: set[tuple[UUID, UUID]], checked: Counter[int]) -> list[tuple[int, str]]:
    """A conflict is closed by an operation that took effect and says so, of its author or a lead; who accepts one lends
    only the hand."""
    found: list[tuple[int, str]] = []
    by_id = {row.id: row for row in stored}
    for row in stored:
        if row.closed_by is not None:
            checked[24] += 1
            closer = by_id.get(row.closed_by)
            if closer is None or closer.outcome != "applied" or read_stored(closer.body).closes != row.id:
                found.append((24, f"conflict {row.id} was closed by {row.closed_by}, which does not say so"))
            elif closer.user_id != row.author_id and (closer.user_id, row.team_id) not in leads:
                found.append((24, f"conflict {row.id} was closed by {row.closed_by}, of somebody who never led"))
            elif closer.author_id != row.author_id and not closer.noop and _same_words(closer, row):
                found.append((104, f"operation {closer.id} accepts {row.id} and is not its author's"))
        if row.user_id == row.author_id:
            continue
        checked[104] += 1
        accepted = by_id.get(read_stored(row.body).closes)
        if accepted is None or accepted.author_id != row.author_id or read_stored(accepted.body).set != _set(row):
            found.append((104, f"operation {row.id} is in another's name and accepts nothing of theirs"))
        elif row.outcome == "applied" and accepted.closed_by != row.id:
            found.append((104, f"operation {row.id} accepts {accepted.id}, which {accepted.closed_by} closed"))
    return found


def _months(stored: Any, closings: Closings, checked: Counter[int]) -> list[tuple[int, str]]:
    effects = [
        (row, read_stored(row.body))
        for row in sorted((one for one in stored if one.outcome == "applied" and not one.noop), key=_version)
        if row.thing == "entry"
    ]
    checked[105] += len(effects)
    return [(105, what) for what in closings.broken(effects)]  # type: ignore[arg-type]


def _version(row: Any) -> int:
    return int(row.version)


def _same_words(one: Any, other: Any) -> bool:
    return bool(one.action == other.action and _set(one) == _set(other))


def _set(row: Any) -> Any:
    return read_stored(row.body).set


def _leads(connection: Connection) -> set[tuple[UUID, UUID]]:
    """Who ever led which team."""
    ever = select(member.c.user_id, member.c.team_id).where(member.c.role == "lead")
    return {(row[0], row[1]) for row in connection.execute(ever)}


def _open(connection: Connection) -> list[dict[str, str]]:
    """Conflicts that nobody has settled, each with whose words it is."""
    columns = operation.c
    waiting = select(columns.id, columns.author_id, columns.team_id).where(
        columns.service_id == SERVICE, columns.outcome == "conflict", columns.closed_by.is_(None)
    )
    return [
        {"op": str(row.id), "author_id": str(row.author_id), "team_id": str(row.team_id)}
        for row in connection.execute(waiting)
    ]


def _rows(connection: Connection, user_id: UUID, teams: frozenset[UUID]) -> list[Any]:
    own = [one for _, one in entries.all_of(connection, SERVICE) if one.author_id == user_id and one.team_id in teams]
    shared = [one for one in people.all_of(connection, SERVICE).values() if one.team_id in teams]
    found: list[Any] = json.loads(msgspec.json.encode([*own, *shared]))
    return found
