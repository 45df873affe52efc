"""The directory, which every phone keeps a copy of: so that a form can warn of a closed month, and a lead can name who
logged what."""

import hashlib
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from sqlalchemy import Connection

from api.database import Database
from api.sessions import Caller
from api.store import accounts, months
from api.store import directory as directory_store
from domain.access import Role, reach, reachable
from domain.months import name_of
from domain.shape import Answer


class DirectoryTeam(Answer, frozen=True, kw_only=True):
    """A team and its closed months, newest first, such as 2026-09."""

    id: UUID
    name: str
    closed_months: tuple[str, ...]


class DirectoryUser(Answer, frozen=True, kw_only=True):
    """Somebody who is in a team now. Analysts and admins are in none: `team_id` is null."""

    id: UUID
    name: str
    role: Role
    team_id: UUID | None


class Directory(Answer, frozen=True, kw_only=True):
    """The caller's teams and who is in them; for analysts and admins, of the whole service."""

    server: Literal["alongside"] = "alongside"
    teams: tuple[DirectoryTeam, ...]
    users: tuple[DirectoryUser, ...]


@get("/directory", operation_id="directory", opt={"policy": "directory.read"})
async def directory(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], database: NamedDependency[Database]
) -> Response[Directory | None]:
    """The teams and people that the caller works with; 304 while nothing changed."""
    found = await database.read(lambda connection: _load(connection, caller))
    etag = f'"{hashlib.sha256(msgspec.json.encode(found)).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    return Response(found, headers=headers)


def _load(connection: Connection, caller: Caller) -> Directory:
    names = accounts.team_names(connection, caller.service_id)
    seen = reachable(caller.memberships, "directory.read", names)
    whole = reach(caller.memberships, "directory.read") == "service"
    closed = months.newest_first(connection, caller.service_id, seen)
    people = directory_store.users(connection, caller.service_id, seen, whole)
    return Directory(
        teams=tuple(
            DirectoryTeam(
                id=team_id,
                name=name,
                closed_months=tuple(name_of(row.month) for row in closed if row.team_id == team_id),
            )
            for team_id, name in names.items()
            if team_id in seen
        ),
        users=tuple(DirectoryUser(id=row.id, name=row.name, role=row.role, team_id=row.team_id) for row in people),
    )


HANDLERS = [directory]
