"""The outermost layer: every answer gets its headers, and nothing reaches a route that is not fit to.

It stands outside the framework because the framework's own hooks are not called for unknown paths and methods.
"""

import asyncio
import re
from typing import Any, NamedTuple

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from sqlalchemy import Connection

from api import clock, sessions
from api.database import Busy, Database
from api.errors import body_of, headers_of
from api.headers import fixed_headers
from api.passwords import Passwords
from api.sessions import Caller
from api.settings import Settings
from api.store import sessions as session_store

log = structlog.get_logger()

MOST_BYTES = {"/api/sync/push": 512 * 1024}
MOST_BYTES_ELSEWHERE = 64 * 1024
DEEPEST = 16
# A phone on a very slow link sends half a MiB in this time; a caller that only holds the line open is let go.
PATIENCE = 60.0
SAFE = ("GET", "HEAD", "OPTIONS")
PUBLIC = {
    ("GET", "/api/health/live"),
    ("GET", "/api/health/ready"),
    ("POST", "/api/session"),
    ("POST", "/api/session/join"),
}

# Never tried twice at one place: a text without an end, or of nothing but quotes, is read once from end to end.
_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


class Unfit(Exception):
    """A request that no route may see."""

    def __init__(self, status: int, code: str, end_session: bool = False) -> None:
        super().__init__(code)
        self.status, self.code, self.end_session = status, code, end_session


class Around(NamedTuple):
    """What every route may ask for, by these names."""

    database: Database
    settings: Settings
    hasher: Passwords


class Edge:
    """`api` answers under /api, with what is around it; `pages` answers everything else."""

    def __init__(self, api: ASGIApp, pages: ASGIApp, around: Around) -> None:
        self.api, self.pages, self.around = api, pages, around
        self.database, self.settings = around.database, around.settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request; lifespan events go to the framework, and at their end the database is closed."""
        if scope["type"] == ScopeType.HTTP:
            await self._answer(scope, receive, send)
        elif scope["type"] == ScopeType.WEBSOCKET:
            await send({"type": "websocket.close", "code": 1000, "reason": ""})
        else:
            await self.api(scope, receive, self._closing(send))

    def _closing(self, send: Send) -> Send:
        async def send_closed(message: Message) -> None:
            if message["type"].startswith("lifespan.shutdown"):
                self.database.close()
            await send(message)

        return send_closed

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        of_api = scope["path"] == "/api" or scope["path"].startswith("/api/")
        extra: list[tuple[bytes, bytes]] = []
        send = self._with_headers(send, of_api, extra)
        if not of_api:
            await self.pages(scope, receive, send)
            return
        try:
            await self._authenticate(scope, extra)
            body = await self._body(scope, receive)
        except Unfit as unfit:
            if unfit.end_session:
                extra.append((b"set-cookie", sessions.no_cookie(self.settings).encode()))
            await _refuse(send, unfit.status, unfit.code)
        except Busy as busy:
            log.warning("database busy", fault=str(busy))
            await _refuse(send, 503, "busy")
        except Exception:
            log.exception("unexpected", method=scope["method"], path=scope["path"])
            await _refuse(send, 500, "unexpected")
        else:
            await self.api(scope, _replay(body, receive), send)

    async def _authenticate(self, scope: HTTPScope, extra: list[tuple[bytes, bytes]]) -> None:
        """Finds the caller, or refuses: without a session no path under /api says whether it exists."""
        scope.setdefault("state", {}).update(self.around._asdict(), caller=None)
        if (scope["method"], scope["path"]) in PUBLIC:
            return
        found = sessions.token_of(_header(scope, b"cookie"), self.settings)
        if found is None:
            raise Unfit(401, "not_signed_in")
        service_id, token = found
        at = clock.now()

        def look(connection: Connection) -> Caller | str:
            caller = sessions.who(connection, service_id, token, at)
            return caller or sessions.why_nobody(connection, service_id, token, at)

        caller = await self.database.read(look)
        if isinstance(caller, str):
            # A phone that the service signed out keeps its cookie: whatever it asks first, it will hear why.
            raise Unfit(401, caller, end_session=caller == "not_signed_in")
        scope["state"]["caller"] = caller
        if at - caller.last_seen_at > sessions.TOUCH_EVERY:
            life = sessions.life_of(caller.memberships, caller.device_id is not None)
            await self.database.write(
                lambda connection: session_store.touch(connection, service_id, caller.token_hash, at, at + life)
            )
            extra.append((b"set-cookie", sessions.cookie(self.settings, service_id, token, life).encode()))

    async def _body(self, scope: HTTPScope, receive: Receive) -> bytes:
        """The whole body, once it is known to be ours, small, UTF-8 and shallow."""
        if _header(scope, b"content-encoding"):
            raise Unfit(415, "wrong_content_type")
        if scope["method"] in SAFE:
            return b""
        if not self._same_site(scope):
            raise Unfit(403, "cross_site")
        most = MOST_BYTES.get(scope["path"], MOST_BYTES_ELSEWHERE)
        length = _header(scope, b"content-length")
        # A number of so many digits is too large without being read, which Python refuses to do beyond 4300.
        if length.isdecimal() and (len(length) > 9 or int(length) > most):
            raise Unfit(413, "too_big")
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _read(receive, most)
        except TimeoutError:
            raise Unfit(400, "bad_request") from None
        if (body or scope["method"] != "DELETE") and _header(scope, b"content-type") != "application/json":
            raise Unfit(415, "wrong_content_type")
        if not body and scope["method"] != "DELETE":
            raise Unfit(400, "not_json")
        _check(body)
        return body

    def _same_site(self, scope: HTTPScope) -> bool:
        """Whether our own pages sent it. A browser always says one of the two; scripts say it on purpose."""
        fetch_site = _header(scope, b"sec-fetch-site")
        if fetch_site:
            return fetch_site == "same-origin"
        return _header(scope, b"origin") == self.settings.origin

    def _with_headers(self, send: Send, of_api: bool, extra: list[tuple[bytes, bytes]]) -> Send:
        fixed = fixed_headers(of_api, self.settings.secure)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in fixed}
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in own]
                if of_api and not any(name.lower() == b"cache-control" for name, _ in kept):
                    kept.append((b"cache-control", b"no-store"))
                # A route's own cookie is newer than the one that only says that the session goes on.
                said = any(name.lower() == b"set-cookie" for name, _ in kept)
                message["headers"] = [*kept, *fixed, *([] if said else extra)]
            await send(message)

        return send_with_headers


def _header(scope: HTTPScope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


async def _read(receive: Receive, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Unfit(400, "bad_request")
        parts.append(message["body"])
        size += len(message["body"])
        if size > most:
            raise Unfit(413, "too_big")
        if not message["more_body"]:
            return b"".join(parts)


def _check(body: bytes) -> None:
    """Refuses what would make a decoder fail badly: bytes that are not text, and nesting without end."""
    try:
        body.decode()
    except UnicodeDecodeError:
        raise Unfit(400, "not_utf8") from None
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise Unfit(400, "too_deep")


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out the body that was read already, then whatever follows."""
    given = False

    async def replay() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _refuse(send: Send, status: int, code: str) -> None:
    body = body_of(status, code)
    headers = {
        "content-type": "application/problem+json",
        "content-length": str(len(body)),
        "cache-control": "no-store",
    }
    headers |= headers_of(status)
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body, "more_body": False})
