"""A lead closes a month when its figures were reported: from then on nothing in it changes, until it is reopened."""

import asyncio
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import Connection, select
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts, months
from api.store.push import Sender, push
from api.store.tables import audit
from domain.months import name_of
from domain.service import ServiceSettings, Today
from tests.api.conftest import Place, Someone
from tests.make import a_set, after, an_operation, reading

TODAY = clock.civil_date(clock.now())
THIS_MONTH = TODAY.replace(day=1)
LAST_DAY = THIS_MONTH - timedelta(days=1)
LAST_MONTH = LAST_DAY.replace(day=1)
LAST, THIS = name_of(LAST_MONTH), name_of(THIS_MONTH)
BEFORE = name_of((LAST_MONTH - timedelta(days=1)).replace(day=1))


async def set_month(someone: Someone, team_id: UUID, month: str = LAST, closed: Any = True) -> httpx.Response:
    return await someone.client.put(f"/api/months/{team_id}/{month}", json={"closed": closed})


async def closed_to(someone: Someone, *team_ids: UUID) -> list[tuple[str, str]]:
    """The closed months that somebody is shown: whose and which."""
    answer = await someone.client.get("/api/months", params={"team_id": [str(one) for one in team_ids]})
    assert answer.status_code == 200, answer.text
    return [(one["team_id"], one["month"]) for one in answer.json()["months"]]


def create_on(day: date, **changes: Any) -> dict[str, Any]:
    return an_operation(**({"set": a_set(happened_on=str(day))} | changes))


async def acts(place: Place) -> list[tuple[str, UUID | None, UUID | None, str | None]]:
    """What the audit says of months."""
    columns = audit.c
    statement = select(columns.action, columns.user_id, columns.thing_id, columns.detail).where(
        columns.action.like("month%")
    )
    rows = await place.database.read(lambda connection: list(connection.execute(statement.order_by(columns.id))))
    return [(row.action, row.user_id, row.thing_id, row.detail) for row in rows]


async def test_a_lead_closes_a_month_and_everybody_of_the_team_sees_who_did(place: Place) -> None:
    before = clock.now()
    answer = await set_month(place.maria, place.north)

    assert answer.status_code == 200
    (month,) = answer.json()["months"]
    assert month == {
        "team_id": str(place.north),
        "month": LAST,
        "closed_at": month["closed_at"],
        "closed_by": str(place.maria.id),
    }
    assert before <= month["closed_at"] <= clock.now()
    assert answer.json()["server"] == "alongside"
    for someone in (place.sam, place.maria, place.tom, place.ade):
        assert await closed_to(someone) == [(str(place.north), LAST)]


async def test_months_are_listed_newest_first_and_of_the_teams_named(place: Place) -> None:
    for month in (LAST, BEFORE):
        await set_month(place.maria, place.north, month)
    await set_month(place.lena, place.south, BEFORE)
    north, south = str(place.north), str(place.south)

    assert await closed_to(place.maria) == [(north, LAST), (north, BEFORE)]
    assert await closed_to(place.lena) == [(south, BEFORE)]
    assert sorted(await closed_to(place.ade)) == sorted([(north, LAST), (north, BEFORE), (south, BEFORE)])
    assert (await closed_to(place.ade))[0] == (north, LAST)
    assert await closed_to(place.tom, place.south) == [(south, BEFORE)]
    assert await closed_to(place.sam, place.north) == [(north, LAST), (north, BEFORE)]


async def test_what_comes_for_a_closed_month_is_kept_and_does_not_count(place: Place) -> None:
    await set_month(place.maria, place.north)
    last, today = create_on(LAST_DAY, team_id=place.north), create_on(TODAY, team_id=place.north)

    results = await place.sam.results(last, today)

    assert [(result["outcome"], result.get("reason")) for result in results] == [
        ("conflict", "rule:closed"),
        ("applied", None),
    ]
    assert [row["id"] for row in await place.sam.rows(place.north)] == [today["thing_id"]]
    assert [one["op"] for one in (await place.sam.pull())["conflicts"]] == [last["id"]]


