"""Signing in, staying in and signing out: what a cookie is worth, and what a guesser learns."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from argon2 import extract_parameters
from sqlalchemy import Connection, func, select, text, update
from uuid_utils.compat import uuid7

from api import clock, passwords, sessions
from api.app import create_app
from api.passwords import Passwords, code_digest, digest, is_weak, new_code, new_token
from api.settings import Settings, for_serving
from api.store import accounts, devices
from api.store import sessions as session_store
from api.store.tables import audit, failed_sign_in, session, user
from domain.access import Membership
from tests.api.conftest import ORIGIN, PASSWORD, SETTINGS, Place, Someone, a_client

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
CODE, NEW_PASSWORD = "ABCD-EFGH-JKLM-NPQR", "a quiet walk by the river"
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], int]:
    """Puts the server's clock on by so many milliseconds from when the test began."""
    began = clock.now()

    def put_on(by: int) -> int:
        monkeypatch.setattr(clock, "now", lambda: began + by)
        return began + by

    return put_on


async def sign_in(client: httpx.AsyncClient, login: str = "sam", password: str = PASSWORD) -> httpx.Response:
    return await client.post("/api/session", json={"login": login, "password": password})


async def join(client: httpx.AsyncClient, code: str = CODE, **changes: str) -> httpx.Response:
    body = {"code": code, "login": "sam", "password": NEW_PASSWORD} | changes
    return await client.post("/api/session/join", json=body)


async def is_in(client: httpx.AsyncClient) -> bool:
    answer = await client.get("/api/session")
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


async def give_code(place: Place, code: str = CODE, valid: int = 7 * DAY) -> None:
    await place.database.write(
        lambda connection: accounts.add_join_code(
            connection, place.service_id, code_digest(code), place.sam.id, clock.now() + valid
        )
    )


async def close_account(place: Place, user_id: UUID) -> None:
    await place.database.write(
        lambda connection: connection.execute(
            update(user).where(user.c.service_id == place.service_id, user.c.id == user_id).values(disabled_at=1)
        )
    )


async def rows_of(place: Place, table: Any) -> list[Any]:
    return await place.database.read(lambda connection: list(connection.execute(select(table))))


# Signing in


async def test_signing_in_says_who_is_signed_in_to_which_service_with_which_roles(place: Place) -> None:
    browser = place.client()

    answer = await sign_in(browser, "maria")

    assert answer.status_code == 200
    assert answer.json() == (await browser.get("/api/session")).json()
    assert answer.json() == {
        "server": "alongside",
        "user": {"id": str(place.maria.id), "name": "Maria", "login": "maria"},
        "service": (await browser.get("/api/service")).json(),
        "memberships": [{"team_id": str(place.north), "team_name": "North", "role": "lead"}],
    }


@sqlite_only
async def test_analyst_and_admin_have_a_membership_without_a_team(place: Place) -> None:
    for someone in (place.tom, place.ade):
        answer = await someone.client.get("/api/session")

        assert answer.json()["memberships"] == [{"team_id": None, "team_name": None, "role": someone.role}]


@sqlite_only
async def test_the_cookie_cannot_be_read_by_scripts_nor_sent_from_elsewhere(place: Place) -> None:
    answer = await sign_in(place.client())

    (cookie,) = answer.headers.get_list("set-cookie")
    name_value, *attributes = cookie.split("; ")
    assert name_value.startswith(f"sid={place.service_id}.")
    assert attributes == ["Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=43200"]


@sqlite_only
async def test_behind_https_the_browser_is_told_to_insist_on_it(place: Place) -> None:
    public = for_serving(Settings(origin="https://peers.example.org", password_memory_kib=64))
    browser = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(public, place.database)),  # type: ignore[arg-type]
        base_url="https://peers.example.org",
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    signed_in = await sign_in(browser)
    signed_out = await browser.delete("/api/session")

    assert signed_in.headers["set-cookie"].startswith(f"__Host-sid={place.service_id}.")
    assert signed_in.headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure")
    assert signed_out.status_code == 204
    assert signed_out.headers["set-cookie"] == "__Host-sid=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Secure"
    await browser.aclose()


