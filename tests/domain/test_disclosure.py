"""Whose figures each role gets, and when they are true."""

from collections.abc import Collection
from uuid import UUID

import pytest

from domain.access import Membership, Role
from domain.disclosure import Scope, scope_for, scope_of_service
from tests.make import EAST, NORTH, SAM, SOUTH

EXISTING = frozenset({NORTH, SOUTH, EAST})
ELSEWHERE = UUID(int=0xFF)


def test_a_worker_gets_the_own_work_and_true() -> None:
    assert scope([("worker", NORTH)]) == Scope(frozenset({NORTH}), author_id=SAM)
    assert scope([("worker", NORTH), ("worker", SOUTH)]) == Scope(frozenset({NORTH, SOUTH}), author_id=SAM)
    assert scope([("worker", NORTH), ("worker", SOUTH)], SOUTH) == Scope(frozenset({SOUTH}), author_id=SAM)


def test_a_lead_gets_one_own_team_true() -> None:
    assert scope([("lead", NORTH)]) == Scope(frozenset({NORTH}))
    assert scope([("lead", NORTH), ("lead", SOUTH)], NORTH) == Scope(frozenset({NORTH}))
    assert scope([("lead", NORTH), ("lead", SOUTH)], NORTH, NORTH) == Scope(frozenset({NORTH}))


def test_a_lead_of_several_teams_gets_them_together_under_the_rule() -> None:
    both = Scope(frozenset({NORTH, SOUTH}), hides_small_numbers=True)

    assert scope([("lead", NORTH), ("lead", SOUTH)]) == both
    assert scope([("lead", NORTH), ("lead", SOUTH)], NORTH, SOUTH) == both


@pytest.mark.parametrize("role", ["analyst", "admin"])
def test_somebody_outside_the_teams_is_always_under_the_rule(role: Role) -> None:
    assert scope([(role, None)]) == Scope(EXISTING, hides_small_numbers=True)
    assert scope([(role, None)], NORTH) == Scope(frozenset({NORTH}), hides_small_numbers=True)
    assert scope([(role, None)], NORTH, EAST) == Scope(frozenset({NORTH, EAST}), hides_small_numbers=True)


def test_an_analyst_who_also_leads_a_team_keeps_its_true_figures() -> None:
    both: list[tuple[Role, UUID | None]] = [("analyst", None), ("lead", NORTH)]

    assert scope(both, NORTH) == Scope(frozenset({NORTH}))
    assert scope(both) == Scope(EXISTING, hides_small_numbers=True)
    assert scope(both, SOUTH) == Scope(frozenset({SOUTH}), hides_small_numbers=True)


def test_a_lead_who_works_in_another_team_gets_the_one_or_the_other_and_no_mixture() -> None:
    both: list[tuple[Role, UUID | None]] = [("lead", NORTH), ("worker", SOUTH)]

    assert scope(both) == scope(both, NORTH) == Scope(frozenset({NORTH}))
    assert scope(both, SOUTH) == Scope(frozenset({SOUTH}), author_id=SAM)
    assert scope(both, NORTH, SOUTH) is None


@pytest.mark.parametrize("team_id", [SOUTH, ELSEWHERE])
@pytest.mark.parametrize("role", ["worker", "lead"])
def test_another_team_and_no_team_are_the_same_to_worker_and_lead(role: Role, team_id: UUID) -> None:
    assert scope([(role, NORTH)], team_id) is None
    assert scope([(role, NORTH)], NORTH, team_id) is None


@pytest.mark.parametrize("role", ["analyst", "admin"])
def test_a_team_that_is_not_there_is_refused_outside_the_teams_too(role: Role) -> None:
    assert scope([(role, None)], ELSEWHERE) is None
    assert scope([(role, None)], NORTH, ELSEWHERE) is None
    assert scope_of_service([ELSEWHERE], EXISTING) is None


def test_a_report_of_the_whole_service_is_under_the_rule_even_with_one_team() -> None:
    assert scope_of_service([], [NORTH]) == Scope(frozenset({NORTH}), hides_small_numbers=True)


def scope(roles: Collection[tuple[Role, UUID | None]], *asked: UUID) -> Scope | None:
    memberships = [Membership(team_id=team_id, team_name=None, role=role) for role, team_id in roles]
    return scope_for(SAM, memberships, asked, EXISTING)
