"""A lead reads what the team logged, page by page, and everybody the history of what is theirs; reading is noted."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from api import clock
from api.store.tables import audit
from tests.api.conftest import Place, Someone
from tests.make import SIGNPOSTING, a_set, after, an_operation

TODAY = clock.civil_date(clock.now())
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def create(place: Place) -> dict[str, Any]:
    return an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))


async def listed(someone: Someone, team_id: UUID, **changes: Any) -> httpx.Response:
    asked = {"team_id": str(team_id), "from": str(TODAY - timedelta(days=30)), "to": str(TODAY)}
    return await someone.client.get("/api/entries", params=asked | changes)


async def history(someone: Someone, entry_id: Any) -> httpx.Response:
    return await someone.client.get(f"/api/entries/{entry_id}/history")


async def noted(place: Place) -> list[Any]:
    return await place.database.read(lambda connection: list(connection.execute(select(audit).order_by(audit.c.id))))


async def test_a_lead_reads_what_everybody_of_the_team_logged_void_ones_too(
    place: Place, create: dict[str, Any]
) -> None:
    theirs = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY), details=SIGNPOSTING))
    await place.sam.push(create, after(create, action="void"))
    await place.priya.push(theirs)

    answer = await listed(place.maria, place.north)

    assert answer.status_code == 200
    body = answer.json()
    assert (body["server"], body["next"]) == ("alongside", None)
    found = [(one["id"], one["author_id"], one["state"]) for one in body["entries"]]
    assert found == [
        (theirs["thing_id"], str(place.priya.id), "active"),
        (create["thing_id"], str(place.sam.id), "void"),
    ]
    assert body["entries"][1] == (await place.sam.rows(place.north))[0]


@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_pages_follow_each_other_without_gap_or_repetition(place: Place, limit: int) -> None:
    made = [an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY))) for _ in range(5)]
    await place.sam.push(*made)

    pages: list[list[str]] = []
    after_id: dict[str, str] = {}
    while True:
        body = (await listed(place.maria, place.north, limit=limit, **after_id)).json()
        pages.append([one["id"] for one in body["entries"]])
        if body["next"] is None:
            break
        after_id = {"after": body["next"]}

    assert [one for page in pages for one in page] == [one["thing_id"] for one in reversed(made)]
    assert all(len(page) == limit for page in pages[:-1])
    assert pages[-1]


@sqlite_only
async def test_only_the_days_asked_for_are_given_both_ends_included(place: Place) -> None:
    days = [TODAY - timedelta(days=back) for back in (3, 2, 1, 0)]
    await place.sam.push(*[an_operation(team_id=place.north, set=a_set(happened_on=str(day))) for day in days])

    body = (await listed(place.maria, place.north, **{"from": str(days[1]), "to": str(days[2])})).json()
    nothing = await listed(place.maria, place.north, **{"from": str(days[2]), "to": str(days[1])})

    assert {one["happened_on"] for one in body["entries"]} == {str(days[1]), str(days[2])}
    assert (nothing.status_code, nothing.json()["code"]) == (422, "from_after_to")


async def test_a_team_that_one_does_not_lead_is_as_absent_as_one_that_is_not_there(
    place: Place, create: dict[str, Any]
) -> None:
    await place.sam.push(create)

    answers = [await listed(place.lena, team_id) for team_id in (place.north, place.far, uuid7())]

    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.content, str(answer.headers)) for answer in answers}) == 1
    assert (await listed(place.maria, place.north)).status_code == 200


async def test_each_page_that_is_read_is_noted_with_its_team_days_and_number_and_nothing_of_it(
    place: Place, create: dict[str, Any]
) -> None:
    await place.sam.push(create)
    await listed(place.maria, place.north)
    await listed(place.lena, place.north)

    rows = await noted(place)

    assert [(row.action, row.user_id, row.thing, row.thing_id) for row in rows] == [
        ("entries_read", place.maria.id, "team", place.north)
    ]
    assert msgspec.json.decode(rows[0].detail) == {
        "first": str(TODAY - timedelta(days=30)),
        "last": str(TODAY),
        "entries": 1,
    }


async def test_the_history_says_who_did_what_and_what_became_of_it(place: Place, create: dict[str, Any]) -> None:
    late = after(create, base=1, set={"minutes": 20})
    void = after(create, action="void", reason="Entered in error")
    await place.sam.push(create, after(create, base=1, set={"minutes": 50}), late)
    await place.maria.push(void)

    mine, leads = await history(place.sam, create["thing_id"]), await history(place.maria, create["thing_id"])

    assert mine.status_code == 200
    assert mine.content == leads.content
    changes = [
        (one["action"], one["user_id"], one["author_id"], one["outcome"], one["reason"], one["version"])
        for one in mine.json()["changes"]
    ]
    sam, maria = str(place.sam.id), str(place.maria.id)
    assert changes == [
        ("create", sam, sam, "applied", None, 1),
        ("amend", sam, sam, "applied", None, 2),
        ("amend", sam, sam, "conflict", "version", None),
        ("void", maria, maria, "applied", None, 3),
    ]


async def test_the_history_tells_who_accepted_from_whose_words_it_was(place: Place) -> None:
    late = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY - timedelta(days=61))))
    await place.sam.push(late)
    await place.maria.push(late | {"id": str(uuid7()), "closes": late["id"]})

    changes = (await history(place.sam, late["thing_id"])).json()["changes"]

    sam, maria = str(place.sam.id), str(place.maria.id)
    assert [(one["user_id"], one["author_id"], one["outcome"], one["version"]) for one in changes] == [
        (sam, sam, "conflict", None),
        (maria, sam, "applied", 1),
    ]


async def test_an_entry_that_is_not_ones_own_is_as_absent_as_one_that_is_not_there(
    place: Place, create: dict[str, Any]
) -> None:
    await place.sam.push(create)

    answers = [await history(someone, create["thing_id"]) for someone in (place.priya, place.lena, place.olu)]
    answers.append(await history(place.priya, uuid7()))

    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.content, str(answer.headers)) for answer in answers}) == 1


async def test_a_history_is_noted_when_it_is_not_ones_own(place: Place, create: dict[str, Any]) -> None:
    await place.sam.push(create)
    await history(place.sam, create["thing_id"])
    await history(place.priya, create["thing_id"])
    assert await noted(place) == []

    await history(place.maria, create["thing_id"])

    (row,) = await noted(place)
    assert (row.action, row.user_id, row.thing_id) == ("history_read", place.maria.id, UUID(create["thing_id"]))


async def test_a_leads_void_is_noted_and_a_workers_own_is_not(place: Place, create: dict[str, Any]) -> None:
    await place.sam.push(create, after(create, action="void"), after(create, action="unvoid"))
    assert await noted(place) == []

    await place.maria.push(after(create, action="void"), after(create, action="void"))

    assert [(row.action, row.user_id, row.thing_id) for row in await noted(place)] == [
        ("void_other", place.maria.id, UUID(create["thing_id"]))
    ]