@sqlite_only
async def test_a_cookie_without_the_prefix_is_nothing_behind_https(place: Place) -> None:
    public = for_serving(Settings(origin="https://peers.example.org", password_memory_kib=64))

    browser = a_client(create_app(public, place.database))
    browser.cookies.update(place.sam.client.cookies)

    assert not await is_in(browser)
    assert await is_in(place.sam.client)


async def test_a_token_that_the_browser_brought_along_is_never_taken_over(place: Place) -> None:
    browser, chosen = place.client(), new_token()
    browser.cookies.set("sid", f"{place.service_id}.{chosen}")

    answer = await sign_in(browser)

    given = answer.headers["set-cookie"].partition(";")[0]
    assert chosen not in given
    stranger = place.client()
    stranger.cookies.set("sid", f"{place.service_id}.{chosen}")
    assert not await is_in(stranger)


async def test_only_the_hash_of_a_token_is_kept(place: Place) -> None:
    answer = await sign_in(browser := place.client())
    token = answer.headers["set-cookie"].partition(";")[0].partition(".")[2]

    rows = await rows_of(place, session)

    assert len(token) >= 43
    assert digest(token) in {bytes(row.token_hash) for row in rows}
    assert token not in str([tuple(row) for row in rows])
    assert await is_in(browser)


@sqlite_only
async def test_a_token_is_worth_nothing_in_another_service(place: Place) -> None:
    token = place.sam.client.cookies["sid"].partition(".")[2]
    other = place.olu.client.cookies["sid"].partition(".")[0]
    browser = place.client()
    browser.cookies.set("sid", f"{other}.{token}")

    assert not await is_in(browser)
    assert await is_in(place.sam.client)


async def test_a_sixth_session_ends_the_oldest(place: Place, later: Callable[[int], int]) -> None:
    browsers = [place.client() for _ in range(6)]
    for number, browser in enumerate(browsers):
        later(number * 1000)
        assert (await sign_in(browser, "priya")).status_code == 200

    assert [await is_in(browser) for browser in browsers] == [False, True, True, True, True, True]
    assert await is_in(place.sam.client), "others keep theirs"


# Staying in and signing out


async def test_signing_out_ends_this_session_and_no_other(place: Place) -> None:
    phone, laptop = place.client(), place.client()
    await sign_in(phone)
    await sign_in(laptop)
    token = phone.cookies["sid"]

    answer = await phone.delete("/api/session")

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["set-cookie"] == "sid=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
    phone.cookies.set("sid", token)
    assert not await is_in(phone)
    assert await is_in(laptop)
    assert "sign_out" in [row.action for row in await rows_of(place, audit)]


async def by_the_service(place: Place, someone: Someone) -> str:
    """A token of a phone that the service then signs out."""
    token: str = someone.client.cookies["sid"]
    await someone.client.put(f"/api/devices/{someone.device_id}", json={"name": "Phone"})
    which = (place.service_id, someone.id, someone.device_id)
    await place.database.write(lambda connection: devices.sign_out(connection, *which, clock.now()))
    return token


async def why(place: Place, token: str | None) -> str:
    """What somebody hears who comes with this token."""
    async with place.client() as browser:
        if token is not None:
            browser.cookies.set("sid", token)
        answer = await browser.get("/api/session")
    assert answer.status_code == 401
    code: str = answer.json()["code"]
    return code


async def test_a_phone_that_the_service_signed_out_hears_so_whatever_it_asks_first(place: Place) -> None:
    await by_the_service(place, place.sam)
    device = f"/api/devices/{place.sam.device_id}"

    for method, path in (("GET", "/api/session"), ("PUT", device), ("POST", "/api/sync/push"), ("GET", "/api/x")):
        answer = await place.sam.client.request(method, path)
        assert (answer.status_code, answer.json()["code"]) == (401, "device_signed_out"), path
        assert "set-cookie" not in answer.headers, "the next request is told the same"


