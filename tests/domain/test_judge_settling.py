"""Settling a stored conflict: what stays, what is let go, what a lead accepts, and what settles nothing."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from domain.access import Role
from domain.judge import judge
from domain.operation import Result
from domain.service import ServiceSettings, Today
from domain.settling import Conflict, words_of
from domain.verdict import Verdict
from domain.world import World
from tests.make import (
    EAST,
    MARIA,
    NORTH,
    PRIYA,
    SAM,
    SIGNPOSTING,
    SOUTH,
    TODAY,
    a_person,
    a_person_operation,
    a_set,
    a_world,
    after,
    an_entry,
    an_operation,
    reading,
)

TOMORROW = a_set(happened_on="2026-11-21")
LONG_AGO = a_set(happened_on="2026-01-05")


def waiting(operation: dict[str, Any], author_id: UUID = SAM) -> dict[UUID, Conflict]:
    """The conflict that this operation became."""
    kept = reading(operation).operation
    assert kept is not None
    return {kept.id: Conflict(kept, author_id)}


def as_(user_id: UUID, *conflicts: dict[str, Any], entries: tuple[Any, ...] = (), **changes: Any) -> World:
    """The world of Sam or Priya, who are workers, or of Maria, the lead, with Sam's conflicts and these entries."""
    role: Role = "lead" if user_id == MARIA else "worker"
    open_ = {key: value for one in conflicts for key, value in waiting(one).items()}
    loaded: dict[str, Any] = {"roles": {NORTH: role}, "conflicts": open_} | changes
    return a_world(user_id, entries={one.id: one for one in entries}, **loaded)


def open_in(world: World) -> set[UUID]:
    """The conflicts that still wait for somebody."""
    return {number for number, conflict in world.conflicts.items() if conflict.open}


def judged(world: World, *operations: dict[str, Any]) -> list[Verdict]:
    return judge([reading(operation) for operation in operations], world, defaultdict(int))


def settled(world: World, operation: dict[str, Any]) -> tuple[Result, UUID | None]:
    """The answer to one operation, and the conflict that it closes."""
    before = open_in(world)
    (verdict,) = judged(world, operation)
    closed = before - open_in(world)
    assert closed == ({verdict.closes} if verdict.closes else set()), (
        "what is closed waits no longer, and the rest does"
    )
    return verdict.result, verdict.closes


