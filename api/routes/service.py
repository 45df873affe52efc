"""The service and its settings, which every phone keeps a copy of."""

import hashlib
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from api.database import Database
from api.sessions import Caller
from api.store import accounts
from domain.service import Service


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


HANDLERS = [service]
