"""Who there is on the first day, in which teams, and the ids that are the same in every run."""

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection

from api.passwords import Passwords
from api.settings import Settings, for_serving
from api.store import accounts
from domain.access import Role

PASSWORD = "walk alongside 2026"
SETTINGS = for_serving(Settings(dev=True, password_memory_kib=64))
BEGAN = 1_795_168_800_000  # Friday 20 November 2026, ten in the morning
_SPACE = UUID(int=0xA1)


def named(name: str) -> UUID:
    """The same id for the same name in every run."""
    return uuid5(_SPACE, name)


SERVICE, NORTH, SOUTH = named("service"), named("North"), named("South")
# Sam has two phones; Maria shares one with Sam and leads North. Priya is in both teams.
MEMBERS: tuple[tuple[str, Role, UUID], ...] = (
    ("sam", "worker", NORTH),
    ("priya", "worker", NORTH),
    ("priya", "worker", SOUTH),
    ("maria", "lead", NORTH),
)


def fill(connection: Connection) -> None:
    """Makes the service, its teams and its users."""
    hashed = Passwords(SETTINGS).hash_now(PASSWORD)
    accounts.add_service(connection, SERVICE, "Riverside", BEGAN)
    for name, team_id in (("North", NORTH), ("South", SOUTH)):
        accounts.add_team(connection, SERVICE, team_id, name)
    for login in dict.fromkeys(login for login, _, _ in MEMBERS):
        accounts.add_user(connection, SERVICE, named(login), login, login.capitalize(), BEGAN)
        accounts.set_password(connection, SERVICE, named(login), hashed)
    for number, (login, role, team_id) in enumerate(MEMBERS):
        accounts.add_member(connection, SERVICE, named(f"first member {number}"), named(login), team_id, role, BEGAN)


def first_people() -> dict[str, Any]:
    """Who there is, for the phones."""
    return {
        "password": PASSWORD,
        "at": BEGAN,
        "teams": {"North": str(NORTH), "South": str(SOUTH)},
        "users": {login: str(named(login)) for login, _, _ in MEMBERS},
    }
