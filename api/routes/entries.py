"""Entries of a team for its lead, and the history of one entry. Both are noted in the audit."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from sqlalchemy import Connection

from api import clock
from api.database import Database
from api.errors import Failed
from api.sessions import Caller
from api.store import accounts, audit, operations
from api.store import entries as entry_store
from domain.disclosure import as_seen, whose
from domain.entry import Entry
from domain.operation import Action, Stored
from domain.problems import Problem, Refused
from domain.shape import Answer


class Entries(Answer, frozen=True, kw_only=True):
    """A page of entries, newest first; `next` goes into `after` for the page that follows."""

    server: Literal["alongside"] = "alongside"
    entries: tuple[Entry, ...]
    next: UUID | None


class Change(Answer, frozen=True, kw_only=True):
    """One operation on an entry: who did it, when by the server's clock, and what became of it.

    `author_id` is whose words it is: another's than `user_id` where a lead accepts a conflict.
    """

    op: UUID
    action: Action
    user_id: UUID
    author_id: UUID
    received_at: int
    outcome: Stored
    reason: str | None
    version: int | None


class History(Answer, frozen=True, kw_only=True):
    """Everything that happened to an entry, in the order stored."""

    server: Literal["alongside"] = "alongside"
    changes: tuple[Change, ...]


@get("/entries", operation_id="entries", opt={"policy": "entries.list"})
async def entries(
    caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    team_id: FromQuery[UUID],
    from_: Annotated[date, QueryParameter(name="from")],
    to: FromQuery[date],
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    after: FromQuery[UUID | None] = None,
) -> Entries:
    """The entries of a team that the caller leads; void ones are part of it. Whose they are is said where the service
    shows names."""
    if team_id not in caller.leads("entries.list"):
        raise Failed(404, "not_found")
    if from_ > to:
        raise Refused(Problem(code="from_after_to", field="from"))

    def load(connection: Connection) -> Entries:
        page = entry_store.of_team(connection, caller.service_id, team_id, from_, to, limit + 1, after)
        more = len(page) > limit
        audit.record(
            connection,
            caller.service_id,
            clock.now(),
            caller.user_id,
            "entries_read",
            "team",
            team_id,
            first=from_,
            last=to,
            entries=len(page[:limit]),
        )
        settings = accounts.get_service(connection, caller.service_id).settings
        seen = tuple(as_seen(one, caller.user_id, settings) for one in page[:limit])
        return Entries(entries=seen, next=page[limit - 1].id if more else None)

    return await database.write(load)


@get("/entries/{entry_id:uuid}/history", operation_id="history", opt={"policy": "entries.history"})
async def history(
    entry_id: FromPath[UUID], caller: NamedDependency[Caller], database: NamedDependency[Database]
) -> History:
    """What happened to an own entry, or to one of a team that the caller leads."""

    def load(connection: Connection) -> History:
        found = entry_store.get_many(connection, caller.service_id, [entry_id]).get(entry_id)
        if found is None or not (found.author_id == caller.user_id or found.team_id in caller.leads("entries.history")):
            raise Failed(404, "not_found")
        if found.author_id != caller.user_id:
            audit.record(connection, caller.service_id, clock.now(), caller.user_id, "history_read", "entry", entry_id)
        rows = operations.of_entry(connection, caller.service_id, entry_id)
        settings = accounts.get_service(connection, caller.service_id).settings
        author_id = whose(found.author_id, caller.user_id, settings)
        return History(
            changes=tuple(
                Change(
                    op=row.id,
                    action=row.action,
                    # What others did to it is theirs to answer for, whatever is said of its author.
                    user_id=author_id if row.user_id == found.author_id else row.user_id,
                    author_id=author_id if row.author_id == found.author_id else row.author_id,
                    received_at=row.received_at,
                    outcome=row.outcome,
                    reason=row.reason,
                    version=row.version,
                )
                for row in rows
            )
        )

    return await database.write(load)


HANDLERS = [entries, history]
