"""A service's settings: changing them, and every change so far, which is kept in the audit."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, select, update

from api.store import accounts
from api.store import audit as audit_store
from api.store.tables import audit, service, user
from domain.service import ServiceSettings
from domain.settings import Changed, changes

_CHANGED = "settings_changed"


def change(
    connection: Connection, service_id: UUID, base: int, wanted: ServiceSettings, user_id: UUID | None, at: int
) -> tuple[Changed, ...] | None:
    """Puts the settings in the place of those of version `base`; answers what became another.

    None where they are not of that version any more. Settings that are as they were are no change and keep the version.
    """
    found = accounts.get_service(connection, service_id)
    made = changes(found.settings, wanted)
    if found.version != base or not made:
        return None if found.version != base else ()
    columns = service.c
    statement = update(service).where(columns.service_id == service_id, columns.version == base)
    settings = msgspec.json.encode(wanted).decode()
    # Somebody else's change may have got in between our reading and our writing.
    if not connection.execute(statement.values(settings=settings, version=base + 1)).rowcount:
        return None
    audit_store.record(
        connection, service_id, at, user_id, _CHANGED, "service", service_id, version=base + 1, changes=made
    )
    return made


def history(connection: Connection, service_id: UUID, limit: int, after: UUID | None) -> list[Row[Any]]:
    """Changes of the settings, newest first: `id`, `at`, `user_id`, the user's `name` and `detail`."""
    statement = (
        select(audit.c.id, audit.c.at, audit.c.user_id, user.c.name, audit.c.detail)
        .outerjoin(user, (user.c.service_id == audit.c.service_id) & (user.c.id == audit.c.user_id))
        .where(audit.c.service_id == service_id, audit.c.action == _CHANGED)
        .order_by(audit.c.id.desc())
        .limit(limit)
    )
    return list(connection.execute(statement if after is None else statement.where(audit.c.id < after)))
