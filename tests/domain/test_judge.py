"""The ordered decision: each line of it as a sentence, the refusal beside the success that it differs from."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import msgspec
import pytest
from uuid_utils.compat import uuid7

from domain.judge import forged, judge, rejected_for_now
from domain.operation import Result
from domain.problems import Problem
from domain.reading import read
from domain.service import ServiceSettings, Today
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


def decided(world: World, *operations: dict[str, Any]) -> list[Result]:
    """The answers to one batch."""
    return [verdict.result for verdict in judged(world, *operations)]


def judged(world: World, *operations: dict[str, Any]) -> list[Verdict]:
    return judge([reading(operation) for operation in operations], world, defaultdict(int))


def knowing(*entries: Any, **changes: Any) -> World:
    """A world in which the server has these entries."""
    return a_world(entries={entry.id: entry for entry in entries}, **changes)


def on(entry: Any, **changes: Any) -> dict[str, Any]:
    """An amend, or another action, on an entry that the server has."""
    same = {"thing_id": entry.id, "team_id": entry.team_id}
    return an_operation(**({"action": "amend", "base": entry.version} | same | changes))


def brief(result: Result) -> tuple[str, str | None]:
    return result.outcome, result.reason


# Unreadable


def test_an_entry_that_lacks_what_its_kind_owes_is_unreadable_with_every_problem() -> None:
    create = an_operation(set=a_set(mode=None, minutes=None))

    (wrong,) = decided(a_world(), create)

    assert [(problem.code, problem.field) for problem in wrong.problems] == [
        ("required", "set.mode"),
        ("required", "set.minutes"),
    ]


# Forged


def test_a_push_in_the_name_of_another_is_forged_all_of_it() -> None:
    verdicts = forged([reading(an_operation()), reading(a_person_operation()), read(b"7")])

    assert [brief(verdict.result) for verdict in verdicts] == [
        ("rejected", "forged"),
        ("rejected", "forged"),
        ("rejected", "unreadable"),
    ]
    assert {verdict.result.retry for verdict in verdicts[:2]} == {"never"}
    assert not any(verdict.stored for verdict in verdicts)


# Known ids


def test_an_operation_known_with_the_same_bytes_is_a_duplicate_of_its_first_outcome() -> None:
    create, wrong_base = (first := an_operation()), after(first, base=9, set={"minutes": 5})
    world = a_world()
    before = decided(world, create, wrong_base)

    again = decided(world, create, wrong_base)

    assert [(result.outcome, result.first) for result in again] == [
        ("duplicate", "applied"),
        ("duplicate", "conflict"),
    ]
    assert [(one.reason, one.version, one.seq) for one in again] == [
        (one.reason, one.version, one.seq) for one in before
    ]
    assert again[0].record == before[0].record


@pytest.mark.parametrize(
    "changes", [{"set": a_set(minutes=46)}, {"base": 1}, {"made_at": 1}, {"n": 999_999}, {"thing_id": str(UUID(int=1))}]
)
def test_a_known_id_with_other_bytes_is_rejected_also_inside_one_batch(changes: dict[str, Any]) -> None:
    create = an_operation()

    first, second, third = decided(a_world(), create, create | changes, create)

    assert first.outcome == "applied"
    assert (second.outcome, second.reason, second.retry) == ("rejected", "id_reused", "never")
    assert third.outcome == "duplicate"


def test_a_rejected_operation_leaves_no_trace_so_its_id_may_be_used_again() -> None:
    create = an_operation()
    broken = create | {"set": a_set(minutes=-1)}

    first, second = decided(a_world(), broken, create)

    assert (first.outcome, second.outcome) == ("rejected", "applied")


def test_a_duplicate_says_nothing_of_a_person_in_a_team_that_one_has_left() -> None:
    create = a_person_operation()
    world = a_world()
    decided(world, create, after(create, set={"code": "WREN-3"}))

    (as_member,) = decided(world, create)
    world.roles, world.left = {}, frozenset({NORTH})
    (as_leaver,) = decided(world, create)

    assert as_member.record is not None
    assert (as_leaver.outcome, as_leaver.first, as_leaver.record) == ("duplicate", "applied", None)


def test_a_duplicate_of_a_leads_void_does_not_carry_the_workers_entry() -> None:
    theirs = an_entry()
    void = on(theirs, action="void")
    world = knowing(theirs, user_id=MARIA, roles={NORTH: "lead"})

    first, again = decided(world, void, void)

    assert first.outcome == "applied"
    assert (again.outcome, again.record) == ("duplicate", None)


# Membership and schema


@pytest.mark.parametrize("make", [an_operation, a_person_operation])
def test_a_team_that_one_was_never_in_is_not_authorised(make: Any) -> None:
    member, stranger = decided(a_world(), make(team_id=NORTH), make(team_id=EAST))

    assert member.outcome == "applied"
    assert (stranger.outcome, stranger.reason, stranger.retry) == ("rejected", "not_authorised", "never")


def test_a_newer_schema_is_rejected_for_later_even_if_nothing_else_of_it_can_be_read() -> None:
    today, newer = decided(a_world(), an_operation(), an_operation(schema=2, set={"new": "field"}, new=True))

    assert today.outcome == "applied"
    assert (newer.outcome, newer.reason, newer.retry) == ("rejected", "schema_newer", "later")


@pytest.mark.parametrize("make", [an_operation, a_person_operation])
def test_work_for_a_team_that_one_has_left_is_kept_as_a_conflict(make: Any) -> None:
    member, leaver = decided(a_world(), make(team_id=NORTH), make(team_id=SOUTH))

    assert member.outcome == "applied"
    assert brief(leaver) == ("conflict", "not_member")
    assert leaver.record is None


# Create


def test_a_create_of_a_thing_that_exists_is_a_conflict_that_shows_ones_own() -> None:
    mine = an_entry(author_id=SAM)

    fresh, taken = decided(knowing(mine), an_operation(), an_operation(thing_id=mine.id))

    assert fresh.outcome == "applied"
    assert brief(taken) == ("conflict", "exists")
    assert taken.record == mine


def test_a_create_of_a_thing_that_exists_does_not_show_anothers() -> None:
    theirs = an_entry(author_id=PRIYA)

    (taken,) = decided(knowing(theirs), an_operation(thing_id=theirs.id))

    assert (taken.outcome, taken.reason, taken.record) == ("conflict", "exists", None)


@pytest.mark.parametrize(
    ("team_id", "shown"), [(NORTH, True), (EAST, False)], ids=["of a team of ours", "of another team"]
)
def test_a_create_of_a_person_who_exists_shows_those_of_ones_own_teams(team_id: UUID, shown: bool) -> None:
    there = a_person(team_id=team_id)
    world = a_world(persons={there.id: there})

    fresh, taken = decided(world, a_person_operation(), a_person_operation(thing_id=there.id))

    assert fresh.outcome == "applied"
    assert brief(taken) == ("conflict", "exists")
    assert (taken.record == there) is shown


@pytest.mark.parametrize(
    ("changes", "settings", "rule"),
    [
        ({"happened_on": "2026-11-21"}, {}, "future_date"),
        ({"happened_on": "2026-09-20"}, {}, "too_far_back"),
        ({"details": SIGNPOSTING}, {"kinds": ()}, "retired"),
        ({"person_id": str(UUID(int=7))}, {"person_codes": "off"}, "person_codes_off"),
        ({}, {"person_codes": "required"}, "person_required"),
    ],
)
def test_a_create_that_breaks_a_rule_is_kept_as_a_conflict(
    changes: dict[str, Any], settings: dict[str, Any], rule: str
) -> None:
    service = ServiceSettings(**settings)

    (plain,) = decided(a_world(), an_operation())
    (broken,) = decided(a_world(settings=service), an_operation(set=a_set(**changes)))

    assert plain.outcome == "applied"
    assert brief(broken) == ("conflict", f"rule:{rule}")


def test_a_create_may_take_the_id_of_a_create_that_only_ever_was_a_conflict() -> None:
    tomorrow = an_operation(set=a_set(happened_on="2026-11-21"))
    right = an_operation(thing_id=tomorrow["thing_id"], closes=tomorrow["id"])

    first, second = decided(a_world(), tomorrow, right)

    assert brief(first) == ("conflict", "rule:future_date")
    assert (second.outcome, second.version) == ("applied", 1)


def test_a_note_is_rejected_while_the_service_takes_none() -> None:
    create = an_operation(set=a_set(note="Went well"))

    (off,) = decided(a_world(), create)
    (short,) = decided(a_world(settings=ServiceSettings(notes="short")), create)

    assert (off.outcome, off.reason, off.retry) == ("rejected", "notes_off", "never")
    assert off.problems == (Problem(code="not_allowed", field="set.note"),)
    assert short.outcome == "applied"


@pytest.mark.parametrize(
    ("change", "outcome"), [({"minutes": 5}, "applied"), ({"note": None}, "applied"), ({"note": "New"}, "rejected")]
)
def test_an_entry_with_an_older_note_can_still_be_amended(change: dict[str, Any], outcome: str) -> None:
    noted = an_entry(note="From before")

    (result,) = decided(knowing(noted), on(noted, set=change))

    assert result.outcome == outcome


# Amend


@pytest.mark.parametrize(
    ("there", "settings", "reason", "shown"),
    [
        (None, {}, "unknown_entry", False),
        ({"author_id": PRIYA}, {}, "unknown_entry", False),
        ({"team_id": EAST}, {}, "unknown_entry", False),
        ({"state": "void"}, {}, "entry_void", True),
        ({"version": 2}, {}, "version", True),
        ({"state": "void", "version": 2}, {}, "entry_void", True),
        ({}, {"person_codes": "required"}, "rule:person_required", True),
        ({}, {}, None, False),
    ],
    ids=["not there", "a colleague's", "of another team", "void", "changed", "void and changed", "rule", "fits"],
)
def test_an_amend_applies_to_an_active_entry_of_ones_own_in_the_version_that_was_seen(
    there: dict[str, Any] | None, settings: dict[str, Any], reason: str | None, shown: bool
) -> None:
    entries = [] if there is None else [an_entry(**({"id": UUID(int=5)} | there))]
    amend = an_operation(action="amend", thing_id=UUID(int=5), base=1, set={"minutes": 50})

    (result,) = decided(knowing(*entries, settings=ServiceSettings(**settings)), amend)

    assert brief(result) == (("conflict", reason) if reason else ("applied", None))
    if reason:
        assert result.record == (entries[0] if shown else None)


def test_what_is_not_to_be_seen_is_answered_as_what_is_not_there() -> None:
    theirs = an_entry(author_id=PRIYA)
    amend = on(theirs, set={"minutes": 5})

    (hidden,) = decided(knowing(theirs), amend)
    (missing,) = decided(a_world(), amend)

    assert hidden == missing


def test_a_lead_may_void_but_not_amend_what_a_worker_logged() -> None:
    theirs = an_entry(author_id=SAM)
    lead = knowing(theirs, user_id=MARIA, roles={NORTH: "lead"})

    amended, voided, unvoided = decided(
        lead, on(theirs, set={"minutes": 5}), on(theirs, action="void"), on(theirs, action="unvoid")
    )

    assert (amended.outcome, amended.reason, amended.retry) == ("rejected", "not_authorised", "never")
    assert (voided.outcome, voided.version) == ("applied", 2)
    assert (unvoided.outcome, unvoided.version) == ("applied", 3)


def test_an_amend_of_one_answer_leaves_the_day_and_the_kind_unjudged() -> None:
    """The entry was logged in time, and its kind was on offer then."""
    old = an_entry(happened_on="2026-01-05")
    world = knowing(old, settings=ServiceSettings(kinds=()))

    (plain,) = decided(world, on(old, set={"minutes": 50}))
    (moved,) = decided(world, on(old, base=2, set={"happened_on": "2026-01-06"}))

    assert plain.outcome == "applied"
    assert brief(moved) == ("conflict", "rule:too_far_back")


# Void and unvoid


@pytest.mark.parametrize("action", ["void", "unvoid"])
@pytest.mark.parametrize("theirs", [False, True])
def test_void_and_unvoid_of_what_is_not_there_or_not_to_be_seen_is_unknown(action: str, theirs: bool) -> None:
    entry = an_entry(author_id=PRIYA)

    (result,) = decided(knowing(entry) if theirs else a_world(), on(entry, action=action))

    assert (result.outcome, result.reason, result.record) == ("conflict", "unknown_entry", None)


@pytest.mark.parametrize(("action", "state"), [("void", "active"), ("unvoid", "void")])
def test_void_and_unvoid_apply_whatever_the_base(action: str, state: str) -> None:
    entry = an_entry(state=state, version=5)

    (result,) = decided(knowing(entry), on(entry, action=action, base=2))

    assert (result.outcome, result.version, result.noop) == ("applied", 6, False)


@pytest.mark.parametrize(("action", "state"), [("void", "void"), ("unvoid", "active")])
def test_what_is_so_already_is_applied_without_a_new_version(action: str, state: str) -> None:
    entry = an_entry(state=state, version=5)
    world = knowing(entry)

    (result,) = decided(world, on(entry, action=action))

    assert (result.outcome, result.version, result.noop) == ("applied", 5, True)
    assert world.entries[entry.id] == entry


# Persons


def test_a_person_is_amended_in_the_version_that_was_seen() -> None:
    create = a_person_operation()

    made, amended, late = decided(
        a_world(), create, after(create, set={"code": "WREN-3"}), after(create, set={"code": "LARK-1"})
    )

    assert [made.version, amended.version] == [1, 2]
    assert brief(late) == ("conflict", "version")
    assert late.record == amended.record


@pytest.mark.parametrize("team_id", [None, EAST])
def test_a_person_of_another_team_is_as_unknown_as_one_who_is_not_there(team_id: UUID | None) -> None:
    there = a_person(team_id=team_id) if team_id else a_person()
    world = a_world(persons={there.id: there} if team_id else {})
    amend = a_person_operation(action="amend", thing_id=there.id, base=1, set={"code": "WREN-3"})

    (result,) = decided(world, amend)

    assert (result.outcome, result.reason, result.record) == ("conflict", "unknown_entry", None)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"code": "943 476 5919"}, "looks_like_an_identifier", "set.code"),
        ({"code": "Anna Smith"}, "looks_like_a_name", "set.code"),
        ({"code": ""}, "too_short", "set.code"),
        ({"started_on": "2026-02-01", "ended_on": "2026-01-01"}, "from_after_to", "set.ended_on"),
    ],
)
def test_a_person_as_nobody_should_be_written_is_unreadable(change: dict[str, Any], code: str, field: str) -> None:
    right, wrong = decided(a_world(), a_person_operation(), a_person_operation(set={"code": "KITE-12"} | change))

    assert right.outcome == "applied"
    assert [(problem.code, problem.field) for problem in wrong.problems] == [(code, field)]


def test_persons_are_a_conflict_while_the_service_keeps_none() -> None:
    (result,) = decided(a_world(settings=ServiceSettings(person_codes="off")), a_person_operation())

    assert brief(result) == ("conflict", "rule:person_codes_off")


def test_merging_is_one_step_deep_and_never_in_a_circle() -> None:
    kite, wren, lark = (a_person_operation(set={"code": code}) for code in ("KITE-1", "WREN-3", "LARK-1"))
    elsewhere = a_person(team_id=EAST)
    world = a_world(persons={elsewhere.id: elsewhere})
    decided(world, kite, wren, lark)

    def merged(one: dict[str, Any], base: int, into: object) -> str | None:
        (result,) = decided(world, after(one, base=base, set={"merged_into": str(into) if into else None}))
        assert (result.outcome == "applied") is (result.reason is None)
        return result.reason

    assert merged(kite, 1, kite["thing_id"]) == "rule:merge", "into oneself"
    assert merged(kite, 1, UUID(int=99)) == "rule:merge", "into nobody"
    assert merged(kite, 1, elsewhere.id) == "rule:merge", "into another team's"
    assert merged(kite, 1, wren["thing_id"]) is None
    assert merged(wren, 1, lark["thing_id"]) == "rule:merge", "one that others were merged into"
    assert merged(lark, 1, kite["thing_id"]) == "rule:merge", "into an alias"
    assert merged(kite, 2, None) is None, "a merge can be taken back"
    assert merged(wren, 1, lark["thing_id"]) is None, "and then nobody is merged into this one any more"
    del world.persons[UUID(lark["thing_id"])]  # A batch that says nothing of merging does not load the other.
    (renamed,) = decided(world, after(wren, base=2, set={"code": "WREN-4"}))
    assert renamed.outcome == "applied", "an alias stays one while something else is amended"


# Order


def test_each_fault_hides_the_ones_after_it() -> None:
    """One operation with every fault; taken away one by one, the next line of the decision answers."""
    stored = an_entry(state="void", version=3)
    known = an_operation()
    world = knowing(
        stored, roles={NORTH: "worker"}, left=frozenset({SOUTH}), settings=ServiceSettings(person_codes="required")
    )
    decided(world, known | {"set": a_set(person_id=str(UUID(int=7)))})
    bad = {"set": {"minutes": "50"}}
    worst = known | bad | {"action": "amend", "thing_id": str(uuid7()), "team_id": str(EAST), "schema": 1, "base": 9}

    found = []
    for mending in (
        {},
        {"set": {"minutes": 50}},
        {"id": str(uuid7()), "schema": 2},
        {"team_id": str(SOUTH)},
        {"schema": 1},
        {"team_id": str(NORTH)},
        {"thing_id": str(stored.id)},
    ):
        worst = worst | mending
        (result,) = decided(world, worst)
        found.append(result.reason)
    world.entries[stored.id] = msgspec.structs.replace(stored, state="active")
    for mending in ({"id": str(uuid7())}, {"id": str(uuid7()), "base": 3}):
        worst = worst | mending
        (result,) = decided(world, worst)
        found.append(result.reason)

    assert found == [
        "unreadable",
        "id_reused",
        "not_authorised",
        "schema_newer",
        "not_member",
        "id_reused",
        "id_reused",
        "version",
        "rule:person_required",
    ]


def test_each_stored_operation_has_the_next_number_of_its_team_and_rejected_ones_have_none() -> None:
    world = a_world(roles={NORTH: "worker", SOUTH: "worker"}, left=frozenset())
    numbers = {NORTH: 40, SOUTH: 7}
    batch = [
        an_operation(),
        an_operation(team_id=SOUTH),
        an_operation(set=a_set(minutes=-1)),
        an_operation(set=a_set(happened_on="2026-11-21")),
        a_person_operation(team_id=SOUTH),
    ]

    verdicts = judge([reading(one) for one in batch], world, numbers)

    assert [verdict.result.seq for verdict in verdicts] == [41, 8, None, 42, 9]
    assert [verdict.seq for verdict in verdicts if verdict.stored] == [41, 8, 42, 9]
    assert numbers == {NORTH: 42, SOUTH: 9}


def test_what_the_database_refuses_is_rejected_for_later() -> None:
    result = rejected_for_now(reading(an_operation())).result

    assert (result.outcome, result.reason, result.retry) == ("rejected", "not_stored", "later")


def test_the_rules_know_no_more_of_the_present_than_they_are_told() -> None:
    create = an_operation(set=a_set(happened_on="2030-11-01"))

    (today,) = decided(a_world(), create)
    (later,) = decided(a_world(today=Today(date=TODAY.replace(year=2030), settings=ServiceSettings())), create)

    assert brief(today) == ("conflict", "rule:future_date")
    assert later.outcome == "applied"
