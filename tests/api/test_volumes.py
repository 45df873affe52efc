"""The figures: what is in them, who gets whose, and that every place that shows them says the same."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from uuid import UUID

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update
from uuid_utils.compat import uuid7

from api import clock
from api.database import Database
from api.store import accounts, entries, people
from api.store import volumes as volume_store
from api.store.tables import service, volume
from api.verify import verify
from domain import mhsds
from domain.access import Role
from domain.disclosure import Scope
from domain.entry import MET, Attendance, Entry, Mode
from domain.families import family_of
from domain.kinds import KINDS, kind_of, outcomes_of, stage_of, step_of, topics_of
from domain.periods import By, period_start
from domain.service import OfferedKind, ServiceSettings
from domain.small_numbers import Rule
from domain.volume_rows import Asked
from domain.volumes import Measures, Split
from tests.api.conftest import Place, Someone
from tests.domain.any_details import details as any_details
from tests.domain.any_details import talked_about
from tests.make import APPOINTMENT, DISCHARGE, a_person_operation, a_set, after, an_operation

MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}
ADDITIVE = Measures.__struct_fields__
PEOPLE = [str(UUID(int=n)) for n in range(0xE1, 0xE6)]


@pytest.fixture(autouse=True)
def _one_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock stands still, so that what is partial and what is too far back never depends on today."""
    stop_clock(monkeypatch, MORNING)


async def test_what_a_team_logged_is_in_its_figures_as_soon_as_it_is_stored(place: Place) -> None:
    person = a_person_operation(team_id=place.north)
    await place.sam.push(person)
    await log(place, "2026-10-05", person_id=person["thing_id"], travel_minutes=20)
    await log(place, "2026-10-06", attendance="did_not_attend", minutes=0)

    answer = await figures(place.maria)

    shown = {
        "entries": 2,
        "contacts": 2,
        "attended": 1,
        "reportable": 1,
        "not_attended": 1,
        "minutes": 45,
        "travel_minutes": 20,
        "people": 1,
        "group_sessions": 0,
        "group_attendances": 0,
        "indirect": 0,
        "hidden": [],
        **{"in_person": 1, "remote": 0, "message": 0, "cancelled_by_person": 0, "did_not_attend": 1},
        **{"arrived_too_late": 0, "cancelled_by_us": 0, "dna": 1, "dna_of": 2, "group_minutes": 0},
        **{"indirect_minutes": 0, "other_minutes": 0, "admin_minutes": 0, "signposted": 0},
    }
    row = {"period": "2026-10-01", "label": "October 2026", "partial": False, "key": "one_to_one"}
    assert answer == {
        **OCTOBER,
        "by": "month",
        "split": "kind",
        "as_of": "2026-11-20T09:30:00Z",
        "complete": {"phones": 0, "in_touch_since_end": 0, "quietest_since": None},
        "teams": {str(place.north): "North"},
        "rows": [row | shown],
        "totals": shown,
    }


async def test_an_amended_a_moved_and_a_voided_entry_leave_no_trace_in_the_figures(place: Place) -> None:
    first, second = await log(place, "2026-10-05", "2026-10-06")
    await place.sam.push(
        after(first, set={"minutes": 30, "happened_on": "2026-11-02", "details": APPOINTMENT}),
        after(second, action="void", reason="Logged twice"),
    )

    assert (await figures(place.maria))["rows"] == []
    (moved,) = (await figures(place.maria, **{"from": "2026-11-01", "to": "2026-11-30"}))["rows"]
    assert (moved["key"], moved["entries"], moved["minutes"]) == ("accompanied_appointment", 1, 30)


async def test_a_conflict_never_counts(place: Place) -> None:
    (result,) = await place.sam.results(an_operation(team_id=place.north, set=a_set(happened_on="2026-11-21")))

    assert result["outcome"] == "conflict"
    found = await figures(place.maria, **{"from": "2026-11-01", "to": "2026-11-30"})
    assert found["totals"]["entries"] == 0


