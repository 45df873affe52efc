"""The outermost layer: what no route may see, and what every answer carries, whatever was sent."""

import json
import time
from typing import Any

import pytest
from litestar import Litestar
from sqlalchemy import Connection, text
from structlog.testing import capture_logs

from api.edge import MOST_BYTES, PUBLIC, Edge
from api.openapi import document
from api.store import accounts
from tests.api.conftest import ORIGIN, PASSWORD, Place
from tests.api.raw import JSON, Answer, as_, ask, cookie_of
from tests.make import an_operation

# The edge asks the database for the session and nothing else; what differs between the two kinds says so itself.
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
UNKNOWN = ("/api", "/api/", "/api/nothing", "/api/session/", "/api/session/x", "/api/openapi.yaml", "/api/schema")
UUID = "01a1fa79-0e80-71b0-97a2-000000000001"


def paths(place: Place) -> list[str]:
    """Every path of the API, with an id where one belongs."""
    assert isinstance(place.app, Edge)
    assert isinstance(place.app.api, Litestar)
    found = document(place.app.api)["paths"]
    return [path.replace("{device_id}", UUID).replace("{entry_id}", UUID) for path in found]


def a_push(place: Place, *operations: Any, **changes: Any) -> dict[str, Any]:
    """What Sam's phone sends."""
    device_id = str(place.sam.device_id)
    body = {"protocol": 1, "device_id": device_id, "user_id": str(place.sam.id), "operations": list(operations)}
    return body | changes


async def push(place: Place, body: bytes | list[bytes], **headers: str) -> Answer:
    return await ask(place.app, "POST", "/api/sync/push", as_(place.sam) | headers, body)


async def sign_in(place: Place, body: bytes, **headers: str) -> Answer:
    return await ask(place.app, "POST", "/api/session", JSON | headers, body)


@sqlite_only
async def test_without_a_session_every_path_answers_the_same_bytes_known_or_not(place: Place) -> None:
    answers = [
        await ask(place.app, method, path, JSON)
        for path in (*paths(place), *UNKNOWN, "/api/openapi.json", f"/api/entries/{UUID}")
        for method in METHODS
        if (method, path) not in PUBLIC
    ]

    assert len(answers) > 150
    assert {answer.status for answer in answers} == {401}
    assert {answer.code for answer in answers} == {"not_signed_in"}
    assert len({(answer.body, str(answer.headers)) for answer in answers}) == 1


@sqlite_only
async def test_a_session_that_is_none_is_refused_in_the_same_words_and_its_cookie_ends(place: Place) -> None:
    mine = cookie_of(place.sam)["cookie"]
    nobody = await ask(place.app, "GET", "/api/session")
    for cookie in (
        mine[:-1],
        mine + "x",
        f"sid={place.service_id}.",
        f"sid={place.service_id}.é",
        mine.replace("-", ""),
    ):
        answer = await ask(place.app, "GET", "/api/session", {"cookie": cookie})
        if answer.status == 200:
            assert cookie == mine.replace("-", "")
            continue
        assert (answer.status, answer.body) == (401, nobody.body), cookie
    for cookie in ("sid=", "sid=x", "sid=x.y", "sid", "=", ";;;", "other=1", "sid=\x00", "sid=" + "a" * 5000):
        answer = await ask(place.app, "GET", "/api/session", {"cookie": cookie})
        assert (answer.status, answer.body, answer.cookies) == (401, nobody.body, ()), cookie
    ended = await ask(place.app, "GET", "/api/session", {"cookie": mine + "x"})
    assert ended.cookies == ("sid=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0",)


@sqlite_only
@pytest.mark.parametrize("odd", ["a{b}=1", "x[1]=2", "bare", "a=b c", 'q="', "é=1", "", "sid2=1"])
async def test_an_odd_cookie_of_another_application_does_not_hide_ours(place: Place, odd: str) -> None:
    for cookie in (f"{odd}; {cookie_of(place.sam)['cookie']}", f"{cookie_of(place.sam)['cookie']};{odd}"):
        answer = await ask(place.app, "GET", "/api/session", {"cookie": cookie})

        assert answer.status == 200, cookie


