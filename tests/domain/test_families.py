"""What an entry counts as, against the cases that the phone's copy is held to as well."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from domain.families import FAMILY, Family, family_of
from domain.kinds import KINDS, OneToOne, outcomes_of, stage_of, step_of, topics_of
from tests.make import an_entry

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "cases" / "families.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_entry_is_of_the_family_that_the_case_names(case: dict[str, Any]) -> None:
    answers = {name: case[name] for name in ("details", "subject") if name in case}

    assert family_of(an_entry(**answers)) == case["family"]


def test_every_kind_has_a_family_and_the_cases_show_every_family() -> None:
    assert set(FAMILY) == set(KINDS)
    assert {case["family"] for case in CASES} == set(get_args(Family))


def test_only_its_own_kind_has_topics_outcomes_a_stage_and_a_step() -> None:
    details = OneToOne()
    assert (topics_of(details), outcomes_of(details), stage_of(details), step_of(details)) == ((), (), None, None)