async def test_a_worker_gets_the_own_figures_and_they_add_up_to_the_teams(place: Place) -> None:
    await log(place, "2026-10-05", "2026-10-06", by=place.sam, person_id=PEOPLE[0])
    await log(place, "2026-10-06", by=place.priya, person_id=PEOPLE[1], minutes=10)

    sam, priya, team = [await figures(someone) for someone in (place.sam, place.priya, place.maria)]

    assert (sam["totals"]["entries"], sam["totals"]["minutes"]) == (2, 90)
    assert (priya["totals"]["entries"], priya["totals"]["minutes"]) == (1, 10)
    assert (team["totals"]["entries"], team["totals"]["minutes"]) == (3, 100)
    assert [answer["totals"]["people"] for answer in (sam, priya, team)] == [1, 1, 2]
    assert [answer["rows"][0]["people"] for answer in (sam, priya, team)] == [1, 1, 2]
    assert sam["rows"][0]["hidden"] == priya["totals"]["hidden"] == []


async def test_an_analyst_never_sees_a_small_number(place: Place) -> None:
    await log(place, *["2026-10-05"] * 12)
    await log(place, *["2026-10-05"] * 4, details=APPOINTMENT)

    for someone in (place.tom, place.ade):
        for asked in ({}, {"team_id": place.north}):
            answer = await figures(someone, **asked)
            small, large = answer["rows"]
            assert (small["key"], small["entries"], small["minutes"]) == ("accompanied_appointment", None, None)
            assert all(small[name] is None for name in ADDITIVE), "no figure of four entries is seen"
            assert {"entries", "contacts", "minutes", "people"} <= set(small["hidden"])
            assert (large["key"], large["entries"], large["minutes"], large["people"]) == ("one_to_one", 10, 540, None)
            assert answer["totals"]["entries"] == 15


async def test_the_service_chooses_which_numbers_are_small(place: Place) -> None:
    await log(place, *["2026-10-05"] * 6)
    assert (await figures(place.tom))["totals"]["entries"] == 5

    await choose_rule(place, "hes")

    assert (await figures(place.tom))["totals"]["entries"] is None
    assert (await figures(place.tom))["totals"]["not_attended"] == 0


async def test_a_lead_of_two_teams_sees_each_true_and_both_under_the_rule(place: Place) -> None:
    await join(place, place.sam, place.south, "worker")
    await join(place, place.maria, place.south, "lead")
    await log(place, *["2026-10-05"] * 3)
    await log(place, *["2026-10-05"] * 4, team_id=place.south)

    assert (await figures(place.maria, team_id=place.north))["totals"]["entries"] == 3
    assert (await figures(place.maria, team_id=place.south))["totals"]["entries"] == 4
    for asked in ({}, {"team_id": [place.north, place.south]}):
        both = await figures(place.maria, split="team", **asked)
        assert both["totals"]["entries"] == 5
        assert [row["entries"] for row in both["rows"]] == [None, None]
        assert [row["key"] for row in both["rows"]] == sorted([str(place.north), str(place.south)])


async def test_another_team_and_no_team_are_the_same_answer_to_the_byte(place: Place) -> None:
    nothing = await place.maria.client.get("/api/there-is-nothing-here")
    for someone, others in (
        (place.sam, [place.south, place.far]),
        (place.maria, [place.south, place.far]),
        (place.lena, [place.north, place.far]),
        (place.tom, [place.far]),
        (place.ade, [place.far]),
        (place.olu, [place.north]),
    ):
        for team_id in (*others, uuid7()):
            answer = await ask(someone, team_id=team_id)
            assert (answer.status_code, answer.content) == (404, nothing.content), (someone.login, team_id)
            assert answer.headers["content-type"] == "application/problem+json"


async def test_one_team_too_many_refuses_the_whole_question(place: Place) -> None:
    assert (await ask(place.maria, team_id=[place.north, place.south])).status_code == 404
    assert (await ask(place.tom, team_id=[place.north, place.far])).status_code == 404


async def test_another_service_has_its_own_figures(place: Place) -> None:
    await log(place, *["2026-10-05"] * 3)
    await log(place, "2026-10-05", by=place.olu, team_id=place.far)

    assert (await figures(place.olu))["totals"]["entries"] == 1
    assert (await figures(place.maria))["totals"]["entries"] == 3


async def test_nobody_gets_figures_without_signing_in(place: Place) -> None:
    async with place.client() as stranger:
        assert (await stranger.get("/api/volumes", params=OCTOBER)).status_code == 401


