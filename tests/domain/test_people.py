"""A code is the team's own word for a person: nothing that tells others who it is."""

import pytest

from domain.people import code_problems


@pytest.mark.parametrize("code", ["KITE-12", "wren 3", "N/14", "Blue 7", "12345", "A1-23-45", "Robin", "J", "NE12-7"])
def test_a_code_that_only_the_team_understands_is_taken(code: str) -> None:
    assert code_problems(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "someone@example.org",
        "943 476 5919",
        "943-476-5919",
        "943.476.5919",
        "943_476_5919",
        "943·476·5919",
        "943,476,5919",
        "9434765919",
        "NHS9434765919",
        "12/05/1980",
        "1980-05-12",
        "1980:05:12",
        "(0191) 498-0123",
        "+44 191 498",
        "٩٤٣٤٧٦٥٩١٩",
    ],
)
def test_a_code_that_looks_like_a_number_or_an_address_is_refused(code: str) -> None:
    assert [problem.code for problem in code_problems(code)] == ["looks_like_an_identifier"]


@pytest.mark.parametrize("code", ["Anna Smith", "zoë müller", " Anna  Smith ", "Ng Li", "Ann O'Hara", "Ann-Mary Lee"])
def test_a_code_that_looks_like_a_name_is_refused(code: str) -> None:
    assert [problem.code for problem in code_problems(code)] == ["looks_like_a_name"]


def test_a_code_of_spaces_is_none() -> None:
    assert [problem.code for problem in code_problems("  ")] == ["required"]
