"""Every route held against the access table, for every role and for nobody; no route without a line, no line without
a route."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

import httpx
import msgspec
import pytest
from litestar import Litestar, Router, get
from uuid_utils.compat import uuid7

from api import clock
from api.app import PolicyMissing, check_policies
from api.edge import Edge
from api.store import accounts
from domain.access import EVERYBODY, TABLE, Permission, Role
from domain.months import name_of
from domain.service import ServiceSettings
from tests.api.conftest import Place, Someone
from tests.make import a_person_operation, a_set, an_operation

TODAY = clock.civil_date(clock.now())
LAST_MONTH = name_of(TODAY.replace(day=1) - timedelta(days=1))
DAYS = f"from={TODAY}&to={TODAY}"
PUSH = {"protocol": 1, "device_id": str(uuid7()), "operations": []}
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# One good request for each route, by the name it has in the OpenAPI document.
REQUESTS: dict[str, tuple[str, str, Any]] = {
    "session": ("GET", "/api/session", None),
    "bind_device": ("PUT", f"/api/devices/{uuid7()}", {"name": "Phone"}),
    "push": ("POST", "/api/sync/push", PUSH),
    "pull": ("POST", "/api/sync/pull", {"protocol": 1, "device_id": str(uuid7())}),
    "service": ("GET", "/api/service", None),
    "change_settings": (
        "PUT",
        "/api/service/settings",
        {"base": 1, "settings": msgspec.to_builtins(ServiceSettings())},
    ),
    "settings_history": ("GET", "/api/service/history", None),
    "directory": ("GET", "/api/directory", None),
    "devices": ("GET", "/api/devices", None),
    "months": ("GET", "/api/months", None),
    "set_month": ("PUT", f"/api/months/{{team}}/{LAST_MONTH}", {"closed": True}),
    "entries": ("GET", f"/api/entries?team_id={{team}}&{DAYS}", None),
    "history": ("GET", "/api/entries/{entry}/history", None),
    "conflicts": ("GET", "/api/conflicts", None),
    "volumes": ("GET", f"/api/volumes?{DAYS}", None),
    "volume_measures": ("GET", f"/api/volumes/measures?{DAYS}", None),
    "contact_volumes": ("GET", f"/api/reports/contact-volumes?{DAYS}", None),
    "openapi": ("GET", "/api/openapi.json", None),
    # Last, because it ends the session.
    "sign_out": ("DELETE", "/api/session", None),
}
PUBLIC = {"sign_in", "join", "live", "ready"}


def handlers(place: Place) -> Iterator[tuple[str, str]]:
    """Each route's name and its policy."""
    assert isinstance(place.app, Edge)
    assert isinstance(place.app.api, Litestar)
    for route in place.app.api.routes:
        for handler in getattr(route, "route_handlers", []):
            if route.path.startswith("/api") and handler.opt.get("policy"):
                yield handler.operation_id, handler.opt["policy"]


async def asked(place: Place, browser: httpx.AsyncClient, name: str, **ids: str) -> httpx.Response:
    method, path, body = REQUESTS[name]
    if body is PUSH:
        body = PUSH | {"user_id": ids["user"]}
    return await browser.request(method, path.format_map({"team": place.north} | ids), json=body)


@sqlite_only
async def test_every_route_has_a_line_here_and_a_policy_of_the_table(place: Place) -> None:
    found = dict(handlers(place))

    assert set(found) == set(REQUESTS) | PUBLIC
    assert {name for name, policy in found.items() if policy == "public"} == PUBLIC
    assert set(found.values()) - {"public"} <= set(get_args(Permission))


async def test_each_role_may_do_what_the_table_says_and_nothing_else(place: Place) -> None:
    create = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))
    await place.sam.push(create)
    policies: dict[str, Any] = dict(handlers(place))
    roles: dict[Role, Someone] = {
        "worker": place.sam,
        "lead": place.maria,
        "analyst": place.tom,
        "admin": place.ade,
    }

    found, expected = {}, {}
    for name in REQUESTS:
        for role, someone in roles.items():
            answer = await asked(place, someone.client, name, entry=create["thing_id"], user=str(someone.id))
            policy = policies[name]
            allowed = policy in EVERYBODY or role in TABLE[policy]
            found[name, role] = "yes" if answer.is_success else (answer.status_code, answer.json()["code"])
            expected[name, role] = "yes" if allowed else (403, "not_allowed")

    assert found == expected
    assert len(found) == 76
    assert sum(answer != "yes" for answer in found.values()) == 16