@sqlite_only
async def test_health_sign_in_and_join_answer_without_a_session(place: Place) -> None:
    login = json.dumps({"login": "sam", "password": PASSWORD}).encode()
    join = json.dumps({"login": "sam", "password": "a quiet new start", "code": "none"}).encode()

    assert (await ask(place.app, "GET", "/api/health/live")).status == 200
    assert (await ask(place.app, "GET", "/api/health/ready")).status == 200
    assert (await sign_in(place, login)).status == 200
    assert (await ask(place.app, "POST", "/api/session/join", JSON, join)).code == "wrong_code"


@sqlite_only
@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "application/json,text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/problem+json",
        "application/msgpack",
    ],
)
async def test_only_exactly_application_json_is_read(place: Place, content_type: str) -> None:
    body = json.dumps(a_push(place)).encode()

    right = await push(place, body)
    wrong = [
        await push(place, body, **{"content-type": content_type}),
        await sign_in(place, b"{}", **{"content-type": content_type}),
        await ask(place.app, "PUT", f"/api/devices/{UUID}", as_(place.sam) | {"content-type": content_type}, b"{}"),
        await ask(place.app, "DELETE", "/api/session", as_(place.sam) | {"content-type": content_type}, b"{}"),
    ]

    assert right.status == 200
    assert {(answer.status, answer.code) for answer in wrong} == {(415, "wrong_content_type")}


@sqlite_only
async def test_compressed_bodies_are_never_read(place: Place) -> None:
    for coding in ("gzip", "br", "deflate", "identity", "x"):
        answer = await push(place, b"{}", **{"content-encoding": coding})
        assert (answer.status, answer.code) == (415, "wrong_content_type"), coding


@sqlite_only
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "https://elsewhere.example"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, 403),
        ({"origin": ORIGIN}, 200),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": ORIGIN + ".elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost"}, 403),
        ({}, 403),
    ],
)
async def test_what_changes_something_comes_from_our_own_pages(
    place: Place, headers: dict[str, str], status: int
) -> None:
    sent = {"content-type": "application/json"} | headers

    answers = [
        await ask(place.app, "POST", "/api/sync/push", sent | cookie_of(place.sam), json.dumps(a_push(place)).encode()),
        await ask(place.app, "POST", "/api/session", sent, json.dumps({"login": "sam", "password": PASSWORD}).encode()),
    ]
    read = await ask(place.app, "GET", "/api/session", headers | cookie_of(place.sam))

    assert {answer.status for answer in answers} == {status}
    assert all(answer.code == "cross_site" for answer in answers if status == 403)
    assert read.status == 200


NOT_READ: list[tuple[bytes, int, str]] = [
    (b"", 400, "not_json"),
    (b"{", 400, "not_json"),
    (b"nope", 400, "not_json"),
    (b"NaN", 400, "not_json"),
    (b'"unterminated', 400, "not_json"),
    (b"]" * 30_000 + b"[" * 30_000, 400, "not_json"),
    (b"\xff\xfe", 400, "not_utf8"),
    (b'{"login": "\xc3"}', 400, "not_utf8"),
    (b'{"login": "\xed\xa0\x80"}', 400, "not_utf8"),
    (b"[" * 17 + b"]" * 17, 400, "too_deep"),
    (b'{"a":' * 17 + b"1" + b"}" * 17, 400, "too_deep"),
    (b"[" * 60_000, 400, "too_deep"),
    (b'["]", ' + b"[" * 17, 400, "too_deep"),
]


@sqlite_only
async def test_what_is_no_json_of_ours_is_refused_by_every_route_in_the_same_words(place: Place) -> None:
    for body, status, code in NOT_READ:
        for answer in (
            await push(place, body),
            await sign_in(place, body),
            await ask(place.app, "POST", "/api/sync/pull", as_(place.sam), body),
            await ask(place.app, "PUT", f"/api/devices/{UUID}", as_(place.sam), body),
        ):
            assert (answer.status, answer.code) == (status, code), body[:40]


