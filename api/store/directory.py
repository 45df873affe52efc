"""Who is who: the people of the teams by name, and the logins."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select

from api.store.tables import member, user


def users(connection: Connection, service_id: UUID, team_ids: Collection[UUID], whole_service: bool) -> list[Row[Any]]:
    """Who is in these teams now, once for each team: `id`, `name`, `role`, `team_id`. Closed accounts are left out.
    With `whole_service`, also those who are in no team."""
    within = member.c.team_id.in_(team_ids)
    statement = (
        # Somebody with two roles has the wider one: by chance the first in the alphabet, lead and admin.
        select(user.c.id, user.c.name, func.min(member.c.role).label("role"), member.c.team_id)
        .join(member, (member.c.service_id == user.c.service_id) & (member.c.user_id == user.c.id))
        .where(
            user.c.service_id == service_id,
            user.c.disabled_at.is_(None),
            member.c.to_at.is_(None),
            within | member.c.team_id.is_(None) if whole_service else within,
        )
        .group_by(user.c.id, user.c.name, member.c.team_id)
        .order_by(user.c.name, user.c.id, member.c.team_id)
    )
    return list(connection.execute(statement))


def logins(connection: Connection, service_id: UUID) -> dict[UUID, str]:
    """What each user of a service types to sign in."""
    rows = connection.execute(select(user.c.id, user.c.login).where(user.c.service_id == service_id))
    return {row.id: row.login for row in rows}
