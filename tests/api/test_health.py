"""Whether the process runs and can store, told to everybody and without a detail."""

import pytest
from sqlalchemy import Connection, text

from api.app import create_app
from api.database import Database
from tests.api.conftest import SETTINGS, Place, a_client


async def test_a_server_that_is_well_says_so_and_no_more(place: Place) -> None:
    for path in ("live", "ready"):
        answer = await place.client().get(f"/api/health/{path}")

        assert (answer.status_code, answer.json()) == (200, {"server": "alongside", "status": "ok"})


async def test_a_database_without_tables_is_alive_and_not_ready(empty_database_url: str) -> None:
    with Database(empty_database_url) as database:
        browser = a_client(create_app(SETTINGS, database))

        live, ready = await browser.get("/api/health/live"), await browser.get("/api/health/ready")

    assert live.status_code == 200
    assert (ready.status_code, ready.json()["code"], ready.headers["retry-after"]) == (503, "busy", "5")


async def test_the_schema_of_another_version_is_not_ready(place: Place) -> None:
    def older(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    assert (await place.client().get("/api/health/ready")).status_code == 200
    await place.database.write(older)

    assert (await place.client().get("/api/health/ready")).status_code == 503
    assert (await place.client().get("/api/health/live")).status_code == 200


async def test_a_closed_database_is_not_ready(place: Place) -> None:
    place.database.close()

    assert (await place.client().get("/api/health/ready")).status_code == 503
    assert (await place.client().get("/api/health/live")).status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_that_can_only_be_read_is_not_ready(place: Place) -> None:
    with place.database.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    assert (await place.client().get("/api/health/ready")).status_code == 503