async def test_only_who_holds_the_token_of_a_signed_out_phone_is_told(place: Place) -> None:
    token = await by_the_service(place, place.sam)
    service_id, _, secret = token.partition(".")

    for other in (None, f"{service_id}.{secret}x", f"{uuid7()}.{secret}", f"{service_id}.{'a' * 43}"):
        assert await why(place, other) == "not_signed_in", other
    assert await is_in(place.priya.client)


async def test_signing_in_again_brings_back_no_session_that_the_service_ended(place: Place) -> None:
    token = await by_the_service(place, place.sam)
    for _ in range(sessions.MOST_SESSIONS + 1):
        async with place.client() as browser:
            await sign_in(browser)
            await browser.put(f"/api/devices/{place.sam.device_id}", json={"name": "Phone"})
            assert await is_in(browser)

    assert await why(place, token) == "device_signed_out"


async def test_those_that_the_service_ended_take_no_place_of_a_live_session(place: Place) -> None:
    *before, last = browsers = [place.client() for _ in range(sessions.MOST_SESSIONS)]
    for browser in before:
        await sign_in(browser)
    async with place.client() as place.sam.client:
        await sign_in(place.sam.client)
        await by_the_service(place, place.sam)
    await sign_in(last)

    assert [await is_in(browser) for browser in browsers] == [True] * sessions.MOST_SESSIONS


async def test_a_signed_out_phone_is_told_no_longer_than_its_session_would_have_lasted(
    place: Place, later: Callable[[int], int]
) -> None:
    token = await by_the_service(place, place.sam)
    later(sessions.LIFE_ON_A_PHONE + MINUTE)

    assert await why(place, token) == "not_signed_in"
    await sign_in(place.client())
    tokens = {bytes(row.token_hash) for row in await rows_of(place, session)}
    assert digest(token.partition(".")[2]) not in tokens, "it is kept no longer either"


async def test_who_holds_the_token_of_a_closed_account_is_told_and_after_its_opening_that_it_was_signed_out(
    place: Place,
) -> None:
    token = place.sam.client.cookies["sid"]

    def close(connection: Connection) -> None:
        accounts.close_user(connection, place.service_id, place.sam.id, clock.now())
        session_store.sign_out(connection, place.service_id, place.sam.id, clock.now())

    await place.database.write(close)
    assert await why(place, token) == "account_closed"
    await place.database.write(lambda connection: accounts.open_user(connection, place.service_id, place.sam.id))
    assert await why(place, token) == "device_signed_out"


