"""The ordered decision: what becomes of each operation of a push, given what the batch touches.

Nothing is refused that can be kept. `applied` and `conflict` are stored; `rejected` stays on the phone.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import msgspec

from domain.entry import SCHEMA, Entry
from domain.fold import entry_after, person_after, reflection_after
from domain.operation import EntryOperation, PersonOperation, Record, ReflectionOperation, Result, Retry
from domain.people import Person
from domain.problems import Problem, Refused
from domain.reading import Reading
from domain.reflection import Reflection
from domain.rules import entry_problems, entry_rules, may_merge_into, person_problems, person_rule
from domain.settling import WAIVED, only_settles, words_of
from domain.verdict import Verdict
from domain.world import Known, World


def judge(readings: Iterable[Reading], world: World, numbers: dict[UUID, int]) -> list[Verdict]:
    """Decides a batch in the order sent; each decision sees the ones before it.

    `numbers` holds the last `seq` of each team and is counted up for each stored operation.
    """
    verdicts = []
    for reading in readings:
        verdict = _decide(reading, world)
        if verdict.stored:
            verdict = _number(verdict, world, numbers)
            world.carry(verdict)
        verdicts.append(verdict)
    return verdicts


def forged(readings: Iterable[Reading]) -> list[Verdict]:
    """The answer to a push in the name of another user: none of it is stored."""
    return [_unread(reading) if reading.problems else _rejected(reading, "forged", "never") for reading in readings]


def rejected_for_now(reading: Reading) -> Verdict:
    """The answer to an operation whose data the database refuses: it stays on the phone and may be sent again."""
    return _rejected(reading, "not_stored", "later")


def _decide(reading: Reading, world: World) -> Verdict:
    if reading.problems or reading.id is None:
        return _unread(reading)
    if known := world.known.get(reading.id):
        return _again(reading, known, world)
    assert reading.team_id is not None
    if reading.team_id not in world.roles and reading.team_id not in world.left:
        return _rejected(reading, "not_authorised", "never")
    if reading.schema > SCHEMA:
        return _rejected(reading, "schema_newer", "later")
    operation = reading.operation
    assert operation is not None
    if operation.team_id not in world.roles:
        return _conflict(reading, "not_member")
    try:
        if isinstance(operation, EntryOperation):
            return _entry(reading, operation, world)
        if isinstance(operation, ReflectionOperation):
            return _reflection(reading, operation, world)
        return _person(reading, operation, world)
    except Refused as refusal:
        return _rejected(reading, "unreadable", "after_update", refusal.problems)


def _entry(reading: Reading, operation: EntryOperation, world: World) -> Verdict:
    stored = world.entries.get(operation.thing_id)
    seen = stored if stored is not None and _visible(stored, operation, world) else None
    settles = world.settles(operation)
    if settles is not None and only_settles(operation, settles):
        return _noop(reading, seen)
    if operation.action == "create":
        if stored is not None:
            return _conflict(reading, "exists", stored if stored.author_id == world.user_id else None)
        return _kept(reading, operation, None, world)
    if seen is None:
        # What only ever was a conflict is let go by voiding it.
        let_go = settles is not None and operation.action == "void"
        return _noop(reading) if let_go else _conflict(reading, "unknown_entry")
    if operation.action == "amend":
        if seen.author_id != words_of(settles, world.user_id):
            return _rejected(reading, "not_authorised", "never")
        if seen.state == "void":
            return _conflict(reading, "entry_void", seen)
        if seen.version != operation.base:
            return _conflict(reading, "version", seen)
        return _kept(reading, operation, seen, world)
    if (seen.state == "void") == (operation.action == "void"):
        return _noop(reading, seen)
    after = entry_after(seen, operation, world.user_id)
    return _applied(reading, before=seen, after=after)


def _visible(stored: Entry, operation: EntryOperation, world: World) -> bool:
    """Whether the sender may see the entry in the team named: one's own, and a lead any of the team."""
    return stored.team_id == operation.team_id and (
        stored.author_id == world.user_id or world.roles[operation.team_id] == "lead"
    )


def _kept(reading: Reading, operation: EntryOperation, stored: Entry | None, world: World) -> Verdict:
    """A create or an amend of the author's own entry, unless a rule speaks against what it makes."""
    settles = world.settles(operation)
    waived = WAIVED if settles is not None and settles.accepts else frozenset()
    after = entry_after(stored, operation, words_of(settles, world.user_id))
    if after.note and world.today.settings.notes == "off" and (stored is None or stored.note != after.note):
        return _rejected(reading, "notes_off", "never", (Problem(code="not_allowed", field="set.note"),))
    if problems := entry_problems(after):
        raise Refused(*problems)
    if rule := next((rule for rule in entry_rules(after, stored, world.today) if rule not in waived), None):
        return _conflict(reading, f"rule:{rule}", stored)
    return _applied(reading, before=stored, after=after)