async def test_a_person_under_two_codes_is_one_person_once_they_are_merged(place: Place) -> None:
    one, other = (a_person_operation(team_id=place.north, set={"code": code}) for code in ("KITE-12", "KITE-13"))
    await place.sam.push(one, other)
    await log(place, "2026-10-05", person_id=one["thing_id"])
    await log(place, "2026-10-06", person_id=other["thing_id"])
    assert await people_seen(place) == ([2], 2)

    await place.sam.push(after(other, set={"merged_into": one["thing_id"]}))

    assert await people_seen(place) == ([1], 1)


async def test_a_person_is_counted_once_in_each_period_and_once_in_the_range(place: Place) -> None:
    person = str(uuid7())
    await log(place, "2026-10-05", "2026-10-06", "2026-11-02", person_id=person)

    assert await people_seen(place, to="2026-11-30") == ([1, 1], 1)


async def test_a_person_of_whom_the_server_has_not_heard_yet_is_counted(place: Place) -> None:
    await log(place, "2026-10-05", "2026-10-05", person_id=str(uuid7()))

    assert await people_seen(place) == ([1], 1)


async def test_a_visit_that_did_not_happen_or_without_a_code_is_nobody(place: Place) -> None:
    await log(place, "2026-10-05", person_id=str(uuid7()), attendance="cancelled_by_us", minutes=0)
    await log(place, "2026-10-05")

    assert await people_seen(place) == ([0], 0)


async def test_a_voided_contact_another_team_and_another_month_add_nobody(place: Place) -> None:
    await join(place, place.sam, place.south, "worker")
    (wrong,) = await log(place, "2026-10-05", person_id=PEOPLE[0])
    await place.sam.push(after(wrong, action="void"))
    await log(place, "2026-10-05", person_id=PEOPLE[1], team_id=place.south)
    await log(place, "2026-09-30", "2026-11-01", person_id=PEOPLE[2])
    await log(place, "2026-10-31", person_id=PEOPLE[3])

    assert await people_seen(place) == ([1], 1)


async def test_only_who_was_there_is_a_person_supported(place: Place) -> None:
    await offer_every_kind(place)
    advocacy = {"kind": "advocacy", "advocacy_kind": "spoke_at_request"}
    for person, details in (
        (PEOPLE[0], advocacy),
        (PEOPLE[1], advocacy | {"person_present": False}),
        (PEOPLE[2], {"kind": "liaison", "consulted": "ward_team"}),
        (PEOPLE[3], {"kind": "carer_family_support", "recipient": "carer_alone", "about_person": True}),
    ):
        await log(place, "2026-10-05", person_id=person, details=details)

    answer = await figures(place.maria, split="family")

    assert {row["key"]: (row["entries"], row["people"]) for row in answer["rows"]} == {
        "direct": (1, 1),
        "indirect": (3, 0),
    }
    assert answer["totals"]["people"] == 1


async def test_whether_the_person_was_there_may_be_put_right_later(place: Place) -> None:
    await offer_every_kind(place)
    advocacy = {"kind": "advocacy", "advocacy_kind": "spoke_at_request"}
    (logged,) = await log(place, "2026-10-05", person_id=PEOPLE[0], details=advocacy)

    await place.sam.push(after(logged, set={"details": {"person_present": False}}))

    assert await people_seen(place) == ([0], 0)
    assert (await figures(place.maria))["totals"]["indirect"] == 1
    await place.sam.push(after(logged, base=2, set={"details": {"person_present": True}}))
    assert await people_seen(place) == ([1], 1)


async def test_places_and_people_are_told_by_what_came_of_it(place: Place) -> None:
    pointed = signposting_to("housing", "transport", "housing")
    (logged,) = await log(place, "2026-10-05", person_id=PEOPLE[0], details=pointed)
    heard = [item | {"outcome": "attended_once"} for item in pointed["items"][:2]] + pointed["items"][2:]

    await place.sam.push(after(logged, set={"details": {"items": heard}}))

    rows = (await figures(place.maria, split="outcome"))["rows"]
    assert {row["key"]: (row["signposted"], row["people"]) for row in rows} == {
        "attended_once": (2, 1),
        "not_known_yet": (1, 1),
    }


async def test_a_person_pointed_to_two_places_is_in_both_topics_and_one_person(place: Place) -> None:
    await log(place, "2026-10-05", person_id=str(uuid7()), details=signposting_to("housing", "transport", "housing"))
    await log(place, "2026-10-05", person_id=str(uuid7()))

    answer = await figures(place.maria, split="topic")

    assert [(row["key"], row["entries"], row["people"]) for row in answer["rows"]] == [
        ("housing", 1, 1),
        ("transport", 1, 1),
    ]
    assert (answer["totals"]["entries"], answer["totals"]["people"]) == (2, 2)