async def test_a_request_under_way_does_not_bring_a_session_back(
    place: Place, later: Callable[[int], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session ends between the moment a request was let in and the moment its use is noted."""
    touch = session_store.touch

    def signed_out_meanwhile(connection: Connection, service_id: UUID, token_hash: bytes, *rest: int) -> None:
        session_store.end(connection, service_id, token_hash)
        touch(connection, service_id, token_hash, *rest)

    later(10 * MINUTE)
    monkeypatch.setattr(session_store, "touch", signed_out_meanwhile)
    under_way = await place.sam.client.get("/api/session")
    monkeypatch.undo()

    assert under_way.status_code == 200
    assert not await is_in(place.sam.client)


async def test_many_requests_at_once_do_not_outlive_a_sign_out(place: Place, later: Callable[[int], int]) -> None:
    later(10 * MINUTE)
    token = place.sam.client.cookies["sid"]

    async def ask(number: int) -> None:
        answer = await (place.sam.client.delete if number == 5 else place.sam.client.get)("/api/session")
        assert answer.status_code in (200, 204, 401)

    await asyncio.gather(*(ask(number) for number in range(12)))
    place.sam.client.cookies.clear()
    place.sam.client.cookies.set("sid", token)

    assert not await is_in(place.sam.client)
    assert digest(token.partition(".")[2]) not in {bytes(row.token_hash) for row in await rows_of(place, session)}


async def test_a_worker_stays_in_for_ninety_days_from_the_last_use_on_a_known_phone(
    place: Place, later: Callable[[int], int]
) -> None:
    browser = place.client()
    await sign_in(browser)
    bound = await browser.put(f"/api/devices/{uuid7()}", json={"name": "Phone"})
    assert "Max-Age=7776000" in bound.headers["set-cookie"]

    for days in (89, 178, 267):
        later(days * DAY)
        answer = await browser.get("/api/session")
        assert answer.status_code == 200
        assert "Max-Age=7776000" in answer.headers["set-cookie"], "the cookie is renewed with the session"
    later(267 * DAY + 90 * DAY + 1)

    assert not await is_in(browser)


@sqlite_only
@pytest.mark.parametrize(
    ("login", "on_a_device"), [("sam", False), ("maria", True), ("tom", True), ("ade", True)], ids=str
)
async def test_everybody_else_stays_in_for_twelve_hours_from_the_last_use(
    place: Place, later: Callable[[int], int], login: str, on_a_device: bool
) -> None:
    browser = place.client()
    await sign_in(browser, login)
    if on_a_device:
        bound = await browser.put(f"/api/devices/{uuid7()}", json={"name": "Laptop"})
        assert "Max-Age=43200" in bound.headers["set-cookie"]

    later(11 * HOUR)
    assert await is_in(browser)
    later(22 * HOUR)
    assert await is_in(browser)
    later(34 * HOUR + 1)
    assert not await is_in(browser)


async def test_the_last_word_on_the_cookie_is_the_routes_own(place: Place, later: Callable[[int], int]) -> None:
    """Seen long ago, a session is renewed by every request; signing out and binding a phone say otherwise."""
    later(6 * 60_000)
    bound = await place.sam.client.put(f"/api/devices/{place.sam.device_id}", json={"name": "Phone", "app": "1"})
    ended = await place.maria.client.delete("/api/session")

    (kept,), (gone,) = bound.headers.get_list("set-cookie"), ended.headers.get_list("set-cookie")
    assert f"Max-Age={90 * 24 * 3600}" in kept
    assert "Max-Age=0" in gone


def test_whose_sessions_last() -> None:
    def life(*roles: str) -> int:
        members = tuple(Membership(team_id=None, team_name=None, role=role) for role in roles)  # type: ignore[arg-type]
        return sessions.life_of(members, on_a_device=True)

    assert life("worker") == life("worker", "worker") == 90 * DAY
    assert life("worker", "lead") == life("lead") == life("admin") == life() == 12 * HOUR


@sqlite_only
async def test_reading_does_not_write_each_time(place: Place, later: Callable[[int], int]) -> None:
    later(4 * MINUTE)
    early = await place.sam.client.get("/api/session")
    later(6 * MINUTE)
    late = await place.sam.client.get("/api/session")

    assert "set-cookie" not in early.headers
    assert "set-cookie" in late.headers


async def test_a_closed_account_is_out_at_once(place: Place) -> None:
    await close_account(place, place.sam.id)

    assert not await is_in(place.sam.client)
    assert await is_in(place.priya.client)


# Guessing


async def test_an_unknown_login_a_wrong_passphrase_and_a_closed_account_get_the_same_answer(place: Place) -> None:
    await close_account(place, place.priya.id)

    answers = [
        await sign_in(place.client(), login, password)
        for login, password in (
            ("sam", "not the passphrase"),
            ("nobody", PASSWORD),
            ("priya", PASSWORD),
            ("priya", "not the passphrase"),
            ("SAM", PASSWORD),
            ("ade", ""),
        )
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({(answer.content, str(answer.headers)) for answer in answers}) == 1
    assert answers[0].json()["code"] == "wrong_login"
    assert "set-cookie" not in answers[0].headers


async def test_an_unknown_login_costs_as_much_as_a_known_one() -> None:
    hasher = Passwords(SETTINGS)

    assert extract_parameters(hasher._nobody) == extract_parameters(hasher.hash_now(PASSWORD))
    assert not await hasher.fits(None, PASSWORD)
    assert not await hasher.fits("not a hash", PASSWORD)
    assert await hasher.fits(hasher.hash_now(PASSWORD), PASSWORD)
    assert not await hasher.fits(await hasher.hash(PASSWORD), PASSWORD + " ")


@pytest.mark.parametrize("login", ["sam", "nobody"])
async def test_after_ten_failures_a_login_waits_whether_or_not_there_is_one(
    place: Place, later: Callable[[int], int], login: str
) -> None:
    for _ in range(10):
        assert (await sign_in(place.client(), login, "a guess")).status_code == 401

    waits = await sign_in(place.client(), login)
    assert (waits.status_code, waits.json()["code"]) == (429, "too_many_tries")
    assert waits.headers["retry-after"] == "900"
    assert (await join(place.client(), login=login)).status_code == 429
    assert (await sign_in(place.client(), "maria")).status_code == 200, "others do not wait"
    assert await is_in(place.sam.client), "who is in stays in"

    later(16 * MINUTE)
    assert (await sign_in(place.client(), login)).status_code == (200 if login == "sam" else 401)


async def test_guesses_sent_at_once_count_as_if_they_had_come_one_by_one(place: Place) -> None:
    guesses = [sign_in(place.client(), "sam", "a guess") for _ in range(25)]

    *wrong, right = await asyncio.gather(*guesses, sign_in(place.client(), "sam"))

    assert {answer.status_code for answer in wrong} == {401, 429}
    assert right.status_code == 429, "the right one among many guesses is not told from the others"


@sqlite_only
async def test_after_a_hundred_failures_an_address_waits_whatever_the_login(place: Place) -> None:
    at = clock.now()
    address = digest("address 127.0.0.1")

    def fail(connection: Connection) -> None:
        for _ in range(99):
            session_store.fail(connection, [address], at, forget_before=0)

    await place.database.write(fail)
    assert (await sign_in(place.client())).status_code == 200, "and does not count"
    assert (await sign_in(place.client())).status_code == 200
    assert (await sign_in(place.client(), "nobody")).status_code == 401
    assert (await sign_in(place.client())).status_code == 429


@sqlite_only
async def test_behind_a_proxy_of_ours_the_last_hop_is_the_address_and_without_one_nobody_may_say(place: Place) -> None:
    proxied = create_app(
        for_serving(Settings(dev=True, password_memory_kib=64, trusted_proxies="10.0.0.1, 127.0.0.1")), place.database
    )
    for app, expected in ((proxied, "198.51.100.7"), (place.app, "127.0.0.1")):
        await a_client(app).post(
            "/api/session",
            json={"login": "nobody", "password": "x"},
            headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"},
        )
        tried = {bytes(row.tried) for row in await rows_of(place, failed_sign_in)}
        assert digest(f"address {expected}") in tried
        assert digest("address 203.0.113.9") not in tried


async def test_old_failures_are_forgotten(place: Place, later: Callable[[int], int]) -> None:
    await sign_in(place.client(), "sam", "a guess")
    later(31 * MINUTE)
    await sign_in(place.client(), "nobody", "a guess")

    tried = {bytes(row.tried) for row in await rows_of(place, failed_sign_in)}

    assert tried == {digest("login nobody"), digest("address 127.0.0.1")}


# Joining


async def test_a_code_is_redeemed_once_and_ends_what_was_signed_in_before(place: Place) -> None:
    await give_code(place)
    browser = place.client()

    first = await join(browser)
    second = await join(place.client())

    assert first.status_code == 200
    assert first.json()["user"]["login"] == "sam"
    assert await is_in(browser)
    assert not await is_in(place.sam.client), "sessions from before the new passphrase end"
    assert (second.status_code, second.json()["code"]) == (401, "wrong_code")
    assert (await sign_in(place.client(), "sam", NEW_PASSWORD)).status_code == 200
    assert (await sign_in(place.client(), "sam", PASSWORD)).status_code == 401
    assert await is_in(place.priya.client)


async def test_a_code_redeemed_many_times_at_once_works_once(place: Place) -> None:
    await give_code(place)

    answers = await asyncio.gather(*(join(place.client()) for _ in range(6)))

    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401, 401]


@pytest.mark.parametrize("typed", ["abcd-efgh-jklm-npqr", "ABCDEFGHJKLMNPQR", " abcd efgh jklm npqr "])
@sqlite_only
async def test_a_code_may_be_typed_as_one_likes(place: Place, typed: str) -> None:
    await give_code(place)

    assert (await join(place.client(), typed)).status_code == 200


async def test_the_right_code_with_a_wrong_login_and_a_weak_passphrase_do_not_use_it_up(place: Place) -> None:
    await give_code(place)

    wrong_login = await join(place.client(), login="priya")
    weak = await join(place.client(), password="password1234")
    right = await join(place.client())

    assert (wrong_login.status_code, wrong_login.json()["code"]) == (401, "wrong_code")
    assert (weak.status_code, weak.json()["code"]) == (422, "weak_password")
    assert weak.json()["problems"] == [{"code": "weak_password", "field": "password", "limit": 12}]
    assert right.status_code == 200


async def test_a_code_that_ran_out_was_replaced_or_is_of_a_closed_account_is_no_code(
    place: Place, later: Callable[[int], int]
) -> None:
    await give_code(place)
    await give_code(place, "ZZZZ-EFGH-JKLM-NPQR")
    replaced = await join(place.client())
    later(7 * DAY + MINUTE)
    ran_out = await join(place.client(), "ZZZZ-EFGH-JKLM-NPQR")
    await give_code(place, "YYYY-EFGH-JKLM-NPQR", 30 * DAY)
    await close_account(place, place.sam.id)
    closed = await join(place.client(), "YYYY-EFGH-JKLM-NPQR")
    unknown = await join(place.client(), "XXXX-EFGH-JKLM-NPQR")

    answers = [replaced, ran_out, closed, unknown]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    kept = await place.database.read(lambda connection: accounts.find_user(connection, "sam"))
    assert kept is not None
    assert await Passwords(SETTINGS).fits(kept.password_hash, PASSWORD), "the passphrase is the old one"


async def test_wrong_codes_are_counted_too(place: Place) -> None:
    for _ in range(10):
        assert (await join(place.client(), new_code())).status_code == 401

    assert (await join(place.client(), new_code())).status_code == 429


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "eleven char",
        "password1234",
        "Passphrase!!",
        "aaaaaaaaaaaaa",
        "123456789012",
        "x" * 129,
        "sam-sam-2026-00",
    ],
)
def test_what_a_guesser_tries_first_is_no_passphrase(password: str) -> None:
    assert is_weak(password, "sam-sam")


@pytest.mark.parametrize("password", [PASSWORD, NEW_PASSWORD, "zwölf Zeichen!", "x7" * 6 + "qz", "ab c" * 32])
def test_a_long_one_of_ones_own_is(password: str) -> None:
    assert not is_weak(password, "sam")


def test_codes_and_tokens_are_long_and_never_the_same() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == 19 and not set(code) & set("O0I1") for code in codes)
    assert len(passwords._CODE_LETTERS) == 32, "sixteen letters of 32 are 80 bits"
    assert len({new_token() for _ in range(200)}) == 200


# What is written down


async def test_signing_in_and_joining_are_noted_without_a_word_of_what_was_typed(place: Place) -> None:
    await give_code(place)
    await sign_in(place.client())
    await join(place.client())

    noted = await rows_of(place, audit)

    assert [row.action for row in noted] == ["sign_in", "join"]
    assert {row.user_id for row in noted} == {place.sam.id}
    assert {row.detail for row in noted} == {None}


async def test_no_secret_stands_in_the_database_as_it_was_typed(place: Place) -> None:
    await give_code(place)
    await join(place.client())
    tables = ["session", "join_code", "audit", "failed_sign_in", '"user"']

    def dump(connection: Connection) -> str:
        return str([list(connection.execute(text(f"SELECT * FROM {name}"))) for name in tables])

    held = await place.database.read(dump)

    assert "sam" in held
    for secret in (NEW_PASSWORD, PASSWORD, CODE, CODE.replace("-", "")):
        assert secret not in held


@sqlite_only
async def test_who_fails_to_sign_in_leaves_no_session(place: Place) -> None:
    def count(connection: Connection) -> int:
        return connection.execute(select(func.count()).select_from(session)).scalar_one()

    before = await place.database.read(count)
    await sign_in(place.client(), "sam", "a guess")
    await place.client().get("/api/session")

    assert await place.database.read(count) == before


def test_the_tests_speak_to_the_origin_of_the_settings() -> None:
    assert SETTINGS.origin == ORIGIN
