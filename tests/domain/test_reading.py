"""What cannot be read is rejected alone, with the field; white space and the order of keys make no other operation."""

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.judge import judge
from domain.operation import Result
from domain.problems import Problem
from domain.reading import Reading, read
from tests.make import a_person_operation, a_set, a_world, after, an_operation, reading


def answer(raw: bytes) -> Result:
    """What one element of a push is answered by a server that knows nothing yet."""
    (verdict,) = judge([read(raw)], a_world(), defaultdict(int))
    return verdict.result


@pytest.mark.parametrize("element", [None, True, 7, "text", [], {}, {"id": "no id"}, {"id": None}])
def test_an_element_without_an_id_is_rejected_with_id_null(element: Any) -> None:
    result = answer(msgspec.json.encode(element))

    assert (result.id, result.outcome, result.reason) == (None, "rejected", "unreadable")
    assert result.retry == "after_update"


@pytest.mark.parametrize("raw", [b"", b"{", b"nothing", b'{"id": "\\ud800"}', b'{"n": 1e400}', b"9" * 5000])
def test_what_is_no_json_is_rejected_with_id_null(raw: bytes) -> None:
    result = answer(raw)

    assert (result.id, result.outcome, result.problems) == (None, "rejected", (Problem(code="unreadable"),))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"action": "transfer"}, "not_an_option", "action"),
        ({"thing": "group"}, "not_an_option", "thing"),
        ({"thing_id": "no id"}, "not_an_id", "thing_id"),
        ({"team_id": None}, "not_null", "team_id"),
        ({"schema": 0}, "too_small", "schema"),
        ({"schema": "1"}, "not_an_integer", "schema"),
        ({"n": 0}, "too_small", "n"),
        ({"base": -1}, "too_small", "base"),
        ({"base": 10**30}, "too_large", "base"),
        ({"utc_offset_min": 841}, "too_large", "utc_offset_min"),
        ({"zone": ""}, "too_short", "zone"),
        ({"zone": "Europe/\u202eLondon"}, "wrong_form", "zone"),
        ({"zone": "Europe/London\n"}, "wrong_form", "zone"),
        ({"zone": "+01:00"}, "wrong_form", "zone"),
        ({"zone": "the one where I live"}, "wrong_form", "zone"),
        ({"zone": "Europe//London"}, "wrong_form", "zone"),
        ({"zone": "E" * 65}, "too_long", "zone"),
        ({"action": "void"}, "nothing_to_set", "set"),
        ({"action": "unvoid"}, "nothing_to_set", "set"),
        ({"reason": "x" * 61}, "too_long", "reason"),
        ({"reason": "\x00"}, "bad_text", "reason"),
        ({"surprise": 1}, "unknown_field", "surprise"),
        ({"set": a_set(surprise=1)}, "unknown_field", "set.surprise"),
        ({"set": a_set(minutes="45")}, "not_an_integer", "set.minutes"),
        ({"set": a_set(minutes=45.5)}, "not_an_integer", "set.minutes"),
        ({"set": a_set(minutes=True)}, "not_an_integer", "set.minutes"),
        ({"set": a_set(happened_on="20 November")}, "not_a_date", "set.happened_on"),
        ({"set": a_set(started_at="24:00")}, "wrong_form", "set.started_at"),
        ({"set": a_set(started_at="09:30\n")}, "too_long", "set.started_at"),
        ({"set": a_set(started_at="0\u0663:30")}, "wrong_form", "set.started_at"),
        ({"set": a_set(mode="by_carrier_pigeon")}, "not_an_option", "set.mode"),
        ({"set": a_set(note="\ufeffhidden")}, "bad_text", "set.note"),
        ({"set": a_set(details={"kind": "séance"})}, "unknown_kind", "set.details.kind"),
        ({"set": a_set(details={"kind": "one_to_one", "surprise": 1})}, "unknown_field", "set.details.surprise"),
        (
            {"set": a_set(details={"kind": "discharge_support", "stage": "post_discharge", "ward_label": "\u2066"})},
            "bad_text",
            "set.details.ward_label",
        ),
    ],
)
def test_an_operation_that_cannot_be_read_says_which_field(changes: dict[str, Any], code: str, field: str) -> None:
    create = an_operation()

    wrong, right = answer(msgspec.json.encode(create | changes)), answer(msgspec.json.encode(create))

    assert (wrong.outcome, wrong.reason, wrong.retry) == ("rejected", "unreadable", "after_update")
    assert [(problem.code, problem.field) for problem in wrong.problems] == [(code, field)]
    assert wrong.id == UUID(create["id"])
    assert right.outcome == "applied"


@pytest.mark.parametrize("action", ["void", "unvoid"])
@pytest.mark.parametrize("changes", [{}, {"set": {}}])
def test_a_void_that_sets_nothing_may_say_so(action: str, changes: dict[str, Any]) -> None:
    assert reading(an_operation(action=action, **changes)).problems == ()


@pytest.mark.parametrize("zone", ["Europe/London", "UTC", "Etc/GMT+5", "America/Argentina/ComodRivadavia", "GB-Eire"])
def test_the_name_of_any_zone_is_taken_whether_or_not_the_server_knows_it(zone: str) -> None:
    assert reading(an_operation(zone=zone)).problems == ()


@pytest.mark.parametrize("action", ["void", "unvoid"])
def test_a_person_can_be_created_and_amended_and_nothing_else(action: str) -> None:
    person = a_person_operation()

    amended, voided = (reading(after(person, action=one)) for one in ("amend", action))

    assert amended.problems == ()
    assert voided.problems == (Problem(code="not_for_persons", field="action"),)


def test_the_hash_is_of_the_meaning_and_not_of_the_spelling() -> None:
    operation = an_operation()
    spaced = json.dumps(dict(reversed(operation.items())), indent=3).encode()
    escaped = msgspec.json.encode(operation).replace(b"Europe", b"\\u0045urope")
    other = msgspec.json.encode(operation | {"set": a_set(minutes=46)})

    assert {read(raw).sha256 for raw in (spaced, escaped)} == {reading(operation).sha256}
    assert read(other).sha256 != reading(operation).sha256


def test_an_operation_of_a_newer_app_is_read_as_far_as_it_goes() -> None:
    newer = an_operation(schema=2, set={"new": "field"}, new=True)

    found = reading(newer)

    assert (found.id, found.schema, found.team_id) == (UUID(newer["id"]), 2, UUID(newer["team_id"]))
    assert found.operation is None
    assert found.problems == ()


def test_an_unread_element_is_never_a_reading_of_an_operation() -> None:
    assert read(b"{}") == Reading(None, read(b"{}").sha256, b"{}", problems=(Problem(code="required", field="id"),))
