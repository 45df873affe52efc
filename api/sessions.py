"""Who is calling: the session cookie, its life, and the caller that every route starts from."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from api.passwords import digest
from api.settings import Settings
from api.store import accounts, sessions
from domain.access import Membership, Permission, may, teams

HOUR = 3_600_000
DAY = 24 * HOUR
# A worker's phone may be without signal for weeks; the others work at desks that others can reach.
LIFE_ON_A_PHONE = 90 * DAY
LIFE = 12 * HOUR
MOST_SESSIONS = 5
# How stale "last seen" may be, so that reading does not write each time.
TOUCH_EVERY = 5 * 60_000


@dataclass(frozen=True, slots=True)
class Caller:
    """The user of a request, with the roles held at this moment."""

    service_id: UUID
    user_id: UUID
    login: str
    name: str
    scope_version: int
    device_id: UUID | None
    token_hash: bytes
    memberships: tuple[Membership, ...]
    last_seen_at: int
    expires_at: int

    def may(self, permission: Permission) -> bool:
        """Whether the access table gives this permission, with whatever reach."""
        return may(self.memberships, permission)

    def leads(self, permission: Permission) -> frozenset[UUID]:
        """The teams that the permission reaches through a role in them."""
        return teams(self.memberships, permission)


def token_of(cookie_header: str, settings: Settings) -> tuple[UUID, str] | None:
    """The service and the token in a Cookie header; None where there is none that could be ours.

    Read by hand: for one odd cookie of another application, the standard library gives up on the whole header.
    """
    cookies = dict(pair.strip().partition("=")[::2] for pair in cookie_header.split(";"))
    service_id, _, token = cookies.get(settings.cookie, "").partition(".")
    try:
        return (UUID(service_id), token) if token else None
    except ValueError:
        return None


def who(connection: Connection, service_id: UUID, token: str, at: int) -> Caller | None:
    """The caller with this token; None where the session ended or the account is closed."""
    token_hash = digest(token)
    row = sessions.get(connection, service_id, token_hash, at)
    if row is None:
        return None
    return Caller(
        service_id=service_id,
        user_id=row.user_id,
        login=row.login,
        name=row.name,
        scope_version=row.scope_version,
        device_id=row.device_id,
        token_hash=token_hash,
        memberships=accounts.memberships(connection, service_id, row.user_id),
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
    )


def why_nobody(connection: Connection, service_id: UUID, token: str, at: int) -> str:
    """The code for a token that lets nobody in. What the service did is told to who holds the token of a session that
    it ended; all others hear the same."""
    row = sessions.ended(connection, service_id, digest(token), at)
    if row is None:
        return "not_signed_in"
    if row.disabled_at is not None:
        return "account_closed"
    return "not_signed_in" if row.signed_out_at is None else "device_signed_out"


def life_of(memberships: tuple[Membership, ...], on_a_device: bool) -> int:
    """How long a session lasts from its last use, in milliseconds."""
    only_worker = bool(memberships) and all(membership.role == "worker" for membership in memberships)
    return LIFE_ON_A_PHONE if only_worker and on_a_device else LIFE


def cookie(settings: Settings, service_id: UUID, token: str, life: int) -> str:
    """The Set-Cookie header of a session. The service stands in it so that the look-up stays within one tenant."""
    secure = "; Secure" if settings.secure else ""
    return f"{settings.cookie}={service_id}.{token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={life // 1000}{secure}"


def no_cookie(settings: Settings) -> str:
    """The Set-Cookie header that ends a session. It repeats Secure, without which a browser would keep the cookie."""
    secure = "; Secure" if settings.secure else ""
    return f"{settings.cookie}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}"
