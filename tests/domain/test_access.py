"""Who may do what: the table of the public contract, row by row, and how far each permission reaches."""

from itertools import combinations
from typing import get_args

import pytest

from domain.access import (
    EVERYBODY,
    TABLE,
    Membership,
    Permission,
    Reach,
    Role,
    may,
    own_teams,
    reach,
    reachable,
    teams,
    view,
)
from tests.make import EAST, NORTH, SOUTH

# As the contract has it, written down again on purpose: a change there has to be made here too.
CONTRACT: dict[Permission, dict[Role, Reach]] = {
    "service.change": {"admin": "service"},
    "entries.list": {"lead": "team"},
    "entries.history": {"worker": "own", "lead": "team"},
    "volumes.read": {"worker": "own", "lead": "team", "analyst": "service", "admin": "service"},
    "conflicts.read": {"worker": "own", "lead": "team"},
    "directory.read": {"worker": "team", "lead": "team", "analyst": "service", "admin": "service"},
    "months.read": {"worker": "team", "lead": "team", "analyst": "service", "admin": "service"},
    "months.close": {"lead": "team", "admin": "service"},
    "devices.read": {"worker": "own", "lead": "team", "admin": "service"},
}
ROLES: tuple[Role, ...] = get_args(Role)


def member(role: Role, team_id: object = NORTH) -> Membership:
    """A role in the north team, or in the whole service for those who are in no team."""
    whole = role in ("analyst", "admin")
    return Membership(team_id=None if whole else team_id, team_name=None if whole else "North", role=role)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", CONTRACT)
def test_a_role_reaches_as_far_as_the_contract_says(permission: Permission, role: Role) -> None:
    expected = CONTRACT[permission].get(role)

    assert reach([member(role)], permission) == expected
    assert may([member(role)], permission) is (expected is not None)


def test_every_permission_is_in_the_contract_or_for_everybody() -> None:
    assert set(TABLE) == set(CONTRACT)
    assert set(get_args(Permission)) == set(CONTRACT) | EVERYBODY
    # The one that is for everybody and reaches no further than the roles do.
    assert set(CONTRACT) & EVERYBODY == {"directory.read"}


def test_everybody_who_is_signed_in_may_send_what_the_phone_holds_even_after_the_last_team() -> None:
    for permission in EVERYBODY:
        assert may([], permission)
    for other in CONTRACT:
        assert may([], other) is (other in EVERYBODY)
        assert reach([], other) is None


@pytest.mark.parametrize("pair", list(combinations(ROLES, 2)))
def test_of_several_roles_the_widest_reach_counts(pair: tuple[Role, Role]) -> None:
    width = {None: -1, "own": 0, "team": 1, "service": 2}
    both = [member(role) for role in pair]

    for permission in CONTRACT:
        widest = max((reach([one], permission) for one in both), key=lambda found: width[found])
        assert reach(both, permission) == widest
        assert reach(reversed(both), permission) == widest


def test_a_permission_reaches_teams_that_there_are_and_no_others() -> None:
    both = [member("lead", NORTH), member("worker", SOUTH)]

    assert reachable(both, "months.read", [NORTH, SOUTH, EAST]) == {NORTH, SOUTH}
    assert reachable(both, "months.close", [NORTH, SOUTH, EAST]) == {NORTH}
    assert reachable(both, "months.close", [SOUTH, EAST]) == set()
    assert reachable([*both, member("admin")], "months.close", [NORTH, SOUTH, EAST]) == {NORTH, SOUTH, EAST}
    assert reachable(iter([member("analyst")]), "months.read", [EAST]) == {EAST}
    assert reachable([member("analyst")], "months.close", [NORTH]) == set()
    assert reachable([], "directory.read", [NORTH]) == set()


def test_a_lead_of_one_team_is_no_lead_of_another() -> None:
    both = [member("lead", NORTH), member("worker", SOUTH)]

    assert teams(both, "entries.list") == {NORTH}
    assert teams([member("worker", NORTH)], "entries.list") == set()
    assert teams([member("analyst"), member("admin")], "volumes.read") == set()
    assert own_teams(both) == {NORTH, SOUTH}
    assert own_teams([member("analyst"), member("admin")]) == set()


def test_a_worker_and_a_lead_have_different_views_which_fit_into_a_cursor() -> None:
    worker, lead = view("worker"), view("lead")

    assert worker != lead
    assert "." not in worker + lead, "a cursor is cut at its full stops"
