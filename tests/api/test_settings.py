"""An admin changes what the service records: alone, whole, never over somebody else's change, and it is noted."""

import asyncio
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import Connection, select, update
from uuid_utils.compat import uuid7

from api import clock
from api.store import accounts
from api.store.tables import audit, service
from domain.disclosure import SOMEBODY
from domain.service import ServiceSettings
from tests.api.conftest import Place, Someone
from tests.make import DISCHARGE, a_set, after, an_operation

TODAY = clock.civil_date(clock.now())
STAGE = "discharge_support.stage"


async def read(someone: Someone) -> dict[str, Any]:
    found: dict[str, Any] = (await someone.client.get("/api/service")).json()
    return found


async def change(someone: Someone, base: int | None = None, **fields: Any) -> httpx.Response:
    """Puts the settings as they are, but for these."""
    found = await read(someone)
    body = {"base": found["version"] if base is None else base, "settings": found["settings"] | fields}
    return await someone.client.put("/api/service/settings", json=body)


async def history(someone: Someone, **asked: Any) -> httpx.Response:
    return await someone.client.get("/api/service/history", params=asked)


def create(place: Place, **changes: Any) -> dict[str, Any]:
    return an_operation(team_id=place.north, set=a_set(**({"happened_on": str(TODAY)} | changes)))


