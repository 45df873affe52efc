"""Golden operations: what an app of each schema has sent stays readable, makes the same, and keeps its hash, for ever.

`tests/cases/operations-<schema>.json` holds them. What was sent and its hash are never changed there. A row leaves out
what is null or empty, so that a new optional answer does not touch it.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import msgspec
import pytest

from domain import reading
from domain.entry import SCHEMA, EntryChange
from domain.fold import entry_after, person_after, reflection_after
from domain.kinds import KINDS, Details, SignpostingItem
from domain.operation import Action, EntryOperation, PersonOperation, ReflectionOperation
from domain.people import PersonChange
from domain.problems import Problem
from domain.reading import read, read_stored
from domain.reflection import ReflectionChange
from domain.upgrades import STEPS, upgraded
from tests.make import a_set, an_operation

CASES = Path(__file__).parents[1] / "cases"
GOLDEN = {schema: json.loads((CASES / f"operations-{schema}.json").read_text()) for schema in range(1, SCHEMA + 1)}
THINGS = [
    pytest.param(golden["author_id"], thing["operations"], id=f"{schema}: {thing['name']}")
    for schema, golden in GOLDEN.items()
    for thing in golden["things"]
]
schemas = pytest.mark.parametrize("schema", GOLDEN)


def sent(schema: int) -> list[dict[str, Any]]:
    return [one["sent"] for thing in GOLDEN[schema]["things"] for one in thing["operations"]]


def said(value: Any) -> Any:
    """A row without what nobody has answered."""
    if isinstance(value, dict):
        return {key: said(inner) for key, inner in value.items() if inner is not None and inner != []}
    return [said(inner) for inner in value] if isinstance(value, list) else value


def test_every_schema_has_its_golden_operations_and_no_other_file_lies_there() -> None:
    assert {file.name for file in CASES.glob("operations-*.json")} == {f"operations-{schema}.json" for schema in GOLDEN}
    for schema, golden in GOLDEN.items():
        assert golden["schema"] == schema
        assert {one["schema"] for one in sent(schema)} == {schema}


@pytest.mark.parametrize(("author_id", "operations"), THINGS)
def test_a_golden_operation_is_read_and_makes_what_it_always_made(
    author_id: str, operations: list[dict[str, Any]]
) -> None:
    row: Any = None
    for one in operations:
        found = read(msgspec.json.encode(one["sent"]))
        assert found.problems == ()
        assert found.operation == read_stored(found.body.decode())
        if isinstance(found.operation, EntryOperation) and not one.get("noop"):
            row = entry_after(row, found.operation, UUID(author_id))
        elif isinstance(found.operation, PersonOperation) and not one.get("noop"):
            row = person_after(row, found.operation)
        elif isinstance(found.operation, ReflectionOperation) and not one.get("noop"):
            row = reflection_after(row, found.operation, UUID(author_id))
        assert said(json.loads(msgspec.json.encode(row))) == one["row"], one["sent"]


@pytest.mark.parametrize(("author_id", "operations"), THINGS)
def test_a_golden_operation_keeps_its_hash(author_id: str, operations: list[dict[str, Any]]) -> None:
    for one in operations:
        assert read(msgspec.json.encode(one["sent"])).sha256.hex() == one["sha256"], author_id


@schemas
def test_every_thing_kind_and_action_is_golden_with_every_answer_and_with_none(schema: int) -> None:
    of_entries: dict[str, set[tuple[Action, bool]]] = {kind: set() for kind in KINDS}
    of_persons = set()
    of_reflections = set()
    for thing in GOLDEN[schema]["things"]:
        first = thing["operations"][0]["sent"]
        for one in thing["operations"]:
            full = "closes" in one["sent"] and ("set" in one["sent"] or "reason" in one["sent"])
            if first["thing"] == "person":
                of_persons.add((one["sent"]["action"], full))
            elif first["thing"] == "reflection":
                of_reflections.add((one["sent"]["action"], full))
            else:
                of_entries[first["set"]["details"]["kind"]].add((one["sent"]["action"], full))

    everything = {(action, full) for action in get_args(Action) for full in (True, False)}
    assert of_entries == dict.fromkeys(KINDS, everything)
    assert of_persons == {one for one in everything if one[0] in ("create", "amend")}
    # A reflection gives no reason.
    assert of_reflections == of_persons | {("void", False), ("unvoid", False)}


@schemas
def test_every_answer_is_golden_given_and_where_it_can_be_cleared(schema: int) -> None:
    changes = [(one["thing"], one["set"]) for one in sent(schema) if "set" in one]
    given, cleared = set(), set()
    for thing, change in changes:
        kind = change.get("details", {}).get("kind", "")
        for where, answers in ((thing, change), (kind, change.get("details", {}))):
            given |= {(where, name) for name, answer in answers.items() if answer is not None}
            cleared |= {name for name, answer in answers.items() if answer is None}
    items = [item for _, change in changes for item in change.get("details", {}).get("items", ())]

    assert given >= set(fields("entry", EntryChange)) | set(fields("person", PersonChange))
    assert given >= set(fields("reflection", ReflectionChange))
    assert {name for item in items for name in item} == set(SignpostingItem.__struct_fields__)
    assert cleared >= set(EntryChange.__struct_fields__) - {"happened_on", "details"}
    assert cleared >= set(PersonChange.__struct_fields__) - {"code"}
    assert cleared >= set(ReflectionChange.__struct_fields__) - {"kept_on", "sealed"}
    for details in get_args(Details):
        assert given >= set(fields(details.__struct_config__.tag, details))
        assert cleared >= {field.name for field in msgspec.structs.fields(details) if not field.required}


def fields(where: str, struct: Any) -> Iterator[tuple[str, str]]:
    return ((where, name) for name in struct.__struct_fields__)


# Upgrades. There is only one schema today, so the steps are planted.


def shorter_names(value: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 says `minutes` for what schema 1 calls `length_in_minutes`."""
    changed = dict(value.get("set", {}))
    if "length_in_minutes" in changed:
        changed["minutes"] = changed.pop("length_in_minutes")
    return value | {"set": changed}