async def test_an_entry_of_a_closed_month_cannot_be_changed_nor_moved_out_nor_another_moved_in(place: Place) -> None:
    inside, outside = create_on(LAST_DAY, team_id=place.north), create_on(TODAY, team_id=place.north)
    await place.sam.push(inside, outside)
    await set_month(place.maria, place.north)

    results = await place.sam.results(
        after(inside, set={"minutes": 5}),
        after(inside, set={"happened_on": str(TODAY)}),
        after(outside, set={"happened_on": str(LAST_DAY)}),
        after(outside, set={"minutes": 5}),
    )

    assert [result.get("reason") for result in results] == ["rule:closed", "rule:closed", "rule:closed", None]
    assert {row["id"]: row["minutes"] for row in await place.sam.rows(place.north)} == {
        inside["thing_id"]: 45,
        outside["thing_id"]: 5,
    }


async def test_void_and_unvoid_still_apply_in_a_closed_month(place: Place) -> None:
    inside = create_on(LAST_DAY, team_id=place.north)
    await place.sam.push(inside)
    await set_month(place.maria, place.north)

    results = await place.sam.results(after(inside, action="void"), after(inside, action="unvoid"))

    assert [result["outcome"] for result in results] == ["applied", "applied"]


async def test_a_month_is_closed_for_its_team_alone(place: Place) -> None:
    await set_month(place.lena, place.south)

    (result,) = await place.sam.results(create_on(LAST_DAY, team_id=place.north))

    assert result["outcome"] == "applied"


async def test_a_month_that_is_reopened_takes_entries_again(place: Place) -> None:
    await set_month(place.maria, place.north)
    answer = await set_month(place.maria, place.north, closed=False)

    (result,) = await place.sam.results(create_on(LAST_DAY, team_id=place.north))

    assert (answer.status_code, answer.json()["months"]) == (200, [])
    assert result["outcome"] == "applied"


async def test_closing_twice_is_closing_once_and_each_change_is_noted(place: Place) -> None:
    (first,) = (await set_month(place.maria, place.north)).json()["months"]
    (second,) = (await set_month(place.ade, place.north)).json()["months"]
    for _ in range(2):
        assert (await set_month(place.ade, place.north, closed=False)).json()["months"] == []

    assert second == first, "who closed it first stays"
    detail = f'{{"month":"{LAST}"}}'
    assert await acts(place) == [
        ("month_closed", place.maria.id, place.north, detail),
        ("month_reopened", place.ade.id, place.north, detail),
    ]


async def test_leads_who_close_at_once_close_it_once(place: Place) -> None:
    answers = await asyncio.gather(*(set_month(one, place.north) for one in (place.maria, place.ade) * 3))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(await acts(place)) == 1


async def test_a_month_that_is_not_over_cannot_be_closed(place: Place) -> None:
    for month in (THIS, "2199-12"):
        answer = await set_month(place.maria, place.north, month)
        assert (answer.status_code, answer.json()["code"]) == (409, "month_not_over")
        assert (await set_month(place.maria, place.north, month, closed=False)).status_code == 200
    assert await closed_to(place.ade) == []
    assert await acts(place) == []


