"""Who did or read what: append-only, written in the transaction of the act itself."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, insert
from uuid_utils.compat import uuid7

from api.store.tables import audit


def record(
    connection: Connection,
    service_id: UUID,
    at: int,
    user_id: UUID | None,
    action: str,
    thing: str | None = None,
    thing_id: UUID | None = None,
    **detail: Any,
) -> None:
    """Records one act. `detail` says how many, which days or which team; never a code, a note or an answer."""
    record_many(connection, service_id, at, user_id, [(action, thing, thing_id, detail)])


def record_many(
    connection: Connection,
    service_id: UUID,
    at: int,
    user_id: UUID | None,
    acts: Iterable[tuple[str, str | None, UUID | None, dict[str, Any]]],
) -> None:
    """Records several acts of one user in one statement."""
    rows = [
        {
            "service_id": service_id,
            "id": uuid7(),
            "at": at,
            "user_id": user_id,
            "action": action,
            "thing": thing,
            "thing_id": thing_id,
            "detail": msgspec.json.encode(detail).decode() if detail else None,
        }
        for action, thing, thing_id, detail in acts
    ]
    if rows:
        connection.execute(insert(audit), rows)
