"""A reflection is decided like an entry, without rules of its day, and is there for nobody but its author."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fold import reflection_after
from domain.judge import judge
from domain.operation import ReflectionOperation
from domain.reading import read_stored
from domain.reflection import MOST_SEALED
from domain.service import ServiceSettings, Today
from domain.verdict import Verdict
from domain.world import World
from tests.make import (
    MARIA,
    NORTH,
    SAM,
    SOUTH,
    TODAY,
    a_reflection_operation,
    a_world,
    after,
    an_operation,
    reading,
)


def decide(world: World, *operations: dict[str, Any]) -> list[Verdict]:
    return judge([reading(one) for one in operations], world, {NORTH: 0, SOUTH: 0})


def said(verdicts: list[Verdict]) -> list[tuple[str, str | None, int | None]]:
    return [(one.result.outcome, one.result.reason, one.result.version) for one in verdicts]


def as_lead(world: World) -> World:
    """The same server, as Maria finds it, who leads the team."""
    return a_world(
        MARIA, roles={NORTH: "lead"}, reflections=world.reflections, known=world.known, conflicts=world.conflicts
    )


def test_it_is_made_changed_deleted_and_brought_back() -> None:
    first = a_reflection_operation()
    verdicts = decide(
        a_world(),
        first,
        after(first, set={"sealed": "CQgHBgUEAwIB"}),
        after(first, action="void", base=2),
        after(first, action="unvoid", base=3),
    )

    assert said(verdicts) == [("applied", None, version) for version in (1, 2, 3, 4)]
    made = verdicts[-1].reflection
    assert made is not None
    assert (made.author_id, made.sealed, made.state, made.kept_on) == (SAM, "CQgHBgUEAwIB", "active", TODAY)


def test_it_may_belong_to_an_entry_that_the_server_has_not_seen_and_be_taken_from_it_again() -> None:
    entry_id = UUID(int=7)
    first = a_reflection_operation(set={"kept_on": "2026-11-20", "sealed": "AQID", "entry_id": str(entry_id)})
    one, other = decide(a_world(), first, after(first, set={"entry_id": None}))

    assert one.reflection is not None
    assert other.reflection is not None
    assert (one.reflection.entry_id, other.reflection.entry_id) == (entry_id, None)


@pytest.mark.parametrize("day", ["2027-11-20", "2020-01-01"])
def test_no_rule_of_day_month_or_service_speaks_against_it(day: str) -> None:
    closed = frozenset({(NORTH, TODAY.replace(day=1))})
    world = a_world(today=Today(date=TODAY, settings=ServiceSettings(kinds=()), closed=closed))

    assert said(decide(world, a_reflection_operation(set={"kept_on": day, "sealed": "AQID"}))) == [("applied", None, 1)]
    assert said(decide(world, a_reflection_operation())) == [("applied", None, 1)]


def test_a_change_of_an_older_version_and_of_a_deleted_one_is_a_conflict_that_its_author_settles() -> None:
    world = a_world()
    first = a_reflection_operation()
    late = after(first, set={"sealed": "CQgHBgUE"})
    verdicts = decide(
        world,
        first,
        after(first, set={"sealed": "CQgHBgUEAwIB"}),
        late,
        after(first, base=2, set={}, closes=late["id"]),
        after(first, action="void", base=2),
        after(first, base=3, set={"sealed": "AAAA"}),
    )

    assert [(one.result.outcome, one.result.reason, one.result.noop) for one in verdicts] == [
        ("applied", None, False),
        ("applied", None, False),
        ("conflict", "version", False),
        ("applied", None, True),
        ("applied", None, False),
        ("conflict", "entry_void", False),
    ]
    assert verdicts[2].result.record == verdicts[1].reflection
    assert not world.conflicts[UUID(late["id"])].open


def test_a_create_that_needs_words_or_a_day_is_unreadable() -> None:
    for missing, left in (("sealed", {"kept_on": "2026-11-20"}), ("kept_on", {"sealed": "AQID"})):
        (verdict,) = decide(a_world(), a_reflection_operation(set=left))
        assert verdict.result.reason == "unreadable"
        assert [(one.code, one.field) for one in verdict.result.problems] == [("required", f"set.{missing}")]


@pytest.mark.parametrize(
    ("sealed", "code"),
    [
        ("I felt tired.", "wrong_form"),
        ("AQI", "too_short"),
        ("AQIDB", "wrong_form"),
        ("AQID\n", "wrong_form"),
        ("AQ=D", "wrong_form"),
        ("AQ-_", "wrong_form"),
        ("A" * (MOST_SEALED + 4), "too_long"),
        (None, "not_null"),
    ],
)
def test_what_is_not_sealed_is_refused(sealed: str | None, code: str) -> None:
    (verdict,) = decide(a_world(), a_reflection_operation(set={"kept_on": "2026-11-20", "sealed": sealed}))

    assert verdict.result.outcome == "rejected"
    assert {one.code for one in verdict.result.problems} == {code}


def test_a_reason_is_refused_because_it_could_be_read() -> None:
    first = a_reflection_operation()
    _, verdict = decide(a_world(), first, after(first, action="void", reason="I was tired"))

    assert verdict.result.outcome == "rejected"
    assert [(one.code, one.field) for one in verdict.result.problems] == [("unknown_field", "reason")]


@pytest.mark.parametrize("action", ["amend", "void", "unvoid"])
def test_to_a_lead_anothers_reflection_is_not_there(action: str) -> None:
    world = a_world()
    first = a_reflection_operation()
    decide(world, first)
    change = {"set": {"sealed": "CQgH"}} if action == "amend" else {}

    theirs, nobodys = (
        decide(as_lead(world), after(one, action=action, **change))[0] for one in (first, a_reflection_operation())
    )

    assert said([theirs]) == said([nobodys]) == [("conflict", "unknown_entry", None)]
    assert theirs.result.record is None
    assert world.reflections[UUID(first["thing_id"])].version == 1


def test_a_lead_neither_accepts_nor_settles_the_conflict_of_another() -> None:
    world = a_world()
    first = a_reflection_operation()
    late = after(first, base=7, set={"sealed": "CQgH"})
    decide(world, first, late)

    accepted, let_go = decide(
        as_lead(world),
        after(first, base=1, set={"sealed": "CQgH"}, closes=late["id"]),
        after(first, base=1, set={}, closes=late["id"]),
    )

    assert said([accepted, let_go]) == [("conflict", "unknown_entry", None)] * 2
    assert world.conflicts[UUID(late["id"])].open


def test_a_lead_who_uses_its_id_learns_nothing_of_it() -> None:
    world = a_world()
    first = a_reflection_operation()
    decide(world, first)

    again, as_entry = decide(
        as_lead(world),
        a_reflection_operation(thing_id=first["thing_id"]),
        an_operation(thing_id=first["thing_id"]),
    )

    assert (again.result.outcome, again.result.reason, again.result.record) == ("conflict", "exists", None)
    assert (as_entry.result.outcome, as_entry.reflection) == ("applied", None)
    assert world.reflections[UUID(first["thing_id"])].author_id == SAM


def test_the_bytes_of_anothers_operation_sent_again_give_no_record() -> None:
    world = a_world()
    first = a_reflection_operation()
    decide(world, first)

    (mine,), (theirs,) = decide(world, first), decide(as_lead(world), first)

    assert (mine.result.outcome, theirs.result.outcome) == ("duplicate", "duplicate")
    assert mine.result.record is not None
    assert theirs.result.record is None


def test_a_lead_keeps_reflections_too_and_only_the_words_count_not_the_role() -> None:
    world = a_world(MARIA, roles={NORTH: "lead"})
    first = a_reflection_operation()
    late = after(first, base=7, set={"sealed": "CQgH"})
    verdicts = decide(world, first, late, after(first, base=1, set={"sealed": "CQgH"}, closes=late["id"]))

    assert said(verdicts) == [("applied", None, 1), ("conflict", "version", None), ("applied", None, 2)]


def test_who_has_left_the_team_has_it_kept_as_a_conflict() -> None:
    (verdict,) = decide(a_world(), a_reflection_operation(team_id=SOUTH))

    assert said([verdict]) == [("conflict", "not_member", None)]


@given(st.lists(st.sampled_from(["create", "amend", "void", "unvoid"]), max_size=12), st.lists(st.integers(0, 4)))
def test_whatever_is_sent_the_reflection_is_the_fold_of_what_was_applied(actions: list[str], bases: list[int]) -> None:
    world = a_world()
    first = a_reflection_operation()
    operations = [
        after(first, action=action, base=base, **({"set": {"kept_on": "2026-11-20", "sealed": "AQID"}} if sets else {}))
        for (action, base) in zip(actions, bases, strict=False)
        for sets in [action in ("create", "amend")]
    ]
    verdicts = decide(world, *operations)

    made = None
    for verdict in verdicts:
        assert verdict.stored
        if verdict.result.outcome == "applied" and not verdict.result.noop:
            operation = read_stored(verdict.reading.body.decode())
            assert isinstance(operation, ReflectionOperation)
            made = reflection_after(made, operation, SAM)
    assert world.reflections.get(UUID(first["thing_id"])) == made
    if made is not None:
        assert msgspec.json.decode(msgspec.json.encode(made), type=type(made)) == made
