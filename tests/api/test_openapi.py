"""The OpenAPI document: whole, the same each time, true; and no request made from it breaks the server."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from schemathesis import openapi
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from sqlalchemy import Connection

from api import clock
from api.app import create_api
from api.edge import Edge
from api.openapi import document
from api.passwords import digest, new_token
from api.store import sessions
from tests.api.conftest import SETTINGS, Place, Someone
from tests.api.raw import JSON, ask, cookie_of

PROMISED = {
    "/api/session": {"post", "get", "delete"},
    "/api/session/join": {"post"},
    "/api/devices": {"get"},
    "/api/devices/{device_id}": {"put"},
    "/api/sync/push": {"post"},
    "/api/sync/pull": {"post"},
    "/api/service": {"get"},
    "/api/directory": {"get"},
    "/api/months": {"get"},
    "/api/months/{team_id}/{month}": {"put"},
    "/api/entries": {"get"},
    "/api/entries/{entry_id}/history": {"get"},
    "/api/conflicts": {"get"},
    "/api/volumes": {"get"},
    "/api/volumes/measures": {"get"},
    "/api/reports/contact-volumes": {"get"},
    "/api/health/live": {"get"},
    "/api/health/ready": {"get"},
}


@pytest.fixture(scope="module")
def api() -> Litestar:
    return create_api()


@pytest.fixture(scope="module")
def made(api: Litestar) -> dict[str, Any]:
    return document(api)


def test_the_document_holds_every_address_that_is_promised(made: dict[str, Any]) -> None:
    assert {path: set(made["paths"].get(path, ())) for path in PROMISED} == PROMISED


def test_the_document_is_the_same_each_time(api: Litestar, made: dict[str, Any]) -> None:
    assert document(api) == made


def test_every_operation_has_a_name_of_its_own_a_success_and_a_problem(made: dict[str, Any]) -> None:
    operations = [operation for path in made["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]

    assert len(set(names)) == len(names)
    for operation in operations:
        success, *others = operation["responses"]
        assert success in ("200", "204")
        assert others == ["default"]
        (media,) = operation["responses"]["default"]["content"]
        assert media == "application/problem+json"


def test_every_reference_leads_somewhere(made: dict[str, Any]) -> None:
    references = set(_references(made))

    assert len(references) > 20
    assert {reference.removeprefix("#/components/schemas/") for reference in references} <= set(
        made["components"]["schemas"]
    )


def test_the_shapes_are_named_as_in_the_rules(made: dict[str, Any]) -> None:
    schemas = made["components"]["schemas"]

    expected = {"Entry", "EntryChange", "Person", "EntryOperation", "PushRequest", "PushAnswer", "PullAnswer"}
    assert expected <= set(schemas)
    assert schemas["EntryChange"]["properties"]["minutes"]["anyOf"][0]["maximum"] == 1440
    assert set(schemas["OneToOne"]["properties"]) >= {"kind", "first_meeting", "approach"}
    assert made["paths"]["/api/sync/push"]["post"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/PushRequest"
    }


async def test_the_document_is_for_those_who_are_signed_in(place: Place) -> None:
    assert isinstance(place.app, Edge)
    assert isinstance(place.app.api, Litestar)

    served = await ask(place.app, "GET", "/api/openapi.json", cookie_of(place.sam))

    assert served.json == msgspec.json.decode(msgspec.json.encode(document(place.app.api)))
    assert (await ask(place.app, "GET", "/api/openapi.json")).status == 401


def test_no_request_made_from_the_document_breaks_the_server(place: Place, made: dict[str, Any]) -> None:
    """Some as described, some not quite, by each role in turn: no 5xx, and every refusal is a problem."""
    operations = [found.ok() for found in openapi.from_dict(made).get_all_operations() if isinstance(found, Ok)]
    people = [place.sam, place.maria, place.tom, place.ade, place.olu]
    statuses: list[int] = []

    with asyncio.Runner() as runner:

        @settings(max_examples=150, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(st.data())
        def send(data: st.DataObject) -> None:
            operation = data.draw(st.sampled_from(operations))
            case = data.draw(operation.as_strategy(generation_mode=data.draw(st.sampled_from(GenerationMode))))
            someone = data.draw(st.sampled_from(people))
            if isinstance(case.body, dict) and "user_id" in case.body and data.draw(st.booleans()):
                case.body["user_id"] = str(someone.id)
            body = b"" if case.method in ("GET", "DELETE") else _body(case.body)
            path = operation.path
            for name, value in (case.path_parameters or {}).items():
                path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
            query = urlencode(case.query or {}, doseq=True, errors="replace")

            answer = runner.run(ask(place.app, case.method, path, JSON | cookie_of(someone), body, query))

            statuses.append(answer.status)
            if answer.status == 204:
                runner.run(_sign_in(place, someone))

        send()

    assert len(statuses) >= 150
    assert {200, 400, 403, 404, 422} <= set(statuses)


def _body(value: Any) -> bytes:
    try:
        return json.dumps(value).encode()
    except TypeError:
        return repr(value).encode()


async def _sign_in(place: Place, someone: Someone) -> None:
    token, at = new_token(), clock.now()
    service_id = UUID(someone.client.cookies[SETTINGS.cookie].partition(".")[0])

    def start(connection: Connection) -> None:
        sessions.start(connection, service_id, digest(token), someone.id, at, at + 3_600_000, most=5)

    await place.database.write(start)
    someone.client.cookies.set(SETTINGS.cookie, f"{service_id}.{token}")


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