async def test_nobody_may_do_nothing(place: Place) -> None:
    answers = [
        await asked(place, place.client(), name, entry=str(uuid7()), user=str(place.sam.id)) for name in REQUESTS
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1


async def test_whoever_has_left_every_team_may_still_send_and_read_what_is_everybodys(place: Place) -> None:
    await place.database.write(
        lambda connection: accounts.end_member(connection, place.service_id, place.sam.id, place.north, clock.now())
    )
    policies: dict[str, Any] = dict(handlers(place))

    for name in REQUESTS:
        answer = await asked(place, place.sam.client, name, entry=str(uuid7()), user=str(place.sam.id))
        assert answer.status_code in ((200, 204) if policies[name] in EVERYBODY else (403,)), name


async def test_somebody_of_another_service_sees_nothing_of_ours(place: Place) -> None:
    create = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY)))
    person = a_person_operation(team_id=place.north)
    await place.sam.push(create, person)

    there = await asked(place, place.olu.client, "history", entry=create["thing_id"])
    nowhere = await asked(place, place.olu.client, "history", entry=str(uuid7()))
    pushed = await place.olu.results(create, person)
    service = await place.olu.client.get("/api/service")
    pulled = await place.olu.pull(cursors={str(place.north): None})

    assert (there.status_code, there.content) == (404, nowhere.content)
    assert {(result["outcome"], result["reason"]) for result in pushed} == {("rejected", "not_authorised")}
    assert service.json()["name"] == "Hillside"
    assert set(pulled["teams"]) == {str(place.far)}
    assert str(place.service_id) not in str(pulled)


async def test_the_same_ids_in_two_services_are_two_things(place: Place) -> None:
    ours = an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY), minutes=10))
    theirs = ours | {"team_id": str(place.far), "set": a_set(happened_on=str(TODAY), minutes=20)}

    (first,), (second,) = await place.sam.results(ours), await place.olu.results(theirs)

    assert (first["outcome"], second["outcome"]) == ("applied", "applied")
    assert (await place.sam.rows(place.north))[0]["minutes"] == 10
    assert (await place.olu.rows(place.far))[0]["minutes"] == 20


@pytest.mark.parametrize("who", ["tom", "ade"])
async def test_analysts_and_admins_are_in_no_team_and_log_nothing(place: Place, who: str) -> None:
    someone: Someone = getattr(place, who)

    (result,) = await someone.results(an_operation(team_id=place.north, set=a_set(happened_on=str(TODAY))))

    assert (result["outcome"], result["reason"]) == ("rejected", "not_authorised")
    assert (await someone.pull())["scope"] == []


@sqlite_only
async def test_who_may_not_is_told_so_before_anything_of_the_request_is_read(place: Place) -> None:
    for query in ("", "?team_id=x", f"?team_id={place.north}&from=x&to=y"):
        answer = await place.sam.client.get(f"/api/entries{query}")

        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), query


async def test_a_role_that_changes_counts_from_the_next_request(place: Place) -> None:
    def made_lead(connection: Any) -> None:
        accounts.add_member(connection, place.service_id, uuid7(), place.sam.id, place.north, "lead", clock.now())

    before = await asked(place, place.sam.client, "entries")
    await place.database.write(made_lead)
    meanwhile = await asked(place, place.sam.client, "entries")
    await place.database.write(
        lambda connection: accounts.end_member(connection, place.service_id, place.sam.id, place.north, clock.now())
    )
    after_leaving = await asked(place, place.sam.client, "entries")

    assert [answer.status_code for answer in (before, meanwhile, after_leaving)] == [403, 200, 403]


def test_the_server_does_not_start_with_a_route_that_has_no_policy() -> None:
    @get("/planted")
    async def forgotten() -> None:
        return None

    @get("/planted", opt={"policy": "everybody"})
    async def misspelt() -> None:
        return None

    @get("/planted", opt={"policy": "public"})
    async def open_behind_a_closed_edge() -> None:
        return None

    @get("/health/live", opt={"policy": "session"})
    async def closed_behind_an_open_edge() -> None:
        return None

    @get("/planted", opt={"policy": "session"})
    async def good() -> None:
        return None

    for handler in (forgotten, misspelt, open_behind_a_closed_edge, closed_behind_an_open_edge):
        with pytest.raises(PolicyMissing):
            check_policies(Litestar([Router("/api", route_handlers=[handler])], openapi_config=None))
    check_policies(Litestar([Router("/api", route_handlers=[good])], openapi_config=None))
