"""The rules of the server against the cases that the phone's copy is held to as well."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from domain.judge import judge
from domain.problems import CODES
from tests.make import a_world, an_operation, reading

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "cases" / "entry-rules.json").read_text())
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
    (verdict,) = judge([reading(an_operation(set=case["set"]))], a_world(), defaultdict(int))
    result = verdict.result

    found = [{"code": problem.code, "field": problem.field} for problem in result.problems]
    if result.outcome == "conflict":
        assert result.reason is not None
        found = [{"code": result.reason, "field": FIELD_OF_RULE[result.reason]}]
    assert found == case["expect"]
    assert (result.outcome == "applied") is (case["expect"] == [])


def test_the_cases_are_many_have_names_of_their_own_and_name_real_codes() -> None:
    assert len(CASES) >= 20
    assert len({case["name"] for case in CASES}) == len(CASES)
    codes = {problem["code"] for case in CASES for problem in case["expect"]}
    assert {code for code in codes if code not in CODES} <= set(FIELD_OF_RULE)
