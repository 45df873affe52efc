"""What cannot be added up, as the server answers it: who gets it, what is in it, what stays hidden."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from api import clock
from api.passwords import digest, new_token
from api.store import accounts, entries, sessions
from domain.definitions import DEFINITIONS
from domain.mhsds import attended
from tests.api.conftest import SETTINGS, Place, Someone
from tests.api.test_volumes import (
    DAYS,
    MORNING,
    OCTOBER,
    PEOPLE,
    STEPS,
    act,
    choose_rule,
    few,
    join,
    log,
    merge_the_last_two_people,
    offer_every_kind,
    stop_clock,
)
from tests.make import APPOINTMENT, a_person_operation, a_set, after, an_operation

PATH = "/api/volumes/measures"
ANA, BEN, CAT = PEOPLE[:3]


@pytest.fixture(autouse=True)
def _one_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock stands still, so that what is over never depends on today."""
    stop_clock(monkeypatch, MORNING)


async def test_every_measure_comes_with_what_it_means(place: Place) -> None:
    answer = (await place.maria.client.get(PATH, params=OCTOBER)).json()

    assert {name: answer[name] for name in ("from", "to", "as_of")} == {**OCTOBER, "as_of": "2026-11-20T09:30:00Z"}
    assert answer["teams"] == {str(place.north): "North"}
    assert answer["complete"] == {"phones": 0, "in_touch_since_end": 0, "quietest_since": None}
    assert [one["name"] for one in answer["measures"]] == list(DEFINITIONS)
    assert answer["measures"][0] == {
        **{"name": "dna", "count": 0, "of": 0, "percent": None, "median": None, "hidden": []},
        "definition": DEFINITIONS["dna"],
    }


async def test_people_are_met_met_twice_and_new_by_the_person_that_their_code_stands_for(place: Place) -> None:
    one, other = (a_person_operation(team_id=place.north, set={"code": code}) for code in ("KITE-12", "KITE-13"))
    await place.sam.push(one, other, after(other, set={"merged_into": one["thing_id"]}))
    await log(place, "2026-10-05", person_id=one["thing_id"])
    await log(place, "2026-10-31", person_id=other["thing_id"])
    await log(place, "2026-09-30", "2026-10-01", person_id=ANA)
    await log(place, "2026-10-06", person_id=BEN, attendance="did_not_attend", minutes=0)
    await log(place, "2026-11-01", person_id=CAT)
    await log(place, "2026-10-07")

    found = await measured(place.maria)

    assert found["people"] == (2, None, None)
    assert found["people_met_twice"] == (1, 2, 50)
    assert found["new_people"] == (1, 2, 50), "Ana was met in September"


async def test_a_message_never_came_too_late(place: Place) -> None:
    await log(place, *["2026-10-05"] * 3)
    await log(place, "2026-10-05", attendance="did_not_attend", minutes=0)
    await log(place, "2026-10-05", attendance="did_not_attend", minutes=0, mode="email")
    await log(place, "2026-10-05", attendance="cancelled_by_person", minutes=0)

    assert (await measured(place.maria))["dna"] == (1, 4, 25)


def leaving(stage: str, discharged_on: str | None = None) -> dict[str, Any]:
    return {"kind": "discharge_support", "stage": stage} | ({"discharged_on": discharged_on} if discharged_on else {})


async def test_a_follow_up_is_any_live_contact_with_the_same_person_within_three_days(place: Place) -> None:
    one, other = (a_person_operation(team_id=place.north, set={"code": code}) for code in ("KITE-12", "KITE-13"))
    await place.sam.push(one, other, after(other, set={"merged_into": one["thing_id"]}))
    await log(place, "2026-10-08", person_id=one["thing_id"], details=leaving("discharge_planning"))
    await log(place, "2026-10-20", person_id=one["thing_id"], details=leaving("post_discharge", "2026-10-09"))
    # Under the other code, of another kind, by another worker.
    await log(place, "2026-10-12", person_id=other["thing_id"], mode="phone", by=place.priya)
    await log(place, "2026-10-09", person_id=one["thing_id"])
    for person, mode, day in ((ANA, "text_message", "2026-10-10"), (BEN, "video", "2026-10-13")):
        await log(place, day, person_id=person, mode=mode)
        await log(place, "2026-10-14", person_id=person, mode=mode, details=leaving("post_discharge", "2026-10-09"))

    found = await measured(place.maria)

    assert found["met_before_and_after_leaving"] == (1, 1, 100)
    assert found["followed_up_within_72h"] == (1, 3, 33)
    assert found["days_to_first_contact"] == (2, None, None, 3.5)
    assert (await measured(place.priya))["followed_up_within_72h"] == (0, 0, None), "the own work alone"


