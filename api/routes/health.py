"""Whether the process runs, and whether it can store."""

from typing import Literal

from litestar import get
from litestar.di import NamedDependency
from sqlalchemy import text

from api import migrate
from api.database import Busy, Database
from api.errors import Failed
from domain.shape import Answer


class Health(Answer, frozen=True, kw_only=True):
    """Nothing but that it is well: details are for the operator's own commands."""

    server: Literal["alongside"] = "alongside"
    status: Literal["ok"] = "ok"


@get("/health/live", operation_id="live", opt={"policy": "public"})
async def live() -> Health:
    """The process answers."""
    return Health()


@get("/health/ready", operation_id="ready", opt={"policy": "public"})
async def ready(database: NamedDependency[Database]) -> Health:
    """The database can be written to and has this version's schema."""
    try:
        await database.write(lambda connection: connection.execute(text("SELECT 1")).scalar())
        current = await database.read(migrate.is_current)
    except Busy as busy:
        raise Failed(503, "busy") from busy
    if not current:
        raise Failed(503, "busy")
    return Health()


HANDLERS = [live, ready]