@sqlite_only
async def test_a_text_of_nothing_but_quotes_holds_nobody_up(place: Place) -> None:
    began = time.monotonic()
    for body in (b'"' + b'\\"' * 30_000, b'"' * 60_000, b'"\\' * 30_000, b'\\"' * 30_000):
        answer = await sign_in(place, body)
        assert answer.status in (400, 422)

    assert time.monotonic() - began < 5, "each took half a minute when a text without an end was looked for again"


@sqlite_only
async def test_json_that_goes_wrong_after_it_began_is_refused_at_the_first_thing_that_is_wrong(place: Place) -> None:
    for body in (b'{"login": "a",}', b"{} {}", b'{"a": "\\ud800"}', b'{"login": tru', b'{"login": "\n"}', b"[1}"):
        for answer in (await push(place, body), await sign_in(place, body)):
            assert (answer.status, answer.code) in ((400, "not_json"), (422, "unreadable")), body


@sqlite_only
async def test_brackets_inside_texts_and_sixteen_levels_are_not_too_deep(place: Place) -> None:
    deep: Any = "[" * 500 + '\\"{'
    for _ in range(13):
        deep = [deep]

    answer = await push(place, json.dumps(a_push(place, {"id": UUID, "set": deep})).encode())

    assert answer.status == 200
    assert answer.json["results"][0]["reason"] == "unreadable"


@sqlite_only
async def test_a_hundred_thousand_levels_are_refused_at_once(place: Place) -> None:
    answer = await push(place, b"[" * 100_000 + b"]" * 100_000)

    assert (answer.status, answer.code) == (400, "too_deep")


@sqlite_only
async def test_a_body_over_its_limit_is_refused_whether_it_says_so_or_not(place: Place) -> None:
    most = MOST_BYTES["/api/sync/push"]
    whole = json.dumps(a_push(place)).encode()
    full = whole + b" " * (most - len(whole))
    pieces = [full[start : start + 10_000] for start in range(0, most, 10_000)]

    assert most == 512 * 1024
    assert (await push(place, full)).status == 200
    assert (await push(place, pieces)).status == 200
    for answer in (
        await push(place, [*pieces, b" "]),
        await push(place, full, **{"content-length": str(most + 1)}),
        await push(place, whole, **{"content-length": "9" * 5000}),
        await sign_in(place, b" " * (64 * 1024 + 1)),
        await ask(place.app, "DELETE", "/api/session", as_(place.sam), b" " * (64 * 1024 + 1)),
    ):
        assert (answer.status, answer.code) == (413, "too_big")


@sqlite_only
async def test_a_caller_who_hangs_up_or_never_ends_is_let_go(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from api import edge

    monkeypatch.setattr(edge, "PATIENCE", 0.05)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def hangs_up() -> Any:
        return {"type": "http.disconnect"}

    async def never_ends() -> Any:
        await asyncio.sleep(60)

    for receive in (hangs_up, never_ends):
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/api/session",
            "headers": [(name.encode(), value.encode()) for name, value in JSON.items()],
        }
        await asyncio.wait_for(place.app(scope, receive, send), 5)  # type: ignore[arg-type]

    assert [message["status"] for message in sent if message["type"] == "http.response.start"] == [400, 400]


HOSTILE: list[Any] = [
    None,
    True,
    -1,
    10**30,
    1e308,
    1.5,
    "",
    "x" * 5000,
    "\x00",
    "\u202e",
    "\ufeff",
    "\U0010ffff",
    [],
    [[]],
    {},
    {"a": 1},
    UUID,
    "2026-11-20",
    "'; DROP TABLE entry; --",
    "../../etc/passwd",
    "${jndi:ldap://x}",
]


