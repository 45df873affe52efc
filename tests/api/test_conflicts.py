"""What is stored but not in effect: shown to the one who made it and to the lead of the team, until it is settled."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import Engine, event, select
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts
from api.store.tables import audit, operation
from api.verify import verify
from tests.api.conftest import Place, Someone
from tests.make import a_person_operation, a_set, after, an_operation

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
            "base": 0,
            "reason": "rule:future_date",
            "author_id": str(place.sam.id),
            "received_at": mine[0]["received_at"],
            "zone": "Europe/London",
            "utc_offset_min": 0,
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


async def test_only_an_operation_in_effect_on_the_same_thing_by_its_author_or_the_lead_settles_one(
    place: Place, create: dict[str, Any]
) -> None:
    early = tomorrow(place)
    await place.sam.push(early, create)

    for someone, closing in (
        (place.sam, an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)), closes=early["id"])),
        (place.sam, after(create, set={"minutes": 5}, closes=early["id"])),
        (place.sam, tomorrow(place, thing_id=early["thing_id"], closes=early["id"])),
        (place.sam, after(early, action="unvoid", closes=early["id"])),
        (place.priya, tomorrow(place, thing_id=early["thing_id"], closes=early["id"])),
        (place.priya, a_person_operation(team_id=place.north, thing_id=early["thing_id"], closes=early["id"])),
        (place.lena, an_operation(team_id=place.south, thing_id=early["thing_id"], closes=early["id"])),
        (place.sam, after(create, base=2, set={"minutes": 6}, closes=str(uuid7()))),
    ):
        await someone.push(closing)

    assert early["id"] in [one["op"] for one in await shown_to(place.sam)]


async def test_the_loser_of_two_phones_may_keep_what_is_there(place: Place, create: dict[str, Any]) -> None:
    """Settling without changing anything: an amend that sets nothing closes the conflict and makes no version."""
    late = after(create, base=1, set={"minutes": 20})
    await place.sam.push(create, after(create, base=1, set={"minutes": 50}), late)

    (kept,) = await place.sam.results(after(create, base=0, set={}, closes=late["id"]))

    assert (kept["outcome"], kept["noop"], kept["version"]) == ("applied", True, 2)
    assert await shown_to(place.sam) == []
    assert (await place.sam.rows(place.north))[0]["minutes"] == 50
    assert await differences(place) == []


async def test_a_create_that_only_ever_was_a_conflict_is_let_go_and_leaves_no_row(place: Place) -> None:
    mine, theirs = tomorrow(place), tomorrow(place)
    await place.sam.push(mine, theirs)

    (by_author,) = await place.sam.results(after(mine, action="void", closes=mine["id"]))
    (by_lead,) = await place.maria.results(after(theirs, set={}, closes=theirs["id"]))

    for result in (by_author, by_lead):
        assert (result["outcome"], result["noop"], result.get("version"), result.get("record")) == (
            "applied",
            True,
            None,
            None,
        )
    assert await shown_to(place.sam) == []
    assert await place.sam.rows(place.north) == []
    assert await differences(place) == []


async def test_a_conflict_of_the_same_batch_can_be_settled_and_two_cannot_settle_one(
    place: Place, create: dict[str, Any]
) -> None:
    late = after(create, base=0, set={"minutes": 20})
    first, second = (after(create, base=base, set={}, closes=late["id"]) for base in (0, 1))

    results = await place.sam.results(create, late, first, second)

    assert [(one["outcome"], one.get("noop", False)) for one in results] == [
        ("applied", False),
        ("conflict", False),
        ("applied", True),
        ("applied", True),
    ]
    assert await shown_to(place.sam) == []
    assert await closers(place) == {UUID(late["id"]): UUID(first["id"])}
    assert await differences(place) == []


async def test_a_lead_accepts_what_came_too_late_and_it_is_its_authors(place: Place) -> None:
    day = TODAY - timedelta(days=61)
    late = an_operation(team_id=place.north, set=a_set(happened_on=str(day)))
    await place.sam.push(late)
    accepting = accepted(await shown_to(place.maria))

    (result,) = await place.maria.results(accepting)
    (again,) = await place.maria.results(accepting)

    assert (result["outcome"], result["version"]) == ("applied", 1)
    assert (again["outcome"], again["first"], again["seq"]) == ("duplicate", "applied", result["seq"])
    assert await shown_to(place.sam) == await shown_to(place.maria) == []
    assert [(row["id"], row["author_id"]) for row in await place.sam.rows(place.north)] == [
        (late["thing_id"], str(place.sam.id))
    ]
    assert await place.maria.rows(place.north) == []
    volumes = await place.maria.client.get("/api/volumes", params={"from": str(day), "to": str(TODAY)})
    assert volumes.json()["totals"]["entries"] == 1
    assert await differences(place) == []


async def test_a_lead_accepts_an_amend_once_it_names_the_version_that_is_there(
    place: Place, create: dict[str, Any]
) -> None:
    late = after(create, base=0, set={"minutes": 20, "place": "ward"})
    await place.sam.push(create, late)
    (shown,) = await shown_to(place.maria)

    (other_words,) = await place.maria.results(accepted([shown], set={"minutes": 21}))
    (by_colleague,) = await place.priya.results(accepted([shown]))
    (old,) = await place.maria.results(accepted([shown]))
    (result,) = await place.maria.results(accepted([shown], base=shown["record"]["version"]))

    assert shown["record"]["minutes"] == 45, "both contents are there to be compared"
    assert (other_words["outcome"], other_words["reason"]) == ("rejected", "not_authorised")
    assert (by_colleague["outcome"], by_colleague["reason"]) == ("conflict", "unknown_entry")
    assert (old["outcome"], old["reason"]) == ("conflict", "version")
    assert (result["outcome"], result["version"]) == ("applied", 2)
    (row,) = await place.sam.rows(place.north)
    assert (row["minutes"], row["place"], row["author_id"]) == (20, "ward", str(place.sam.id))
    assert [one["op"] for one in (await place.sam.pull())["conflicts"]] == [old["id"]]
    assert await differences(place) == []


async def test_work_that_came_after_leaving_is_accepted_by_the_lead(place: Place, create: dict[str, Any]) -> None:
    await place.sam.push(create)
    void = after(create, action="void", reason="Logged twice")
    other = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))
    await place.database.write(
        lambda connection: accounts.end_member(connection, place.service_id, place.sam.id, place.north, clock.now())
    )
    await place.sam.push(other, void)
    shown = {one["op"]: one for one in await shown_to(place.maria)}

    results = await place.maria.results(*[accepted([shown[one["id"]]]) for one in (other, void)])

    assert shown[void["id"]]["why"] == "Logged twice"
    assert shown[void["id"]]["record"]["state"] == "active"
    assert "why" not in shown[other["id"]]
    assert "record" not in shown[other["id"]]
    assert [(one["outcome"], one["version"]) for one in results] == [("applied", 1), ("applied", 2)]
    assert {one["record"]["author_id"] for one in results} == {str(place.sam.id)}
    assert (await place.sam.pull())["conflicts"] == []
    assert await differences(place) == []


async def test_the_audit_tells_an_accept_from_another_way_of_settling(place: Place, create: dict[str, Any]) -> None:
    day = str(TODAY - timedelta(days=61))
    mine, theirs, third = (an_operation(team_id=place.north, set=a_set(happened_on=day)) for _ in range(3))
    person = a_person_operation(team_id=place.north)
    code = after(person, base=0, set={"code": "WREN-3"})
    await place.sam.push(mine, theirs, third, create, person, code)
    await place.maria.push(
        again(mine),
        after(theirs, set={}, closes=theirs["id"]),
        after(code, set={}, closes=code["id"]),
        again(third, set=a_set(happened_on=str(TODAY + timedelta(days=1)))),
    )
    await place.sam.push(after(third, set={}, closes=third["id"]))

    rows = await acts(place)

    assert [(row.action, row.thing, row.thing_id, row.user_id, msgspec.json.decode(row.detail)) for row in rows] == [
        ("conflict_accepted", "entry", UUID(mine["thing_id"]), place.maria.id, {"conflict": mine["id"]}),
        ("conflict_settled", "entry", UUID(theirs["thing_id"]), place.maria.id, {"conflict": theirs["id"]}),
        ("conflict_settled", "person", UUID(person["thing_id"]), place.maria.id, {"conflict": code["id"]}),
    ], "what an author settles, and what settles nothing, is not noted"


async def test_that_a_lead_read_the_conflicts_of_others_is_noted_by_team(place: Place) -> None:
    await place.sam.push(tomorrow(place), tomorrow(place))
    await place.maria.push(tomorrow(place))
    for someone in (place.sam, place.priya, place.lena):
        await shown_to(someone)
    assert await acts(place) == []

    await shown_to(place.maria)

    (row,) = await acts(place)
    assert (row.action, row.user_id, row.thing, row.thing_id) == (
        "conflicts_read",
        place.maria.id,
        "team",
        place.north,
    )
    assert msgspec.json.decode(row.detail) == {"conflicts": 2}


async def test_what_the_server_has_is_shown_beside_a_conflict_to_those_who_may_see_it(
    place: Place, create: dict[str, Any]
) -> None:
    person, elsewhere = a_person_operation(team_id=place.north), a_person_operation(team_id=place.south)
    await place.sam.push(create, person)
    await place.lena.push(elsewhere)
    late = after(create, base=0, set={"minutes": 20})
    code = after(person, base=0, set={"code": "WREN-3"})
    hidden = a_person_operation(team_id=place.north, thing_id=elsewhere["thing_id"])
    guessed = after(create, set={"minutes": 1})
    await place.sam.push(late, code, hidden)
    await place.priya.push(guessed)

    def records(shown: list[dict[str, Any]]) -> dict[str, Any]:
        return {one["op"]: one.get("record") for one in shown}

    sams, priyas, marias = [records(await shown_to(one)) for one in (place.sam, place.priya, place.maria)]
    rows = {row["id"]: row for row in await place.sam.rows(place.north)}
    entry, kite = rows[create["thing_id"]], rows[person["thing_id"]]

    assert sams == {late["id"]: entry, code["id"]: kite, hidden["id"]: None}
    assert priyas == {guessed["id"]: None}
    assert marias == sams | {guessed["id"]: entry}
    assert all("record" not in one for one in (await place.sam.pull())["conflicts"]), "a phone has the rows anyway"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_many_conflicts_take_as_many_statements_as_one(place: Place) -> None:
    async def statements(made: int) -> int:
        await place.sam.push(*[tomorrow(place) for _ in range(made)])
        count = 0

        def counted(*_: Any) -> None:
            nonlocal count
            count += 1

        event.listen(Engine, "before_cursor_execute", counted)
        try:
            await shown_to(place.maria)
        finally:
            event.remove(Engine, "before_cursor_execute", counted)
        return count

    assert await statements(1) == await statements(30)
    assert len(await shown_to(place.maria)) == 31


def again(conflict: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return conflict | {"id": str(uuid7()), "closes": conflict["id"]} | changes


def accepted(shown: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """What a lead's phone makes of a conflict that it was shown."""
    (one,) = shown
    words = {name: one[name] for name in ("thing", "thing_id", "team_id", "action", "base", "zone", "utc_offset_min")}
    if one["action"] in ("create", "amend"):
        words["set"] = one["set"]
    if "why" in one:
        words["reason"] = one["why"]
    return an_operation(**(words | {"closes": one["op"]} | changes))


async def differences(place: Place) -> list[str]:
    """What `verify` finds."""
    checks = await place.database.read(verify)
    return [one for check in checks for one in check.differences]


async def closers(place: Place) -> dict[UUID, UUID]:
    """Each conflict that is closed, with what closed it."""
    statement = select(operation.c.id, operation.c.closed_by).where(operation.c.closed_by.is_not(None))
    return dict(await place.database.read(lambda connection: [tuple(row) for row in connection.execute(statement)]))


async def acts(place: Place) -> list[Any]:
    return await place.database.read(lambda connection: list(connection.execute(select(audit).order_by(audit.c.id))))


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
