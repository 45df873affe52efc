"""Push and pull: what becomes of each operation, and what every phone is told."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts
from api.store.tables import operation
from domain.access import Role, view
from tests.api.conftest import Place
from tests.make import SIGNPOSTING, a_person_operation, a_set, after, an_operation

TODAY = clock.civil_date(clock.now())


@pytest.fixture
def create(place: Place) -> dict[str, Any]:
    return an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))


async def test_what_is_logged_comes_back_to_its_author(place: Place, create: dict[str, Any]) -> None:
    (result,) = await place.sam.results(create)

    assert (result["outcome"], result["version"], result["seq"]) == ("applied", 1, 1)
    (row,) = await place.sam.rows(place.north)
    assert row == result["record"]
    assert row["thing"] == "entry"
    assert row["details"]["kind"] == "one_to_one"
    assert row["minutes"] == 45


async def test_what_is_logged_does_not_come_to_a_colleague(place: Place, create: dict[str, Any]) -> None:
    await place.sam.push(create)

    assert await place.priya.rows(place.north) == []
    assert await place.maria.rows(place.north) == []


async def test_an_operation_sent_three_times_from_two_phones_is_stored_once(
    place: Place, create: dict[str, Any]
) -> None:
    (first,) = await place.sam.results(create)
    (second,) = await place.sam.results(create)
    (third,) = (await place.sam.push(create, device_id=str(uuid7())))["results"]

    assert first["outcome"] == "applied"
    for again in (second, third):
        assert (again["outcome"], again["first"], again["seq"]) == ("duplicate", "applied", 1)
        assert again["record"] == first["record"]
    assert len(await place.sam.rows(place.north)) == 1


async def test_the_same_bytes_in_another_order_of_keys_are_the_same_operation(
    place: Place, create: dict[str, Any]
) -> None:
    await place.sam.push(create)

    (again,) = await place.sam.results(dict(reversed(create.items())))

    assert again["outcome"] == "duplicate"


async def test_an_id_with_other_bytes_is_refused_also_inside_one_batch(place: Place, create: dict[str, Any]) -> None:
    other = create | {"set": a_set(happened_on=str(TODAY), minutes=10)}

    first, second = await place.sam.results(create, other)

    assert first["outcome"] == "applied"
    assert (second["outcome"], second["reason"]) == ("rejected", "id_reused")
    assert (await place.sam.rows(place.north))[0]["minutes"] == 45


async def test_a_batch_creates_amends_and_voids_in_order(place: Place, create: dict[str, Any]) -> None:
    amend = after(create, base=1, set={"minutes": 50})
    void = after(create, action="void", base=2, reason="Logged twice")

    results = await place.sam.results(create, amend, void)

    assert [result["version"] for result in results] == [1, 2, 3]
    assert [result["seq"] for result in results] == [1, 2, 3]
    (row,) = await place.sam.rows(place.north)
    assert (row["state"], row["minutes"], row["version"]) == ("void", 50, 3)


async def test_one_that_cannot_be_read_does_not_hold_up_the_others(place: Place, create: dict[str, Any]) -> None:
    broken = an_operation(team_id=place.north, set=a_set(minutes="a while"))

    results = await place.sam.results(broken, 7, {"no": "id"}, create)

    assert [result["outcome"] for result in results] == ["rejected", "rejected", "rejected", "applied"]
    assert results[0] == {
        "id": broken["id"],
        "outcome": "rejected",
        "reason": "unreadable",
        "retry": "after_update",
        "problems": [{"code": "not_an_integer", "field": "set.minutes"}],
    }
    assert results[1]["id"] is None


async def test_another_users_operations_are_all_refused(place: Place, create: dict[str, Any]) -> None:
    answer = await place.priya.push(create, an_operation(), user_id=str(place.sam.id))

    assert {(result["outcome"], result["reason"]) for result in answer["results"]} == {("rejected", "forged")}


@pytest.mark.parametrize("team", ["south", "far"])
async def test_a_team_that_one_never_worked_in_is_not_authorised(place: Place, team: str) -> None:
    (result,) = await place.sam.results(an_operation(team_id=getattr(place, team)))

    assert (result["outcome"], result["reason"], result["retry"]) == ("rejected", "not_authorised", "never")


async def test_work_sent_after_leaving_a_team_is_kept_for_its_lead(place: Place, create: dict[str, Any]) -> None:
    await place.database.write(
        lambda connection: accounts.end_member(connection, place.service_id, place.sam.id, place.north, clock.now())
    )

    (result,) = await place.sam.results(create)

    assert (result["outcome"], result["reason"]) == ("conflict", "not_member")
    conflicts = (await place.maria.client.get("/api/conflicts")).json()["conflicts"]
    assert [(one["op"], one["reason"]) for one in conflicts] == [(create["id"], "not_member")]
    assert conflicts[0]["set"]["minutes"] == 45
    assert (await place.sam.pull())["scope"] == []


async def test_the_loser_of_two_phones_is_a_conflict_until_a_later_operation_closes_it(
    place: Place, create: dict[str, Any]
) -> None:
    await place.sam.push(create, after(create, base=1, set={"minutes": 50}))
    late = after(create, base=1, set={"minutes": 20})

    (lost,) = await place.sam.results(late)
    before = (await place.sam.pull())["conflicts"]
    await place.sam.push(after(create, base=2, set={"minutes": 20}, closes=late["id"]))

    assert (lost["outcome"], lost["reason"], lost["record"]["minutes"]) == ("conflict", "version", 50)
    assert [one["op"] for one in before] == [late["id"]]
    assert (await place.sam.pull())["conflicts"] == []


async def test_a_lead_may_void_but_not_amend_what_a_worker_logged(place: Place, create: dict[str, Any]) -> None:
    await place.sam.push(create)

    amended, voided = await place.maria.results(
        after(create, set={"minutes": 1}), after(create, action="void", reason="Entered in error")
    )

    assert (amended["outcome"], amended["reason"]) == ("rejected", "not_authorised")
    assert voided["outcome"] == "applied"
    assert (await place.sam.rows(place.north))[0]["state"] == "void"


async def test_a_colleagues_entry_is_as_unknown_as_one_that_is_not_there(place: Place, create: dict[str, Any]) -> None:
    await place.sam.push(create)
    nowhere = after(create, thing_id=str(uuid7()), action="void")

    there, not_there = await place.priya.results(after(create, action="void"), nowhere)

    assert {name: there[name] for name in ("outcome", "reason")} == {
        name: not_there[name] for name in ("outcome", "reason")
    }
    assert there["reason"] == "unknown_entry"
    assert "record" not in there


async def test_persons_travel_through_the_same_log_to_the_whole_team(place: Place) -> None:
    person = a_person_operation(team_id=place.north)

    results = await place.sam.results(person, after(person, set={"code": "WREN-3"}))

    assert [result["outcome"] for result in results] == ["applied", "applied"]
    (row,) = await place.priya.rows(place.north)
    assert (row["thing"], row["code"], row["version"]) == ("person", "WREN-3", 2)


async def test_the_same_code_from_two_phones_is_kept_twice_and_can_be_merged(place: Place) -> None:
    mine, theirs = a_person_operation(team_id=place.north), a_person_operation(team_id=place.north)
    await place.sam.push(mine)
    await place.priya.push(theirs)

    (merged,) = await place.maria.results(after(theirs, set={"merged_into": mine["thing_id"]}))
    (circle,) = await place.maria.results(after(mine, set={"merged_into": theirs["thing_id"]}))

    assert merged["record"]["merged_into"] == mine["thing_id"]
    assert (circle["outcome"], circle["reason"]) == ("conflict", "rule:merge")


@pytest.mark.parametrize("limit", [1, 2, 3, 500])
async def test_pages_of_any_size_end_with_the_same_rows(place: Place, limit: int) -> None:
    creates = [an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY))) for _ in range(4)]
    await place.sam.push(*creates, a_person_operation(team_id=place.north), after(creates[0], set={"minutes": 5}))

    rows: dict[str, Any] = {}
    cursor, more = None, True
    while more:
        page = (await place.sam.pull(limit=limit, cursors={str(place.north): cursor}))["teams"][str(place.north)]
        rows |= {row["id"]: row for row in page["rows"]}
        cursor, more = page["cursor"], page["more"]

    assert len(rows) == 5
    assert rows[creates[0]["thing_id"]]["minutes"] == 5
    assert (await place.sam.rows(place.north, cursors={str(place.north): cursor})) == []


@pytest.mark.parametrize(
    ("cursor", "page"),
    [
        (f"2.0.{view('worker')}", {"reset": "epoch"}),
        (f"1.0.{view('lead')}", {"reset": "view"}),
        ("1.0.other", {"reset": "view"}),
        ("2.0.other", {"reset": "view"}),
        ("1.-1.1", {"reset": "view"}),
        ("nonsense", {"reset": "view"}),
    ],
)
async def test_a_cursor_that_is_not_of_this_view_asks_the_phone_to_begin_again(
    place: Place, cursor: str, page: dict[str, str]
) -> None:
    assert (await place.sam.pull(cursors={str(place.north): cursor}))["teams"][str(place.north)] == page


async def test_what_is_stored_of_an_operation_is_what_was_sent_and_what_its_hash_is_of(
    place: Place, create: dict[str, Any]
) -> None:
    await place.sam.push(dict(reversed(create.items())))

    statement = select(operation.c.body, operation.c.sha256)
    (row,) = await place.database.read(lambda connection: list(connection.execute(statement)))

    assert json.loads(row.body) == create
    assert hashlib.sha256(row.body.encode()).digest() == row.sha256


async def test_news_say_whose_they_are(place: Place) -> None:
    assert (await place.sam.pull())["user_id"] == str(place.sam.id)
    assert (await place.priya.pull())["user_id"] == str(place.priya.id)


async def test_a_phone_reads_a_team_again_when_the_role_of_its_user_changes_there(
    place: Place, create: dict[str, Any]
) -> None:
    """And only then: a lead who is a worker of the team besides reads it as a lead."""
    team = str(place.north)

    async def page(cursor: str | None) -> dict[str, Any]:
        found: dict[str, Any] = (await place.sam.pull(cursors={team: cursor}))["teams"][team]
        return found

    async def becomes(role: Role) -> None:
        await place.database.write(
            lambda connection: accounts.add_member(
                connection, place.service_id, uuid7(), place.sam.id, place.north, role, clock.now()
            )
        )

    await place.sam.push(create, a_person_operation(team_id=place.north))
    as_worker = await page(None)
    await becomes("worker")
    same = await page(as_worker["cursor"])
    await becomes("lead")
    changed = await page(as_worker["cursor"])
    as_lead = await page(None)
    await becomes("worker")

    assert same == {"rows": [], "cursor": as_worker["cursor"], "more": False}
    assert changed == {"reset": "view"}
    assert as_lead["rows"] == as_worker["rows"]
    assert len(as_lead["rows"]) == 2
    assert await page(as_lead["cursor"]) == {"rows": [], "cursor": as_lead["cursor"], "more": False}


async def test_days_are_judged_by_the_servers_calendar(place: Place) -> None:
    tomorrow, long_ago = TODAY + timedelta(days=1), TODAY - timedelta(days=61)

    results = await place.sam.results(
        *[an_operation(team_id=place.north, set=a_set(happened_on=str(day))) for day in (tomorrow, long_ago)]
    )

    assert [result["reason"] for result in results] == ["rule:future_date", "rule:too_far_back"]


async def test_a_create_may_take_the_place_of_one_that_only_ever_was_a_conflict(place: Place) -> None:
    wrong = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY + timedelta(days=1))))
    await place.sam.push(wrong)
    right = an_operation(
        team_id=place.north, thing_id=wrong["thing_id"], set=a_set(happened_on=str(TODAY)), closes=wrong["id"]
    )

    (result,) = await place.sam.results(right)

    assert result["outcome"] == "applied"
    assert (await place.sam.pull())["conflicts"] == []


async def test_more_than_a_hundred_operations_are_too_many_at_once(place: Place) -> None:
    answer = await place.sam.send(*[an_operation() for _ in range(101)])

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_many_operations"


async def test_what_the_database_refuses_is_rejected_alone(place: Place, create: dict[str, Any]) -> None:
    """The same entry made in two teams at once: the second insert breaks the key that the decision did not see."""
    from sqlalchemy import Connection, text

    def plant(connection: Connection) -> None:
        key = str(UUID(create["thing_id"])) if not place.database.is_sqlite else UUID(create["thing_id"]).hex
        service = str(place.service_id) if not place.database.is_sqlite else place.service_id.hex
        connection.execute(
            text("INSERT INTO entry_topic (service_id, entry_id, topic) VALUES (:service, :key, 'housing')"),
            {"service": service, "key": key},
        )

    good = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))
    poisoned = create | {"set": a_set(happened_on=str(TODAY), details=SIGNPOSTING)}
    await _without_foreign_keys(place, plant)

    results = await place.sam.results(poisoned, good)

    assert (results[0]["outcome"], results[0]["retry"]) == ("rejected", "later")
    assert results[1]["outcome"] == "applied"


async def _without_foreign_keys(place: Place, plant: Any) -> None:
    from sqlalchemy import text

    if place.database.is_sqlite:
        with place.database.writer.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
            with connection.begin():
                plant(connection)
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
    else:
        with place.database.writer.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            plant(connection)
