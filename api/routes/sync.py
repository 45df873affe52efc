"""The phone's two requests: push what it has not seen settled, pull what changed."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.di import NamedDependency
from sqlalchemy import Connection

from api import clock
from api.database import Database
from api.errors import Failed
from api.sessions import Caller
from api.store import accounts, entries, operations, people, reflections
from api.store import sessions as session_store
from api.store.push import Sender, push
from domain import access, judge
from domain.disclosure import as_seen
from domain.entry import SCHEMA, Entry
from domain.operation import MOST_OPERATIONS, Page, PullAnswer, PullRequest, PushAnswer, RawPush, Record, Result
from domain.problems import problem_from_message
from domain.reading import read
from domain.service import ServiceSettings, Today

_push = msgspec.json.Decoder(RawPush)
_pull = msgspec.json.Decoder(PullRequest)


@post("/sync/push", status_code=200, operation_id="push", opt={"policy": "sync"})
async def push_operations(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], database: NamedDependency[Database]
) -> PushAnswer:
    """Decides and stores a batch of operations, and answers each of them after COMMIT."""
    sent = _decoded(_push, await request.body())
    if len(sent.operations) > MOST_OPERATIONS:
        raise Failed(413, "too_many_operations")
    readings = [read(bytes(raw)) for raw in sent.operations]
    at = clock.now()

    def store(connection: Connection) -> PushAnswer:
        epoch = accounts.epoch(connection, caller.service_id)
        settings = accounts.get_service(connection, caller.service_id).settings
        if sent.user_id != caller.user_id:
            verdicts = judge.forged(readings)
        else:
            today = Today(date=clock.civil_date(at), settings=settings)
            sender = Sender(caller.service_id, caller.user_id, sent.device_id, at, today)
            verdicts = push(connection, sender, readings)
            session_store.report_device(
                connection,
                caller.service_id,
                caller.user_id,
                sent.device_id,
                at,
                sent.app,
                sent.issued,
                sent.pending,
                sent.oldest_pending_at,
            )
        results = tuple(_seen(verdict.result, caller, settings) for verdict in verdicts)
        return PushAnswer(epoch=epoch, server_time=at, accepts_schema=(1, SCHEMA), results=results)

    return await database.write(store)


@post("/sync/pull", status_code=200, operation_id="pull", opt={"policy": "sync"})
async def pull_rows(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], database: NamedDependency[Database]
) -> PullAnswer:
    """The user's own entries and reflections and the teams' persons that changed since the cursors, in one snapshot."""
    asked = _decoded(_pull, await request.body())
    at = clock.now()

    def load(connection: Connection) -> PullAnswer:
        epoch = accounts.epoch(connection, caller.service_id)
        scope = sorted(access.own_teams(caller.memberships))
        pages = {
            team_id: _page(connection, caller, team_id, asked.cursors.get(team_id), asked.limit, epoch)
            for team_id in scope
        }
        conflicts = operations.open_conflicts(connection, caller.service_id, caller.user_id)
        return PullAnswer(
            user_id=caller.user_id,
            epoch=epoch,
            server_time=at,
            scope_version=caller.scope_version,
            scope=tuple(scope),
            teams=pages,
            conflicts=tuple(conflicts),
        )

    return await database.read(load)


def _seen(result: Result, caller: Caller, settings: ServiceSettings) -> Result:
    """An answer as the sender may read it: a lead who deletes another's entry need not learn whose it was."""
    if isinstance(result.record, Entry) and result.record.author_id != caller.user_id:
        return msgspec.structs.replace(result, record=as_seen(result.record, caller.user_id, settings))
    return result


def _page(connection: Connection, caller: Caller, team_id: UUID, cursor: str | None, limit: int, epoch: int) -> Page:
    """The rows after the cursor, at most `limit`, and the cursor of the last one."""
    leads = any(one.team_id == team_id and one.role == "lead" for one in caller.memberships)
    view = access.view("lead" if leads else "worker")
    read_epoch, seq, read_view = _parsed(cursor) if cursor else (epoch, 0, view)
    if read_view != view or read_epoch != epoch:
        return Page(reset="view" if read_view != view else "epoch")
    mine = entries.changed_since(connection, caller.service_id, caller.user_id, team_id, seq, limit + 1)
    private = reflections.changed_since(connection, caller.service_id, caller.user_id, team_id, seq, limit + 1)
    shared = people.changed_since(connection, caller.service_id, team_id, seq, limit + 1)
    rows: list[tuple[int, Record]] = sorted([*mine, *private, *shared], key=lambda row: row[0])
    more = len(rows) > limit
    rows = rows[:limit]
    last = rows[-1][0] if rows else seq
    return Page(rows=tuple(row for _, row in rows), cursor=f"{epoch}.{last}.{view}", more=more)


def _parsed(cursor: str) -> tuple[int, int, str]:
    """A cursor's epoch, number and view. One that is not ours reads as another view, so that the phone begins again."""
    parts = cursor.split(".")
    if len(parts) == 3 and all(part.isascii() and part.isdecimal() and len(part) < 16 for part in parts[:2]):
        return int(parts[0]), int(parts[1]), parts[2]
    return 0, 0, ""


def _decoded(decoder: msgspec.json.Decoder[Any], body: bytes) -> Any:
    """The body as the struct, or 400 and 422 with the problem."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as refusal:
        raise Failed(422, "unreadable", problem_from_message(str(refusal))) from refusal
    except msgspec.DecodeError as refusal:
        raise Failed(400, "not_json") from refusal


HANDLERS = [push_operations, pull_rows]
