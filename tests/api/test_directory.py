"""The directory: a plain read that a phone keeps a copy of, of the teams that its user works in and who is in them."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts, months
from tests.api.conftest import Place, Someone


async def directory(someone: Someone) -> dict[str, Any]:
    answer = await someone.client.get("/api/directory")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def who(someone: Someone) -> set[tuple[str, str, str | None]]:
    """Names, roles and teams that somebody is shown."""
    users = (await directory(someone))["users"]
    found = {(user["name"], user["role"], user["team_id"]) for user in users}
    assert len(found) == len(users)
    return found


async def change(place: Place, what: Callable[[Connection], Any]) -> None:
    await place.database.write(what)


def closing(place: Place, team_id: UUID, *firsts: date) -> Callable[[Connection], None]:
    def close(connection: Connection) -> None:
        for first in firsts:
            months.close(connection, place.service_id, team_id, first, None, clock.now())

    return close


async def test_a_worker_is_given_the_own_team_who_is_in_it_and_its_closed_months(place: Place) -> None:
    await change(place, closing(place, place.north, date(2026, 8, 1), date(2026, 9, 1)))
    await change(place, closing(place, place.south, date(2026, 7, 1)))
    north = str(place.north)

    assert await directory(place.sam) == {
        "server": "alongside",
        "teams": [{"id": north, "name": "North", "closed_months": ["2026-09", "2026-08"]}],
        "users": [
            {"id": str(place.maria.id), "name": "Maria", "role": "lead", "team_id": north},
            {"id": str(place.priya.id), "name": "Priya", "role": "worker", "team_id": north},
            {"id": str(place.sam.id), "name": "Sam", "role": "worker", "team_id": north},
        ],
    }
    assert await directory(place.maria) == await directory(place.sam)


async def test_analysts_and_admins_are_given_the_whole_service_and_nothing_of_another(place: Place) -> None:
    north, south = str(place.north), str(place.south)
    everybody = {
        ("Sam", "worker", north),
        ("Priya", "worker", north),
        ("Maria", "lead", north),
        ("Lena", "lead", south),
        ("Tom", "analyst", None),
        ("Ade", "admin", None),
    }

    for someone in (place.tom, place.ade):
        assert await who(someone) == everybody
        assert [team["name"] for team in (await directory(someone))["teams"]] == ["North", "South"]
    assert await who(place.olu) == {("Olu", "worker", str(place.far))}


async def test_whoever_left_or_whose_account_is_closed_is_left_out(place: Place) -> None:
    def left(connection: Connection) -> None:
        accounts.end_member(connection, place.service_id, place.sam.id, place.north, clock.now())
        accounts.close_user(connection, place.service_id, place.priya.id, clock.now())

    await change(place, left)

    assert await who(place.maria) == {("Maria", "lead", str(place.north))}
    assert {name for name, _, _ in await who(place.ade)} == {"Maria", "Lena", "Tom", "Ade"}


async def test_whoever_is_in_no_team_any_more_is_given_an_empty_directory_and_no_refusal(place: Place) -> None:
    await change(
        place, lambda connection: accounts.end_member(connection, place.service_id, place.sam.id, place.north, 1)
    )

    assert await directory(place.sam) == {"server": "alongside", "teams": [], "users": []}


async def test_whoever_came_back_is_there_once_and_of_two_roles_has_the_wider(place: Place) -> None:
    def back(connection: Connection) -> None:
        accounts.end_member(connection, place.service_id, place.sam.id, place.north, clock.now())
        for role in ("worker", "lead"):
            accounts.add_member(connection, place.service_id, uuid7(), place.sam.id, place.north, role, clock.now())
        accounts.add_member(connection, place.service_id, uuid7(), place.sam.id, place.south, "worker", clock.now())

    await change(place, back)

    north, south = str(place.north), str(place.south)
    mine = {one for one in await who(place.sam) if one[0] == "Sam"}
    assert mine == {("Sam", "lead", north), ("Sam", "worker", south)}
    assert {one for one in await who(place.priya) if one[0] == "Sam"} == {("Sam", "lead", north)}


async def test_it_is_sent_again_only_when_something_changed(place: Place) -> None:
    first = await place.sam.client.get("/api/directory")
    etag = {"If-None-Match": first.headers["etag"]}

    same = await place.sam.client.get("/api/directory", headers=etag)
    await change(place, closing(place, place.south, date(2026, 9, 1)))
    of_another_team = await place.sam.client.get("/api/directory", headers=etag)
    await change(place, closing(place, place.north, date(2026, 9, 1)))
    changed = await place.sam.client.get("/api/directory", headers=etag)

    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    assert of_another_team.status_code == 304
    assert (changed.status_code, changed.json()["teams"][0]["closed_months"]) == (200, ["2026-09"])
    assert changed.headers["etag"] != first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["vary"] == "Cookie"
