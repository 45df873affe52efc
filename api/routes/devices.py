"""Binding a session to the phone it is on, which is given the key that seals what it keeps; and the list of phones, by
which a lead sees what has not arrived."""

import base64
from typing import Any, Literal
from uuid import UUID

from litestar import Request, Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy import Connection

from api import clock, sessions
from api.database import Database
from api.errors import Failed
from api.sessions import Caller
from api.settings import Settings
from api.store import accounts, keys
from api.store import devices as device_store
from api.store import sessions as session_store
from domain.access import own_teams, reach, reachable
from domain.devices import DeviceState
from domain.shape import Answer, AppVersion, DeviceName, Strict


class Device(Strict, frozen=True, kw_only=True):
    """What a phone says of itself."""

    name: DeviceName
    app: AppVersion = ""


class DeviceAnswer(Answer, frozen=True, kw_only=True):
    """The key that seals this user's bodies on this device: 32 bytes, base64. The server keeps a copy. `own_key` is the
    user's own on every device, for what nobody else is to read. `user_id` is whose they are: a tab that another user of
    the same phone left open must not seal with them."""

    server: Literal["alongside"] = "alongside"
    user_id: UUID
    data_key: str
    own_key: str
    epoch: int


class Devices(Answer, frozen=True, kw_only=True):
    """Phones, the one that was in touch last first."""

    server: Literal["alongside"] = "alongside"
    devices: tuple[DeviceState, ...]


@get("/devices", operation_id="devices", opt={"policy": "devices.read"})
async def devices(
    caller: NamedDependency[Caller], database: NamedDependency[Database], team_id: FromQuery[UUID | None] = None
) -> Devices:
    """The caller's own phones; for a lead also those of the teams that they lead, for an admin all. A team narrows it:
    to the phones of its members for its lead, to the own ones for its workers."""

    def load(connection: Connection) -> Devices:
        existing = accounts.team_names(connection, caller.service_id)
        reached = reachable(caller.memberships, "devices.read", existing)
        if team_id is not None and team_id not in reached | own_teams(caller.memberships):
            raise Failed(404, "not_found")
        if team_id in reached:
            found = device_store.of_users(connection, caller.service_id, (), {team_id})
        elif team_id is None and reach(caller.memberships, "devices.read") == "service":
            found = device_store.of_service(connection, caller.service_id)
        else:
            led = reached if team_id is None else frozenset[UUID]()
            found = device_store.of_users(connection, caller.service_id, {caller.user_id}, led)
        return Devices(devices=tuple(found))

    return await database.read(load)


@put("/devices/{device_id:uuid}", operation_id="bind_device", opt={"policy": "session"})
async def bind_device(
    request: Request[Any, Any, Any],
    device_id: FromPath[UUID],
    data: JSONBody[Device],
    caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
) -> Response[DeviceAnswer]:
    """Binds the session to a device. The same user on the same device is always given the same key."""
    at = clock.now()
    life = sessions.life_of(caller.memberships, on_a_device=True)

    def bind(connection: Connection) -> DeviceAnswer:
        device = session_store.bind(
            connection,
            caller.service_id,
            caller.token_hash,
            caller.user_id,
            device_id,
            keys.data_key(connection, caller.service_id, caller.user_id, device_id),
            data.name,
            data.app,
            at,
        )
        session_store.touch(connection, caller.service_id, caller.token_hash, at, at + life)
        key = base64.b64encode(device.data_key).decode()
        own = base64.b64encode(keys.own_key(connection, caller.service_id, caller.user_id)).decode()
        epoch = accounts.epoch(connection, caller.service_id)
        return DeviceAnswer(user_id=caller.user_id, data_key=key, own_key=own, epoch=epoch)

    answer = await database.write(bind)
    found = sessions.token_of(request.headers.get("cookie", ""), settings)
    assert found is not None
    return Response(answer, headers={"Set-Cookie": sessions.cookie(settings, found[0], found[1], life)})


HANDLERS = [devices, bind_device]