async def test_no_value_anywhere_breaks_the_server(place: Place) -> None:
    """Every field of every body with every hostile value, on both kinds of database: 4xx or 200, nothing else."""
    operation = an_operation(team_id=place.north)
    bodies: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/api/sync/push", a_push(place, app="1", epoch=1, sent_at=1, issued=1, oldest_pending_at=None)),
        ("POST", "/api/sync/pull", {"protocol": 1, "device_id": UUID, "schema": 1, "limit": 1, "cursors": {}}),
        ("POST", "/api/session/join", {"login": "sam", "password": "a quiet new start", "code": "x"}),
        ("PUT", f"/api/devices/{UUID}", {"name": "Phone", "app": "1"}),
    ]
    statuses = set()
    for method, path, body in bodies:
        for field in (*body, "surprise"):
            for value in HOSTILE:
                answer = await ask(place.app, method, path, as_(place.sam), json.dumps(body | {field: value}).encode())
                statuses.add(answer.status)
                assert answer.status in (200, 401, 422, 429), (path, field, value, answer.body)
    broken = [operation | {field: value} for field in (*operation, "surprise") for value in HOSTILE]
    broken += [
        operation | {"set": operation["set"] | {field: value}} for field in operation["set"] for value in HOSTILE
    ]
    for start in range(0, len(broken), 100):
        batch = broken[start : start + 100]
        answer = await push(place, json.dumps(a_push(place, *batch)).encode())
        assert answer.status == 200
        assert len(answer.json["results"]) == len(batch)

    assert statuses == {200, 401, 422, 429}


@sqlite_only
async def test_numbers_without_end_and_fields_given_twice_do_no_harm(place: Place) -> None:
    whole = json.dumps(a_push(place, an_operation(team_id=place.north)))

    for number in ("1e400", "-1e400", "1" * 400, "1" * 5000, "0.1e-400", "-0"):
        of_envelope = await push(place, whole.replace('"operations"', f'"pending": {number}, "operations"').encode())
        of_operation = await push(place, whole.replace('"minutes": 45', f'"minutes": {number}').encode())
        assert of_envelope.status in (200, 400, 422), number
        assert of_operation.status == 200, number
    twice = await push(place, whole.replace('"minutes": 45', '"minutes": 45, "minutes": 46').encode())
    assert twice.status == 200
    envelope_twice = await push(place, whole.replace('"protocol": 1', '"protocol": 1, "protocol": 2').encode())
    assert envelope_twice.status == 422


@sqlite_only
async def test_a_batch_of_many_small_elements_is_refused_as_a_whole(place: Place) -> None:
    whole = json.dumps(a_push(place))
    for elements in (101, 100_000):
        answer = await push(place, whole.replace("[]", f"[{','.join(['1'] * elements)}]").encode())

        assert (answer.status, answer.code) == (413, "too_many_operations")


@sqlite_only
async def test_a_query_that_cannot_be_read_is_a_bad_request(place: Place) -> None:
    team = f"team_id={place.north}&from=2026-01-01&to=2026-12-31"

    for query in (
        "",
        "%",
        "%ff%fe",
        "team_id=%ff",
        "a" * 20_000,
        "&".join(["team_id=1"] * 2000),
        f"{team}&limit=0",
        f"{team}&limit=201",
        f"{team}&limit=1_0",
        f"{team}&limit={10**30}",
        f"{team}&limit=x",
        f"{team}&after=x",
        f"{team}&after=%00",
        f"team_id={place.north}&from=yesterday&to=2026-12-31",
        f"team_id={place.north}&from=2026-02-30&to=2026-12-31",
        f"team_id={place.north}&from=10000-01-01&to=2026-12-31",
        f"team_id=%00{place.north}&from=2026-01-01&to=2026-12-31",
    ):
        answer = await ask(place.app, "GET", "/api/entries", cookie_of(place.maria), query=query)
        assert (answer.status, answer.code) == (400, "bad_request"), query[:60]
        assert query[:60] == "" or query[:60] not in answer.body.decode(), "nothing of the request is repeated"
    assert (await ask(place.app, "GET", "/api/entries", cookie_of(place.maria), query=team)).status == 200


