"""Entries, persons and reflections are the fold of their applied operations: what one makes of what was there."""

from typing import Any
from uuid import UUID

from msgspec import UNSET, ValidationError, convert, to_builtins
from msgspec.structs import replace

from domain.entry import MET, Entry, EntryChange
from domain.kinds import Details, kind_of
from domain.operation import EntryOperation, PersonOperation, ReflectionOperation
from domain.people import Person, PersonChange
from domain.problems import Problem, Refused, problem_from_message
from domain.reflection import Reflection, ReflectionChange

_CLEARED: dict[str, Any] = {
    "travel_minutes": 0,
    "admin_minutes": 0,
    "attendance": "attended",
    "subject": "person",
    "others_present": (),
    "focus": (),
}
_WHEN = ("happened_on", "started_at")


def entry_after(entry: Entry | None, operation: EntryOperation, author_id: UUID) -> Entry:
    """The entry after an operation that applies to it; a create starts from None.

    Raises Refused where the result would not be an entry: a required answer missing, details that do not fit.
    """
    if operation.action in ("void", "unvoid"):
        assert entry is not None
        return replace(entry, state="void" if operation.action == "void" else "active", version=entry.version + 1)
    fields = _changes(operation.set)
    if "details" in fields:
        fields["details"] = _details(entry, fields["details"])
    attendance = fields.get("attendance", entry.attendance if entry else "attended")
    if attendance not in MET and fields.get("minutes") is None:
        fields["minutes"] = 0
    if entry is None:
        for name in ("happened_on", "details"):
            if name not in fields:
                raise Refused(Problem(code="required", field=f"set.{name}"))
        return Entry(
            id=operation.thing_id,
            team_id=operation.team_id,
            author_id=author_id,
            version=1,
            state="active",
            schema=operation.schema,
            zone=operation.zone,
            utc_offset_min=operation.utc_offset_min,
            **fields,
        )
    if any(name in fields for name in _WHEN):
        fields |= {"zone": operation.zone, "utc_offset_min": operation.utc_offset_min}
    return replace(entry, version=entry.version + 1, schema=max(entry.schema, operation.schema), **fields)


def person_after(person: Person | None, operation: PersonOperation) -> Person:
    """The person after an operation that applies; a create starts from None and needs a code."""
    fields = _changes(operation.set)
    if person is None:
        if "code" not in fields:
            raise Refused(Problem(code="required", field="set.code"))
        return Person(id=operation.thing_id, team_id=operation.team_id, version=1, **fields)
    return replace(person, version=person.version + 1, **fields)


def reflection_after(reflection: Reflection | None, operation: ReflectionOperation, author_id: UUID) -> Reflection:
    """The reflection after an operation that applies; a create starts from None and needs a day and sealed words."""
    if operation.action in ("void", "unvoid"):
        assert reflection is not None
        state: Any = "void" if operation.action == "void" else "active"
        return replace(reflection, state=state, version=reflection.version + 1)
    fields = _changes(operation.set)
    if reflection is not None:
        return replace(reflection, version=reflection.version + 1, **fields)
    for name in ("kept_on", "sealed"):
        if name not in fields:
            raise Refused(Problem(code="required", field=f"set.{name}"))
    return Reflection(
        id=operation.thing_id, team_id=operation.team_id, author_id=author_id, version=1, state="active", **fields
    )


def fold(operations: list[tuple[EntryOperation, UUID]]) -> Entry:
    """The entry that its applied operations make, oldest first, each with the user whose words it is."""
    entry: Entry | None = None
    for operation, author_id in operations:
        entry = entry_after(entry, operation, author_id)
    assert entry is not None
    return entry


def _changes(change: EntryChange | PersonChange | ReflectionChange) -> dict[str, Any]:
    """The fields that a change sets; null means the answer that an untouched form gives."""
    fields = {}
    for name in change.__struct_fields__:
        value = getattr(change, name)
        if value is not UNSET:
            fields[name] = _CLEARED.get(name) if value is None else value
    return fields


def _details(entry: Entry | None, changed: dict[str, Any]) -> Details:
    """Details after a change: merged key by key while the kind stays, else replaced; null clears a key."""
    old: dict[str, Any] = {}
    if entry is not None and changed.get("kind", kind_of(entry.details)) == kind_of(entry.details):
        old = to_builtins(entry.details)
    merged = {key: value for key, value in (old | changed).items() if value is not None}
    try:
        details: Details = convert(merged, Details)
        return details
    except ValidationError as refusal:
        raise Refused(problem_from_message(str(refusal), "set.details")) from refusal
