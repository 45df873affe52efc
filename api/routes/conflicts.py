"""Operations that are stored but not in effect: the user's own, and those of the teams that a lead leads."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy import Connection

from api import clock
from api.database import Database
from api.sessions import Caller
from api.store import audit, entries, operations, people
from domain.access import own_teams
from domain.entry import Entry
from domain.operation import OpenConflict, Thing
from domain.people import Person
from domain.shape import Answer


class Conflicts(Answer, frozen=True, kw_only=True):
    """Conflicts that wait for somebody, oldest first, each with what the server has instead."""

    server: Literal["alongside"] = "alongside"
    conflicts: tuple[OpenConflict, ...]


@get("/conflicts", operation_id="conflicts", opt={"policy": "conflicts.read"})
async def conflicts(caller: NamedDependency[Caller], database: NamedDependency[Database]) -> Conflicts:
    """What a person has to settle. That a lead was shown the words of others is noted. Reflections are no part of it:
    their author's phone is told of them when it pulls."""
    led = caller.leads("conflicts.read")

    def load(connection: Connection) -> Conflicts:
        waiting = operations.open_conflicts(connection, caller.service_id, caller.user_id, led)
        found = [one for one in waiting if one.thing != "reflection"]
        others = Counter(one.team_id for one in found if one.author_id != caller.user_id)
        acts = [("conflicts_read", "team", team_id, {"conflicts": number}) for team_id, number in others.items()]
        audit.record_many(connection, caller.service_id, clock.now(), caller.user_id, acts)
        return Conflicts(conflicts=tuple(_with_records(connection, caller, found)))

    return await (database.write(load) if led else database.read(load))


def _with_records(connection: Connection, caller: Caller, found: Sequence[OpenConflict]) -> list[OpenConflict]:
    """The conflicts with today's entry or person, where the caller may see it: one's own, or of a team in reach."""
    led, member = caller.leads("conflicts.read"), own_teams(caller.memberships)
    entry_ids, person_ids = ({one.thing_id for one in found if one.thing == thing} for thing in ("entry", "person"))
    of_entries = entries.get_many(connection, caller.service_id, entry_ids)
    of_persons = people.get_many(connection, caller.service_id, person_ids)
    seen: dict[tuple[Thing, UUID], Entry | Person] = {
        **{("entry", e.id): e for e in of_entries.values() if e.author_id == caller.user_id or e.team_id in led},
        **{("person", p.id): p for p in of_persons.values() if p.team_id in member},
    }
    return [replace(one, record=seen.get((one.thing, one.thing_id), UNSET)) for one in found]


HANDLERS = [conflicts]
