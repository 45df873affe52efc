"""Whatever is sent, in whatever order and pieces: the promises of the decision that hold for every batch."""

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.fold import fold
from domain.judge import judge
from domain.operation import EntryOperation, Result
from domain.problems import CODES
from domain.reading import read
from domain.settling import words_of
from domain.verdict import Verdict
from domain.world import World
from tests.make import MARIA, NORTH, PRIYA, SAM, SIGNPOSTING, a_person_operation, a_set, a_world, an_operation, reading

THINGS = [UUID(int=n) for n in (1, 2, 3)]
changes = st.fixed_dictionaries(
    {},
    optional={
        "minutes": st.none() | st.integers(-1, 90),
        "mode": st.sampled_from([None, "phone", "video"]),
        "attendance": st.sampled_from([None, "attended", "did_not_attend"]),
        "happened_on": st.sampled_from(["2026-11-20", "2026-11-01", "2026-12-01"]),
        "started_at": st.sampled_from([None, "09:30"]),
        "details": st.sampled_from([{"kind": "one_to_one"}, SIGNPOSTING, {"person_led": "shared"}, {"items": []}]),
    },
)


person_changes = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["KITE-12", "WREN-3", "Anna Smith"]),
        "merged_into": st.sampled_from([None, *map(str, THINGS)]),
    },
)


@st.composite
def entry_operations(draw: st.DrawFn) -> dict[str, Any]:
    """Any operation on one of three entries, by somebody who may guess the version or not."""
    action = draw(st.sampled_from(["create", "amend", "amend", "void", "unvoid"]))
    operation = an_operation(action=action, thing_id=draw(st.sampled_from(THINGS)), base=draw(st.integers(0, 4)))
    if action == "create":
        operation["set"] = a_set() | draw(changes)
    elif action == "amend":
        operation["set"] = draw(changes)
    return operation


@st.composite
def person_operations(draw: st.DrawFn) -> dict[str, Any]:
    """Any operation on one of three persons."""
    action = draw(st.sampled_from(["create", "amend"]))
    change = ({"code": "KITE-12"} if action == "create" else {}) | draw(person_changes)
    return a_person_operation(
        action=action, thing_id=draw(st.sampled_from(THINGS)), base=draw(st.integers(0, 3)), set=change
    )


