"""The list of phones: which numbers have arrived from each, which have not, and who is shown whose."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, update
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts, devices
from api.store.tables import device
from domain.devices import MOST_RANGES
from tests.api.conftest import PASSWORD, Place, Someone
from tests.make import a_set, an_operation

TODAY = clock.civil_date(clock.now())


async def bind(someone: Someone, device_id: UUID) -> None:
    answer = await someone.client.put(f"/api/devices/{device_id}", json={"name": "Phone", "app": "2026.12.1"})
    assert answer.status_code == 200, answer.text


async def send(
    place: Place, someone: Someone, numbers: Iterable[int], issued: int, pending: int = 0, device_id: Any = None
) -> None:
    """Sends operations of these numbers from a phone, and what it says of itself."""
    phone = device_id or someone.device_id
    await bind(someone, phone)
    operations = [an_operation(n=n, team_id=place.north, set=a_set(happened_on=str(TODAY))) for n in numbers]
    oldest = 1_795_204_000_000 if pending else None
    said = {"issued": issued, "pending": pending, "oldest_pending_at": oldest, "device_id": str(phone)}
    for start in range(0, len(operations) or 1, 100):
        await someone.push(*operations[start : start + 100], **said)


async def listed(someone: Someone, **query: Any) -> list[dict[str, Any]]:
    answer = await someone.client.get("/api/devices", params={name: str(value) for name, value in query.items()})
    assert answer.status_code == 200, answer.text
    assert answer.json()["server"] == "alongside"
    found: list[dict[str, Any]] = answer.json()["devices"]
    return found


async def whose(someone: Someone, **query: Any) -> set[str]:
    """The ids of the phones that somebody is shown."""
    return {one["id"] for one in await listed(someone, **query)}


async def test_a_phone_of_which_everything_arrived_lacks_nothing(place: Place) -> None:
    before = clock.now()
    await send(place, place.sam, [1, 2, 3], issued=3, pending=3)

    (one,) = await listed(place.sam)

    assert before <= one.pop("created_at") <= one.pop("last_seen_at") <= clock.now()
    # It counted before it sent: nothing is on it any more.
    assert one == {
        "id": str(place.sam.device_id),
        "user_id": str(place.sam.id),
        "name": "Phone",
        "app": "2026.12.1",
        "issued": 3,
        "received": 3,
        "missing": [],
        "missing_count": 0,
        "pending": 0,
        "oldest_pending_at": None,
        "possibly_lost": 0,
        "signed_out": False,
    }


@pytest.mark.parametrize(
    ("arrived", "issued", "received", "missing", "count"),
    [
        ([], 0, 0, [], 0),
        ([], 4, 0, [[1, 4]], 4),
        ([3, 4], 4, 0, [[1, 2]], 2),
        ([1, 2, 5], 5, 2, [[3, 4]], 2),
        ([1, 2], 5, 2, [[3, 5]], 3),
        ([2, 4, 5, 8], 9, 0, [[1, 1], [3, 3], [6, 7], [9, 9]], 5),
        ([1, 1, 2, 2, 4, 4], 4, 2, [[3, 3]], 1),
        ([1, 2, 7, 9], 3, 2, [[3, 3]], 1),
        ([1], 2**31 - 1, 1, [[2, 2**31 - 1]], 2**31 - 2),
        ([1, 2**31 - 1], 2**31 - 1, 1, [[2, 2**31 - 2]], 2**31 - 3),
    ],
    ids=[
        "a new phone",
        "nothing",
        "not the beginning",
        "not the middle",
        "not the end",
        "here and there",
        "numbers that came twice",
        "more than it says it issued",
        "as many as there can be",
        "the last one that there can be",
    ],
)
async def test_the_numbers_that_have_not_arrived_are_named(
    place: Place, arrived: list[int], issued: int, received: int, missing: list[list[int]], count: int
) -> None:
    await send(place, place.sam, arrived, issued)

    (one,) = await listed(place.sam)

    assert (one["issued"], one["received"]) == (issued, received)
    assert (one["missing"], one["missing_count"]) == (missing, count)
    assert one["possibly_lost"] == count


@pytest.mark.parametrize(
    ("pending", "left", "lost"), [(0, 0, 3), (1, 1, 2), (3, 3, 0), (50, 3, 0)], ids=["none", "some", "all", "more"]
)
async def test_what_is_missing_is_on_the_phone_or_lost(place: Place, pending: int, left: int, lost: int) -> None:
    await send(place, place.sam, [1, 3, 5], issued=6, pending=pending)

    (one,) = await listed(place.sam)

    assert (one["missing_count"], one["pending"], one["possibly_lost"]) == (3, left, lost)
    assert (one["oldest_pending_at"] is None) is (left == 0)


async def test_what_the_server_refused_is_missing_and_still_on_the_phone(place: Place) -> None:
    await bind(place.sam, place.sam.device_id)
    refused = an_operation(n=2, team_id=place.south, set=a_set(happened_on=str(TODAY)))
    taken = an_operation(n=1, team_id=place.north, set=a_set(happened_on=str(TODAY)))
    answer = await place.sam.push(taken, refused, issued=2, pending=2, oldest_pending_at=1)

    (one,) = await listed(place.sam)

    assert [result["outcome"] for result in answer["results"]] == ["applied", "rejected"]
    assert (one["missing"], one["pending"], one["possibly_lost"]) == ([[2, 2]], 1, 0)


async def test_two_phones_are_counted_apart_also_when_two_users_share_one(place: Place) -> None:
    second = uuid7()
    await send(place, place.sam, [1, 3], issued=3)
    await send(place, place.sam, [2], issued=2, device_id=second)
    await send(place, place.priya, [1], issued=4, device_id=second)

    found = {(one["user_id"], one["id"]): one["missing"] for one in await listed(place.maria)}

    assert found == {
        (str(place.sam.id), str(place.sam.device_id)): [[2, 2]],
        (str(place.sam.id), str(second)): [[1, 1]],
        (str(place.priya.id), str(second)): [[2, 4]],
    }


async def test_of_many_gaps_the_first_are_named_and_all_are_counted(place: Place) -> None:
    await send(place, place.sam, range(2, 132, 2), issued=131)

    (one,) = await listed(place.sam)

    assert one["missing"] == [[n, n] for n in range(1, 2 * MOST_RANGES, 2)]
    assert (one["missing_count"], one["received"]) == (66, 0)


async def test_what_a_phone_has_issued_only_rises(place: Place) -> None:
    """A push that comes late, or a phone that was put back from a copy of itself, would hide what is missing."""
    await send(place, place.sam, [1, 2], issued=5)
    await send(place, place.sam, [3], issued=3)

    (one,) = await listed(place.sam)

    assert (one["issued"], one["missing"]) == (5, [[4, 5]])


async def test_each_is_shown_the_phones_that_are_theirs_to_look_after(place: Place) -> None:
    for someone in (place.sam, place.priya, place.maria, place.lena, place.ade):
        await bind(someone, someone.device_id)
    sam, priya, maria, lena, ade = (
        str(one.device_id) for one in (place.sam, place.priya, place.maria, place.lena, place.ade)
    )

    assert await whose(place.sam) == await whose(place.sam, team_id=place.north) == {sam}
    assert await whose(place.maria) == await whose(place.maria, team_id=place.north) == {sam, priya, maria}
    assert await whose(place.lena) == {lena}
    assert await whose(place.ade) == {sam, priya, maria, lena, ade}
    assert await whose(place.ade, team_id=place.south) == {lena}
    assert (await place.tom.client.get("/api/devices")).status_code == 403
    assert await whose(place.olu) == set()


async def test_a_lead_who_is_worker_in_another_team_is_shown_the_own_phone_there(place: Place) -> None:
    for someone in (place.maria, place.lena):
        await bind(someone, someone.device_id)
    await place.database.write(
        lambda connection: accounts.add_member(
            connection, place.service_id, uuid7(), place.maria.id, place.south, "worker", clock.now()
        )
    )
    maria, lena = str(place.maria.device_id), str(place.lena.device_id)

    assert await whose(place.maria) == await whose(place.maria, team_id=place.south) == {maria}
    assert await whose(place.lena) == {maria, lena}


async def test_of_those_who_left_a_lead_is_shown_the_phones_that_may_still_hold_work(place: Place) -> None:
    done, holding, back = uuid7(), uuid7(), uuid7()
    await send(place, place.sam, [1], issued=1, pending=1, device_id=done)
    await send(place, place.sam, [1], issued=2, pending=1, device_id=holding)
    await send(place, place.priya, [1], issued=1, device_id=back)

    def leave(connection: Connection) -> None:
        for someone in (place.sam, place.priya):
            accounts.end_member(connection, place.service_id, someone.id, place.north, clock.now())
        accounts.add_member(connection, place.service_id, uuid7(), place.priya.id, place.north, "worker", clock.now())

    await place.database.write(leave)

    assert await whose(place.maria) == {str(holding), str(back)}
    assert await whose(place.maria, team_id=place.north) == {str(holding), str(back)}
    assert await whose(place.ade) == {str(done), str(holding), str(back)}
    assert (await place.sam.client.get("/api/devices")).status_code == 403


async def test_a_team_that_is_not_to_be_seen_is_answered_as_one_that_is_not_there(place: Place) -> None:
    for someone, hidden in ((place.sam, place.south), (place.maria, place.south), (place.ade, place.far)):
        there = await someone.client.get(f"/api/devices?team_id={hidden}")
        nowhere = await someone.client.get(f"/api/devices?team_id={uuid7()}")
        assert (there.status_code, there.content) == (404, nowhere.content)


async def test_a_phone_that_is_signed_out_is_listed_as_such_until_it_is_bound_again(place: Place) -> None:
    await bind(place.sam, place.sam.device_id)
    which = (place.service_id, place.sam.id, place.sam.device_id)
    ended = await place.database.write(lambda connection: devices.sign_out(connection, *which, clock.now()))
    (out,) = await listed(place.maria)
    async with place.client() as place.sam.client:
        await place.sam.client.post("/api/session", json={"login": "sam", "password": PASSWORD})
        await bind(place.sam, place.sam.device_id)
    (back,) = await listed(place.maria)

    assert ended
    assert (out["signed_out"], back["signed_out"]) == (True, False)


async def test_the_phone_that_was_in_touch_last_comes_first(place: Place) -> None:
    old, new, middle = uuid7(), uuid7(), uuid7()
    for number in (old, new, middle):
        await bind(place.sam, number)

    def seen(connection: Connection) -> None:
        for number, at in ((old, 1), (new, 3), (middle, 2)):
            connection.execute(update(device).where(device.c.id == number).values(last_seen_at=at))

    await place.database.write(seen)

    assert [one["id"] for one in await listed(place.sam)] == [str(new), str(middle), str(old)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_numbers_are_read_from_an_index_alone(place: Place) -> None:
    """The bodies of the operations are the largest part of the database."""
    statement = devices.gaps(place.service_id, device.c.user_id.in_([place.sam.id])).compile(
        dialect=place.database.reader.dialect, compile_kwargs={"render_postcompile": True}
    )

    def plan(connection: Connection) -> list[str]:
        binds = [statement.params[name] for name in statement.positiontup or ()]
        rows = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}",
            tuple(one.hex if isinstance(one, UUID) else one for one in binds),
        )
        return [row.detail for row in rows]

    steps = [step for step in await place.database.read(plan) if "operation" in step]

    assert len(steps) == 1
    assert "COVERING INDEX operation_service_id_user_id_device_id_n_ix" in steps[0]
