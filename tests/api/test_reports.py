"""The file of contact volumes: to the byte what a spreadsheet opens, and noted in the audit."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import Row, select
from uuid_utils.compat import uuid7

from api import clock
from api.routes.reports import file_name
from api.store.tables import audit
from tests.api.conftest import Place, Someone
from tests.make import APPOINTMENT, a_person_operation, a_set, an_operation

MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PATH = "/api/reports/contact-volumes"
AUTUMN = {"from": "2026-10-01", "to": "2026-11-30"}
HEADER = (
    "period,label,partial,key,entries,contacts,attended,reportable,not_attended,minutes,travel_minutes,people,"
    "group_sessions,group_attendances,indirect,in_person,remote,message,cancelled_by_person,did_not_attend,"
    "arrived_too_late,cancelled_by_us,dna,dna_of,group_minutes,indirect_minutes,other_minutes,admin_minutes,signposted"
    "\r\n"
)


@pytest.fixture(autouse=True)
def _one_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock stands still, so that what is partial never depends on today."""
    monkeypatch.setattr(clock, "now", lambda: int(MORNING.timestamp() * 1000))


@pytest.fixture
async def logged(place: Place) -> Place:
    """Twelve hours with one person in October; four appointments, one of them missed, in November."""
    person = a_person_operation(team_id=place.north)
    hour = {"minutes": 60, "travel_minutes": 10, "person_id": person["thing_id"]}
    october = [an_operation(team_id=place.north, set=a_set(happened_on="2026-10-05", **hour)) for _ in range(12)]
    november = [
        an_operation(team_id=place.north, set=a_set(happened_on="2026-11-02", details=APPOINTMENT, mode="email"))
        for _ in range(3)
    ]
    missed = a_set(happened_on="2026-11-02", details=APPOINTMENT, attendance="did_not_attend", minutes=0)
    results = await place.sam.results(person, *october, *november, an_operation(team_id=place.north, set=missed))
    assert {result["outcome"] for result in results} == {"applied"}
    return place


async def test_a_lead_takes_the_true_figures_of_the_team(logged: Place) -> None:
    answer = await logged.maria.client.get(PATH, params=AUTUMN)

    assert answer.content.decode() == (
        HEADER
        + "2026-10-01,October 2026,false,one_to_one,12,12,12,12,0,720,120,1,0,0,0,"
        + "12,0,0,0,0,0,0,0,12,0,0,0,0,0\r\n"
        + "2026-11-01,November 2026,true,accompanied_appointment,4,4,3,0,1,135,0,0,0,0,0,"
        + "0,0,3,0,1,0,0,1,1,0,0,0,0,0\r\n"
    )


async def test_an_analyst_takes_a_file_with_a_star_for_every_small_number(logged: Place) -> None:
    for someone in (logged.tom, logged.ade):
        answer = await someone.client.get(PATH, params=AUTUMN | {"team_id": str(logged.north)})

        assert answer.content.decode() == (
            HEADER
            + "2026-10-01,October 2026,false,one_to_one,10,10,10,10,*,720,120,*,*,*,*,"
            + "10,*,*,*,*,*,*,*,10,*,*,0,0,*\r\n"
            + "2026-11-01,November 2026,true,accompanied_appointment,*,*,*,*,*,*,*,*,*,*,*,"
            + "*,*,*,*,*,*,*,*,*,*,*,*,*,*\r\n"
        )


async def test_a_worker_takes_the_own_figures(logged: Place) -> None:
    sam = await logged.sam.client.get(PATH, params=AUTUMN)
    priya = await logged.priya.client.get(PATH, params=AUTUMN)

    assert sam.text == (await logged.maria.client.get(PATH, params=AUTUMN)).text
    assert priya.text == HEADER


