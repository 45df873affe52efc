"""Phones and the numbers that have arrived from each: a fixed number of statements, however many phones there are."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal, select, true, union_all, update

from api.store import accounts, sessions
from api.store.tables import device, member, operation
from domain.devices import MOST_RANGES, DeviceState, whereabouts


def of_service(connection: Connection, service_id: UUID) -> list[DeviceState]:
    """Every device of a service, the one that was in touch last first."""
    return _states(connection, service_id, true())


def of_users(
    connection: Connection, service_id: UUID, user_ids: Collection[UUID], team_ids: Collection[UUID] = ()
) -> list[DeviceState]:
    """The devices of these users and of the members of these teams. Of those who have left a team, the ones that may
    still hold work for it: that is the lead's to chase."""
    ever = select(member.c.user_id).where(member.c.service_id == service_id, member.c.team_id.in_(team_ids))
    found = _states(connection, service_id, device.c.user_id.in_(user_ids) | device.c.user_id.in_(ever))
    now = accounts.users_of(connection, service_id, team_ids).union(user_ids)
    # What is pending is missing too.
    return [one for one in found if one.user_id in now or one.missing_count]


def sign_out(connection: Connection, service_id: UUID, user_id: UUID, device_id: UUID, at: int) -> bool:
    """Ends the sessions of a device; False where it was signed out already. What it holds stays sealed on it until its
    user signs in there again."""
    which = (device.c.service_id == service_id) & (device.c.user_id == user_id) & (device.c.id == device_id)
    signed_in = update(device).where(which, device.c.revoked_at.is_(None))
    if not connection.execute(signed_in.values(revoked_at=at)).rowcount:
        return False
    sessions.sign_out(connection, service_id, user_id, at, device_id)
    return True


def gaps(service_id: UUID, whose: ColumnElement[bool]) -> Select[Any]:
    """The first ranges of numbers up to `issued` that have not arrived, device by device, and how many are in all.

    Every device gets a 0 beside the numbers, so that a gap at the beginning has an edge, and a device of which nothing
    arrived a row. A number that arrived twice, after a phone was put back from a copy of itself, is next to itself: no
    gap.
    """
    of_device = (
        (operation.c.service_id == device.c.service_id)
        & (operation.c.user_id == device.c.user_id)
        & (operation.c.device_id == device.c.id)
        & (operation.c.n <= device.c.issued)
    )
    key = (device.c.user_id, device.c.id, device.c.issued)
    ours = (device.c.service_id == service_id) & whose
    arrived = union_all(
        select(*key, operation.c.n).select_from(device).join(operation, of_device).where(ours),
        select(*key, literal(0).label("n")).where(ours),
    ).cte("arrived")
    each = (arrived.c.user_id, arrived.c.id)
    # One less than the next number, and not one more than this one: the highest number has none after it.
    last = func.lead(arrived.c.n - 1, 1, arrived.c.issued).over(partition_by=each, order_by=arrived.c.n)
    edge = select(*each, arrived.c.n.label("after"), last.label("last")).cte("edge")
    each = (edge.c.user_id, edge.c.id)
    gap = (
        select(
            edge,
            func.row_number().over(partition_by=each, order_by=edge.c.after).label("place"),
            func.sum(edge.c.last - edge.c.after).over(partition_by=each).label("in_all"),
        )
        .where(edge.c.last > edge.c.after)
        .cte("gap")
    )
    return select(gap).where(gap.c.place <= MOST_RANGES).order_by(gap.c.user_id, gap.c.id, gap.c.place)


def _states(connection: Connection, service_id: UUID, whose: ColumnElement[bool]) -> list[DeviceState]:
    found: dict[tuple[UUID, UUID], list[Row[Any]]] = defaultdict(list)
    for gap in connection.execute(gaps(service_id, whose)):
        found[gap.user_id, gap.id].append(gap)
    rows = connection.execute(
        select(device)
        .where(device.c.service_id == service_id, whose)
        .order_by(device.c.last_seen_at.desc(), device.c.user_id, device.c.id)
    )
    return [_state(row, found[row.user_id, row.id]) for row in rows]


def _state(row: Row[Any], gaps: list[Row[Any]]) -> DeviceState:
    missing = gaps[0].in_all if gaps else 0
    pending, possibly_lost = whereabouts(missing, row.pending)
    return DeviceState(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        app=row.app,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        issued=row.issued,
        received=gaps[0].after if gaps else row.issued,
        missing=tuple((gap.after + 1, gap.last) for gap in gaps),
        missing_count=missing,
        pending=pending,
        oldest_pending_at=row.oldest_pending_at if pending else None,
        possibly_lost=possibly_lost,
        signed_out=row.revoked_at is not None,
    )
