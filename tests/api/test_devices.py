"""A phone and the key that seals what it keeps: the same for the same user on the same phone, and for nobody else."""

import asyncio
import base64
from typing import Any

from sqlalchemy import Connection, delete, select, update
from uuid_utils.compat import uuid7

from api.passwords import digest
from api.store.tables import device, service, session
from tests.api.conftest import Place, Someone
from tests.make import an_operation


async def bind(someone: Someone, device_id: Any, name: str = "Phone", app: str = "2026.12.1") -> dict[str, Any]:
    answer = await someone.client.put(f"/api/devices/{device_id}", json={"name": name, "app": app})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def devices(place: Place) -> list[Any]:
    return await place.database.read(lambda connection: list(connection.execute(select(device))))


async def test_a_phone_is_given_a_key_of_32_bytes_and_the_epoch(place: Place) -> None:
    answer = await bind(place.sam, uuid7())

    assert answer == {
        "server": "alongside",
        "user_id": str(place.sam.id),
        "data_key": answer["data_key"],
        "own_key": answer["own_key"],
        "epoch": 1,
    }
    assert len(base64.b64decode(answer["data_key"], validate=True)) == 32


async def test_the_same_user_on_the_same_phone_gets_the_same_key_however_often(place: Place) -> None:
    phone = uuid7()

    first = await bind(place.sam, phone)
    renamed = await bind(place.sam, phone, name="Old phone", app="2027.1.1")

    assert renamed["data_key"] == first["data_key"]
    (row,) = await devices(place)
    assert (row.id, row.name, row.app) == (phone, "Old phone", "2027.1.1")


async def test_another_user_or_another_phone_has_another_key(place: Place) -> None:
    phone = uuid7()

    keys = {
        (await bind(someone, device_id))["data_key"]
        for someone, device_id in ((place.sam, phone), (place.priya, phone), (place.sam, uuid7()), (place.olu, phone))
    }

    assert len(keys) == 4


async def test_two_tabs_that_bind_a_new_phone_at_once_get_one_key(place: Place) -> None:
    phone = uuid7()

    answers = await asyncio.gather(*(bind(place.sam, phone) for _ in range(8)))

    assert len({answer["data_key"] for answer in answers}) == 1
    assert len(await devices(place)) == 1


async def test_binding_is_of_this_session_alone(place: Place) -> None:
    phone, mine = uuid7(), digest(place.sam.client.cookies["sid"].partition(".")[2])
    await bind(place.sam, phone)

    rows = await place.database.read(lambda connection: list(connection.execute(select(session))))

    assert {row.device_id for row in rows if bytes(row.token_hash) == mine} == {phone}
    assert {row.device_id for row in rows if bytes(row.token_hash) != mine} == {None}


async def test_a_push_tells_what_a_phone_still_holds(place: Place) -> None:
    await bind(place.sam, place.sam.device_id)
    await place.sam.push(
        an_operation(team_id=place.north), issued=59, pending=2, oldest_pending_at=1_795_204_000_000, app="2027.2.1"
    )

    (row,) = await devices(place)

    assert (row.issued, row.pending, row.oldest_pending_at, row.app) == (59, 2, 1_795_204_000_000, "2027.2.1")


async def test_a_push_from_a_phone_that_is_anothers_changes_nothing_of_it(place: Place) -> None:
    await bind(place.sam, place.sam.device_id)

    await place.priya.push(device_id=str(place.sam.device_id), pending=77)

    (row,) = await devices(place)
    assert (row.user_id, row.pending) == (place.sam.id, 0)


async def test_a_restore_is_told_by_a_higher_epoch(place: Place) -> None:
    def restored(connection: Connection) -> None:
        connection.execute(update(service).values(epoch=service.c.epoch + 1))

    before = (await bind(place.sam, place.sam.device_id))["epoch"]
    await place.database.write(restored)

    assert (before, (await bind(place.sam, place.sam.device_id))["epoch"]) == (1, 2)
    assert (await place.sam.push())["epoch"] == 2


async def test_a_phone_says_what_it_is_called_and_nothing_that_is_not_asked(place: Place) -> None:
    for body, code, field in (
        ({}, "required", "name"),
        ({"name": ""}, "too_short", "name"),
        ({"name": "x" * 81}, "too_long", "name"),
        ({"name": "a\x00b"}, "wrong_form", "name"),
        ({"name": "Phone", "app": "x" * 41}, "too_long", "app"),
        ({"name": "Phone", "user_id": str(place.priya.id)}, "unknown_field", "user_id"),
        ({"name": 7}, "not_text", "name"),
        ([], "not_an_object", None),
    ):
        answer = await place.sam.client.put(f"/api/devices/{uuid7()}", json=body)
        (problem,) = answer.json()["problems"]
        assert (answer.status_code, answer.json()["code"]) == (422, "unreadable"), body
        assert (problem["code"], problem.get("field")) == (code, field), body
    for wrong in ("x", "1", "%00", str(uuid7())[:-1]):
        answer = await place.sam.client.put(f"/api/devices/{wrong}", json={"name": "Phone"})
        assert answer.status_code == 404, wrong
    assert await devices(place) == []


async def test_a_server_that_has_forgotten_the_device_gives_the_same_key_again(place: Place) -> None:
    """A restore forgets devices that were new since the backup; what they have sealed has to open all the same."""
    device_id = uuid7()
    before = await bind(place.sam, device_id)

    await place.database.write(lambda connection: connection.execute(delete(device)))

    assert (await bind(place.sam, device_id))["data_key"] == before["data_key"]