async def test_a_discharge_at_the_end_of_the_range_is_followed_up_in_the_next_month(place: Place) -> None:
    await log(place, "2026-11-03", person_id=ANA, mode="phone", details=leaving("post_discharge", "2026-10-31"))

    assert (await measured(place.maria))["followed_up_within_72h"] == (1, 1, 100)


async def test_support_that_was_taken_back_or_moved_to_another_kind_is_forgotten(place: Place) -> None:
    (first,) = await log(place, "2026-10-20", person_id=ANA, details=leaving("post_discharge", "2026-10-09"))
    (second,) = await log(place, "2026-10-20", person_id=BEN, details=leaving("post_discharge", "2026-10-09"))
    await place.sam.push(after(first, action="void"), after(second, set={"details": APPOINTMENT}))

    found = await measured(place.maria)

    assert found["followed_up_within_72h"] == (0, 0, None)
    assert found["accompanied"] == (1, None, None)


async def test_steps_are_compared_with_where_the_person_stood_before_the_range(place: Place) -> None:
    await offer_every_kind(place)
    for day, person, step in (
        ("2026-09-28", ANA, "talked_about_it"),
        ("2026-10-05", ANA, "met_there"),
        ("2026-10-05", BEN, "talked_about_it"),
        ("2026-10-05", CAT, "goes_alone"),
        ("2026-11-02", BEN, "goes_alone"),
    ):
        await log(
            place, day, person_id=person, details={"kind": "community_access", "step": step, "place_kind": "cafe"}
        )

    found = await measured(place.maria)

    assert found["community_people"] == (3, None, None)
    assert found["community_moved_on"] == (1, 3, 33)
    assert found["community_goes_alone"] == (1, 3, 33)


async def test_the_funnel_is_of_what_is_known_by_now(place: Place) -> None:
    items = [{"category": topic, "how": "gave_info"} for topic in ("housing", "transport", "housing", "veterans")]
    (logged,) = await log(place, "2026-10-05", person_id=ANA, details={"kind": "signposting", "items": items})
    await log(place, "2026-11-05", details={"kind": "signposting", "items": items})
    later = [items[0] | {"outcome": "waiting"}, items[1] | {"outcome": "going_regularly"}, *items[2:]]
    await place.sam.push(after(logged, set={"details": {"items": later}}))

    for someone in (place.maria, place.sam):
        found = await measured(someone)
        assert found["signposting_waiting"] == found["signposting_going_regularly"] == (1, 4, 25)
        assert found["signposting_not_known_yet"] == (2, 4, 50)
        assert found["signposting_did_not_suit"] == (0, 4, 0)


