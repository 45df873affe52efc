"""Operations that are stored but not in effect: the user's own, and those of the teams that a lead leads."""

from typing import Literal

from litestar import get
from litestar.di import NamedDependency

from api.database import Database
from api.sessions import Caller
from api.store import operations
from domain.operation import OpenConflict
from domain.shape import Answer


class Conflicts(Answer, frozen=True, kw_only=True):
    """Conflicts that wait for somebody, oldest first."""

    server: Literal["alongside"] = "alongside"
    conflicts: tuple[OpenConflict, ...]


@get("/conflicts", operation_id="conflicts", opt={"policy": "conflicts.read"})
async def conflicts(caller: NamedDependency[Caller], database: NamedDependency[Database]) -> Conflicts:
    """What a person has to settle."""
    teams = caller.leads("conflicts.read")
    found = await database.read(
        lambda connection: operations.open_conflicts(connection, caller.service_id, caller.user_id, teams)
    )
    return Conflicts(conflicts=tuple(found))


HANDLERS = [conflicts]
