"""Everything that can go wrong, as one shape: RFC 9457 problem details with our code and problems."""

import re
from typing import Any, Literal

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, SerializationException
from litestar.types import ExceptionHandlersMap

from api.database import Busy
from domain.problems import CODES, Problem, Refused, problem_from_message
from domain.shape import Answer

log = structlog.get_logger()
RETRY_AFTER = {429: "60", 503: "5"}


class ProblemAnswer(Answer, frozen=True, kw_only=True):
    """The body of every answer that is not a success."""

    server: Literal["alongside"] = "alongside"
    type: str = "about:blank"
    title: str
    status: int
    code: str
    problems: tuple[Problem, ...] = ()


class Failed(Exception):
    """A route cannot do what was asked: the status and the code say why."""

    def __init__(self, status: int, code: str, *problems: Problem, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.problems, self.retry_after = status, code, problems, retry_after


def body_of(status: int, code: str, problems: tuple[Problem, ...] = ()) -> bytes:
    """The bytes of a problem."""
    return msgspec.json.encode(
        ProblemAnswer(title=CODES[code], status=status, code=code, problems=problems or (Problem(code=code),))
    )


def headers_of(status: int, retry_after: int | None = None) -> dict[str, str]:
    """The headers that go with it."""
    wait = str(retry_after) if retry_after is not None else RETRY_AFTER.get(status)
    return {"Retry-After": wait} if wait else {}


def _answer(
    status: int, code: str, problems: tuple[Problem, ...] = (), retry_after: int | None = None
) -> Response[bytes]:
    return Response(
        body_of(status, code, problems),
        status_code=status,
        media_type="application/problem+json",
        headers=headers_of(status, retry_after),
    )


def _failed(_: Request[Any, Any, Any], failure: Failed) -> Response[bytes]:
    return _answer(failure.status, failure.code, failure.problems, failure.retry_after)


def _refused(_: Request[Any, Any, Any], refusal: Refused) -> Response[bytes]:
    return _answer(422, refusal.problems[0].code, refusal.problems)


def _busy(_: Request[Any, Any, Any], busy: Busy) -> Response[bytes]:
    log.warning("database busy", fault=str(busy))
    return _answer(503, "busy")


_STATUS_CODES = {400: "bad_request", 401: "not_signed_in", 403: "not_allowed", 404: "not_found", 413: "too_big"}
_STATUS_CODES |= {405: "method_not_allowed", 415: "wrong_content_type", 429: "too_many_tries", 503: "busy"}


def _http(_: Request[Any, Any, Any], fault: HTTPException) -> Response[bytes]:
    """What the framework refuses: an unknown path, a wrong method, a query or a body that does not fit."""
    status = fault.status_code
    if status >= 500:
        return _answer(500, "unexpected")
    if status != 400:
        return _answer(status, _STATUS_CODES.get(status, "bad_request"))
    if isinstance(fault.__cause__, SerializationException):
        return _answer(400, "not_json")
    if missing := re.match(r"Missing required query parameter '(\w+)'", fault.detail):
        return _answer(400, "bad_request", (Problem(code="required", field=missing[1]),))
    found = [one for one in fault.extra if isinstance(one, dict)] if isinstance(fault.extra, list) else []
    problems = tuple(_problem(**one) for one in found)
    if any(one.get("source") == "body" for one in found):
        return _answer(422, "unreadable", problems)
    return _answer(400, "bad_request", problems)


def _problem(message: str = "", key: str = "", **_: Any) -> Problem:
    """What the framework found wrong with one value. `data` is its word for the whole body; `from_` is our `from`."""
    return problem_from_message(message, "" if key == "data" else key.rstrip("_"))


def _unexpected(request: Request[Any, Any, Any], fault: Exception) -> Response[bytes]:
    log.error("unexpected", method=request.method, path=request.scope["path"], exc_info=fault)
    return _answer(500, "unexpected")


HANDLERS: ExceptionHandlersMap = {
    Failed: _failed,
    Refused: _refused,
    Busy: _busy,
    HTTPException: _http,
    Exception: _unexpected,
}
