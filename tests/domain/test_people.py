"""A code is the team's own word for a person: nothing that tells others who it is. The phone has the same cases."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.people import PersonChange, code_problems, is_nhs_number, reference_problems
from domain.rules import person_problems
from tests.make import a_person

CASES = json.loads((Path(__file__).parents[1] / "cases" / "person-codes.json").read_text())


def read(field: str, value: str) -> list[str]:
    """What is said of one text: its length by the shape, the rest by the rule."""
    try:
        msgspec.convert({field: value}, PersonChange)
    except msgspec.ValidationError:
        return ["too_long"]
    found = code_problems(value) if field == "code" else reference_problems(value, field)
    assert all(problem.field == f"set.{field}" for problem in found)
    return [problem.code for problem in found]


@pytest.mark.parametrize("case", CASES["codes"], ids=lambda case: case["code"])
def test_a_code_is_taken_when_only_the_team_understands_it(case: dict[str, Any]) -> None:
    assert read("code", case["code"]) == case["expect"]


@pytest.mark.parametrize("field", ["local_patient_id", "referral_ref"])
@pytest.mark.parametrize("case", CASES["references"], ids=lambda case: case["reference"])
def test_a_reference_is_one_of_the_records_and_no_number_that_the_world_knows(case: dict[str, Any], field: str) -> None:
    assert read(field, case["reference"]) == case["expect"]


@pytest.mark.parametrize("digits", ["9434765919", "4010232137", "9434765870", "0000000000", "2222222222"])
def test_an_nhs_number_is_known_by_its_check_digit_or_by_one_digit_ten_times(digits: str) -> None:
    assert is_nhs_number(digits)


@pytest.mark.parametrize("digits", ["1234567890", "9434765918", "943476591", "94347659190", ""])
def test_other_digits_are_no_nhs_number(digits: str) -> None:
    assert not is_nhs_number(digits)


def test_a_reason_for_ending_needs_the_day_of_the_end() -> None:
    assert [(problem.code, problem.field) for problem in person_problems(a_person(end_reason="moved_on"))] == [
        ("required", "set.ended_on")
    ]
    assert person_problems(a_person(end_reason="moved_on", ended_on=date(2026, 11, 20))) == []


def test_both_references_of_a_person_are_looked_at() -> None:
    person = a_person(local_patient_id="9434765919", referral_ref="Anna Smith")
    assert [(problem.code, problem.field) for problem in person_problems(person)] == [
        ("reference_identifies", "set.local_patient_id"),
        ("looks_like_a_name", "set.referral_ref"),
    ]