async def test_a_range_may_be_split_by_stage_mode_attendance_and_team(place: Place) -> None:
    await log(place, "2026-10-05", person_id=str(uuid7()), details=DISCHARGE, mode="phone")
    await log(place, "2026-10-05", person_id=str(uuid7()), attendance="attended_late")

    assert await seen_by_key(place, "stage") == {"post_discharge": (1, 1)}
    assert await seen_by_key(place, "mode") == {"in_person": (1, 1), "phone": (1, 1)}
    assert await seen_by_key(place, "attendance") == {"attended": (1, 1), "attended_late": (1, 1)}
    assert await seen_by_key(place, "team") == {str(place.north): (2, 2)}


async def test_weeks_start_on_monday_and_those_that_the_range_cuts_or_that_are_not_over_are_partial(
    place: Place,
) -> None:
    await log(place, "2026-11-01", "2026-11-02", "2026-11-08", "2026-11-20")

    answer = await figures(place.maria, **{"from": "2026-10-28", "to": "2026-11-22"}, by="week")

    assert [(row["period"], row["label"], row["partial"], row["entries"]) for row in answer["rows"]] == [
        ("2026-10-26", "Week of 26 October 2026", True, 1),
        ("2026-11-02", "Week of 2 November 2026", False, 2),
        ("2026-11-16", "Week of 16 November 2026", True, 1),
    ]


async def test_quarters_follow_the_calendar_and_days_outside_the_range_are_left_out(place: Place) -> None:
    await log(place, "2026-09-30", "2026-10-01", "2026-11-20")

    answer = await figures(place.maria, **{"from": "2026-09-30", "to": "2026-11-19"}, by="quarter")

    assert [(row["label"], row["entries"]) for row in answer["rows"]] == [
        ("2026/27 Q2 (July to September)", 1),
        ("2026/27 Q3 (October to December)", 1),
    ]
    assert answer["totals"]["entries"] == 2


async def test_the_answer_says_how_many_phones_may_still_hold_entries(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_moment_of_october_in_london = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)
    for someone, moment in (
        (place.sam, last_moment_of_october_in_london),
        (place.priya, last_moment_of_october_in_london + timedelta(seconds=1)),
        (place.lena, MORNING),
    ):
        stop_clock(monkeypatch, moment)
        answer = await someone.client.put(f"/api/devices/{someone.device_id}", json={"name": "My phone"})
        assert answer.status_code == 200, answer.text
    stop_clock(monkeypatch, MORNING)

    quietest = {"quietest_since": "2026-10-31T23:59:59Z"}
    assert (await figures(place.maria))["complete"] == {"phones": 2, "in_touch_since_end": 1} | quietest
    assert (await figures(place.tom))["complete"] == {"phones": 3, "in_touch_since_end": 2} | quietest
    assert (await figures(place.sam))["complete"] == {"phones": 1, "in_touch_since_end": 0} | quietest


BAD_QUESTIONS: list[tuple[dict[str, Any], int, str, str]] = [
    ({"from": None}, 400, "required", "from"),
    ({"to": None}, 400, "required", "to"),
    ({"from": "yesterday"}, 400, "not_a_date", "from"),
    ({"to": "2026-02-30"}, 400, "not_a_date", "to"),
    ({"to": ""}, 400, "not_a_date", "to"),
    ({"by": "day"}, 400, "not_an_option", "by"),
    ({"split": "postcode"}, 400, "not_an_option", "split"),
    ({"team_id": "north"}, 400, "not_an_id", "team_id"),
    ({"from": "2026-11-01"}, 422, "from_after_to", "from"),
    ({"from": "0001-01-01"}, 422, "too_small", "from"),
    ({"to": "9999-12-31"}, 422, "too_large", "to"),
    ({"from": "1950-01-01"}, 422, "too_many_periods", "by"),
]