def _person(reading: Reading, operation: PersonOperation, world: World) -> Verdict:
    stored = world.persons.get(operation.thing_id)
    settles = world.settles(operation)
    if settles is not None and only_settles(operation, settles):
        return _noop(reading, stored if stored is not None and stored.team_id == operation.team_id else None)
    if operation.action == "create" and stored is not None:
        return _conflict(reading, "exists", stored if stored.team_id in world.roles else None)
    if operation.action == "amend":
        if stored is None or stored.team_id != operation.team_id:
            return _conflict(reading, "unknown_entry")
        if stored.version != operation.base:
            return _conflict(reading, "version", stored)
    after = person_after(stored, operation)
    if problems := person_problems(after):
        raise Refused(*problems)
    merges = after.merged_into if stored is None or stored.merged_into != after.merged_into else None
    target = world.persons.get(merges) if merges else None
    if target is not None and target.team_id != after.team_id:
        target = None
    may_merge = merges is None or may_merge_into(after, target, after.id in world.aliases.values())
    if rule := person_rule(may_merge, world.today):
        return _conflict(reading, f"rule:{rule}", stored)
    return _applied(reading, person=after)


def _reflection(reading: Reading, operation: ReflectionOperation, world: World) -> Verdict:
    """As an entry is decided, without rules of day or service; to everybody but its author it is not there."""
    stored = world.reflections.get(operation.thing_id)
    mine = stored if stored is not None and stored.author_id == world.user_id else None
    seen = mine if mine is not None and mine.team_id == operation.team_id else None
    settles = world.settles(operation)
    if settles is not None and only_settles(operation, settles):
        return _noop(reading, seen)
    if operation.action == "create":
        if stored is not None:
            return _conflict(reading, "exists", mine)
    elif seen is None:
        let_go = settles is not None and operation.action == "void"
        return _noop(reading) if let_go else _conflict(reading, "unknown_entry")
    elif operation.action == "amend":
        if seen.state == "void":
            return _conflict(reading, "entry_void", seen)
        if seen.version != operation.base:
            return _conflict(reading, "version", seen)
    elif (seen.state == "void") == (operation.action == "void"):
        return _noop(reading, seen)
    return _applied(reading, reflection=reflection_after(seen, operation, world.user_id))


def _applied(
    reading: Reading,
    before: Entry | None = None,
    after: Entry | None = None,
    person: Person | None = None,
    reflection: Reflection | None = None,
) -> Verdict:
    record = after or person or reflection
    assert record is not None
    result = Result(id=reading.id, outcome="applied", version=record.version, record=record)
    return Verdict(result, reading, before, after, person, reflection)


def _noop(reading: Reading, record: Record | None = None) -> Verdict:
    """In effect without a change, because it is so already or because it only settles a conflict."""
    version = record.version if record is not None else None
    return Verdict(Result(id=reading.id, outcome="applied", version=version, noop=True, record=record), reading)


def _conflict(reading: Reading, reason: str, record: Record | None = None) -> Verdict:
    return Verdict(Result(id=reading.id, outcome="conflict", reason=reason, record=record), reading)


def _rejected(reading: Reading, reason: str, retry: Retry, problems: tuple[Problem, ...] = ()) -> Verdict:
    result = Result(id=reading.id, outcome="rejected", reason=reason, retry=retry, problems=problems)
    return Verdict(result, reading)


def _unread(reading: Reading) -> Verdict:
    return _rejected(reading, "unreadable", "after_update", reading.problems)


def _again(reading: Reading, known: Known, world: World) -> Verdict:
    """An id that the server has stored before: the first answer again, unless the bytes are others."""
    if known.sha256 != reading.sha256:
        return _rejected(reading, "id_reused", "never")
    entry, person = world.entries.get(known.thing_id), world.persons.get(known.thing_id)
    reflection = world.reflections.get(known.thing_id)
    record: Record | None = None
    if entry is not None and entry.author_id == world.user_id:
        record = entry
    elif person is not None and person.team_id in world.roles:
        record = person
    elif reflection is not None and reflection.author_id == world.user_id:
        record = reflection
    result = Result(
        id=reading.id,
        outcome="duplicate",
        first=known.outcome,
        reason=known.reason,
        version=known.version,
        seq=known.seq,
        record=record,
    )
    return Verdict(result, reading)


def _number(verdict: Verdict, world: World, numbers: dict[UUID, int]) -> Verdict:
    """A stored operation with its number, and with the conflict that it settles or tried to."""
    operation = verdict.reading.operation
    assert operation is not None
    numbers[operation.team_id] += 1
    result = msgspec.structs.replace(verdict.result, seq=numbers[operation.team_id])
    return replace(verdict, result=result, settles=world.settles(operation))
