"""One catalogue of what can be wrong, and the reading of a decoder's message into a code of it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from msgspec import Meta, Struct

from domain.people import PersonChange
from domain.problems import CODES, Problem, Refused, problem_from_message
from domain.shape import CivilTime, Minutes

ROOT = Path(__file__).parents[2]


class Inner(Struct, forbid_unknown_fields=True):
    """Something of every sort."""

    number: Annotated[int, Meta(ge=1, le=9)] = 1
    text: Annotated[str, Meta(min_length=2, max_length=4)] = "abc"
    flag: bool = False
    when: Any = None
    clock: CivilTime = "09:30"
    choice: Literal["one", "two"] = "one"
    many: Annotated[tuple[int, ...], Meta(max_length=2)] = ()


class Outer(Struct):
    """Two levels, so that a path has more than one part."""

    inner: Inner
    id: UUID | None = None
    rows: list[Inner] = []
    by_name: dict[str, Minutes] = {}


class Dated(Struct):
    """A day that has to be there."""

    person: PersonChange


@pytest.mark.parametrize(
    ("shape", "text", "code", "field", "limit"),
    [
        (Outer, "{}", "required", "set.inner", None),
        (Outer, '{"inner": {"surprise": 1}}', "unknown_field", "set.inner.surprise", None),
        (Outer, '{"inner": {"choice": "three"}}', "not_an_option", "set.inner.choice", None),
        (Outer, '{"inner": {"number": 0}}', "too_small", "set.inner.number", 1),
        (Outer, '{"inner": {"number": 10}}', "too_large", "set.inner.number", 9),
        (Outer, '{"inner": {"number": 1000000000000000000000000000000}}', "too_large", "set.inner.number", 9),
        (Outer, '{"inner": {"number": "1"}}', "not_an_integer", "set.inner.number", None),
        (Outer, '{"inner": {"number": 1.5}}', "not_an_integer", "set.inner.number", None),
        (Outer, '{"inner": {"number": null}}', "not_null", "set.inner.number", None),
        (Outer, '{"inner": {"text": "abcde"}}', "too_long", "set.inner.text", 4),
        (Outer, '{"inner": {"text": "a"}}', "too_short", "set.inner.text", 2),
        (Outer, '{"inner": {"text": 7}}', "not_text", "set.inner.text", None),
        (Outer, '{"inner": {"flag": "no"}}', "not_a_boolean", "set.inner.flag", None),
        (Outer, '{"inner": {"many": 1}}', "not_a_list", "set.inner.many", None),
        (Outer, '{"inner": {"many": [1, 2, 3]}}', "too_long", "set.inner.many", 2),
        (Outer, '{"inner": {"many": [1, "2"]}}', "not_an_integer", "set.inner.many.1", None),
        (Outer, '{"inner": {"clock": "25:00"}}', "wrong_form", "set.inner.clock", None),
        (Outer, '{"inner": 7}', "not_an_object", "set.inner", None),
        (Outer, '{"inner": {}, "id": "none"}', "not_an_id", "set.id", None),
        (Outer, '{"inner": {}, "id": 7}', "not_an_id", "set.id", None),
        (Outer, '{"inner": {}, "rows": [{}, {"number": 0}]}', "too_small", "set.rows.1.number", 1),
        (Outer, '{"inner": {}, "by_name": {"x": -1}}', "too_small", "set.by_name....", 0),
        (Dated, '{"person": {"ended_on": "soon"}}', "not_a_date", "set.person.ended_on", None),
        (Dated, '{"person": {"ended_on": 7}}', "not_a_date", "set.person.ended_on", None),
        (Dated, "7", "not_an_object", "set", None),
    ],
)
def test_what_a_decoder_says_becomes_a_code_with_its_field_and_limit(
    shape: type, text: str, code: str, field: str, limit: int | None
) -> None:
    with pytest.raises(msgspec.ValidationError) as refusal:
        msgspec.json.decode(text, type=shape)

    assert problem_from_message(str(refusal.value), "set") == Problem(code=code, field=field, limit=limit)


def test_a_message_that_nobody_has_seen_before_is_unreadable_where_it_says() -> None:
    assert problem_from_message("Something new - at `$.set.minutes`") == Problem(code="unreadable", field="set.minutes")
    assert problem_from_message("Something new") == Problem(code="unreadable")
    assert problem_from_message("Something new", "set") == Problem(code="unreadable", field="set")


def test_a_refusal_says_what_is_wrong() -> None:
    refusal = Refused(Problem(code="required", field="set.mode"), Problem(code="not_json"))

    assert str(refusal) == "required set.mode, not_json"


def named_codes() -> Iterator[tuple[str, str]]:
    """Every code that the code names: `Problem(code=…)`, `Failed(status, …)`, `Unfit(status, …)`."""
    for file in sorted([*(ROOT / "api").rglob("*.py"), *(ROOT / "domain").rglob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if node.func.id in ("Failed", "Unfit", "_answer", "_refuse"):
                given += node.args[1:3]
            yield from (
                (str(file.relative_to(ROOT)), one.value)
                for one in given
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def test_every_code_that_is_given_is_in_the_catalogue() -> None:
    found = list(named_codes())

    assert len(found) > 25
    assert [(file, code) for file, code in found if code not in CODES] == []


def test_every_code_has_a_sentence() -> None:
    assert all(words.endswith(".") and words[0].isupper() for words in CODES.values())