@st.composite
def some(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A batch in which one or the other names an earlier operation as settled, perhaps in the same words."""
    batch = draw(st.lists(entry_operations() | person_operations(), max_size=14))
    for place, operation in enumerate(batch[1:], 1):
        earlier = batch[draw(st.integers(0, place - 1))]
        how = draw(st.sampled_from(["not", "not", "on the same thing", "in the same words", "by nothing else"]))
        if how != "not":
            operation |= {name: earlier[name] for name in ("thing", "thing_id", "action")} | {"closes": earlier["id"]}
            operation["set"] = dict(earlier.get("set", {}))
        if how == "on the same thing":
            operation["reason"] = "Another"
        elif how == "by nothing else" and earlier["thing"] == "entry":
            operation |= {"action": "amend", "set": {}}
    return batch


batches = some()


def judged(world: World, *operations: dict[str, Any]) -> list[Verdict]:
    """The decisions on one batch."""
    return judge([reading(operation) for operation in operations], world, defaultdict(int))


@given(batches)
def test_an_entry_is_the_fold_of_its_applied_operations_and_its_version_counts_them(
    batch: list[dict[str, Any]],
) -> None:
    world = a_world()
    verdicts = judged(world, *batch)

    applied: dict[UUID, list[tuple[EntryOperation, UUID]]] = defaultdict(list)
    for verdict in verdicts:
        operation = verdict.reading.operation
        if verdict.result.outcome == "applied" and not verdict.result.noop and isinstance(operation, EntryOperation):
            applied[operation.thing_id].append((operation, SAM))
    assert world.entries == {thing: fold(done) for thing, done in applied.items()}
    assert {thing: entry.version for thing, entry in world.entries.items()} == {
        thing: len(done) for thing, done in applied.items()
    }


@given(batches, st.randoms(use_true_random=False))
def test_whatever_is_sent_again_in_whatever_order_gets_its_first_outcome_and_changes_nothing(
    batch: list[dict[str, Any]], random: Any
) -> None:
    world = a_world()
    first = {verdict.result.id: verdict.result for verdict in judged(world, *batch) if verdict.stored}
    kept = [one for one in batch if UUID(one["id"]) in first]
    entries, persons = dict(world.entries), dict(world.persons)

    again = kept + [one for one in kept if random.random() < 0.5]
    random.shuffle(again)
    results = [verdict.result for verdict in judged(world, *again)]

    assert len(results) == len(again)
    for result in results:
        was = first[result.id]
        assert (result.outcome, result.first) == ("duplicate", was.outcome)
        assert (result.reason, result.version, result.seq) == (was.reason, was.version, was.seq)
    assert (world.entries, world.persons) == (entries, persons)


@given(batches, st.integers(0, 14))
def test_where_a_batch_is_cut_makes_no_difference(batch: list[dict[str, Any]], cut: int) -> None:
    """A phone on a slow link sends the same operations in smaller pieces; the server loads anew what each touches."""
    whole = judged(a_world(), *batch)

    kept, numbers = a_world(), defaultdict[UUID, int](int)
    first = judge([reading(one) for one in batch[:cut]], kept, numbers)
    loaded = a_world(
        known=kept.known,
        entries=kept.entries,
        persons=kept.persons,
        aliases={one.id: one.merged_into for one in kept.persons.values() if one.merged_into},
        conflicts=kept.conflicts,
    )
    second = judge([reading(one) for one in batch[cut:]], loaded, numbers)

    assert [verdict.result for verdict in first + second] == [verdict.result for verdict in whole]


@given(batches, st.lists(st.sampled_from([SAM, PRIYA, MARIA]), min_size=14, max_size=14))
def test_whoever_sends_what_the_words_make_the_entry_and_a_conflict_is_closed_once(
    batch: list[dict[str, Any]], senders: list[UUID]
) -> None:
    """Two workers and a lead take turns at the same entries."""
    world, numbers = a_world(), defaultdict[UUID, int](int)
    applied: dict[UUID, list[tuple[EntryOperation, UUID]]] = defaultdict(list)
    for one, sender in zip(batch, senders, strict=False):
        world.user_id, world.roles = sender, {NORTH: "lead" if sender == MARIA else "worker"}
        before = {key: conflict for key, conflict in world.conflicts.items() if conflict.open}
        (verdict,) = judge([reading(one)], world, numbers)
        operation, result = verdict.reading.operation, verdict.result
        closed = {key: conflict for key, conflict in before.items() if not world.conflicts[key].open}
        assert list(closed) == ([verdict.closes] if verdict.closes else [])
        for key, conflict in closed.items():
            assert operation is not None
            assert (result.outcome, operation.closes) == ("applied", key)
            assert conflict.operation.thing_id == operation.thing_id
            assert sender in (conflict.author_id, MARIA)
        if result.outcome == "applied" and not result.noop and isinstance(operation, EntryOperation):
            applied[operation.thing_id].append((operation, words_of(verdict.settles, sender)))
        if verdict.after is not None and verdict.after.author_id != sender:
            assert operation is not None
            accepts = verdict.settles is not None and verdict.settles.accepts
            assert sender == MARIA
            assert accepts or operation.action in ("void", "unvoid"), "a lead amends nothing of others in other words"
    assert world.entries == {thing: fold(done) for thing, done in applied.items()}


@given(batches)
def test_no_alias_ever_points_at_an_alias(batch: list[dict[str, Any]]) -> None:
    world = a_world()
    judged(world, *batch)

    for person in world.persons.values():
        if person.merged_into is not None:
            assert world.persons[person.merged_into].merged_into is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def mangled(draw: st.DrawFn) -> Any:
    """An operation of which one part is anything at all."""
    operation = draw(entry_operations() | person_operations())
    where: dict[str, Any] = operation
    if draw(st.booleans()) and "set" in operation:
        where = operation["set"] = dict(operation["set"])
    where[draw(st.sampled_from([*where, "surprise"]))] = draw(anything)
    return operation


@given(st.lists(anything | mangled(), max_size=6))
def test_whatever_is_sent_each_element_gets_one_answer_that_can_be_written(elements: list[Any]) -> None:
    encoded = [json.dumps(element).encode("utf-8", "surrogatepass") for element in elements]

    results = [verdict.result for verdict in judge([read(one) for one in encoded], a_world(), defaultdict(int))]

    assert len(results) == len(elements)
    for result in results:
        assert result.outcome in ("applied", "conflict", "duplicate", "rejected")
        assert (result.outcome == "rejected") == (result.retry is not None)
        assert all(problem.code in CODES for problem in result.problems)
        assert msgspec.json.decode(msgspec.json.encode(result), type=Result) == result
