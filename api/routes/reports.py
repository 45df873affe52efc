"""Figures to take away: a file for a spreadsheet, or the JSON that the screens get. Every report is noted in the
audit."""

from datetime import date, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from sqlalchemy import Connection

from api import clock
from api.database import Database
from api.errors import Failed
from api.sessions import Caller
from api.store import accounts, audit
from api.store import volumes as volume_store
from domain.disclosure import Scope, scope_for
from domain.periods import By
from domain.volume_rows import Asked, Volumes, csv_text
from domain.volumes import Split

Format = Literal["csv", "json"]
CSV = "text/csv; charset=utf-8; header=present"


@get(
    "/reports/contact-volumes",
    operation_id="contact_volumes",
    opt={"policy": "volumes.read"},
    media_type="text/csv",
)
async def contact_volumes(
    caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    from_: Annotated[date, QueryParameter(name="from")],
    to: FromQuery[date],
    by: FromQuery[By] = "month",
    split: FromQuery[Split] = "kind",
    team_id: FromQuery[tuple[UUID, ...]] = (),
    format: FromQuery[Format] = "csv",
) -> Response[str]:
    """The same figures as GET /api/volumes, as a file."""
    asked = Asked(from_, to, by, split)
    at = clock.now()

    def load(connection: Connection) -> tuple[Volumes, Scope]:
        existing = accounts.team_names(connection, caller.service_id)
        scope = scope_for(caller.user_id, caller.memberships, team_id, existing.keys())
        if scope is None:
            raise Failed(404, "not_found")
        return volume_store.read(connection, caller.service_id, scope, asked, at), scope

    answer, scope = await database.read(load)
    # Written apart from the reading, so that a long report holds up no push; nothing is handed out before it is noted.
    await database.write(
        lambda connection: audit.record(
            connection,
            caller.service_id,
            at,
            caller.user_id,
            "report_taken",
            first=from_,
            last=to,
            by=by,
            split=split,
            teams=sorted(scope.team_ids),
            own=scope.author_id is not None,
            rows=len(answer.rows),
            format=format,
        )
    )
    if format == "json":
        return Response(msgspec.json.encode(answer).decode(), headers={"Content-Type": "application/json"})
    headers = {"Content-Type": CSV, "Content-Disposition": f'attachment; filename="{file_name(from_, to)}"'}
    return Response(csv_text(answer), headers=headers)


def file_name(first: date, last: date) -> str:
    """What the file is called: by its months, or by its days where it does not hold whole months."""
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    days = "%Y-%m" if whole else "%Y-%m-%d"
    return f"peer-support-contacts-{first:{days}}-to-{last:{days}}.csv"


HANDLERS = [contact_volumes]
