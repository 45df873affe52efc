"""The keys that the service keeps for phones: made from its one secret, so that a restore gives the same ones again."""

import hmac
from uuid import UUID

from sqlalchemy import Connection, select

from api.store.tables import service


def data_key(connection: Connection, service_id: UUID, user_id: UUID, device_id: UUID) -> bytes:
    """The key that seals a user's bodies on a device: always the same 32 bytes for the same user and device."""
    return hmac.digest(_secret(connection, service_id), user_id.bytes + device_id.bytes, "sha256")


def own_key(connection: Connection, service_id: UUID, user_id: UUID) -> bytes:
    """The key that seals what only the user is to read: always the same 32 bytes, on each of the user's devices."""
    return hmac.digest(_secret(connection, service_id), b"own" + user_id.bytes, "sha256")


def _secret(connection: Connection, service_id: UUID) -> bytes:
    found: bytes = connection.execute(
        select(service.c.key_secret).where(service.c.service_id == service_id)
    ).scalar_one()
    return found