async def test_the_file_says_what_it_is_and_downloads(logged: Place) -> None:
    answer = await logged.maria.client.get(PATH, params=AUTUMN)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="peer-support-contacts-2026-10-to-2026-11.csv"'
    )
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_is_named_by_its_months_or_else_by_its_days() -> None:
    assert file_name(date(2026, 7, 1), date(2026, 9, 30)) == "peer-support-contacts-2026-07-to-2026-09.csv"
    assert file_name(date(2028, 2, 1), date(2028, 2, 29)) == "peer-support-contacts-2028-02-to-2028-02.csv"
    assert file_name(date(2028, 2, 1), date(2028, 2, 28)) == "peer-support-contacts-2028-02-01-to-2028-02-28.csv"
    assert file_name(date(2026, 7, 2), date(2026, 9, 30)) == "peer-support-contacts-2026-07-02-to-2026-09-30.csv"


async def test_the_json_report_is_the_answer_that_the_screens_get(logged: Place) -> None:
    for someone in (logged.sam, logged.maria, logged.tom):
        report = await someone.client.get(PATH, params=AUTUMN | {"format": "json", "by": "week", "split": "mode"})
        screen = await someone.client.get("/api/volumes", params=AUTUMN | {"by": "week", "split": "mode"})

        assert (report.status_code, report.content) == (200, screen.content)
        assert report.headers["content-type"] == screen.headers["content-type"] == "application/json"
        assert "content-disposition" not in report.headers


async def test_every_report_is_noted_with_who_and_what_and_nobody_supported(logged: Place) -> None:
    await logged.maria.client.get(PATH, params=AUTUMN)
    await logged.tom.client.get(PATH, params=AUTUMN | {"format": "json", "by": "week", "split": "team"})
    await logged.sam.client.get(PATH, params=AUTUMN | {"split": "stage"})

    maria, tom, sam = await noted(logged)
    assert (maria.user_id, maria.at, maria.thing, maria.thing_id) == (
        logged.maria.id,
        int(MORNING.timestamp() * 1000),
        None,
        None,
    )
    asked = {"first": "2026-10-01", "last": "2026-11-30", "by": "month", "split": "kind", "format": "csv"}
    north, both = [str(logged.north)], sorted([str(logged.north), str(logged.south)])
    assert detail(maria) == asked | {"teams": north, "own": False, "rows": 2}
    assert tom.user_id == logged.tom.id
    assert detail(tom) == asked | {"by": "week", "split": "team", "format": "json"} | {
        "teams": both,
        "own": False,
        "rows": 2,
    }
    assert sam.user_id == logged.sam.id
    assert detail(sam) == asked | {"split": "stage", "teams": north, "own": True, "rows": 0}


async def test_what_was_not_given_out_is_not_noted(place: Place) -> None:
    for asked, status in (
        ({"team_id": str(uuid7())}, 404),
        ({"team_id": str(place.south)}, 404),
        ({"to": "2026-09-01"}, 422),
        ({"format": "pdf"}, 400),
    ):
        assert (await place.maria.client.get(PATH, params=AUTUMN | asked)).status_code == status

    assert await noted(place) == []


async def test_a_report_of_another_team_is_the_same_answer_as_of_none(place: Place) -> None:
    async def refused(someone: Someone, team_id: Any) -> tuple[int, bytes]:
        answer = await someone.client.get(PATH, params=AUTUMN | {"team_id": str(team_id)})
        return answer.status_code, answer.content

    nothing = await place.maria.client.get("/api/there-is-nothing-here")
    for someone, team_id in ((place.sam, place.south), (place.maria, place.south), (place.tom, place.far)):
        assert await refused(someone, team_id) == await refused(someone, uuid7()) == (404, nothing.content)


async def test_nobody_takes_a_report_without_signing_in(place: Place) -> None:
    async with place.client() as stranger:
        assert (await stranger.get(PATH, params=AUTUMN)).status_code == 401


async def noted(place: Place) -> list[Row[Any]]:
    """The reports in the audit, oldest first."""
    taken = select(audit).where(audit.c.service_id == place.service_id, audit.c.action == "report_taken")
    return await place.database.read(lambda connection: list(connection.execute(taken.order_by(audit.c.id))))


def detail(row: Row[Any]) -> Any:
    return msgspec.json.decode(row.detail)
