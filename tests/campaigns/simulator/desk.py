"""What happens at the server: accounts, teams, settings and months change, and a lead acts on what others sent."""

import json
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Connection, update

from api import clock
from api.store import accounts, months
from api.store.push import Sender, push
from api.store.tables import service, session, user
from domain.access import Role, own_teams
from domain.operation import MOST_OPERATIONS
from domain.reading import read
from domain.service import ServiceSettings, Today
from tests.campaigns.simulator.people import NORTH, SERVICE, named
from tests.campaigns.simulator.server import SimulatedServer

LEAD = named("maria")


def set_disabled(server: SimulatedServer, user_id: UUID, disabled: bool) -> None:
    """Closes an account, or opens it again."""
    at = server.at if disabled else None
    server.database.write_now(
        lambda connection: connection.execute(
            update(user).where(user.c.service_id == SERVICE, user.c.id == user_id).values(disabled_at=at)
        )
    )


def expire(server: SimulatedServer, user_id: UUID) -> None:
    """Ends every session of a user."""
    server.database.write_now(
        lambda connection: connection.execute(
            update(session).where(session.c.service_id == SERVICE, session.c.user_id == user_id).values(expires_at=0)
        )
    )


def move(server: SimulatedServer, user_id: UUID, team_id: UUID, number: int) -> bool:
    """Takes a user out of a team, or into it; answers whether the user is a member now."""

    def change(connection: Connection) -> bool:
        if team_id in own_teams(accounts.memberships(connection, SERVICE, user_id)):
            accounts.end_member(connection, SERVICE, user_id, team_id, server.at)
            return False
        accounts.add_member(connection, SERVICE, named(f"member {number}"), user_id, team_id, "worker", server.at)
        return True

    return server.database.write_now(change)


def promote(server: SimulatedServer, user_id: UUID, team_id: UUID, number: int) -> Role | None:
    """Makes a worker of a team its lead, or a lead a worker; answers what the user is now, None outside the team."""

    def change(connection: Connection) -> Role | None:
        held = {one.team_id: one.role for one in accounts.memberships(connection, SERVICE, user_id)}
        if team_id not in held:
            return None
        role: Role = "worker" if held[team_id] == "lead" else "lead"
        accounts.end_member(connection, SERVICE, user_id, team_id, server.at)
        accounts.add_member(connection, SERVICE, named(f"member {number}"), user_id, team_id, role, server.at)
        return role

    return server.database.write_now(change)


def set_settings(server: SimulatedServer, notes: Literal["off", "short"], back_dating_days: int) -> None:
    """The service records something else from now on."""
    settings = ServiceSettings(notes=notes, back_dating_days=back_dating_days)
    text = msgspec.json.encode(settings).decode()
    server.database.write_now(
        lambda connection: connection.execute(
            update(service).where(service.c.service_id == SERVICE).values(settings=text)
        )
    )


def turn_month(server: SimulatedServer, team_id: UUID, month: date) -> bool:
    """Closes a month of a team, or opens it again; answers whether it is closed now."""
    closes = not server.closings.is_closed(team_id, month)
    turn = months.close if closes else months.reopen
    mark = server.closings.close if closes else server.closings.reopen

    def change(connection: Connection) -> int:
        assert turn(connection, SERVICE, team_id, month, LEAD, server.at)
        return accounts.lock_teams(connection, SERVICE, [team_id])[team_id]

    mark(team_id, month, server.database.write_now(change))
    return closes


def lead_voids(server: SimulatedServer, choice: float) -> str | None:
    """The lead of North voids one of its entries; answers which."""
    of_team = "SELECT id FROM entry WHERE team_id = ? AND state = 'active' ORDER BY id"
    found = [UUID(row[0]) for row in server.tables.execute(of_team, (NORTH.hex,))]
    if not found:
        return None
    thing = str(found[int(choice * len(found))])
    result = server.push_as(LEAD, _operation(server, "void", thing))
    return thing if result.get("outcome") == "applied" else None


def lead_settles(server: SimulatedServer, choice: float, accepts: bool) -> dict[str, Any]:
    """The lead of North repeats the words of an open conflict, or settles it without; answers what came of it."""
    waiting = (
        "SELECT id, body FROM operation WHERE team_id = ? AND thing = 'entry' AND outcome = 'conflict'"
        " AND closed_by IS NULL ORDER BY seq"
    )
    found = [(UUID(row[0]), json.loads(row[1])) for row in server.tables.execute(waiting, (NORTH.hex,))]
    if not found:
        return {"conflict": None}
    conflict, sent = found[int(choice * len(found))]
    row = server.tables.execute("SELECT version FROM entry WHERE id = ?", (UUID(sent["thing_id"]).hex,)).fetchone()
    more = {name: sent[name] for name in ("set", "reason") if name in sent} if accepts else {"set": {}}
    action = sent["action"] if accepts else "amend"
    operation = _operation(server, action, sent["thing_id"], closes=str(conflict), **more)
    if action == "amend":
        operation["base"] = row[0] if row else sent["base"]
    result = server.push_as(LEAD, operation)
    return {"conflict": str(conflict), "outcome": result["outcome"], "reason": result.get("reason")}


def fill(server: SimulatedServer, user_id: UUID, team_id: UUID, rows: int) -> None:
    """Entries as a user's phones would have sent them, through the function that stores a push."""
    today = Today(date=clock.civil_date(server.at), settings=ServiceSettings())
    sender = Sender(SERVICE, user_id, named("another phone"), server.at, today)

    def store(connection: Connection) -> None:
        for first in range(0, rows, MOST_OPERATIONS):
            numbers = range(first, min(first + MOST_OPERATIONS, rows))
            batch = [read(json.dumps(_create(server, number, team_id)).encode()) for number in numbers]
            assert all(verdict.result.outcome == "applied" for verdict in push(connection, sender, batch))

    server.database.write_now(store)


def _operation(server: SimulatedServer, action: str, thing_id: str, **more: Any) -> dict[str, Any]:
    server.acts += 1
    return {
        "id": str(named(f"act {server.acts} at {server.at}")),
        "n": server.acts,
        "thing": "entry",
        "action": action,
        "thing_id": thing_id,
        "team_id": str(NORTH),
        "base": 0,
        "schema": 1,
        "made_at": server.at,
        "zone": "Europe/London",
        "utc_offset_min": 0,
        **more,
    }


def _create(server: SimulatedServer, number: int, team_id: UUID) -> dict[str, Any]:
    answers = {
        "happened_on": clock.civil_date(server.at - number % 50 * 86_400_000).isoformat(),
        "minutes": 5 + number % 90,
        "mode": "phone",
        "details": {"kind": "one_to_one", "first_meeting": number % 2 == 0},
    }
    made = _operation(server, "create", str(named(f"entry {number}")), set=answers)
    return {**made, "team_id": str(team_id)}