async def test_a_question_that_cannot_be_read_says_what_is_wrong(place: Place) -> None:
    for changed, status, code, field in BAD_QUESTIONS:
        asked = {name: value for name, value in (OCTOBER | changed).items() if value is not None}
        for someone in (place.sam, place.tom):
            for path in ("/api/volumes", "/api/reports/contact-volumes"):
                answer = await someone.client.get(path, params=asked)
                assert answer.status_code == status, answer.text
                assert answer.json()["problems"][0].items() >= {"code": code, "field": field}.items(), asked


async def test_a_spoilt_figure_is_found_and_a_recount_repairs_it(place: Place) -> None:
    await log(place, "2026-10-05", "2026-10-06", details=signposting_to("housing"))
    assert await differences(place) == []
    right = await figures(place.maria)

    def spoil(connection: Connection) -> None:
        monday = volume.c.day == date(2026, 10, 5)
        connection.execute(update(volume).where(monday, volume.c.split == "kind").values(minutes=volume.c.minutes + 1))
        connection.execute(delete(volume).where(monday, volume.c.split == "mode"))

    await place.database.write(spoil)
    found = [
        (one.cell.split, one.cell.key, one.stored.minutes, one.counted.minutes) for one in await differences(place)
    ]
    assert found == [("kind", "signposting", 46, 45), ("mode", "in_person", 0, 45)]
    assert await figures(place.maria) != right

    cells = await place.database.write(lambda connection: volume_store.recount(connection, place.service_id))

    assert cells == 14
    assert await differences(place) == []
    assert await figures(place.maria) == right


async def test_what_was_voided_is_no_difference(place: Place) -> None:
    (logged,) = await log(place, "2026-10-05")
    await place.sam.push(after(logged, action="void"))

    assert await differences(place) == []


async def test_a_recount_leaves_other_services_alone(place: Place) -> None:
    await log(place, "2026-10-05", by=place.olu, team_id=place.far)
    kept = await place.database.read(stored_figures)

    assert await place.database.write(lambda connection: volume_store.recount(connection, place.service_id)) == 0

    assert await place.database.read(stored_figures) == kept != []


DAYS = [date(2026, 9, 28), date(2026, 10, 4), date(2026, 10, 5), date(2026, 10, 31), date(2026, 11, 1)]


@st.composite
def sets(draw: st.DrawFn) -> dict[str, Any]:
    """What a create or an amend of any entry of any kind sets."""
    of_kind = draw(any_details)
    least = talked_about(of_kind)
    attendance = draw(st.sampled_from(list(MET) if least else [*MET, *get_args(Attendance)]))
    return a_set(
        happened_on=str(draw(st.sampled_from(DAYS))),
        minutes=draw(st.integers(least, max(least, 1440))) if attendance in MET else 0,
        travel_minutes=draw(st.integers(0, 600)),
        admin_minutes=draw(st.integers(0, 600)),
        subject=draw(st.sampled_from(["person", "proxy"])),
        mode=draw(st.sampled_from(get_args(Mode))),
        attendance=attendance,
        person_id=draw(st.sampled_from([None, *PEOPLE])),
        # In full, so that an amend of the same kind leaves nothing of the old answers that speaks against the new.
        details=msgspec.to_builtins(of_kind),
    )


STEPS = st.lists(
    st.tuples(st.sampled_from(["create", "create", "amend", "void", "unvoid"]), st.integers(0, 9), sets()),
    min_size=15,
    max_size=30,
)