@sqlite_only
async def test_tricks_with_the_path_open_nothing(place: Place) -> None:
    """Without a session: 401 under /api, or a page that says nothing; never what the real path would answer."""
    for path in (
        "//api/session",
        "/api//session",
        "/api/session/",
        "/api/./session",
        "/api/health/../session",
        "/api/health/live/",
        "/api/health/live/../../session",
        "/api/%73ession",
        "/%61pi/session",
        "/api/session%00",
        "/api/session;x=1",
        "/api/session%2f",
        "/API/session",
        "/./api/session",
        "/x/../api/session",
        "/api\\session",
    ):
        for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
            answer = await ask(place.app, method, path, JSON)
            assert answer.status in (401, 404, 405) or b"alongside" not in answer.body, (method, path)


@sqlite_only
async def test_a_path_or_a_method_that_is_not_there_says_so_to_those_who_are_signed_in(place: Place) -> None:
    nothing = [await ask(place.app, "GET", path, as_(place.sam)) for path in UNKNOWN if path != "/api/session/"]
    for method, path in (("PATCH", "/api/session"), ("PUT", "/api/sync/push"), ("POST", "/api/service")):
        answer = await ask(place.app, method, path, as_(place.sam), b"{}")
        assert (answer.status, answer.code) == (405, "method_not_allowed")
    trace = await ask(place.app, "TRACE", "/api/session", as_(place.sam), b"{}")

    assert {(answer.status, answer.code) for answer in nothing} == {(404, "not_found")}
    assert trace.status in (404, 405, 501)
    for method in ("HEAD", "OPTIONS"):
        answer = await ask(place.app, method, "/api/session", as_(place.sam))
        assert answer.status in (403, 405), method


@sqlite_only
async def test_what_is_unexpected_is_a_500_that_gives_nothing_away(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> Any:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(accounts, "get_service", fails)
    with capture_logs() as logged:
        answer = await ask(place.app, "GET", "/api/service", as_(place.sam), faulty=True)

    assert (answer.status, answer.code) == (500, "unexpected")
    assert b"secret" not in answer.body
    assert [(line["event"], line["path"]) for line in logged] == [("unexpected", "/api/service")]


async def test_a_fault_before_any_route_is_an_answer_like_every_other(place: Place) -> None:
    def breaks(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE session RENAME TO session_elsewhere"))

    await place.database.write(breaks)
    with capture_logs() as logged:
        answer = await ask(place.app, "GET", "/api/session", as_(place.sam), faulty=True)

    assert (answer.status, answer.code) in ((500, "unexpected"), (503, "busy"))
    assert len(logged) == 1


async def test_a_closed_database_is_a_503_that_asks_to_try_again(place: Place) -> None:
    place.database.close()

    for method, path in (("GET", "/api/session"), ("POST", "/api/sync/push"), ("GET", "/api/health/ready")):
        answer = await ask(place.app, method, path, as_(place.sam), json.dumps(a_push(place)).encode())
        assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "busy", "5"), path
    answer = await sign_in(place, json.dumps({"login": "sam", "password": PASSWORD}).encode())
    assert (answer.status, answer.code) == (503, "busy")
    assert (await ask(place.app, "GET", "/api/health/live")).status == 200


@sqlite_only
async def test_a_server_behind_https_says_so_in_its_headers(place: Place) -> None:
    from api.app import create_app
    from api.settings import Settings, for_serving

    public = for_serving(Settings(origin="https://peers.example.org", password_memory_kib=64))
    app = create_app(public, place.database)

    secure = await ask(app, "GET", "/api/session")
    plain = await ask(place.app, "GET", "/api/session")

    assert secure.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert "upgrade-insecure-requests" in secure.headers["content-security-policy"]
    assert "strict-transport-security" not in plain.headers
    assert "upgrade-insecure-requests" not in plain.headers["content-security-policy"]


@sqlite_only
async def test_no_socket_is_opened(place: Place) -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await place.app({"type": "websocket", "path": "/api/sync/push", "headers": []}, receive, send)  # type: ignore[arg-type]

    assert [message["type"] for message in sent] == ["websocket.close"]
