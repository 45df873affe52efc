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
from api.store import measures as measure_store
from api.store import volumes as volume_store
from domain.disclosure import Scope, scope_for
from domain.measures import VolumeMeasures
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
        scope = _scope(connection, caller, team_id)
        return volume_store.read(connection, caller.service_id, scope, asked, clock.now())

    return await database.read(load)


@get("/volumes/measures", operation_id="volume_measures", opt={"policy": "volumes.read"})
async def volume_measures(
    caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    from_: Annotated[date, QueryParameter(name="from")],
    to: FromQuery[date],
    team_id: FromQuery[tuple[UUID, ...]] = (),
) -> VolumeMeasures:
    """What cannot be added up, with what each of it means, for the teams named or all that the caller may see."""

    def load(connection: Connection) -> VolumeMeasures:
        scope = _scope(connection, caller, team_id)
        return measure_store.read(connection, caller.service_id, scope, from_, to, clock.now())

    return await database.read(load)


def _scope(connection: Connection, caller: Caller, team_ids: tuple[UUID, ...]) -> Scope:
    existing = accounts.team_names(connection, caller.service_id)
    scope = scope_for(caller.user_id, caller.memberships, team_ids, existing.keys())
    if scope is None:
        raise Failed(404, "not_found")
    return scope


HANDLERS = [volumes, volume_measures]
