"""Who may do what: one table, read by every route and by nothing else.

A reach says how far a permission goes: `own` what the user logged, `team` the teams the role is held in,
`service` all of it. No reach means not allowed.
"""

from collections.abc import Collection, Iterable
from typing import Literal
from uuid import UUID

from domain.shape import Answer

Role = Literal["worker", "lead", "analyst", "admin"]
Reach = Literal["own", "team", "service"]
Permission = Literal[
    "session",
    "sync",
    "service.read",
    "service.change",
    "directory.read",
    "entries.list",
    "entries.history",
    "volumes.read",
    "conflicts.read",
    "months.read",
    "months.close",
    "devices.read",
]

# For everybody who is signed in: one who has left every team still sends what the phone holds. The directory has a
# line in the table too: nobody is refused, and without a team it is empty.
EVERYBODY: frozenset[Permission] = frozenset({"session", "sync", "service.read", "directory.read"})
TABLE: dict[Permission, dict[Role, Reach]] = {
    "service.change": {"admin": "service"},
    "directory.read": {"worker": "team", "lead": "team", "analyst": "service", "admin": "service"},
    "entries.list": {"lead": "team"},
    "entries.history": {"worker": "own", "lead": "team"},
    "volumes.read": {"worker": "own", "lead": "team", "analyst": "service", "admin": "service"},
    "conflicts.read": {"worker": "own", "lead": "team"},
    "months.read": {"worker": "team", "lead": "team", "analyst": "service", "admin": "service"},
    "months.close": {"lead": "team", "admin": "service"},
    "devices.read": {"worker": "own", "lead": "team", "admin": "service"},
}
# What a row looks like to its reader. A new number makes every phone read its teams again.
_VIEW = 1
_WIDTH: dict[Reach, int] = {"own": 0, "team": 1, "service": 2}


class Membership(Answer, frozen=True, kw_only=True):
    """A role that a user holds now. Analysts and admins hold theirs in the whole service: `team_id` is null."""

    team_id: UUID | None
    team_name: str | None
    role: Role


def may(memberships: Iterable[Membership], permission: Permission) -> bool:
    """Whether the permission is given, with whatever reach."""
    return permission in EVERYBODY or reach(memberships, permission) is not None


def reach(memberships: Iterable[Membership], permission: Permission) -> Reach | None:
    """How far the permission goes for somebody with these memberships; None where it is not given."""
    reaches = [TABLE[permission][m.role] for m in memberships if m.role in TABLE[permission]]
    return max(reaches, key=_WIDTH.__getitem__, default=None)


def teams(memberships: Iterable[Membership], permission: Permission) -> frozenset[UUID]:
    """The teams for which the permission is given with the reach `team`."""
    return frozenset(
        m.team_id for m in memberships if m.team_id is not None and TABLE[permission].get(m.role) == "team"
    )


def reachable(memberships: Iterable[Membership], permission: Permission, existing: Collection[UUID]) -> frozenset[UUID]:
    """The teams that the permission reaches, of those that there are: every one where its reach is `service`."""
    memberships = tuple(memberships)
    if reach(memberships, permission) == "service":
        return frozenset(existing)
    return teams(memberships, permission) & frozenset(existing)


def view(role: Role) -> str:
    """What a team's rows are like to somebody in this role. A cursor ends in it: a phone whose user's role changed, or
    whose server shows more than before, reads the team again."""
    return f"{_VIEW}{role[0]}"


def own_teams(memberships: Iterable[Membership]) -> frozenset[UUID]:
    """The teams in which the user works now."""
    return frozenset(m.team_id for m in memberships if m.team_id is not None)
