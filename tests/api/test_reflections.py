"""A reflection is kept for its author and shown to nobody else: in no list, figure, file, conflict or audit."""

import base64
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import Connection, select, text, update
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts
from api.store.tables import audit, reflection, service, volume
from api.verify import verify
from tests.api.conftest import Place, Someone
from tests.make import a_reflection_operation, a_set, after, an_operation

TODAY = clock.civil_date(clock.now())
# As a phone seals: nothing of it is known here.
SEALED = base64.b64encode(bytes(range(90))).decode()
OTHER = base64.b64encode(bytes(range(90, 180))).decode()


def a_reflection(place: Place, **changes: Any) -> dict[str, Any]:
    said = {"kept_on": TODAY.isoformat(), "sealed": SEALED}
    return a_reflection_operation(team_id=place.north, **({"set": said} | changes))


def everybody(place: Place) -> list[Someone]:
    return [place.sam, place.priya, place.maria, place.lena, place.tom, place.ade, place.olu]


async def reflections_of(someone: Someone) -> list[dict[str, Any]]:
    """What a new phone of theirs is given."""
    teams = (await someone.pull())["teams"].values()
    return [row for page in teams for row in page["rows"] if row["thing"] == "reflection"]


async def test_it_comes_back_to_a_new_phone_of_its_author_as_it_was_sent(place: Place) -> None:
    first = a_reflection(place)

    (made,) = await place.sam.results(first)
    (row,) = await reflections_of(place.sam)

    assert (made["outcome"], made["version"]) == ("applied", 1)
    assert row == made["record"]
    assert row == {
        "thing": "reflection",
        "id": first["thing_id"],
        "team_id": str(place.north),
        "author_id": str(place.sam.id),
        "version": 1,
        "state": "active",
        "entry_id": None,
        "kept_on": TODAY.isoformat(),
        "sealed": SEALED,
    }


async def test_it_is_changed_deleted_and_brought_back_and_a_phone_hears_of_each_once(place: Place) -> None:
    first = a_reflection(place)
    await place.sam.push(first)
    page = (await place.sam.pull())["teams"][str(place.north)]

    await place.sam.push(
        after(first, set={"sealed": OTHER, "entry_id": str(uuid7())}),
        after(first, action="void", base=2),
        after(first, action="unvoid", base=3),
    )
    (row,) = await place.sam.rows(place.north, cursors={str(place.north): page["cursor"]})

    assert (row["version"], row["state"], row["sealed"]) == (4, "active", OTHER)
    assert row["entry_id"] is not None


async def test_the_same_operation_sent_twice_is_kept_once(place: Place) -> None:
    first = a_reflection(place)

    answers = [await place.sam.results(first, first), await place.sam.results(first)]

    assert [one["outcome"] for answer in answers for one in answer] == ["applied", "duplicate", "duplicate"]
    assert len(await reflections_of(place.sam)) == 1


async def test_every_role_keeps_its_own_where_it_works_and_nobody_is_given_anothers(place: Place) -> None:
    for someone in (place.sam, place.priya, place.maria):
        await someone.push(a_reflection(place))

    for someone in everybody(place):
        rows = await reflections_of(someone)
        assert {row["author_id"] for row in rows} <= {str(someone.id)}, someone.login
        assert len(rows) == (1 if someone in (place.sam, place.priya, place.maria) else 0), someone.login
    for someone in (place.tom, place.ade):
        (result,) = await someone.results(a_reflection(place))
        assert (result["outcome"], result["reason"]) == ("rejected", "not_authorised"), someone.login


ROUTES: dict[str, Callable[[Place, str], str]] = {
    "entries": lambda place, _: f"/api/entries?team_id={place.north}&from=2020-01-01&to={TODAY}",
    "history": lambda _, thing_id: f"/api/entries/{thing_id}/history",
    "conflicts": lambda _, __: "/api/conflicts",
    "volumes": lambda _, __: f"/api/volumes?from={TODAY}&to={TODAY}&split=kind",
    "json": lambda _, __: f"/api/reports/contact-volumes?from={TODAY}&to={TODAY}&format=json",
    "csv": lambda _, __: f"/api/reports/contact-volumes?from={TODAY}&to={TODAY}&format=csv",
    "directory": lambda _, __: "/api/directory",
    "months": lambda _, __: "/api/months",
    "service": lambda _, __: "/api/service",
}