def stays(conflict: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What the server has stays."""
    return after(conflict, **({"set": {}, "closes": conflict["id"], "base": 0} | changes))


def again(conflict: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The same words once more, as a lead accepts them."""
    return conflict | {"id": str(uuid7()), "n": 1000, "closes": conflict["id"]} | changes


def on(entry: Any, **changes: Any) -> dict[str, Any]:
    return an_operation(
        **({"action": "amend", "thing_id": entry.id, "team_id": entry.team_id, "base": entry.version} | changes)
    )


# What the server has stays


@pytest.mark.parametrize("user_id", [SAM, MARIA], ids=["its author", "a lead"])
@pytest.mark.parametrize("state", ["active", "void"])
def test_what_the_server_has_stays_whatever_its_version_and_state(user_id: UUID, state: str) -> None:
    entry = an_entry(version=7, state=state)
    late = on(entry, base=2, set={"minutes": 20})
    world = as_(user_id, late, entries=(entry,))

    result, closed = settled(world, stays(late))

    assert (result.outcome, result.noop, result.version, result.record) == ("applied", True, 7, entry)
    assert closed == UUID(late["id"])
    assert world.entries == {entry.id: entry}


@pytest.mark.parametrize("user_id", [SAM, MARIA], ids=["its author", "a lead"])
def test_nothing_stays_where_the_server_has_nothing(user_id: UUID) -> None:
    early = an_operation(set=TOMORROW)

    result, closed = settled(as_(user_id, early), stays(early))

    assert (result.outcome, result.noop, result.version, result.record) == ("applied", True, None, None)
    assert closed == UUID(early["id"])


@pytest.mark.parametrize("there", [True, False])
def test_an_entry_of_another_stays_unseen_when_ones_conflict_about_it_is_settled(there: bool) -> None:
    theirs = an_entry(author_id=PRIYA)
    guessed = on(theirs, set={"minutes": 5})

    result, closed = settled(as_(SAM, guessed, entries=(theirs,) if there else ()), stays(guessed))

    assert (result.outcome, result.noop, result.version, result.record) == ("applied", True, None, None)
    assert closed == UUID(guessed["id"])


@pytest.mark.parametrize("user_id", [SAM, MARIA], ids=["its author", "a lead"])
@pytest.mark.parametrize("team_id", [NORTH, EAST, None], ids=["of the team", "of another team", "not there"])
def test_a_person_stays_too_and_is_shown_within_the_team(user_id: UUID, team_id: UUID | None) -> None:
    person = a_person(team_id=team_id or NORTH, version=3)
    late = a_person_operation(action="amend", thing_id=person.id, base=1, set={"code": "WREN-3"})
    world = as_(user_id, late, persons={person.id: person} if team_id else {})
    seen = team_id == NORTH

    result, closed = settled(world, stays(late))

    assert (result.outcome, result.noop) == ("applied", True)
    assert (result.version, result.record) == ((3, person) if seen else (None, None))
    assert closed == UUID(late["id"])


@pytest.mark.parametrize("thing", ["entry", "person"])
def test_an_amend_that_sets_nothing_is_an_amend_like_any_other_where_it_settles_nothing(thing: str) -> None:
    entry, person = an_entry(id=UUID(int=5), version=2), a_person(id=UUID(int=5), version=2)
    world = as_(SAM, entries=(entry,), persons={person.id: person})

    (plain,), (old,) = (
        judged(world, an_operation(thing=thing, action="amend", thing_id=entry.id, base=base, set={}, closes=closes))
        for base, closes in ((2, None), (1, str(uuid7())))
    )

    assert (plain.result.outcome, plain.result.version, plain.result.noop) == ("applied", 3, False)
    assert (old.result.outcome, old.result.reason, old.closes) == ("conflict", "version", None)


# Let it go


@pytest.mark.parametrize("user_id", [SAM, MARIA], ids=["its author", "a lead"])
def test_a_create_that_only_ever_was_a_conflict_is_let_go_by_voiding_it(user_id: UUID) -> None:
    early = an_operation(set=TOMORROW)
    world = as_(user_id, early)

    result, closed = settled(world, after(early, action="void", closes=early["id"], reason="Not needed"))

    assert (result.outcome, result.noop, result.version, result.record) == ("applied", True, None, None)
    assert closed == UUID(early["id"])
    assert world.entries == {}


def test_letting_go_says_nothing_of_an_entry_of_another_with_the_same_id() -> None:
    theirs = an_entry(author_id=PRIYA)
    taken = an_operation(thing_id=theirs.id)
    world = as_(SAM, taken, entries=(theirs,))

    result, closed = settled(world, after(taken, action="void", closes=taken["id"]))

    assert (result.outcome, result.noop, result.version, result.record) == ("applied", True, None, None)
    assert closed == UUID(taken["id"])
    assert world.entries[theirs.id].state == "active"


def test_a_void_of_what_is_there_is_a_void_and_settles_besides() -> None:
    entry = an_entry(version=2)
    late = on(entry, base=1, set={"minutes": 20})

    result, closed = settled(as_(SAM, late, entries=(entry,)), on(entry, action="void", closes=late["id"]))

    assert (result.outcome, result.noop, result.version) == ("applied", False, 3)
    assert closed == UUID(late["id"])


def test_only_a_void_lets_go() -> None:
    early = an_operation(set=TOMORROW)

    result, closed = settled(as_(SAM, early), after(early, action="unvoid", closes=early["id"]))

    assert (result.outcome, result.reason, closed) == ("conflict", "unknown_entry", None)


# Who may settle what


@pytest.mark.parametrize(
    ("user_id", "changes", "closes"),
    [
        (SAM, {}, True),
        (MARIA, {}, True),
        (PRIYA, {}, False),
        (SAM, {"thing_id": str(UUID(int=9))}, False),
        (SAM, {"team_id": str(SOUTH)}, False),
        (SAM, {"thing": "person", "set": {"code": "KITE-12"}}, False),
        (SAM, {"closes": str(UUID(int=9))}, False),
    ],
    ids=["its author", "a lead", "a colleague", "another thing", "another team", "a person", "no conflict"],
)
def test_what_names_a_conflict_that_it_may_not_settle_is_decided_as_usual(
    user_id: UUID, changes: dict[str, Any], closes: bool
) -> None:
    early = an_operation(set=TOMORROW)
    right = an_operation(thing_id=early["thing_id"], closes=early["id"])
    world = as_(user_id, early)
    world.roles[SOUTH] = world.roles[NORTH]

    result, closed = settled(world, right | changes)

    assert (result.outcome, result.version) == ("applied", 1)
    assert closed == (UUID(early["id"]) if closes else None)


def test_one_who_has_left_the_team_settles_nothing_there() -> None:
    early = an_operation(set=TOMORROW)
    world = as_(SAM, early, roles={}, left=frozenset({NORTH}))

    result, closed = settled(world, stays(early))

    assert (result.outcome, result.reason, closed) == ("conflict", "not_member", None)


def test_what_does_not_take_effect_settles_nothing() -> None:
    early = an_operation(set=TOMORROW)
    world = as_(SAM, early)

    verdicts = judged(world, again(early), again(early, set=a_set(minutes=-1)))

    assert [one.result.outcome for one in verdicts] == ["conflict", "rejected"]
    assert [one.closes for one in verdicts] == [None, None]
    assert UUID(early["id"]) in open_in(world)


def test_of_two_that_settle_the_same_conflict_only_the_first_does() -> None:
    early = an_operation(set=TOMORROW)
    right = an_operation(thing_id=early["thing_id"], closes=early["id"])

    verdicts = judged(
        as_(SAM, early), right, after(early, set={"minutes": 5}, closes=early["id"]), stays(early, base=2)
    )

    assert [(one.result.outcome, one.result.version, one.result.noop) for one in verdicts] == [
        ("applied", 1, False),
        ("applied", 2, False),
        ("applied", 2, True),
    ]
    assert [one.closes for one in verdicts] == [UUID(early["id"]), None, None]


@pytest.mark.parametrize("user_id", [SAM, MARIA], ids=["its author", "a lead"])
def test_who_comes_late_to_settle_makes_no_new_conflict(user_id: UUID) -> None:
    """The other phone, or the lead, was first: what only settles then changes nothing, and waits for nobody."""
    early = an_operation(set=TOMORROW)
    let_go = after(early, action="void", set={}, closes=early["id"], base=0)
    world = as_(user_id, early)

    verdicts = judged(world, stays(early), stays(early, base=7), let_go)

    assert [(one.result.outcome, one.result.noop) for one in verdicts] == [("applied", True)] * 3
    assert [one.closes for one in verdicts] == [UUID(early["id"]), None, None]


def test_a_lead_who_accepts_what_was_accepted_before_changes_nothing() -> None:
    late = an_operation(set=LONG_AGO)
    world = as_(MARIA, late)

    first, second = judged(world, again(late), again(late))

    assert (first.result.noop, first.closes) == (False, UUID(late["id"]))
    assert (second.result.outcome, second.result.noop, second.result.version, second.closes) == (
        "applied",
        True,
        1,
        None,
    )


def test_a_conflict_can_be_settled_within_the_batch_that_it_came_with() -> None:
    create = an_operation()
    late = after(create, base=0, set={"minutes": 20})
    world = a_world()

    verdicts = judged(world, create, late, stays(late), stays(late, base=1))

    assert [(one.result.outcome, one.result.noop) for one in verdicts] == [
        ("applied", False),
        ("conflict", False),
        ("applied", True),
        ("applied", True),
    ]
    assert [one.closes for one in verdicts] == [None, None, UUID(late["id"]), None]
    assert open_in(world) == set()


def test_what_is_sent_again_does_not_settle_again() -> None:
    early = an_operation(set=TOMORROW)
    right = an_operation(thing_id=early["thing_id"], closes=early["id"])

    first, second = judged(as_(SAM, early), right, right)

    assert (first.closes, second.closes) == (UUID(early["id"]), None)
    assert second.result.outcome == "duplicate"


# A lead accepts


def test_a_lead_who_accepts_a_create_makes_an_entry_of_its_author() -> None:
    late = an_operation(set=LONG_AGO)
    world = as_(MARIA, late)

    (verdict,) = judged(world, again(late))

    assert (verdict.result.outcome, verdict.result.version) == ("applied", 1)
    assert verdict.after is not None
    assert (verdict.after.author_id, verdict.after.happened_on.isoformat()) == (SAM, "2026-01-05")
    assert verdict.closes == UUID(late["id"])
    assert words_of(verdict.settles, MARIA) == SAM


def test_a_lead_who_accepts_an_amend_changes_the_entry_of_its_author() -> None:
    entry = an_entry()
    late = on(entry, set={"happened_on": "2026-01-05"})
    world = as_(MARIA, late, entries=(entry,))

    (verdict,) = judged(world, again(late))

    assert (verdict.result.outcome, verdict.result.version) == ("applied", 2)
    assert verdict.after is not None
    assert (verdict.after.author_id, verdict.after.happened_on.isoformat()) == (SAM, "2026-01-05")


@pytest.mark.parametrize(
    ("fields", "settings", "closed", "reason"),
    [
        ({"happened_on": "2026-01-05"}, {}, False, None),
        ({"details": SIGNPOSTING}, {"kinds": ()}, False, None),
        ({}, {"person_codes": "required"}, False, None),
        ({"happened_on": "2026-01-05", "details": SIGNPOSTING}, {"kinds": (), "person_codes": "required"}, False, None),
        ({"happened_on": "2026-11-21"}, {}, False, "rule:future_date"),
        ({"happened_on": "2026-01-05"}, {}, True, "rule:closed"),
        (
            {"person_id": str(UUID(int=7)), "details": SIGNPOSTING},
            {"kinds": (), "person_codes": "off"},
            False,
            "rule:person_codes_off",
        ),
        ({"note": "Went well"}, {}, False, "notes_off"),
    ],
    ids=["too far back", "retired", "person required", "all three", "future", "closed", "codes off", "notes off"],
)
def test_a_lead_stands_in_for_some_rules_and_not_for_others(
    fields: dict[str, Any], settings: dict[str, Any], closed: bool, reason: str | None
) -> None:
    late = an_operation(set=a_set(**fields))
    months = frozenset({(NORTH, TODAY.replace(month=1, day=1))}) if closed else frozenset()
    today = Today(date=TODAY, settings=ServiceSettings(**settings), closed=months)

    (accepted,) = judged(as_(MARIA, late, today=today), again(late))
    (by_author,) = judged(as_(SAM, late, today=today), again(late))

    assert accepted.result.reason == reason
    assert (accepted.result.outcome == "applied") is (reason is None)
    assert by_author.result.outcome != "applied", "nobody waives a rule for oneself"


@pytest.mark.parametrize(
    ("there", "reason"), [({"version": 2}, "version"), ({"state": "void"}, "entry_void")], ids=["changed", "void"]
)
def test_an_accepted_amend_still_needs_the_version_that_is_there(there: dict[str, Any], reason: str) -> None:
    entry = an_entry(**there)
    late = on(entry, base=1, set={"minutes": 20})
    world = as_(MARIA, late, entries=(entry,))

    (old,) = judged(world, again(late))
    (new,) = judged(world, again(late, base=2))

    assert (old.result.outcome, old.result.reason, old.result.record) == ("conflict", reason, entry)
    assert new.result.outcome == ("conflict" if reason == "entry_void" else "applied")


def test_work_that_came_after_leaving_can_be_accepted() -> None:
    """Its author is no member any more; the lead of the team is."""
    left = an_operation()
    (kept,) = judged(as_(SAM, roles={}, left=frozenset({NORTH})), left)

    (verdict,) = judged(as_(MARIA, left), again(left))

    assert kept.result.reason == "not_member"
    assert verdict.after is not None
    assert (verdict.result.outcome, verdict.after.author_id) == ("applied", SAM)


@pytest.mark.parametrize("action", ["void", "unvoid"])
def test_a_void_that_came_after_leaving_can_be_accepted_too(action: str) -> None:
    entry = an_entry(state="active" if action == "void" else "void")
    left = on(entry, action=action, reason="Logged twice")

    (verdict,) = judged(as_(MARIA, left, entries=(entry,)), again(left))

    assert (verdict.result.outcome, verdict.result.version, verdict.closes) == ("applied", 2, UUID(left["id"]))
    assert words_of(verdict.settles, MARIA) == SAM


@pytest.mark.parametrize(
    "changes",
    [{"set": LONG_AGO | {"minutes": 46}}, {"set": LONG_AGO | {"place": None}}, {"reason": "Because"}],
    ids=["another answer", "an answer cleared", "another reason"],
)
def test_other_words_are_the_leads_own_and_under_every_rule(changes: dict[str, Any]) -> None:
    late = an_operation(set=LONG_AGO)

    result, closed = settled(as_(MARIA, late), again(late, **changes))

    assert (result.outcome, result.reason, closed) == ("conflict", "rule:too_far_back", None)


def test_a_lead_still_may_not_amend_anothers_entry_in_other_words_nor_in_the_words_of_a_third() -> None:
    entry = an_entry()
    mine, strange = on(entry, set={"minutes": 20}), on(entry, set={"minutes": 30})
    world = as_(MARIA, mine, entries=(entry,))
    world.conflicts |= waiting(strange, PRIYA)

    other_words, third = judged(world, again(mine, set={"minutes": 21}), again(strange))
    (right,) = judged(world, again(mine))

    for refused in (other_words, third):
        assert (refused.result.outcome, refused.result.reason) == ("rejected", "not_authorised")
    assert right.result.outcome == "applied"


def test_a_lead_may_accept_a_conflict_of_ones_own() -> None:
    late = an_operation(set=LONG_AGO)
    world = as_(MARIA, conflicts=waiting(late, MARIA))

    (verdict,) = judged(world, again(late))

    assert verdict.after is not None
    assert (verdict.result.outcome, verdict.after.author_id) == ("applied", MARIA)
    assert verdict.settles is not None
    assert verdict.settles.accepts


def test_the_same_words_by_the_author_or_without_the_conflict_accept_nothing() -> None:
    late = an_operation(set=LONG_AGO)

    (by_author,), (without,) = judged(as_(SAM, late), again(late)), judged(as_(MARIA), again(late))

    for verdict, sender in ((by_author, SAM), (without, MARIA)):
        assert (verdict.result.outcome, verdict.result.reason) == ("conflict", "rule:too_far_back")
        assert words_of(verdict.settles, sender) == sender


def test_an_accept_that_comes_to_nothing_keeps_the_words_as_their_authors() -> None:
    """So that accepting that one, once it can be, makes an entry of the author and not of the lead."""
    early = an_operation(set=TOMORROW)
    world = as_(MARIA, early)

    (first,) = judged(world, again(early))
    world.today = Today(date=TODAY.replace(day=21), settings=ServiceSettings())
    (second,) = judged(world, again(early, closes=str(first.result.id)))

    assert first.result.reason == "rule:future_date"
    assert words_of(first.settles, MARIA) == SAM
    assert second.after is not None
    assert second.after.author_id == SAM


def test_a_person_is_accepted_under_the_same_rules_as_ever() -> None:
    person = a_person(version=2)
    late = a_person_operation(action="amend", thing_id=person.id, base=1, set={"code": "WREN-3"})
    bad = a_person_operation(set={"code": "KITE-1", "merged_into": str(UUID(int=99))})
    world = as_(MARIA, late, bad, persons={person.id: person})

    accepted, merge = judged(world, again(late, base=2), again(bad))

    assert accepted.person is not None
    assert (accepted.result.outcome, accepted.person.code) == ("applied", "WREN-3")
    assert accepted.closes == UUID(late["id"])
    assert (merge.result.reason, merge.closes) == ("rule:merge", None)