# The database remembers earlier examples: what is claimed holds after any of them, but none can be made smaller.
few = settings(max_examples=4, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(steps=STEPS, by=st.sampled_from(get_args(By)))
@few
async def test_screens_files_workers_and_a_recount_all_say_the_same(
    place: Place, steps: list[tuple[str, int, dict[str, Any]]], by: By
) -> None:
    await offer_every_kind(place)
    await merge_the_last_two_people(place)
    await act(place, steps)
    asked = {"from": "2026-09-29", "to": "2026-11-01", "by": by}

    assert await differences(place) == []
    checks = await place.database.read(verify)
    assert [found for check in checks for found in check.differences] == []
    for split in get_args(Split):
        team = await figures(place.maria, **asked, split=split)
        report = (await ask(place.maria, "/api/reports/contact-volumes", **asked, split=split, format="json")).json()
        file = (await ask(place.maria, "/api/reports/contact-volumes", **asked, split=split)).text
        workers = [await figures(someone, **asked, split=split) for someone in (place.sam, place.priya)]

        assert report == team
        assert numbers(csv.DictReader(io.StringIO(file, newline=""))) == numbers(team["rows"])
        assert summed(workers) == {at: of_row(row) for at, row in keyed(team["rows"]).items()}
        assert of_row(team["totals"]) == [sum(worker["totals"][name] for worker in workers) for name in ADDITIVE]
        by_key, in_all = await counted_by_hand(place, Asked(DAYS[0] + timedelta(1), DAYS[-1], by, split))
        assert {at: row["people"] for at, row in keyed(team["rows"]).items() if row["people"]} == by_key
        assert team["totals"]["people"] == in_all


@given(steps=STEPS)
@few
async def test_a_recount_makes_the_same_rows_as_the_changes_did(
    place: Place, steps: list[tuple[str, int, dict[str, Any]]]
) -> None:
    await offer_every_kind(place)
    await act(place, steps)
    kept = await place.database.read(stored_figures)

    await place.database.write(lambda connection: volume_store.recount(connection, place.service_id))

    assert await place.database.read(stored_figures) == kept


def test_a_scope_without_teams_has_no_figures(database: Database) -> None:
    service_id = uuid7()
    database.write_now(lambda connection: accounts.add_service(connection, service_id, "Riverside", 0))
    asked = Asked(date(2026, 10, 1), date(2026, 10, 31), "month", "kind")

    answer = database.read_now(
        lambda connection: volume_store.read(connection, service_id, Scope(frozenset()), asked, clock.now())
    )

    assert (answer.rows, answer.totals.entries, answer.totals.people, answer.complete.phones) == ((), 0, 0, 0)


def stop_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: int(moment.timestamp() * 1000))


async def ask(someone: Someone, path: str = "/api/volumes", **asked: Any) -> httpx.Response:
    return await someone.client.get(path, params=OCTOBER | asked)


async def figures(someone: Someone, **asked: Any) -> dict[str, Any]:
    """The answer for October, or for what is asked instead."""
    answer = await ask(someone, **asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def log(
    place: Place, *days: str, by: Someone | None = None, team_id: UUID | None = None, **changes: Any
) -> list[dict[str, Any]]:
    """Logs the same on each of these days, by Sam in North where nothing else is said; answers the operations."""
    logged = [an_operation(team_id=team_id or place.north, set=a_set(happened_on=day, **changes)) for day in days]
    for result in await (by or place.sam).results(*logged):
        assert result["outcome"] == "applied", result
    return logged


async def act(place: Place, steps: list[tuple[str, int, dict[str, Any]]]) -> None:
    """Sam and Priya create entries and change their own, each in one batch."""
    made: dict[str, list[dict[str, Any]]] = {"sam": [], "priya": []}
    batches: dict[str, list[dict[str, Any]]] = {"sam": [], "priya": []}
    versions: dict[str, int] = {}
    void: set[str] = set()
    for action, number, change in steps:
        login = ("sam", "priya")[number % 2]
        thing = made[login][number % len(made[login])] if made[login] else None
        if action == "create" or thing is None:
            operation = an_operation(team_id=place.north, set=change)
            made[login].append(operation)
            versions[operation["thing_id"]] = 1
        else:
            thing_id = thing["thing_id"]
            if action == "amend" and thing_id in void:
                continue
            operation = after(thing, action=action, base=versions[thing_id])
            if action == "amend":
                operation["set"] = change
            versions[thing_id] += action == "amend" or (action == "void") != (thing_id in void)
            (void.add if action == "void" else void.discard)(thing_id)
        batches[login].append(operation)
    for login, batch in batches.items():
        someone: Someone = getattr(place, login)
        for result in await someone.results(*batch):
            assert result["outcome"] == "applied", result


async def merge_the_last_two_people(place: Place) -> None:
    """The last but one is another code for the first; the last is one that the server does not know."""
    known = [a_person_operation(team_id=place.north, thing_id=person) for person in PEOPLE[:-1]]
    alias = after(known[-1], set={"merged_into": PEOPLE[0]})
    await place.sam.push(*known, alias)


async def counted_by_hand(place: Place, asked: Asked) -> tuple[dict[tuple[str, str], int], int]:
    """The people of North, told from every stored entry with the rule that contacts are counted by."""

    def count(connection: Connection) -> tuple[dict[tuple[str, str], int], int]:
        aliases = {one.id: one.merged_into for one in people.all_of(connection, place.service_id).values()}
        seen: dict[tuple[str, str], set[UUID]] = {}
        everyone: set[UUID] = set()
        for _, one in entries.all_of(connection, place.service_id):
            if mhsds.attended(one) and one.person_id and asked.first <= one.happened_on <= asked.last:
                person = aliases.get(one.person_id) or one.person_id
                everyone.add(person)
                for key in keys_of(one, asked.split):
                    seen.setdefault((str(period_start(one.happened_on, asked.by)), key), set()).add(person)
        return {at: len(found) for at, found in seen.items()}, len(everyone)

    return await place.database.read(count)


def keys_of(one: Entry, split: Split) -> list[str]:
    keys: dict[Split, list[str]] = {
        "kind": [kind_of(one.details)],
        "mode": [one.mode or ""],
        "attendance": [one.attendance if family_of(one) == "direct" else ""],
        "team": [str(one.team_id)],
        "topic": list(topics_of(one.details)),
        "stage": [stage for stage in [stage_of(one.details)] if stage],
        "family": [family_of(one)],
        "outcome": list(outcomes_of(one.details)),
        "step": [step for step in [step_of(one.details)] if step],
    }
    return keys[split]


def keyed(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["period"], row["key"]): row for row in rows}