async def test_the_month_is_over_by_the_clock_of_the_service_and_not_of_greenwich(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """23:30 UTC on 31 August is half past midnight on 1 September in London."""
    # Sessions would long have run out by then, so only the date is moved.
    monkeypatch.setattr(clock, "civil_date", lambda _: real(1_788_219_000_000))
    assert real(1_788_219_000_000) == date(2026, 9, 1)

    assert (await set_month(place.maria, place.north, "2026-08")).status_code == 200
    assert (await set_month(place.maria, place.north, "2026-09")).status_code == 409


real = clock.civil_date


@pytest.mark.parametrize("month", ["2026-13", "2026-9", "september", "2026-09-01", "2026"])
async def test_what_is_no_month_is_unreadable(place: Place, month: str) -> None:
    answer = await set_month(place.maria, place.north, month)

    assert (answer.status_code, answer.json()["problems"]) == (422, [{"code": "wrong_form", "field": "month"}])


async def test_whether_it_is_to_be_closed_is_said_and_nothing_else(place: Place) -> None:
    for body, code, field in (
        ({}, "required", "closed"),
        ({"closed": "yes"}, "not_a_boolean", "closed"),
        ({"closed": None}, "not_null", "closed"),
        ({"closed": True, "month": LAST}, "unknown_field", "month"),
        ([], "not_an_object", None),
    ):
        answer = await place.maria.client.put(f"/api/months/{place.north}/{LAST}", json=body)
        (problem,) = answer.json()["problems"]
        assert answer.status_code == 422, body
        assert (problem["code"], problem.get("field")) == (code, field), body
    assert await closed_to(place.ade) == []


async def test_a_team_that_is_not_to_be_seen_is_answered_as_one_that_is_not_there(place: Place) -> None:
    await set_month(place.lena, place.south)
    for someone, hidden in ((place.maria, place.south), (place.maria, place.far), (place.ade, place.far)):
        there = await set_month(someone, hidden, closed=False)
        nowhere = await set_month(someone, uuid7(), closed=False)
        assert (there.status_code, there.content) == (404, nowhere.content)
        assert there.headers.items() == nowhere.headers.items()
    for someone, hidden in ((place.sam, place.south), (place.maria, place.south), (place.tom, place.far)):
        there = await someone.client.get("/api/months", params={"team_id": str(hidden)})
        nowhere = await someone.client.get("/api/months", params={"team_id": str(uuid7())})
        both = await someone.client.get("/api/months", params={"team_id": [str(place.north), str(hidden)]})
        assert (there.status_code, there.content) == (404, nowhere.content)
        assert both.content == nowhere.content
    assert await closed_to(place.lena) == [(str(place.south), LAST)]


async def test_a_lead_who_is_worker_in_another_team_sees_its_months_and_may_not_close_them(place: Place) -> None:
    await set_month(place.lena, place.south)

    def also_south(connection: Connection) -> None:
        accounts.add_member(connection, place.service_id, uuid7(), place.maria.id, place.south, "worker", clock.now())

    await place.database.write(also_south)

    assert await closed_to(place.maria) == [(str(place.south), LAST)]
    refused = await set_month(place.maria, place.south, closed=False)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert await closed_to(place.lena) == [(str(place.south), LAST)]


async def test_a_push_that_waited_for_a_closing_sees_it(place: Place) -> None:
    release = await begun(
        place, lambda connection: months.close(connection, place.service_id, place.north, LAST_MONTH, None, 1)
    )
    pushing = asyncio.create_task(place.sam.results(create_on(LAST_DAY, team_id=place.north)))
    await asyncio.sleep(0.3)
    assert not pushing.done()
    await release()

    (result,) = await pushing
    assert (result["outcome"], result.get("reason")) == ("conflict", "rule:closed")


async def test_a_closing_waits_for_a_push_that_began_before(place: Place) -> None:
    today = Today(date=TODAY, settings=ServiceSettings())
    sender = Sender(place.service_id, place.sam.id, place.sam.device_id, clock.now(), today)
    create = reading(create_on(LAST_DAY, team_id=place.north))
    release = await begun(place, lambda connection: push(connection, sender, [create]))
    closing = asyncio.create_task(set_month(place.maria, place.north))
    await asyncio.sleep(0.3)
    assert not closing.done()
    await release()

    assert (await closing).status_code == 200
    assert len(await place.sam.rows(place.north)) == 1


async def begun(place: Place, unit: Callable[[Connection], Any]) -> Callable[[], Any]:
    """Does a unit and holds its COMMIT back until what it answers is called."""
    done, go = threading.Event(), threading.Event()

    def held(connection: Connection) -> None:
        unit(connection)
        done.set()
        assert go.wait(10)

    writing = asyncio.create_task(place.database.write(held))
    assert await asyncio.to_thread(done.wait, 10)

    async def release() -> None:
        go.set()
        await writing

    return release