def ten_times(value: dict[str, Any]) -> dict[str, Any]:
    """Schema 3 counts in smaller steps. Before the other step there is nothing for it to change."""
    changed = dict(value["set"])
    changed["minutes"] *= 10
    return value | {"set": changed}


@pytest.fixture
def old() -> dict[str, Any]:
    return an_operation(set=a_set(minutes=None, length_in_minutes=4))


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """A server of schema 3."""
    chain = partial(upgraded, to=3, steps={1: shorter_names, 2: ten_times})
    monkeypatch.setattr(reading, "upgraded", chain)
    monkeypatch.setattr(reading, "SCHEMA", 3)
    return chain


def test_the_steps_are_walked_in_order_from_the_schema_of_the_operation(
    old: dict[str, Any], planted: Callable[..., dict[str, Any]]
) -> None:
    before = json.dumps(old)

    assert planted(old, 1)["set"]["minutes"] == 40
    assert planted(shorter_names(old), 2)["set"]["minutes"] == 40
    assert planted(ten_times(shorter_names(old)), 3)["set"]["minutes"] == 40
    assert json.dumps(old) == before


def test_a_step_that_is_missing_is_an_error_and_not_a_guess(old: dict[str, Any]) -> None:
    with pytest.raises(LookupError, match="from schema 2 to 3"):
        upgraded(old, 1, to=3, steps={1: shorter_names})


def test_todays_schema_has_a_step_from_every_older_one() -> None:
    assert STEPS.keys() == set(range(1, SCHEMA))
    with pytest.raises(LookupError):
        upgraded({}, SCHEMA, to=SCHEMA + 1)


@pytest.mark.usefixtures("planted")
def test_an_older_operation_is_read_in_todays_words_and_kept_in_its_own(old: dict[str, Any]) -> None:
    found = read(msgspec.json.encode(old))
    untouched = an_operation(schema=3, set=a_set(minutes=40))

    assert isinstance(found.operation, EntryOperation)
    assert (found.operation.set.minutes, found.operation.schema) == (40, 1)
    assert msgspec.json.decode(found.body) == old
    assert read_stored(found.body.decode()) == found.operation
    assert found.sha256 == hashlib.sha256(msgspec.json.encode(old, order="sorted")).digest(), "of what was sent"
    assert read(msgspec.json.encode(untouched)).operation == msgspec.convert(untouched, EntryOperation)


def test_words_of_an_older_schema_are_unknown_without_the_step(old: dict[str, Any]) -> None:
    assert read(msgspec.json.encode(old)).problems == (Problem(code="unknown_field", field="set.length_in_minutes"),)