def of_row(row: dict[str, Any]) -> list[int]:
    return [row[name] for name in ADDITIVE]


def summed(answers: list[dict[str, Any]]) -> dict[tuple[str, str], list[int]]:
    """The additive figures of several answers, added up."""
    found: dict[tuple[str, str], list[int]] = {}
    for answer in answers:
        for at, row in keyed(answer["rows"]).items():
            found[at] = [one + more for one, more in zip(found.get(at, [0] * len(ADDITIVE)), of_row(row), strict=True)]
    return found


def numbers(rows: Any) -> list[list[str]]:
    """Rows of JSON or of a file, as text."""
    return [[row["period"], row["key"], str(row["people"]), *(str(row[name]) for name in ADDITIVE)] for row in rows]


def signposting_to(*topics: str) -> dict[str, Any]:
    return {"kind": "signposting", "items": [{"category": topic, "how": "gave_info"} for topic in topics]}


async def people_seen(place: Place, **asked: Any) -> tuple[list[int], int]:
    answer = await figures(place.maria, **asked)
    return [row["people"] for row in answer["rows"]], answer["totals"]["people"]


async def seen_by_key(place: Place, split: Split) -> dict[str, tuple[int, int]]:
    """Entries and people of each key."""
    rows = (await figures(place.maria, split=split))["rows"]
    return {row["key"]: (row["entries"], row["people"]) for row in rows}


async def differences(place: Place) -> list[volume_store.Difference]:
    return await place.database.read(lambda connection: volume_store.differences(connection, place.service_id))


def stored_figures(connection: Connection) -> list[Any]:
    """Every figure that is not nothing, in the order of its key."""
    order = (volume.c.team_id, volume.c.split, volume.c.day, volume.c.key)
    return list(connection.execute(select(volume).where(volume.c.entries > 0).order_by(*order)))


async def join(place: Place, someone: Someone, team_id: UUID, role: Role) -> None:
    await place.database.write(
        lambda connection: accounts.add_member(
            connection, place.service_id, uuid7(), someone.id, team_id, role, clock.now()
        )
    )


async def choose_rule(place: Place, rule: Rule) -> None:
    await choose(place, ServiceSettings(small_numbers=rule))


async def offer_every_kind(place: Place) -> None:
    await choose(place, ServiceSettings(kinds=tuple(OfferedKind(kind=kind, label=kind) for kind in KINDS)))


async def choose(place: Place, settings: ServiceSettings) -> None:
    chosen = msgspec.json.encode(settings).decode()
    await place.database.write(
        lambda connection: connection.execute(
            update(service).where(service.c.service_id == place.service_id).values(settings=chosen)
        )
    )


async def test_the_teams_that_were_counted_are_named(place: Place) -> None:
    asked = {"from": "2026-10-01", "to": "2026-10-31", "split": "team"}

    service = (await place.tom.client.get("/api/volumes", params=asked)).json()
    team = (await place.maria.client.get("/api/volumes", params=asked)).json()

    assert service["teams"] == {str(place.north): "North", str(place.south): "South"}
    assert team["teams"] == {str(place.north): "North"}
