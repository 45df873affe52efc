"""Commands that change who may do what: memberships, accounts, phones and closed months."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts
from api.store.tables import audit, member
from domain.access import Role
from domain.months import name_of
from tests.api.commands.running import Command, Ran
from tests.api.conftest import PASSWORD, Place, Someone
from tests.make import a_set, an_operation

TODAY = clock.civil_date(clock.now())
LAST_DAY = TODAY.replace(day=1) - timedelta(days=1)
LAST, THIS = name_of(LAST_DAY), name_of(TODAY)

Run = Callable[[str], Ran]


@pytest.fixture
def run(command: Command, place: Place, database_url: str) -> Run:
    """Runs a command beside the server of `place`."""
    service = f" --service {place.service_id}"

    def ran(words: str) -> Ran:
        several = words.startswith("month") or words == "device list" or words.startswith("device list --json")
        return command(*(words + (service if several else "")).split(), url=database_url)

    return ran


async def acts(place: Place) -> list[str]:
    """What the audit says that was done, and by the operator."""
    statement = select(audit.c.action).where(audit.c.user_id.is_(None)).order_by(audit.c.id)
    return await place.database.read(lambda connection: list(connection.execute(statement).scalars()))


async def roles(place: Place, someone: Someone, team_id: UUID) -> list[tuple[str, bool]]:
    """Every role that somebody has had in a team, and whether it is held now; the newest last."""
    columns = member.c
    statement = (
        select(columns.role, columns.to_at.is_(None))
        .where(columns.user_id == someone.id, columns.team_id == team_id)
        .order_by(columns.id)
    )
    return [(row[0], bool(row[1])) for row in await place.database.read(lambda one: list(one.execute(statement)))]


async def result_of(someone: Someone, team_id: UUID) -> tuple[str, str | None]:
    """What becomes of an entry of today that somebody sends."""
    (result,) = await someone.results(an_operation(team_id=team_id, set=a_set(happened_on=str(TODAY))))
    return result["outcome"], result.get("reason")


async def signs_in(place: Place, someone: Someone) -> int:
    async with place.client() as browser:
        answer = await browser.post("/api/session", json={"login": someone.login, "password": PASSWORD})
        return answer.status_code


async def test_a_member_who_is_added_logs_in_that_team_from_the_next_request(place: Place, run: Run) -> None:
    assert await result_of(place.sam, place.south) == ("rejected", "not_authorised")

    made = run("member add --login sam --team South --role worker --json").json()

    assert made == {
        "user_id": str(place.sam.id),
        "login": "sam",
        "team_id": str(place.south),
        "role": "worker",
        "replaced": [],
    }
    assert await result_of(place.sam, place.south) == ("applied", None)
    assert await result_of(place.sam, place.north) == ("applied", None)
    assert set((await place.sam.pull())["scope"]) == {str(place.north), str(place.south)}
    assert await acts(place) == ["member_added"]


async def test_another_role_takes_the_place_of_the_one_before(place: Place, run: Run) -> None:
    assert run("member add --login sam --team North --role lead").code == 0
    led = await place.sam.client.get(f"/api/entries?team_id={place.north}&from={TODAY}&to={TODAY}")
    assert run("member add --login sam --team North --role worker").code == 0
    no_more = await place.sam.client.get(f"/api/entries?team_id={place.north}&from={TODAY}&to={TODAY}")

    assert (led.status_code, no_more.status_code) == (200, 403)
    assert await roles(place, place.sam, place.north) == [("worker", False), ("lead", False), ("worker", True)]
    assert await result_of(place.sam, place.north) == ("applied", None)
    assert await acts(place) == ["member_ended", "member_added"] * 2


async def test_of_two_roles_in_one_team_the_one_that_is_named_is_left(place: Place, run: Run) -> None:
    await place.database.write(
        lambda connection: accounts.add_member(
            connection, place.service_id, uuid7(), place.sam.id, place.north, "lead", 1
        )
    )

    made = run("member add --login sam --team North --role lead --json").json()

    assert sorted(made["replaced"]) == ["lead", "worker"]
    assert [one for one in await roles(place, place.sam, place.north) if one[1]] == [("lead", True)]


async def test_a_role_that_is_held_already_is_not_given_again(place: Place, run: Run) -> None:
    ran = run("member add --login sam --team North --role worker")

    assert (ran.code, ran.out, "already" in ran.err) == (1, "", True)
    assert await roles(place, place.sam, place.north) == [("worker", True)]
    assert await acts(place) == []


async def test_whoever_is_taken_out_keeps_the_session_and_what_comes_late_is_kept(place: Place, run: Run) -> None:
    assert await result_of(place.sam, place.north) == ("applied", None)

    made = run("member end --login sam --team North --json").json()

    assert (made["login"], made["team_id"]) == ("sam", str(place.north))
    assert (await place.sam.client.get("/api/session")).json()["memberships"] == []
    assert await result_of(place.sam, place.north) == ("conflict", "not_member")
    assert await roles(place, place.sam, place.north) == [("worker", False)]
    assert await acts(place) == ["member_ended"]


async def test_whoever_is_not_in_the_team_is_not_taken_out_of_it(place: Place, run: Run) -> None:
    assert run("member end --login sam --team North").code == 0
    for words, said in (
        ("--login sam --team North", "is not in North"),
        ("--login sam --team South", "is not in South"),
        ("--login ade --team North", "is not in North"),
        ("--login nobody --team North", "no login nobody"),
        ("--login sam --team East", "no team East"),
        # A team of another service is no team of Sam's.
        ("--login sam --team Far", "no team Far"),
    ):
        ran = run(f"member end {words}")
        assert (ran.code, ran.out) == (1, ""), words
        assert said in ran.err, words
    assert await acts(place) == ["member_ended"]


@pytest.mark.parametrize("role", ["worker", "lead"])
async def test_whoever_left_and_came_back_is_a_member_again(place: Place, run: Run, role: Role) -> None:
    run("member end --login sam --team North")
    assert await result_of(place.sam, place.north) == ("conflict", "not_member")
    run(f"member add --login sam --team North --role {role}")

    assert await result_of(place.sam, place.north) == ("applied", None)
    assert await roles(place, place.sam, place.north) == [("worker", False), (role, True)]
    (me,) = (await place.sam.client.get("/api/session")).json()["memberships"]
    assert (me["team_id"], me["role"]) == (str(place.north), role)

    run("member end --login sam --team North")
    assert await result_of(place.sam, place.north) == ("conflict", "not_member")


async def test_a_role_in_the_whole_service_is_none_in_a_team_and_leaving_one_keeps_it(place: Place, run: Run) -> None:
    assert await result_of(place.tom, place.north) == ("rejected", "not_authorised")
    run("member add --login tom --team North --role worker")
    assert await result_of(place.tom, place.north) == ("applied", None)
    run("member end --login tom --team North")

    assert await result_of(place.tom, place.north) == ("conflict", "not_member")
    (me,) = (await place.tom.client.get("/api/session")).json()["memberships"]
    assert (me["team_id"], me["role"]) == (None, "analyst")


async def test_a_closed_account_is_signed_out_everywhere_and_an_open_one_signs_in_again(place: Place, run: Run) -> None:
    code = run("user code --login sam --json").json()["code"]
    assert run("user close --login sam --json").json() == {
        "user_id": str(place.sam.id),
        "login": "sam",
        "closed": True,
    }
    assert (await place.sam.client.get("/api/session")).json()["code"] == "account_closed"
    assert await signs_in(place, place.sam) == 401
    again = run("user close --login sam")
    assert (again.code, "closed already" in again.err) == (1, True)
    assert (await place.priya.client.get("/api/session")).status_code == 200

    assert run("user open --login sam --json").json()["closed"] is False
    assert await signs_in(place, place.sam) == 200
    after = (await place.sam.client.get("/api/session")).json()
    assert (after["status"], after["code"]) == (401, "device_signed_out"), "a session that ended stays ended"
    assert (await joins(place, place.sam, code)) == 401, "a code does not outlive the closing"
    again = run("user open --login sam")
    assert (again.code, "is open" in again.err) == (1, True)
    assert await acts(place) == ["join_code_made", "user_closed", "user_opened"]


async def test_a_new_code_lets_somebody_choose_another_passphrase_and_ends_the_one_before(
    place: Place, run: Run
) -> None:
    old = run("user code --login sam --json").json()
    new = run("user code --login sam --json").json()

    assert (new["login"], new["user_id"]) == ("sam", str(place.sam.id))
    assert await signs_in(place, place.sam) == 200, "until it is redeemed, the old passphrase is good"
    assert await joins(place, place.sam, old["code"]) == 401
    assert await joins(place, place.priya, new["code"]) == 401
    assert await joins(place, place.sam, new["code"]) == 200
    assert await signs_in(place, place.sam) == 401
    assert (await place.sam.client.get("/api/session")).status_code == 401
    assert "Join code: " in run("user code --login sam").out


async def test_a_closed_account_is_given_no_code(place: Place, run: Run) -> None:
    run("user close --login sam")

    ran = run("user code --login sam")

    assert (ran.code, ran.out, "alongside user open" in ran.err) == (1, "", True)


async def joins(place: Place, someone: Someone, code: str) -> int:
    async with place.client() as browser:
        words = {"login": someone.login, "code": code, "password": "another way to say it"}
        return (await browser.post("/api/session/join", json=words)).status_code


async def bound(someone: Someone) -> Any:
    return await someone.client.put(f"/api/devices/{someone.device_id}", json={"name": "Phone"})


async def test_the_phones_are_listed_as_the_admin_is_shown_them(place: Place, run: Run) -> None:
    for someone in (place.sam, place.priya):
        await bound(someone)
    await place.sam.push(an_operation(n=2, team_id=place.north, set=a_set(happened_on=str(TODAY))), issued=3, pending=2)
    shown = (await place.ade.client.get("/api/devices")).json()["devices"]

    assert run("device list --json").json() == {"devices": shown}
    (mine,) = run("device list --login sam --json").json()["devices"]
    assert (mine["user_id"], mine["missing"]) == (str(place.sam.id), [[1, 1], [3, 3]])
    head, _, *lines = run("device list").out.splitlines()
    assert head.split()[:2] == ["Login", "Phone"]
    assert {line.split()[0] for line in lines} == {"sam", "priya"}
    nobody = run("device list --login nobody")
    assert (nobody.code, "no login nobody" in nobody.err) == (1, True)


async def test_a_phone_that_is_signed_out_stays_out_until_its_owner_signs_in_on_it(place: Place, run: Run) -> None:
    for someone in (place.sam, place.priya):
        await bound(someone)
    which = f"--login sam --device {place.sam.device_id}"
    ran = run(f"device sign-out {which} --json")

    assert ran.json() == {"login": "sam", "device_id": str(place.sam.device_id), "signed_out": True}
    assert (await place.sam.client.get("/api/session")).json()["code"] == "device_signed_out"
    assert (await place.priya.client.get("/api/session")).status_code == 200
    async with place.client() as place.sam.client:
        assert run(f"device sign-out {which}").code == 1, "it is signed out already"
        await place.sam.client.post("/api/session", json={"login": "sam", "password": PASSWORD})
        assert (await bound(place.sam)).status_code == 200
        assert run("device list --login sam --json").json()["devices"][0]["signed_out"] is False
    assert await acts(place) == ["device_signed_out"]


async def test_a_phone_is_signed_out_for_the_user_named_and_no_other(place: Place, run: Run) -> None:
    await bound(place.sam)

    for words in (f"--login priya --device {place.sam.device_id}", f"--login sam --device {uuid7()}"):
        ran = run(f"device sign-out {words}")
        assert (ran.code, "has no phone" in ran.err) == (1, True), words

    assert (await place.sam.client.get("/api/session")).status_code == 200


async def test_other_sessions_of_the_user_go_on_when_a_phone_is_signed_out(place: Place, run: Run) -> None:
    async with place.client() as lost:
        await lost.post("/api/session", json={"login": "sam", "password": PASSWORD})
        number = uuid7()
        await lost.put(f"/api/devices/{number}", json={"name": "Lost"})
        await bound(place.sam)

        assert run(f"device sign-out --login sam --device {number}").code == 0

        assert (await lost.get("/api/session")).status_code == 401
    assert (await place.sam.client.get("/api/session")).status_code == 200


async def test_a_month_is_closed_and_reopened_as_a_lead_would(place: Place, run: Run) -> None:
    create = an_operation(team_id=place.north, set=a_set(happened_on=str(LAST_DAY)))

    assert run(f"month close --team North --month {LAST} --json").json() == {
        "team": "North",
        "month": LAST,
        "closed": True,
    }
    (month,) = (await place.maria.client.get("/api/months")).json()["months"]
    assert (month["month"], month["closed_by"]) == (LAST, None)
    (result,) = await place.sam.results(create)
    assert result["reason"] == "rule:closed"
    again = run(f"month close --team North --month {LAST}")
    assert (again.code, "closed already" in again.err) == (1, True)

    assert run(f"month reopen --team {place.north} --month {LAST}").code == 0
    assert (await place.maria.client.get("/api/months")).json()["months"] == []
    again = run(f"month reopen --team North --month {LAST}")
    assert (again.code, "not closed" in again.err) == (1, True)
    assert await acts(place) == ["month_closed", "month_reopened"]


async def test_a_month_that_is_not_over_is_not_closed_by_a_command_either(place: Place, run: Run) -> None:
    ran = run(f"month close --team North --month {THIS}")

    assert (ran.code, "when it is over" in ran.err) == (1, True)
    assert (await place.maria.client.get("/api/months")).json()["months"] == []