def without(settings: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The kinds with one that is not offered any more."""
    return [one | {"offered": one["offered"] and one["kind"] != kind} for one in settings["kinds"]]


async def test_an_admin_changes_the_settings_and_every_phone_hears_of_it(place: Place) -> None:
    etag = (await place.sam.client.get("/api/service")).headers["etag"]

    answer = await change(place.ade, back_dating_days=14, week=["monday", "saturday"])

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["server"], body["service"]["version"]) == ("alongside", 2)
    assert [one["setting"] for one in body["changes"]] == ["back_dating_days", "week"]
    heard = await place.sam.client.get("/api/service", headers={"If-None-Match": etag})
    assert (heard.status_code, heard.json()) == (200, body["service"])
    assert (await place.sam.client.get("/api/session")).json()["service"] == body["service"]
    assert (heard.json()["settings"]["back_dating_days"], heard.json()["settings"]["week"]) == (
        14,
        ["monday", "saturday"],
    )


async def test_nobody_but_an_admin_may_change_them_or_read_who_did(place: Place) -> None:
    for someone in (place.sam, place.maria, place.tom):
        refused, unread = await change(someone, back_dating_days=1), await history(someone)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
        assert (unread.status_code, unread.json()["code"]) == (403, "not_allowed")

    assert (await read(place.sam))["settings"]["back_dating_days"] == 60
    assert (await history(place.ade)).json()["changes"] == []


async def test_two_admins_do_not_overwrite_each_other(place: Place) -> None:
    assert (await change(place.ade, base=1, back_dating_days=14)).status_code == 200

    late = await change(place.ade, base=1, person_codes="off")

    body = late.json()
    assert (late.status_code, body["code"], body["server"]) == (409, "settings_changed", "alongside")
    assert late.headers["content-type"] == "application/problem+json"
    assert body["service"] == await read(place.sam)
    assert (body["service"]["version"], body["service"]["settings"]["back_dating_days"]) == (2, 14)
    assert body["service"]["settings"]["person_codes"] == "optional"


async def test_admins_who_save_at_once_save_once(place: Place) -> None:
    answers = await asyncio.gather(*(change(place.ade, base=1, back_dating_days=days) for days in range(10, 16)))

    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200] + [409] * 5
    (saved,) = [answer.json() for answer in answers if answer.status_code == 200]
    assert await read(place.sam) == saved["service"]
    assert len((await history(place.ade)).json()["changes"]) == 1


async def test_the_same_change_sent_again_is_taken_for_done(place: Place) -> None:
    """The answer may have been lost on the way."""
    first, second = [await change(place.ade, base=1, back_dating_days=14) for _ in range(2)]

    assert (first.status_code, second.status_code) == (200, 200)
    assert (second.json()["service"], second.json()["changes"]) == (first.json()["service"], [])
    assert len((await history(place.ade)).json()["changes"]) == 1


async def test_what_changes_nothing_makes_no_version_and_is_not_noted(place: Place) -> None:
    answer = await change(place.ade)

    assert (answer.status_code, answer.json()["service"]["version"], answer.json()["changes"]) == (200, 1, [])
    assert (await history(place.ade)).json()["changes"] == []


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"weather": "fair"}, "unknown_field", "settings.weather"),
        ({"back_dating_days": 367}, "too_large", "settings.back_dating_days"),
        ({"back_dating_days": "60"}, "not_an_integer", "settings.back_dating_days"),
        ({"small_numbers": "none"}, "not_an_option", "settings.small_numbers"),
        ({"week": []}, "too_short", "settings.week"),
        ({"week": ["monday", "monday"]}, "twice", "settings.week.monday"),
        ({"kinds": []}, "required", "settings.kinds.one_to_one"),
        ({"kinds": [{"kind": "singing", "label": "Singing"}]}, "not_an_option", "settings.kinds.0.kind"),
        ({"kinds": [{"kind": "cpd", "label": ""}]}, "too_short", "settings.kinds.0.label"),
        ({"answers": {"cpd.mood": {}}}, "unknown_field", "settings.answers.cpd.mood"),
        ({"answers": {STAGE: {"retired": ["x"]}}}, "not_an_option", f"settings.answers.{STAGE}.retired.x"),
    ],
)
async def test_what_settings_cannot_be_is_refused_with_the_field(
    place: Place, fields: dict[str, Any], code: str, field: str
) -> None:
    answer = await change(place.ade, **fields)

    assert answer.status_code == 422, answer.text
    problem = answer.json()["problems"][0]
    assert (problem["code"], problem["field"]) == (code, field)
    assert (await read(place.sam))["version"] == 1


async def test_a_setting_that_is_not_named_is_asked_for_and_not_put_back_to_its_default(place: Place) -> None:
    await change(place.ade, answers={STAGE: {"retired": ["post_discharge"]}})
    found = await read(place.ade)
    del found["settings"]["answers"]

    body = {"base": found["version"], "settings": found["settings"] | {"back_dating_days": 7}}
    answer = await place.ade.client.put("/api/service/settings", json=body)

    assert answer.status_code == 422
    assert answer.json()["problems"] == [{"code": "required", "field": "settings.answers"}]
    assert (await read(place.sam))["settings"]["answers"][STAGE]["retired"] == ["post_discharge"]


async def test_every_change_says_who_when_and_what(place: Place) -> None:
    before = clock.now()
    await change(place.ade, back_dating_days=14)
    await change(place.ade, kinds=without((await read(place.ade))["settings"], "signposting"))

    changes = (await history(place.ade)).json()["changes"]

    assert [(one["user_id"], one["name"], one["version"]) for one in changes] == [
        (str(place.ade.id), "Ade", 3),
        (str(place.ade.id), "Ade", 2),
    ]
    assert before <= changes[1]["at"] <= changes[0]["at"] <= clock.now()
    assert changes[0]["changes"] == [{"setting": "kinds.signposting.offered", "before": True, "after": False}]
    assert changes[1]["changes"] == [{"setting": "back_dating_days", "before": 60, "after": 14}]
    kept = select(audit.c.user_id).where(audit.c.action == "settings_changed")
    assert await place.database.read(lambda one: len(list(one.execute(kept)))) == 2


async def test_changes_come_page_by_page_and_of_ones_own_service_alone(place: Place) -> None:
    for days in (1, 2, 3):
        await change(place.ade, back_dating_days=days)
    await admin_of_the_other_service(place)
    await change(place.olu, back_dating_days=9)

    first = (await history(place.ade, limit=2)).json()
    second = (await history(place.ade, limit=2, after=first["next"])).json()

    assert [one["version"] for one in (*first["changes"], *second["changes"])] == [4, 3, 2]
    assert second["next"] is None
    assert [one["version"] for one in (await history(place.olu)).json()["changes"]] == [2]
    assert (await read(place.sam))["settings"]["back_dating_days"] == 3


async def test_a_retired_kind_is_kept_and_waits_and_an_old_entry_of_it_can_still_be_changed(place: Place) -> None:
    old, unsent = create(place, details=DISCHARGE), create(place, details=DISCHARGE)
    await place.sam.push(old)
    await change(place.ade, kinds=without((await read(place.ade))["settings"], "discharge_support"))

    results = await place.sam.results(unsent, after(old, set={"minutes": 5}))

    assert [(one["outcome"], one.get("reason")) for one in results] == [("conflict", "rule:retired"), ("applied", None)]
    assert [one["op"] for one in (await place.sam.pull())["conflicts"]] == [unsent["id"]]
    assert [(row["id"], row["minutes"]) for row in await place.sam.rows(place.north)] == [(old["thing_id"], 5)]


async def test_a_retired_answer_is_kept_and_waits_and_an_old_entry_with_it_can_still_be_changed(place: Place) -> None:
    old, other = create(place, details=DISCHARGE), create(place, details=DISCHARGE | {"stage": "discharge_planning"})
    await place.sam.push(old, other)
    await change(place.ade, answers={STAGE: {"retired": ["post_discharge"]}})
    unsent = create(place, details=DISCHARGE)

    results = await place.sam.results(
        unsent,
        after(old, set={"minutes": 5, "details": {"ward_label": "Oak"}}),
        after(other, set={"details": {"stage": "post_discharge"}}),
        after(old, base=2, set={"details": {"stage": "discharge_planning"}}),
        after(old, base=3, set={"details": {"stage": "post_discharge"}}),
        after(old, action="void"),
    )

    assert [one.get("reason") for one in results] == ["rule:retired", None, "rule:retired", None, "rule:retired", None]


async def test_a_lead_accepts_what_was_logged_with_an_answer_before_it_was_retired(place: Place) -> None:
    await change(place.ade, answers={STAGE: {"retired": ["post_discharge"]}})
    unsent = create(place, details=DISCHARGE)
    await place.sam.push(unsent)

    (accepted,) = await place.maria.results(unsent | {"id": str(uuid7()), "closes": unsent["id"]})

    assert accepted["outcome"] == "applied"
    assert [row["id"] for row in await place.sam.rows(place.north)] == [unsent["thing_id"]]


async def test_a_lead_does_not_read_whose_an_entry_is_where_the_service_does_not_show_names(place: Place) -> None:
    theirs, own = create(place), create(place)
    await place.sam.push(theirs)
    await place.maria.push(own)
    await change(place.ade, leads_see="team")

    asked = {"team_id": str(place.north), "from": str(TODAY), "to": str(TODAY)}
    listed = await place.maria.client.get("/api/entries", params=asked)
    told = await place.maria.client.get(f"/api/entries/{theirs['thing_id']}/history")
    voided = await place.maria.push(after(theirs, action="void"))
    mine = await place.sam.client.get(f"/api/entries/{theirs['thing_id']}/history")

    assert {one["id"]: one["author_id"] for one in listed.json()["entries"]} == {
        theirs["thing_id"]: str(SOMEBODY),
        own["thing_id"]: str(place.maria.id),
    }
    assert voided["results"][0]["record"]["state"] == "void"
    for answer in (listed.text, told.text, str(voided)):
        assert str(place.sam.id) not in answer
    assert [one["user_id"] for one in mine.json()["changes"]] == [str(place.sam.id), str(place.maria.id)]
    assert {row["author_id"] for row in await place.sam.rows(place.north)} == {str(place.sam.id)}


async def test_with_names_a_lead_reads_them_everywhere(place: Place) -> None:
    theirs = create(place)
    await place.sam.push(theirs)

    told = await place.maria.client.get(f"/api/entries/{theirs['thing_id']}/history")
    voided = await place.maria.push(after(theirs, action="void"))

    assert told.json()["changes"][0]["author_id"] == str(place.sam.id)
    assert voided["results"][0]["record"]["author_id"] == str(place.sam.id)


async def test_settings_of_an_older_version_are_read_changed_and_kept_whole(place: Place) -> None:
    older = msgspec.to_builtins(ServiceSettings(back_dating_days=7))
    for name in ("answers", "week", "leads_see"):
        del older[name]
    older["kinds"] = [{"kind": one["kind"], "label": one["label"], "offered": True} for one in older["kinds"][:4]]

    def put(connection: Connection) -> None:
        written = msgspec.json.encode(older).decode()
        connection.execute(update(service).where(service.c.service_id == place.service_id).values(settings=written))

    await place.database.write(put)

    found = (await read(place.sam))["settings"]
    assert (found["back_dating_days"], len(found["kinds"]), found["answers"]) == (7, 18, {})
    assert (await change(place.ade, leads_see="team")).status_code == 200
    assert (await read(place.sam))["settings"] == found | {"leads_see": "team"}


async def admin_of_the_other_service(place: Place) -> None:
    """Olu, a worker of the other service, is its admin too."""

    def add(connection: Connection) -> None:
        (other,) = {*accounts.service_ids(connection)} - {place.service_id}
        accounts.add_member(connection, other, uuid7(), place.olu.id, None, "admin", clock.now())

    await place.database.write(add)
