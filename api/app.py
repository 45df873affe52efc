"""Every route and hook of the server on one page."""

from functools import cache
from typing import Any, get_args

from litestar import Litestar, Request, Router
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp

from api.database import Database
from api.edge import PUBLIC, Around, Edge
from api.errors import HANDLERS as ERRORS
from api.errors import Failed
from api.passwords import Passwords
from api.routes import (
    conflicts,
    devices,
    directory,
    entries,
    health,
    months,
    openapi,
    reports,
    service,
    session,
    sync,
    volumes,
)
from api.sessions import Caller
from api.settings import Settings
from api.web import Pages
from domain.access import Permission

ROUTES = [session, devices, sync, service, directory, volumes, reports, months, entries, conflicts, health, openapi]


class PolicyMissing(Exception):
    """A route says nothing of who may call it; the server does not start."""


def create_app(settings: Settings, database: Database | None = None) -> ASGIApp:
    """The server as an ASGI application. It closes the database when it stops."""
    around = Around(database or Database(settings.url), settings, Passwords(settings))
    return Edge(create_api(), Pages(fresh=settings.dev), around)


@cache
def create_api() -> Litestar:
    """The framework's part: what is under /api. It holds nothing, since each request brings what is around it (see
    `Edge`): so one is enough for a process, and for its OpenAPI document no database is needed."""
    api = Litestar(
        route_handlers=[Router("/api", route_handlers=[handler for module in ROUTES for handler in module.HANDLERS])],
        guards=[_guard],
        dependencies={name: _brought(name) for name in ("caller", *Around._fields)},
        exception_handlers=ERRORS,
        openapi_config=OpenAPIConfig(title="Alongside", version="1", render_plugins=[JsonRenderPlugin()]),
        logging_config=None,
        request_max_body_size=None,
        debug=False,
    )
    check_policies(api)
    return api


def check_policies(api: Litestar) -> None:
    """Raises PolicyMissing unless every route names a permission of the access table, or is public at the edge too."""
    for route in api.routes:
        if not route.path.startswith("/api"):
            continue  # The edge never lets a request through to it.
        for handler in getattr(route, "route_handlers", []):
            methods = handler.http_methods if isinstance(handler, HTTPRouteHandler) else set()
            if methods == {"OPTIONS"}:
                continue  # The framework's own, without a policy: the guard refuses it.
            policy = handler.opt.get("policy")
            if policy not in (*get_args(Permission), "public"):
                raise PolicyMissing(f"{route.path}: no policy")
            if any((method, route.path) in PUBLIC for method in methods) != (policy == "public"):
                raise PolicyMissing(f"{route.path}: public at the edge and policy {policy} disagree")


def _guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Asks the access table before anything is read."""
    policy = handler.opt.get("policy")
    if policy == "public":
        return
    caller: Caller | None = connection.scope["state"]["caller"]
    if caller is None:
        raise Failed(401, "not_signed_in")
    if policy is None or not caller.may(policy):
        raise Failed(403, "not_allowed")


def _brought(name: str) -> Provide:
    def provide(request: Request[Any, Any, Any]) -> Any:
        return request.scope["state"][name]

    return Provide(provide, sync_to_thread=False)
