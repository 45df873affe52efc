"""A request exactly as written, byte for byte, where a client would be too polite: odd paths, headers and bodies."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from litestar.types import ASGIApp

from domain.problems import CODES
from tests.api.conftest import Someone

JSON = {"content-type": "application/json", "sec-fetch-site": "same-origin"}
ON_EVERY_ANSWER = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "cross-origin-resource-policy",
    "origin-agent-cluster",
    "permissions-policy",
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
}


@dataclass(frozen=True)
class Answer:
    """An answer as it left the server."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a problem; that it is one is checked too."""
        assert self.headers["content-type"] == "application/problem+json", self.body
        problem = self.json
        assert (problem["server"], problem["status"]) == ("alongside", self.status)
        assert problem["title"] == CODES[problem["code"]]
        assert problem["problems"]
        assert all(one["code"] in CODES for one in problem["problems"])
        return str(problem["code"])


async def ask(
    app: ASGIApp,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: bytes | Sequence[bytes] = b"",
    query: str = "",
    faulty: bool = False,
) -> Answer:
    """Sends a request to the application. What holds for every answer is checked on this one; only where a fault was
    planted may it be a 500."""
    pieces = [body] if isinstance(body, bytes) else list(body)
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages[-1]["more_body"] = False
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("localhost", 8000),
    }
    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.sleep(0)
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)  # type: ignore[arg-type]
    (start,) = (message for message in sent if message["type"] == "http.response.start")
    pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in start["headers"]]
    whole = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    cookies = tuple(value for name, value in pairs if name == "set-cookie")
    answer = Answer(start["status"], dict(pairs), cookies, whole)
    assert answer.status < 500 or answer.status == 503 or faulty, whole
    _check(unquote(path), answer, [name for name, _ in pairs])
    return answer


def cookie_of(someone: Someone) -> dict[str, str]:
    """The Cookie header that signs somebody in."""
    return {"cookie": "; ".join(f"{name}={value}" for name, value in someone.client.cookies.items())}


def as_(someone: Someone) -> dict[str, str]:
    """The headers of a request that somebody's own pages send."""
    return JSON | cookie_of(someone)


def _check(path: str, answer: Answer, names: list[str]) -> None:
    assert set(names) >= ON_EVERY_ANSWER, path
    assert not {"server", "x-powered-by"} & set(names), path
    twice = {name for name in names if names.count(name) > 1}
    assert twice <= {"set-cookie"}, f"{path}: {twice}"
    if path == "/api" or path.startswith("/api/"):
        assert answer.headers["cache-control"] == ("private, no-cache" if "etag" in names else "no-store"), path
        assert answer.headers["vary"] == "Cookie", path
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'"), path
        if answer.status >= 400:
            assert answer.code
        if answer.status in (429, 503):
            assert int(answer.headers["retry-after"]) > 0