def undated(answer: httpx.Response) -> str:
    """An answer without the moment at which it was made."""
    return re.sub(r'"(generated_at|as_of|server_time)":("[^"]*"|\d+)', "", answer.text)


async def asked(place: Place, someone: Someone, thing_id: str) -> dict[str, httpx.Response]:
    return {name: await someone.client.get(path(place, thing_id)) for name, path in ROUTES.items()}


async def test_no_reading_of_anybody_changes_by_a_reflection_or_by_its_conflict(place: Place) -> None:
    """The table: worker who wrote it, other worker, lead, lead of another team, analyst, admin, another service."""
    await place.sam.push(an_operation(team_id=place.north, set=a_set(happened_on=TODAY.isoformat())))
    first = a_reflection(place)
    nothing = str(uuid7())
    before = {one.login: await asked(place, one, nothing) for one in everybody(place)}

    (made, late) = await place.sam.results(first, after(first, base=7, set={"sealed": OTHER}))
    assert (made["outcome"], late["outcome"]) == ("applied", "conflict")

    for someone in everybody(place):
        now = await asked(place, someone, first["thing_id"])
        for name, answer in now.items():
            was = before[someone.login][name]
            assert answer.status_code == was.status_code, (someone.login, name)
            assert undated(answer) == undated(was), (someone.login, name)
            for hidden in (first["thing_id"], SEALED, OTHER, "reflection"):
                assert hidden not in answer.text, (someone.login, name)
    for someone in everybody(place):
        listed = (await someone.pull())["conflicts"]
        assert [one["op"] for one in listed] == ([late["id"]] if someone is place.sam else []), someone.login


async def test_it_counts_for_nothing_and_the_record_of_acts_knows_nothing_of_it(place: Place) -> None:
    first = a_reflection(place)
    late = after(first, base=7, set={"sealed": OTHER})
    await place.maria.push(first, late, after(first, base=1, set={"sealed": OTHER}, closes=late["id"]))
    await place.maria.push(after(first, action="void", base=2))
    await place.maria.client.get("/api/conflicts")

    def rows(connection: Connection) -> tuple[list[Any], list[Any]]:
        return list(connection.execute(select(volume))), list(connection.execute(select(audit)))

    figures, acts = await place.database.read(rows)
    assert figures == []
    assert acts == []


@pytest.mark.parametrize("action", ["amend", "void", "unvoid"])
async def test_an_act_of_a_lead_on_anothers_is_answered_as_on_what_is_not_there(place: Place, action: str) -> None:
    first = a_reflection(place)
    await place.sam.push(first)
    said = {"set": {"sealed": OTHER}} if action == "amend" else {}

    theirs, nobodys = await place.maria.results(
        after(first, action=action, **said), after(a_reflection(place), action=action, **said)
    )

    assert theirs | {"id": 0, "seq": 0} == nobodys | {"id": 0, "seq": 0}
    assert theirs["reason"] == "unknown_entry"
    (row,) = await reflections_of(place.sam)
    assert (row["version"], row["sealed"]) == (1, SEALED)


async def test_a_conflict_is_told_to_its_author_with_both_sealed_texts_and_settled_by_them(place: Place) -> None:
    first = a_reflection(place)
    late = after(first, base=7, set={"sealed": OTHER})
    *_, conflict = await place.sam.results(first, late)

    (listed,) = (await place.sam.pull())["conflicts"]
    await place.sam.push(after(first, base=1, set={"sealed": OTHER}, closes=late["id"]))

    assert conflict["record"]["sealed"] == SEALED
    assert (listed["thing"], listed["set"]) == ("reflection", {"sealed": OTHER})
    assert (await place.sam.pull())["conflicts"] == []
    assert [row["sealed"] for row in await reflections_of(place.sam)] == [OTHER]


async def test_a_closed_month_and_a_far_day_do_not_matter(place: Place) -> None:
    said = {"kept_on": date(2021, 1, 1).isoformat(), "sealed": SEALED}

    (result,) = await place.sam.results(a_reflection(place, set=said))

    assert result["outcome"] == "applied"