def made_at(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


async def test_the_day_on_which_it_was_logged_is_the_phones_own(place: Place) -> None:
    for moment, offset in (
        (datetime(2026, 10, 5, 22, 59, tzinfo=UTC), 60),
        (datetime(2026, 10, 5, 23, 1, tzinfo=UTC), 60),
        (datetime(2026, 10, 5, 23, 1, tzinfo=UTC), 0),
        (datetime(2026, 10, 4, 22, 59, tzinfo=UTC), 60),
    ):
        (result,) = await place.sam.results(
            an_operation(
                team_id=place.north,
                set=a_set(happened_on="2026-10-05"),
                made_at=made_at(moment),
                utc_offset_min=offset,
            )
        )
        assert result["outcome"] == "applied"

    assert (await measured(place.maria))["entered_same_day"] == (2, 4, 50)


async def test_an_amendment_is_no_new_logging_and_what_was_refused_was_logged_when_it_was_first_made(
    place: Place,
) -> None:
    on_the_day = made_at(datetime(2026, 10, 5, 12, tzinfo=UTC))
    logged = an_operation(team_id=place.north, set=a_set(happened_on="2026-10-05"), made_at=on_the_day)
    refused = an_operation(team_id=place.north, set=a_set(happened_on="2026-12-05"), made_at=on_the_day)
    (applied, conflict) = await place.sam.results(logged, refused)
    assert (applied["outcome"], conflict["reason"]) == ("applied", "rule:future_date")

    again = an_operation(
        team_id=place.north, thing_id=refused["thing_id"], set=a_set(happened_on="2026-10-05"), closes=refused["id"]
    )
    await place.sam.push(after(logged, set={"minutes": 30}), again)

    assert (await measured(place.maria))["entered_same_day"] == (2, 2, 100)


async def test_a_phone_whose_clock_is_mad_is_answered_and_counted(place: Place) -> None:
    mad = an_operation(team_id=place.north, set=a_set(happened_on="2026-10-05"), made_at=2**53 - 1)

    (result,) = await place.sam.results(mad)

    assert result["outcome"] == "applied"
    assert (await measured(place.maria))["entered_same_day"] == (0, 1, 0)


async def test_supervision_is_never_shown_of_few_workers_and_never_by_worker(place: Place) -> None:
    await offer_every_kind(place)
    supervision = {"kind": "supervision", "supervision_kind": "peer_supervision"}
    await log(place, "2026-10-09", details=supervision)
    for number in range(3):
        await log(place, "2026-10-05", by=await another_worker(place, number))
    assert (await measured(place.maria))["months_with_peer_supervision"] == (None, None, None)
    assert (await measured(place.sam))["months_with_peer_supervision"] == (1, 1, 100)

    await log(place, "2026-10-06", by=place.priya)

    assert (await measured(place.maria))["months_with_peer_supervision"] == (1, 5, 20)
    assert (await measured(place.maria))["months_with_line_management"] == (0, 5, 0)
    assert (await measured(place.tom))["months_with_peer_supervision"] == (None, 5, None)


async def test_an_analyst_and_a_lead_of_two_teams_get_no_small_number(place: Place) -> None:
    for number in range(12):
        await log(place, "2026-10-05", person_id=str(UUID(int=0xF00 + number)))
    await log(place, *["2026-10-06"] * 4, attendance="did_not_attend", minutes=0)
    await join(place, place.maria, place.south, "lead")

    for someone, asked in ((place.tom, {}), (place.ade, {"team_id": place.north}), (place.maria, {})):
        found = {one["name"]: one for one in await measures(someone, **asked)}
        assert (found["dna"]["count"], found["dna"]["of"], found["dna"]["percent"]) == (None, 15, None)
        assert found["dna"]["hidden"] == ["count", "percent"]
        assert found["people"]["count"] == found["new_people"]["of"] == 10
        assert found["new_people"]["percent"] == 100
        assert found["people_met_twice"]["count"] is found["people_met_twice"]["percent"] is None
    assert (await measured(place.maria, team_id=place.north))["dna"] == (4, 16, 25)

    await choose_rule(place, "hes")
    assert (await measured(place.tom))["people_met_twice"] == (0, 10, 0)


async def test_whose_measures_one_gets_is_as_with_the_volumes(place: Place) -> None:
    nothing = await place.maria.client.get("/api/there-is-nothing-here")
    for someone, team_id in (
        (place.sam, place.south),
        (place.maria, place.south),
        (place.tom, place.far),
        (place.maria, uuid7()),
    ):
        answer = await someone.client.get(PATH, params=OCTOBER | {"team_id": str(team_id)})
        assert (answer.status_code, answer.content) == (404, nothing.content)
    async with place.client() as stranger:
        assert (await stranger.get(PATH, params=OCTOBER)).status_code == 401
    await log(place, "2026-10-05", by=place.olu, team_id=place.far, person_id=ANA)
    await log(place, "2026-10-05", by=place.priya, person_id=BEN)
    assert [(await measured(who))["people"] for who in (place.olu, place.priya, place.sam, place.maria)] == [
        (1, None, None),
        (1, None, None),
        (0, None, None),
        (1, None, None),
    ]


async def test_a_range_that_makes_no_sense_is_refused(place: Place) -> None:
    for asked, status, code in (
        ({"from": "2026-11-01"}, 422, "from_after_to"),
        ({"to": "9999-12-31"}, 422, "too_large"),
        ({"from": "yesterday"}, 400, "not_a_date"),
        ({"team_id": "north"}, 400, "not_an_id"),
    ):
        answer = await place.maria.client.get(PATH, params=OCTOBER | asked)
        assert (answer.status_code, answer.json()["problems"][0]["code"]) == (status, code)


@given(steps=STEPS)
@few
async def test_measures_are_those_of_every_stored_entry_after_any_history(
    place: Place, steps: list[tuple[str, int, dict[str, Any]]]
) -> None:
    await offer_every_kind(place)
    await merge_the_last_two_people(place)
    await act(place, steps)
    first, last = DAYS[1], DAYS[-2]

    found = await measured(place.maria, **{"from": first, "to": last})
    met, twice, new = await people_by_hand(place, first, last)
    volumes = await place.maria.client.get("/api/volumes", params={"from": str(first), "to": str(last)})
    totals = volumes.json()["totals"]

    assert found["people"][0] == met == totals["people"]
    assert found["people_met_twice"] == (twice, met, percent(twice, met))
    assert found["new_people"] == (new, met, percent(new, met))
    assert found["dna"] == (totals["dna"], totals["dna_of"], percent(totals["dna"], totals["dna_of"]))
    funnel = [figures[0] for name, figures in found.items() if name.startswith("signposting_")]
    assert sum(count or 0 for count in funnel) == totals["signposted"]
    assert found["entered_same_day"][1] == totals["entries"]
    one, other = [await measured(who, **{"from": first, "to": last}) for who in (place.sam, place.priya)]
    for name in ("dna", "accompanied", "signposting_waiting", "entered_same_day"):
        assert found[name][0] == (one[name][0] or 0) + (other[name][0] or 0), name


async def people_by_hand(place: Place, first: date, last: date) -> tuple[int, int, int]:
    def count(connection: Connection) -> tuple[int, int, int]:
        seen: dict[UUID, list[date]] = {}
        for _, one in entries.all_of(connection, place.service_id):
            if attended(one) and one.person_id and one.happened_on <= last:
                # The last but one is another code for the first.
                who = UUID(PEOPLE[0]) if str(one.person_id) == PEOPLE[-2] else one.person_id
                seen.setdefault(who, []).append(one.happened_on)
        met = {who: [day for day in days if day >= first] for who, days in seen.items()}
        return (
            sum(bool(days) for days in met.values()),
            sum(len(days) > 1 for days in met.values()),
            sum(min(days) >= first for days in seen.values()),
        )

    return await place.database.read(count)


def percent(part: int, whole: int) -> int | None:
    return (200 * part + whole) // (2 * whole) if whole else None


async def measures(someone: Someone, **asked: Any) -> list[dict[str, Any]]:
    answer = await someone.client.get(PATH, params=OCTOBER | {name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["measures"]
    return found


async def measured(someone: Someone, **asked: Any) -> dict[str, tuple[int | float | None, ...]]:
    """Count, part of and percent of each measure, and the median where there is one."""
    return {
        one["name"]: (one["count"], one["of"], one["percent"], *([one["median"]] if one["median"] else []))
        for one in await measures(someone, **asked)
    }


async def another_worker(place: Place, number: int) -> Someone:
    """Somebody more in North."""
    user_id, login = uuid7(), f"worker-{number}"

    def add(connection: Connection) -> None:
        accounts.add_user(connection, place.service_id, user_id, login, login, clock.now())
        accounts.add_member(connection, place.service_id, uuid7(), user_id, place.north, "worker", clock.now())

        token = new_token()
        sessions.start(
            connection, place.service_id, digest(token), user_id, clock.now(), clock.now() + 3_600_000, most=5
        )
        client.cookies.set(SETTINGS.cookie, f"{place.service_id}.{token}")

    client = place.client()
    await place.database.write(add)
    return Someone(user_id, login, "worker", client)
