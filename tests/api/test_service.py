"""The service and its settings: a plain read that a phone keeps a copy of and asks for again with an ETag."""

import msgspec
from sqlalchemy import Connection, update

from api.store.tables import service
from domain.kinds import KINDS
from domain.service import KIND_LABELS, ServiceSettings
from tests.api.conftest import Place


async def set_to(place: Place, settings: ServiceSettings) -> None:
    def change(connection: Connection) -> None:
        written = msgspec.json.encode(settings).decode()
        connection.execute(update(service).where(service.c.service_id == place.service_id).values(settings=written))

    await place.database.write(change)


async def test_everybody_in_the_service_reads_the_same_settings(place: Place) -> None:
    answers = [await someone.client.get("/api/service") for someone in (place.sam, place.maria, place.tom, place.ade)]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json() == {
        "id": str(place.service_id),
        "name": "Riverside",
        "version": 1,
        "settings": {
            "person_codes": "optional",
            "notes": "off",
            "kinds": [{"kind": kind, "label": KIND_LABELS[kind], "label_cy": None, "offered": True} for kind in KINDS],
            "back_dating_days": 60,
            "small_numbers": "mhsds",
            "answers": {},
            "week": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "leads_see": "names",
        },
    }


async def test_another_service_is_another_answer(place: Place) -> None:
    assert (await place.olu.client.get("/api/service")).json()["name"] == "Hillside"


async def test_it_is_sent_again_only_when_something_changed(place: Place) -> None:
    first = await place.sam.client.get("/api/service")
    etag = {"If-None-Match": first.headers["etag"]}

    same = await place.sam.client.get("/api/service", headers=etag)
    await set_to(place, ServiceSettings(notes="short"))
    changed = await place.sam.client.get("/api/service", headers=etag)

    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    assert changed.status_code == 200
    assert changed.json()["settings"]["notes"] == "short"
    assert changed.headers["etag"] != first.headers["etag"]


async def test_an_etag_of_another_service_is_no_copy_of_ours(place: Place) -> None:
    theirs = (await place.olu.client.get("/api/service")).headers["etag"]

    assert (await place.sam.client.get("/api/service", headers={"If-None-Match": theirs})).status_code == 200


async def test_a_copy_is_asked_for_again_each_time_and_kept_by_nobody_between(place: Place) -> None:
    answer = await place.sam.client.get("/api/service")

    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["vary"] == "Cookie"
