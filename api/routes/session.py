"""Signing in and out, and joining with a one-time code."""

from typing import Any, Literal
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy import Connection, Row

from api import clock, passwords, sessions
from api.database import Database
from api.errors import Failed
from api.passwords import Passwords
from api.sessions import Caller
from api.settings import Settings
from api.store import accounts, audit
from api.store import sessions as session_store
from domain.access import Membership
from domain.problems import Problem
from domain.service import Service
from domain.shape import Answer, Login, Strict

# Ten wrong guesses in a quarter of an hour, then that login waits; an address may be a whole ward behind one router.
WINDOW = 15 * 60_000
MOST_FAILURES = {"login": 10, "address": 100}


class SignIn(Strict, frozen=True, kw_only=True):
    """A login and its passphrase."""

    login: Login
    password: str


class Join(SignIn, frozen=True, kw_only=True):
    """A one-time code, the login that it was made for, and the passphrase chosen."""

    code: str


class UserAnswer(Answer, frozen=True, kw_only=True):
    """Who is signed in."""

    id: UUID
    name: str
    login: str


class SessionAnswer(Answer, frozen=True, kw_only=True):
    """Who is signed in, in which service, with which roles. Analysts and admins have a membership without team."""

    server: Literal["alongside"] = "alongside"
    user: UserAnswer
    service: Service
    memberships: tuple[Membership, ...]


@post("/session", status_code=200, operation_id="sign_in", opt={"policy": "public"})
async def sign_in(
    request: Request[Any, Any, Any],
    data: JSONBody[SignIn],
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    hasher: NamedDependency[Passwords],
) -> Response[SessionAnswer]:
    """Starts a session. The answer to an unknown login, a wrong passphrase and a closed account is the same."""
    at = clock.now()
    noted = await _note_try(database, _tried(request, data.login, settings), at)
    user = await database.read(lambda connection: accounts.find_user(connection, data.login))
    fits = await hasher.fits(user.password_hash if user else None, data.password)
    if user is None or not fits or user.disabled_at is not None:
        raise Failed(401, "wrong_login")
    return await _start(user, database, settings, at, "sign_in", noted)


@post("/session/join", status_code=200, operation_id="join", opt={"policy": "public"})
async def join(
    request: Request[Any, Any, Any],
    data: JSONBody[Join],
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    hasher: NamedDependency[Passwords],
) -> Response[SessionAnswer]:
    """Redeems a one-time code: sets the passphrase, ends older sessions and starts one."""
    at = clock.now()
    if passwords.is_weak(data.password, data.login):
        raise Failed(422, "weak_password", Problem(code="weak_password", field="password", limit=passwords.SHORTEST))
    noted = await _note_try(database, _tried(request, data.login, settings), at)
    password_hash = await hasher.hash(data.password)

    def redeem(connection: Connection) -> Row[Any] | None:
        user = accounts.use_join_code(connection, passwords.code_digest(data.code), data.login, at)
        if user is not None:
            accounts.set_password(connection, user.service_id, user.id, password_hash)
            session_store.end_all(connection, user.service_id, user.id)
        return user

    user = await database.write(redeem)
    if user is None:
        raise Failed(401, "wrong_code")
    return await _start(user, database, settings, at, "join", noted)


@get("/session", operation_id="session", opt={"policy": "session"})
async def session(caller: NamedDependency[Caller], database: NamedDependency[Database]) -> SessionAnswer:
    """Who is signed in."""
    service = await database.read(lambda connection: accounts.get_service(connection, caller.service_id))
    return _answer(caller.user_id, caller.name, caller.login, service, caller.memberships)


@delete("/session", status_code=204, operation_id="sign_out", opt={"policy": "session"})
async def sign_out(
    caller: NamedDependency[Caller], database: NamedDependency[Database], settings: NamedDependency[Settings]
) -> Response[None]:
    """Ends the session. What a phone has not sent stays on it."""

    def end(connection: Connection) -> None:
        session_store.end(connection, caller.service_id, caller.token_hash)
        audit.record(connection, caller.service_id, clock.now(), caller.user_id, "sign_out")

    await database.write(end)
    return Response(None, status_code=204, headers={"Set-Cookie": sessions.no_cookie(settings)})


async def _start(
    user: Row[Any], database: Database, settings: Settings, at: int, act: str, noted: list[UUID]
) -> Response[SessionAnswer]:
    token = passwords.new_token()

    def begin(connection: Connection) -> SessionAnswer:
        session_store.forgive(connection, noted)
        session_store.start(
            connection,
            user.service_id,
            passwords.digest(token),
            user.id,
            at,
            at + sessions.LIFE,
            sessions.MOST_SESSIONS,
        )
        audit.record(connection, user.service_id, at, user.id, act)
        service = accounts.get_service(connection, user.service_id)
        roles = accounts.memberships(connection, user.service_id, user.id)
        return _answer(user.id, user.name, user.login, service, roles)

    answer = await database.write(begin)
    cookie = sessions.cookie(settings, user.service_id, token, sessions.LIFE)
    return Response(answer, status_code=200, headers={"Set-Cookie": cookie})


def _answer(
    user_id: UUID, name: str, login: str, service: Service, memberships: tuple[Membership, ...]
) -> SessionAnswer:
    return SessionAnswer(user=UserAnswer(id=user_id, name=name, login=login), service=service, memberships=memberships)


def _tried(request: Request[Any, Any, Any], login: str, settings: Settings) -> dict[str, bytes]:
    """What a failed try counts against: the login, whether or not it exists, and the address it came from."""
    client = request.client.host if request.client else ""
    proxies = [proxy.strip() for proxy in settings.trusted_proxies.split(",") if proxy.strip()]
    if client in proxies:
        # The last hop that the proxy itself saw; anything before it the caller may have made up.
        client = request.headers.get("x-forwarded-for", client).rsplit(",", 1)[-1].strip()
    return {"login": passwords.digest(f"login {login}"), "address": passwords.digest(f"address {client}")}


async def _note_try(database: Database, tried: dict[str, bytes], at: int) -> list[UUID]:
    """Counts a try as failed before it is judged, so that of many sent at once not every one is the first. One that
    succeeds is forgiven; one that has to wait is not counted."""

    def note(connection: Connection) -> list[UUID]:
        for of, most in MOST_FAILURES.items():
            if session_store.failures(connection, tried[of], at - WINDOW) >= most:
                raise Failed(429, "too_many_tries", retry_after=WINDOW // 1000)
        return session_store.fail(connection, list(tried.values()), at, forget_before=at - 2 * WINDOW)

    return await database.write(note)


HANDLERS = [sign_in, join, session, sign_out]
