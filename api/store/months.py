"""Closed months: which there are, closing one and reopening it.

Closing and pushing take the same lock, that of the team. A push that got it first is part of the month; one that gets
it afterwards reads the closed months behind it, and so sees this one.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select

from api.store import accounts, audit
from api.store.tables import closed_month
from api.store.upsert import add_new
from domain.months import name_of
from domain.service import TeamMonth


def closed(connection: Connection, service_id: UUID, team_ids: Collection[UUID]) -> frozenset[TeamMonth]:
    """The closed months of these teams. Whoever decides by them has locked the teams before."""
    return frozenset((row.team_id, row.month) for row in newest_first(connection, service_id, team_ids))


def newest_first(connection: Connection, service_id: UUID, team_ids: Collection[UUID]) -> list[Row[Any]]:
    """The closed months of these teams: `team_id`, `month`, `closed_at`, `closed_by`."""
    columns = closed_month.c
    statement = select(closed_month).where(columns.service_id == service_id, columns.team_id.in_(team_ids))
    ordered = statement.order_by(columns.month.desc(), columns.team_id)
    return list(connection.execute(ordered)) if team_ids else []


def close(connection: Connection, service_id: UUID, team_id: UUID, month: date, user_id: UUID | None, at: int) -> bool:
    """Closes a month from the next push on; False where it was closed already. Who closed it first stays."""
    # Without the lock, a push that has looked already could still commit after us, into a month that counts as closed.
    accounts.lock_teams(connection, service_id, [team_id])
    if (team_id, month) in closed(connection, service_id, [team_id]):
        return False
    row = {"service_id": service_id, "team_id": team_id, "month": month, "closed_at": at, "closed_by": user_id}
    add_new(connection, closed_month, row)
    audit.record(connection, service_id, at, user_id, "month_closed", "team", team_id, month=name_of(month))
    return True


def reopen(connection: Connection, service_id: UUID, team_id: UUID, month: date, user_id: UUID | None, at: int) -> bool:
    """Lets a month change again; False where it was open already."""
    accounts.lock_teams(connection, service_id, [team_id])
    columns = closed_month.c
    which = (columns.service_id == service_id) & (columns.team_id == team_id) & (columns.month == month)
    if not connection.execute(delete(closed_month).where(which)).rowcount:
        return False
    audit.record(connection, service_id, at, user_id, "month_reopened", "team", team_id, month=name_of(month))
    return True
