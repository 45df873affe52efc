"""Sessions and the devices they are bound to. A session row is only ever updated: logging out cannot be undone."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, case, delete, func, insert, select, update
from uuid_utils.compat import uuid7

from api.store.tables import device, failed_sign_in, session, user
from api.store.upsert import add_new


def start(
    connection: Connection, service_id: UUID, token_hash: bytes, user_id: UUID, at: int, expires_at: int, most: int
) -> None:
    """A new session. Beyond `most` live ones the oldest ends. Those of phones that the service signed out stay until
    they would have run out: such a phone may not have asked yet."""
    row = {
        "service_id": service_id,
        "token_hash": token_hash,
        "user_id": user_id,
        "created_at": at,
        "last_seen_at": at,
        "expires_at": expires_at,
    }
    mine = (session.c.service_id == service_id) & (session.c.user_id == user_id)
    connection.execute(delete(session).where(mine, session.c.expires_at <= at))
    live = mine & session.c.signed_out_at.is_(None)
    kept = select(session.c.token_hash).where(live).order_by(session.c.created_at.desc()).limit(most - 1)
    newest = list(connection.execute(kept).scalars())
    connection.execute(delete(session).where(live, session.c.token_hash.not_in(newest)))
    connection.execute(insert(session), row)


def get(connection: Connection, service_id: UUID, token_hash: bytes, at: int) -> Row[Any] | None:
    """The live session of this token with its user: nobody whose account is closed."""
    statement = (
        select(session, user.c.login, user.c.name, user.c.scope_version)
        .join(user, (user.c.service_id == session.c.service_id) & (user.c.id == session.c.user_id))
        .where(
            session.c.service_id == service_id,
            session.c.token_hash == token_hash,
            session.c.expires_at > at,
            session.c.signed_out_at.is_(None),
            user.c.disabled_at.is_(None),
        )
    )
    return connection.execute(statement).one_or_none()


def ended(connection: Connection, service_id: UUID, token_hash: bytes, at: int) -> Row[Any, Any] | None:
    """What the service did to the session of this token, had it still lasted: `signed_out_at`, `disabled_at`."""
    statement = (
        select(session.c.signed_out_at, user.c.disabled_at)
        .join(user, (user.c.service_id == session.c.service_id) & (user.c.id == session.c.user_id))
        .where(session.c.service_id == service_id, session.c.token_hash == token_hash, session.c.expires_at > at)
    )
    return connection.execute(statement).one_or_none()


def touch(connection: Connection, service_id: UUID, token_hash: bytes, at: int, expires_at: int) -> None:
    """Notes that a session is in use and how long it lasts from now."""
    connection.execute(
        update(session)
        .where(session.c.service_id == service_id, session.c.token_hash == token_hash)
        .values(last_seen_at=at, expires_at=expires_at)
    )


def end(connection: Connection, service_id: UUID, token_hash: bytes) -> None:
    """Signs out."""
    connection.execute(delete(session).where(session.c.service_id == service_id, session.c.token_hash == token_hash))


def end_all(connection: Connection, service_id: UUID, user_id: UUID) -> None:
    """Signs a user out everywhere."""
    connection.execute(delete(session).where(session.c.service_id == service_id, session.c.user_id == user_id))


def sign_out(connection: Connection, service_id: UUID, user_id: UUID, at: int, device_id: UUID | None = None) -> None:
    """Signs a user out on the word of the service, on one device or everywhere. Nothing ever takes that back."""
    which = [session.c.service_id == service_id, session.c.user_id == user_id, session.c.signed_out_at.is_(None)]
    if device_id is not None:
        which.append(session.c.device_id == device_id)
    connection.execute(update(session).where(*which).values(signed_out_at=at))


def bind(
    connection: Connection,
    service_id: UUID,
    token_hash: bytes,
    user_id: UUID,
    device_id: UUID,
    new_key: bytes,
    name: str,
    app: str,
    at: int,
) -> Row[Any]:
    """Binds a session to the user's device, made if it is new. One that the service had signed out is in use again,
    because its user has signed in there. Answers the device."""
    which = (device.c.service_id == service_id) & (device.c.user_id == user_id) & (device.c.id == device_id)
    row = {
        "service_id": service_id,
        "user_id": user_id,
        "id": device_id,
        "name": name,
        "app": app,
        "data_key": new_key,
        "issued": 0,
        "pending": 0,
        "created_at": at,
        "last_seen_at": at,
    }
    add_new(connection, device, row)
    connection.execute(update(device).where(which).values(name=name, app=app, last_seen_at=at, revoked_at=None))
    connection.execute(
        update(session)
        .where(session.c.service_id == service_id, session.c.token_hash == token_hash)
        .values(device_id=device_id)
    )
    return connection.execute(select(device).where(which)).one()


def report_device(
    connection: Connection,
    service_id: UUID,
    user_id: UUID,
    device_id: UUID,
    at: int,
    app: str,
    issued: int,
    pending: int,
    oldest_pending_at: int | None,
) -> None:
    """What a phone says of its outbox with each push. `issued` only rises: numbers are never taken back, so a push that
    comes late, or a phone that was put back from a copy of itself, must not hide what is missing."""
    connection.execute(
        update(device)
        .where(device.c.service_id == service_id, device.c.user_id == user_id, device.c.id == device_id)
        .values(
            last_seen_at=at,
            app=app,
            issued=case((device.c.issued < issued, issued), else_=device.c.issued),
            pending=pending,
            oldest_pending_at=oldest_pending_at,
        )
    )


def devices_of(connection: Connection, service_id: UUID, user_ids: set[UUID]) -> list[Row[Any]]:
    """The devices of some users that are not signed out: `last_seen_at`, `pending` and the rest."""
    statement = select(device).where(
        device.c.service_id == service_id, device.c.user_id.in_(user_ids), device.c.revoked_at.is_(None)
    )
    return list(connection.execute(statement))


def failures(connection: Connection, tried: bytes, since: int) -> int:
    """How often this login or address failed to sign in since then."""
    statement = (
        select(func.count())
        .select_from(failed_sign_in)
        .where(failed_sign_in.c.tried == tried, failed_sign_in.c.at > since)
    )
    return connection.execute(statement).scalar_one()


def fail(connection: Connection, tried: list[bytes], at: int, forget_before: int) -> list[UUID]:
    """Notes a failed sign-in and forgets old ones; answers the ids of the notes."""
    connection.execute(delete(failed_sign_in).where(failed_sign_in.c.at < forget_before))
    noted = {uuid7(): one for one in tried}
    connection.execute(
        insert(failed_sign_in), [{"id": number, "tried": one, "at": at} for number, one in noted.items()]
    )
    return list(noted)


def forgive(connection: Connection, noted: list[UUID]) -> None:
    """Takes back what was noted of a sign-in that did not fail after all."""
    connection.execute(delete(failed_sign_in).where(failed_sign_in.c.id.in_(noted)))
