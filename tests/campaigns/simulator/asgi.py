"""Asks the application as a browser would, without a socket and without threads."""

import asyncio
from collections.abc import Callable
from typing import Any

from litestar.types import ASGIApp


class AtOnce(asyncio.SelectorEventLoop):
    """What would be done in a thread is done at once: nothing else waits, and handing it over takes longer."""

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:  # type: ignore[override]
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as fault:
            done.set_exception(fault)
        return done


async def ask(app: ASGIApp, method: str, path: str, cookie: str, body: bytes) -> dict[str, Any]:
    """One request; answers status, body, cookies and how long to wait."""
    headers = {"content-type": "application/json", "sec-fetch-site": "same-origin", "content-length": str(len(body))}
    if cookie:
        headers["cookie"] = cookie
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.1", 40_000),
        "server": ("localhost", 8000),
    }
    given = False
    answer: dict[str, Any] = {"status": 0, "cookies": [], "retry_after": None, "body": ""}

    async def receive() -> dict[str, Any]:
        nonlocal given
        if given:
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer["status"] = message["status"]
            for name, value in message["headers"]:
                if name.lower() == b"set-cookie":
                    answer["cookies"].append(value.decode())
                elif name.lower() == b"retry-after":
                    answer["retry_after"] = value.decode()
        else:
            answer["body"] += message.get("body", b"").decode()

    await app(scope, receive, send)  # type: ignore[arg-type]
    return answer
