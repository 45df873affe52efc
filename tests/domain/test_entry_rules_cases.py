"""The rules of the server against the cases that the phone's copy is held to as well."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from domain.judge import judge
from domain.problems import CODES
from tests import make_cases
from tests.make import TODAY, a_world, an_operation, reading

FOLDER = Path(__file__).parents[1] / "cases"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "entry-rules.json").read_text())
KINDS: dict[str, Any] = json.loads((FOLDER / "kinds.json").read_text())
ROWS: list[dict[str, Any]] = KINDS["rows"]
# An answer names the rule that a conflict broke; the form shows it at this question.
FIELD_OF_RULE = {
    "rule:future_date": "set.happened_on",
    "rule:too_far_back": "set.happened_on",
    "rule:retired": "set.details.kind",
    "rule:person_codes_off": "set.person_id",
    "rule:person_required": "set.person_id",
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_says_what_the_case_expects(case: dict[str, Any]) -> None:
    assert problems_of(case["set"]) == case["expect"]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']}.{row['field']}" for row in ROWS])
def test_a_field_takes_its_answers_and_refuses_the_others(row: dict[str, Any]) -> None:
    least, field = KINDS["base"][row["kind"]], row["field"]
    where = f"set.details.{field}"

    for value in row["takes"]:
        assert problems_of(an_entry_of({**least, field: value})) == [], value
    for refused in row["refuses"]:
        at = ".".join(part for part in (where, refused["at"]) if part)
        expected = [{"code": refused["code"], "field": at}]
        assert problems_of(an_entry_of({**least, field: refused["value"]})) == expected, refused
    without = {name: value for name, value in least.items() if name != field}
    missing = [{"code": "required", "field": where}] if row["required"] else []
    assert problems_of(an_entry_of(without)) == missing


@pytest.mark.parametrize("kind", KINDS["base"])
def test_a_kind_owes_its_length_and_its_mode_or_neither(kind: str) -> None:
    whole = an_entry_of(KINDS["base"][kind])

    for field in ("minutes", "mode"):
        owed = [{"code": "required", "field": f"set.{field}"}] if field in KINDS["owed"][kind] else []
        assert problems_of({name: value for name, value in whole.items() if name != field}) == owed


def test_the_table_of_the_kinds_is_what_the_command_writes_from_the_structs() -> None:
    assert make_cases.FILE.read_text() == make_cases.text(), "run python -m tests.make_cases"


def test_the_cases_are_many_have_names_of_their_own_and_name_real_codes() -> None:
    assert len(CASES) >= 20
    assert len({case["name"] for case in CASES}) == len(CASES)
    codes = {problem["code"] for case in CASES for problem in case["expect"]}
    assert {code for code in codes if code not in CODES} <= set(FIELD_OF_RULE)
    assert {refused["code"] for row in ROWS for refused in row["refuses"]} <= set(CODES)


def an_entry_of(details: dict[str, Any]) -> dict[str, Any]:
    # As long as a day, so that everybody who can be talked about in a meeting was.
    return {"happened_on": TODAY.isoformat(), "minutes": 1440, "mode": "in_person", "details": details}


def problems_of(answers: dict[str, Any]) -> list[dict[str, str | None]]:
    """What the server says of a create, as the form would show it."""
    (verdict,) = judge([reading(an_operation(set=answers))], a_world(), defaultdict(int))
    result = verdict.result
    found = [{"code": problem.code, "field": problem.field} for problem in result.problems]
    if result.outcome == "conflict":
        assert result.reason is not None
        found = [{"code": result.reason, "field": FIELD_OF_RULE[result.reason]}]
    assert (result.outcome == "applied") is (found == [])
    return found
