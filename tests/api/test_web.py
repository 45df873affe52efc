"""The built phone app as it is served: one page for every screen, files for ever, and nothing outside the folder."""

import gzip
import os
from pathlib import Path

import brotli
import pytest

from api.database import Database
from api.edge import Around, Edge
from api.passwords import Passwords
from api.settings import Settings
from api.web import Pages
from tests.api.raw import ON_EVERY_ANSWER, Answer, ask

INDEX = b"<!doctype html><title>Alongside</title>"
SCRIPT = b"console.log('alongside')\n" * 200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small build, and a file beside it that must never be served."""
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_bytes(INDEX)
    (built / "service-worker.js").write_bytes(SCRIPT)
    (built / "manifest.webmanifest").write_text('{"name": "Alongside"}')
    (built / "icon.png").write_bytes(b"\x89PNG" + bytes(2000))
    (built / "assets" / "main-4f2a.js").write_bytes(SCRIPT)
    (tmp_path / "secret.txt").write_text("secret")
    return built


async def get(pages: Pages, path: str, method: str = "GET", **headers: str) -> Answer:
    """A request through the edge, whose headers are on every answer; no database is connected to."""
    settings = Settings(dev=True, password_memory_kib=64)
    app = Edge(pages, pages, Around(Database("postgresql://"), settings, Passwords(settings)))
    return await ask(app, method, path, {name.replace("_", "-"): value for name, value in headers.items()})


async def test_every_screen_is_the_one_page(folder: Path) -> None:
    pages = Pages(folder)

    for path in ("/", "/log", "/log/new", "/entry/01a1fa79-0e80-71b0-97a2-000000000001", "/apiary"):
        answer = await get(pages, path)
        assert (answer.status, answer.body) == (200, INDEX), path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"


async def test_a_file_that_is_not_there_is_not_the_page(folder: Path) -> None:
    for path in ("/assets/gone-1111.js", "/favicon.ico", "/robots.txt", "/.env", "/assets/../index.php"):
        answer = await get(Pages(folder), path)
        assert (answer.status, answer.body) == (404, b"Not found\n"), path


async def test_nothing_outside_the_folder_is_ever_served(folder: Path) -> None:
    for path in (
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/" + str(folder.parent / "secret.txt"),
        "/assets/%00/../../secret.txt",
    ):
        answer = await get(Pages(folder), path)
        assert b"secret" not in answer.body, path
        assert answer.status in (200, 404)


async def test_files_with_a_hash_are_kept_for_ever_and_the_others_are_asked_for_again(folder: Path) -> None:
    pages = Pages(folder)

    hashed = await get(pages, "/assets/main-4f2a.js")
    worker = await get(pages, "/service-worker.js")
    manifest = await get(pages, "/manifest.webmanifest")

    assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert worker.headers["cache-control"] == manifest.headers["cache-control"] == "no-cache"
    assert hashed.headers["content-type"] == worker.headers["content-type"] == "text/javascript; charset=utf-8"
    assert manifest.headers["content-type"] == "application/manifest+json"
    assert (await get(pages, "/icon.png")).headers["content-type"] == "image/png"


async def test_text_is_sent_compressed_as_the_browser_takes_it(folder: Path) -> None:
    pages, path = Pages(folder), "/assets/main-4f2a.js"

    plain = await get(pages, path)
    zipped = await get(pages, path, accept_encoding="gzip, deflate")
    small = await get(pages, path, accept_encoding="gzip, deflate, br")
    image = await get(pages, "/icon.png", accept_encoding="br")

    assert (plain.body, plain.headers.get("content-encoding")) == (SCRIPT, None)
    assert (gzip.decompress(zipped.body), zipped.headers["content-encoding"]) == (SCRIPT, "gzip")
    assert (brotli.decompress(small.body), small.headers["content-encoding"]) == (SCRIPT, "br")
    assert len(small.body) < len(zipped.body) < len(plain.body)
    assert "content-encoding" not in image.headers
    for answer in (plain, zipped, small, image):
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-length"] == str(len(answer.body))


async def test_what_the_browser_has_is_not_sent_again(folder: Path) -> None:
    pages = Pages(folder)
    first = await get(pages, "/")

    same = await get(pages, "/", if_none_match=first.headers["etag"])
    weak = await get(pages, "/", if_none_match=f'W/{first.headers["etag"]}, "other"')
    other = await get(pages, "/", if_none_match='"other"')

    assert (same.status, same.body, same.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (weak.status, other.status) == (304, 200)


async def test_head_says_what_get_would_and_other_methods_are_refused(folder: Path) -> None:
    pages = Pages(folder)

    head, whole = await get(pages, "/", "HEAD"), await get(pages, "/")

    assert (head.status, head.body) == (200, b"")
    assert head.headers == whole.headers
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        answer = await get(pages, "/", method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD"), method


async def test_the_policy_of_the_pages_lets_in_only_what_is_ours(folder: Path) -> None:
    pages = Pages(folder)

    for path in ("/", "/assets/main-4f2a.js", "/gone.js"):
        policy = (await get(pages, path)).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'" in policy
    answer = await get(pages, "/")
    assert set(answer.headers) >= ON_EVERY_ANSWER
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in answer.headers["permissions-policy"]


async def test_without_a_build_the_server_says_what_to_do(tmp_path: Path) -> None:
    answer = await get(Pages(tmp_path / "nowhere"), "/")

    assert answer.status == 404
    assert answer.body.startswith(b"The phone app is not built.")


async def test_a_new_build_is_picked_up_in_development_and_a_release_stays_as_it_is(folder: Path) -> None:
    fresh, fixed = Pages(folder, fresh=True), Pages(folder)
    (folder / "index.html").write_bytes(b"new")
    os.utime(folder / "index.html", ns=(1, 1))

    assert (await get(fresh, "/")).body == b"new"
    assert (await get(fixed, "/")).body == INDEX
