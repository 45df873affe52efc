"""How much was done, for the screens: the same figures that api/routes/reports.py gives as a file."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from sqlalchemy import Connection

from api import clock
from api.database import Database
from api.errors import Failed
from api.sessions import Caller
from api.store import accounts
from api.store import volumes as volume_store
from domain.disclosure import scope_for
from domain.periods import By
from domain.volume_rows import Asked, Volumes
from domain.volumes import Split


@get("/volumes", operation_id="volumes", opt={"policy": "volumes.read"})
async def volumes(
    caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    from_: Annotated[date, QueryParameter(name="from")],
    to: FromQuery[date],
    by: FromQuery[By] = "month",
    split: FromQuery[Split] = "kind",
    team_id: FromQuery[tuple[UUID, ...]] = (),
) -> Volumes:
    """Figures of the teams named, or of all that the caller may see. A worker gets the own ones."""
    asked = Asked(from_, to, by, split)

    def load(connection: Connection) -> Volumes:
        existing = accounts.team_names(connection, caller.service_id)
        scope = scope_for(caller.user_id, caller.memberships, team_id, existing.keys())
        if scope is None:
            raise Failed(404, "not_found")
        return volume_store.read(connection, caller.service_id, scope, asked, clock.now())

    return await database.read(load)


HANDLERS = [volumes]
