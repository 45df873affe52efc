"""What is stored but not in effect: shown to the one who made it and to the lead of the team, until it is settled."""

from datetime import timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts
from tests.api.conftest import Place, Someone
from tests.make import a_set, after, an_operation

TODAY = clock.civil_date(clock.now())


@pytest.fixture
def create(place: Place) -> dict[str, Any]:
    return an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))


def tomorrow(place: Place, **changes: Any) -> dict[str, Any]:
    """A create that is kept as a conflict."""
    return an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY + timedelta(days=1))), **changes)


async def shown_to(someone: Someone) -> list[dict[str, Any]]:
    answer = await someone.client.get("/api/conflicts")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["conflicts"]
    return found


async def test_a_conflict_is_shown_whole_to_its_author_and_to_the_lead_of_the_team(place: Place) -> None:
    early = tomorrow(place)
    await place.sam.push(early)

    mine, leads = await shown_to(place.sam), await shown_to(place.maria)

    assert mine == leads == (await place.sam.pull())["conflicts"]
    assert mine == [
        {
            "op": early["id"],
            "thing": "entry",
            "thing_id": early["thing_id"],
            "team_id": str(place.north),
            "action": "create",
            "reason": "rule:future_date",
            "author_id": str(place.sam.id),
            "received_at": mine[0]["received_at"],
            "set": early["set"],
        }
    ]


async def test_nobody_else_sees_it(place: Place) -> None:
    await place.sam.push(tomorrow(place))

    assert await shown_to(place.priya) == []
    assert await shown_to(place.lena) == []
    assert await shown_to(place.olu) == []
    assert (await place.maria.pull())["conflicts"] == [], "a lead's own phone holds the lead's own"
    for someone in (place.tom, place.ade):
        assert (await someone.client.get("/api/conflicts")).status_code == 403


async def test_they_come_oldest_first_and_go_when_a_later_operation_takes_effect(place: Place) -> None:
    first, second = tomorrow(place), tomorrow(place)
    await place.sam.push(first)
    await place.sam.push(second)
    before = [one["op"] for one in await shown_to(place.sam)]

    await place.sam.push(
        an_operation(
            team_id=place.north, thing_id=first["thing_id"], set=a_set(happened_on=str(TODAY)), closes=first["id"]
        )
    )

    assert before == [first["id"], second["id"]]
    assert [one["op"] for one in await shown_to(place.sam)] == [second["id"]]
    assert [one["op"] for one in await shown_to(place.maria)] == [second["id"]]


async def test_only_an_operation_in_effect_on_the_same_thing_by_the_same_user_settles_one(
    place: Place, create: dict[str, Any]
) -> None:
    early = tomorrow(place)
    await place.sam.push(early, create)

    for someone, closing in (
        (place.sam, an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)), closes=early["id"])),
        (place.sam, after(create, set={"minutes": 5}, closes=early["id"])),
        (place.sam, tomorrow(place, thing_id=early["thing_id"], closes=early["id"])),
        (place.sam, after(early, action="void", closes=early["id"])),
        (place.priya, tomorrow(place, thing_id=early["thing_id"], closes=early["id"])),
        (place.sam, after(create, base=2, set={"minutes": 6}, closes=str(uuid7()))),
    ):
        await someone.push(closing)

    assert early["id"] in [one["op"] for one in await shown_to(place.sam)]


async def test_the_loser_of_two_phones_may_keep_what_is_there(place: Place, create: dict[str, Any]) -> None:
    """Settling without changing anything: an unvoid of what is not void closes the conflict and makes no version."""
    late = after(create, base=1, set={"minutes": 20})
    await place.sam.push(create, after(create, base=1, set={"minutes": 50}), late)

    (kept,) = await place.sam.results(after(create, action="unvoid", base=2, closes=late["id"]))

    assert (kept["outcome"], kept["noop"], kept["version"]) == ("applied", True, 2)
    assert await shown_to(place.sam) == []
    assert (await place.sam.rows(place.north))[0]["minutes"] == 50


async def test_work_that_came_after_leaving_waits_for_the_lead(place: Place, create: dict[str, Any]) -> None:
    await place.database.write(
        lambda connection: accounts.end_member(connection, place.service_id, place.sam.id, place.north, clock.now())
    )
    await place.sam.push(create)

    assert [one["reason"] for one in await shown_to(place.maria)] == ["not_member"]
    assert (await place.sam.client.get("/api/conflicts")).status_code == 403, "no role is left"
    assert [one["op"] for one in (await place.sam.pull())["conflicts"]] == [create["id"]], "but the phone is told"


async def test_a_conflict_never_counts_and_makes_no_row(place: Place) -> None:
    await place.sam.push(tomorrow(place))

    assert await place.sam.rows(place.north) == []
    day = str(TODAY + timedelta(days=1))
    volumes = await place.maria.client.get("/api/volumes", params={"from": str(TODAY), "to": day})
    assert volumes.json()["totals"]["entries"] == 0
