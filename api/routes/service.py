"""The service and its settings, which every phone keeps a copy of, and an admin changes."""

import hashlib
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from sqlalchemy import Connection

from api import clock
from api.database import Database
from api.errors import Failed, ProblemAnswer
from api.sessions import Caller
from api.store import accounts
from api.store import settings as settings_store
from domain.problems import CODES, Problem
from domain.service import Service
from domain.settings import Changed, change_from
from domain.shape import Answer


class SettingsSaved(Answer, frozen=True, kw_only=True):
    """The service with the settings that now hold, and what became another."""

    server: Literal["alongside"] = "alongside"
    service: Service
    changes: tuple[Changed, ...]


class SettingsOutdated(ProblemAnswer, frozen=True, kw_only=True):
    """Nothing was saved: the settings are no longer those that were changed. With the ones that hold."""

    service: Service


class PastChange(Answer, frozen=True, kw_only=True):
    """A change of the settings. Without `user_id`, the service's operator made it by a command."""

    at: int
    user_id: UUID | None
    name: str | None
    version: int
    changes: tuple[Changed, ...]


class SettingsHistory(Answer, frozen=True, kw_only=True):
    """A page of changes, newest first; `next` goes into `after` for the page that follows."""

    server: Literal["alongside"] = "alongside"
    changes: tuple[PastChange, ...]
    next: UUID | None


@get("/service", operation_id="service", opt={"policy": "service.read"})
async def service(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], database: NamedDependency[Database]
) -> Response[Service | None]:
    """The service as its users see it; 304 while nothing changed."""
    found = await database.read(lambda connection: accounts.get_service(connection, caller.service_id))
    etag = f'"{hashlib.sha256(msgspec.json.encode(found)).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    return Response(found, headers=headers)


@put("/service/settings", operation_id="change_settings", opt={"policy": "service.change"})
async def change_settings(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    database: NamedDependency[Database],
) -> Response[SettingsSaved]:
    """Puts the whole settings in the place of those of version `base`. 409, with the newer ones, where they are not of
    that version any more. Sent again, it changes nothing."""
    try:
        data = change_from(await request.body())
    except msgspec.DecodeError as refusal:
        raise Failed(400, "not_json") from refusal
    at = clock.now()

    def change(connection: Connection) -> Response[Any]:
        made = settings_store.change(connection, caller.service_id, data.base, data.settings, caller.user_id, at)
        found = accounts.get_service(connection, caller.service_id)
        if made is None and found.settings != data.settings:
            return _outdated(found)
        return Response(SettingsSaved(service=found, changes=made or ()))

    return await database.write(change)


@get("/service/history", operation_id="settings_history", opt={"policy": "service.change"})
async def settings_history(
    caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    after: FromQuery[UUID | None] = None,
) -> SettingsHistory:
    """Who changed the settings, when, and what became what."""

    def load(connection: Connection) -> SettingsHistory:
        page = settings_store.history(connection, caller.service_id, limit + 1, after)
        return SettingsHistory(
            changes=tuple(
                PastChange(at=row.at, user_id=row.user_id, name=row.name, **msgspec.json.decode(row.detail))
                for row in page[:limit]
            ),
            next=page[limit - 1].id if len(page) > limit else None,
        )

    return await database.read(load)


def _outdated(found: Service) -> Response[Any]:
    code = "settings_changed"
    body = SettingsOutdated(title=CODES[code], status=409, code=code, problems=(Problem(code=code),), service=found)
    return Response(body, status_code=409, media_type="application/problem+json")


HANDLERS = [service, change_settings, settings_history]
