"""What the server says of itself at the end, read from its tables and held against the rules it must keep."""

import json
from collections import Counter
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, func, select

from api.store import accounts, entries, people
from api.store.tables import entry, operation, person, user
from api.verify import verify
from domain.access import own_teams
from domain.operation import Operation
from tests.campaigns.simulator.server import SERVICE

# Which invariant each check of `alongside verify` looks after.
_VERIFIED = {
    "numbers of teams": 19,
    "entries and persons, from their operations": 18,
    "kinds, stages and topics": 18,
    "figures, from a recount": 101,
}
_operation = msgspec.json.Decoder(Operation)


def truth(connection: Connection, sent: dict[str, str]) -> dict[str, Any]:
    """Violations, and what the phones are held against: operations, scopes, rows."""
    users = list(connection.execute(select(user.c.id).where(user.c.service_id == SERVICE)).scalars())
    scope = {one: own_teams(accounts.memberships(connection, SERVICE, one)) for one in users}
    stored = connection.execute(select(operation).where(operation.c.service_id == SERVICE)).all()
    return {
        "violations": [
            {"invariant": number, "what": what}
            for number, what in [*_verified(connection), *_counted(connection), *_operations(stored, sent)]
        ],
        "operations": {str(row.id): {"user_id": str(row.user_id), "outcome": row.outcome} for row in stored},
        "scope": {str(one): sorted(map(str, teams)) for one, teams in scope.items()},
        "rows": {str(one): _rows(connection, one, teams) for one, teams in scope.items()},
    }


def _verified(connection: Connection) -> list[tuple[int, str]]:
    return [
        (_VERIFIED.get(check.name, 0), difference) for check in verify(connection) for difference in check.differences
    ]


def _counted(connection: Connection) -> list[tuple[int, str]]:
    """Versions and entries by counting alone, without folding anything."""
    found: list[tuple[int, str]] = []
    in_effect = (operation.c.outcome == "applied", operation.c.noop.is_(False))
    counts = select(operation.c.thing_id, func.count()).where(*in_effect).group_by(operation.c.thing_id)
    applied: dict[UUID, int] = {row[0]: row[1] for row in connection.execute(counts)}
    for table in (entry, person):
        for number, version in connection.execute(select(table.c.id, table.c.version)):
            if applied.get(number) != version:
                found.append((17, f"{table.name} {number}: version {version} of {applied.get(number)} operations"))
    created = Counter(
        connection.execute(select(operation.c.thing_id).where(*in_effect, operation.c.action == "create")).scalars()
    )
    found += [(31, f"{number} was created {times} times") for number, times in created.items() if times > 1]
    things = set(connection.execute(select(entry.c.id)).scalars()) | set(
        connection.execute(select(person.c.id)).scalars()
    )
    found += [(31, f"{number} is there without a create, or not there with one") for number in things ^ created.keys()]
    return found


def _operations(stored: Any, sent: dict[str, str]) -> list[tuple[int, str]]:
    """Each stored operation is what the phone sent, made by its user, on the version that it names."""
    found: list[tuple[int, str]] = []
    by_id = {row.id: row for row in stored}
    for row in stored:
        said = _operation.decode(row.body)
        if str(row.id) in sent and _operation.decode(sent[str(row.id)]) != said:
            found.append((24, f"operation {row.id} is not stored as it was sent"))
        if row.action == "amend" and row.outcome == "applied" and said.base != row.version - 1:
            found.append((102, f"operation {row.id} was made on version {said.base} and applied to {row.version - 1}"))
        if row.closed_by is not None:
            closer = by_id.get(row.closed_by)
            if closer is None or closer.outcome != "applied" or _operation.decode(closer.body).closes != row.id:
                found.append((24, f"conflict {row.id} was closed by {row.closed_by}, which does not say so"))
    return found


def _rows(connection: Connection, user_id: UUID, teams: frozenset[UUID]) -> list[Any]:
    own = [one for _, one in entries.all_of(connection, SERVICE) if one.author_id == user_id and one.team_id in teams]
    shared = [one for one in people.all_of(connection, SERVICE).values() if one.team_id in teams]
    rows: list[Any] = json.loads(msgspec.json.encode([*own, *shared]))
    return rows
