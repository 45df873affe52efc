"""Closed months of a team: a lead closes one when its figures were reported, and may reopen it."""

from typing import Literal
from uuid import UUID

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy import Connection

from api import clock
from api.database import Database
from api.errors import Failed
from api.sessions import Caller
from api.store import accounts
from api.store import months as month_store
from domain.access import reachable
from domain.months import is_over, name_of, named
from domain.shape import Answer, Strict


class ClosedMonth(Answer, frozen=True, kw_only=True):
    """A month such as 2026-09 in which nothing changes. Without `closed_by`, the service's operator closed it."""

    team_id: UUID
    month: str
    closed_at: int
    closed_by: UUID | None


class Months(Answer, frozen=True, kw_only=True):
    """Closed months, newest first."""

    server: Literal["alongside"] = "alongside"
    months: tuple[ClosedMonth, ...]


class MonthChange(Strict, frozen=True, kw_only=True):
    """Whether the month is to be closed."""

    closed: bool


@get("/months", operation_id="months", opt={"policy": "months.read"})
async def months(
    caller: NamedDependency[Caller], database: NamedDependency[Database], team_id: FromQuery[tuple[UUID, ...]] = ()
) -> Months:
    """The closed months of the teams named, or of all that the caller may see."""

    def load(connection: Connection) -> Months:
        existing = accounts.team_names(connection, caller.service_id)
        seen = reachable(caller.memberships, "months.read", existing)
        if not seen.issuperset(team_id):
            raise Failed(404, "not_found")
        return _months(connection, caller.service_id, frozenset(team_id) or seen)

    return await database.read(load)


@put("/months/{team_id:uuid}/{month:str}", operation_id="set_month", opt={"policy": "months.close"})
async def set_month(
    team_id: FromPath[UUID],
    month: FromPath[str],
    data: JSONBody[MonthChange],
    caller: NamedDependency[Caller],
    database: NamedDependency[Database],
) -> Months:
    """Closes a month that is over, or reopens it; answers the closed months of the team. Sent again, it changes
    nothing."""
    at, first = clock.now(), named(month)

    def change(connection: Connection) -> Months:
        existing = accounts.team_names(connection, caller.service_id)
        if team_id not in reachable(caller.memberships, "months.read", existing):
            raise Failed(404, "not_found")
        if team_id not in reachable(caller.memberships, "months.close", existing):
            raise Failed(403, "not_allowed")
        if data.closed and not is_over(first, clock.civil_date(at)):
            raise Failed(409, "month_not_over")
        to_state = month_store.close if data.closed else month_store.reopen
        to_state(connection, caller.service_id, team_id, first, caller.user_id, at)
        return _months(connection, caller.service_id, {team_id})

    return await database.write(change)


def _months(connection: Connection, service_id: UUID, team_ids: frozenset[UUID] | set[UUID]) -> Months:
    rows = month_store.newest_first(connection, service_id, team_ids)
    found = (
        ClosedMonth(team_id=row.team_id, month=name_of(row.month), closed_at=row.closed_at, closed_by=row.closed_by)
        for row in rows
    )
    return Months(months=tuple(found))


HANDLERS = [months, set_month]