async def test_a_hundred_of_the_longest_are_more_than_one_push_takes_and_thirty_are_not(place: Place) -> None:
    """The phone sends at most 256 KiB at once, and the server reads 512."""
    longest = base64.b64encode(bytes(8192)).decode()
    said = {"kept_on": TODAY.isoformat(), "sealed": longest}

    results = await place.sam.results(*(a_reflection(place, set=said) for _ in range(30)))

    assert {one["outcome"] for one in results} == {"applied"}
    answer = await place.sam.send(*(a_reflection(place, set=said) for _ in range(100)))
    assert answer.status_code == 413


async def bound(someone: Someone, device_id: Any) -> dict[str, Any]:
    answer = await someone.client.put(f"/api/devices/{device_id}", json={"name": "Phone"})
    body: dict[str, Any] = answer.json()
    return body


async def test_the_own_key_is_the_same_on_every_phone_of_a_user_and_nobody_elses(place: Place) -> None:
    phone = uuid7()

    one, other = await bound(place.sam, phone), await bound(place.sam, uuid7())
    keys = {(await bound(someone, phone))["own_key"] for someone in everybody(place)}

    assert one["own_key"] == other["own_key"]
    assert len(base64.b64decode(one["own_key"], validate=True)) == 32
    assert len(keys) == len(everybody(place))
    assert one["own_key"] not in (one["data_key"], other["data_key"])


async def test_the_own_key_outlives_a_restore_and_is_never_stored(place: Place) -> None:
    before = (await bound(place.sam, uuid7()))["own_key"]

    await place.database.write(lambda connection: connection.execute(update(service).values(epoch=service.c.epoch + 1)))

    assert (await bound(place.sam, uuid7()))["own_key"] == before
    key = base64.b64decode(before)

    def stored(connection: Connection) -> list[Any]:
        return [
            value
            for name in ("service", "user", "device", "session", "reflection")
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))
            for value in row
        ]

    values = await place.database.read(stored)
    assert key not in [bytes(value) for value in values if isinstance(value, bytes | memoryview)]


async def checks(place: Place) -> dict[str, tuple[int, list[str]]]:
    found = await place.database.read(verify)
    return {one.name: (one.checked, one.differences) for one in found}


async def test_verify_folds_reflections_and_looks_at_what_is_sealed(place: Place) -> None:
    first = a_reflection(place)
    await place.sam.push(first, after(first, set={"sealed": OTHER}), a_reflection(place))

    found = await checks(place)

    assert found["entries, persons and reflections, from their operations"] == (2, [])
    assert found["sealed words"] == (2, [])


@pytest.mark.parametrize(
    ("planted", "check", "said"),
    [
        ({"sealed": "I felt tired today."}, "sealed words", "what is sealed is not base64"),
        ({"sealed": OTHER}, "entries, persons and reflections, from their operations", "not what its operations make"),
        ({"state": "void"}, "entries, persons and reflections, from their operations", "not what its operations make"),
        ({"id": UUID(int=5)}, "entries, persons and reflections, from their operations", "no operation made it"),
    ],
)
async def test_verify_names_a_reflection_that_was_changed_behind_the_back(
    place: Place, planted: dict[str, Any], check: str, said: str
) -> None:
    await place.sam.push(a_reflection(place))

    await place.database.write(lambda connection: connection.execute(update(reflection).values(**planted)))

    assert said in (await checks(place))[check][1][0]


async def test_who_left_the_team_keeps_what_was_sent_and_it_is_not_shown_to_the_lead(place: Place) -> None:
    first = a_reflection(place)
    await place.sam.push(first)

    def leave(connection: Connection) -> None:
        accounts.end_member(connection, place.service_id, place.sam.id, place.north, clock.now())

    await place.database.write(leave)
    (late,) = await place.sam.results(after(first, set={"sealed": OTHER}))

    assert (late["outcome"], late["reason"]) == ("conflict", "not_member")
    assert (await place.maria.client.get("/api/conflicts")).json()["conflicts"] == []
    assert await reflections_of(place.maria) == []
