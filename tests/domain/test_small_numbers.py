"""Small counts are hidden outside the team, and nothing beside them gives them away."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.service import ServiceSettings
from domain.small_numbers import BELONGS_TO, Rule, hide, shown
from domain.volumes import Measures

ROW = {"entries": 23, "attended": 12, "minutes": 613, "travel_minutes": 88, "people": 9}
counts = st.integers(0, 100_000)


@pytest.mark.parametrize(
    ("count", "safe"),
    [
        (0, None),
        (1, None),
        (4, None),
        (5, 5),
        (6, 5),
        (7, 5),
        (8, 10),
        (12, 10),
        (13, 15),
        (22, 20),
        (23, 25),
        (254, 255),
    ],
)
def test_the_national_rule_hides_counts_under_five_and_zero_and_rounds_to_five(count: int, safe: int | None) -> None:
    assert shown(count, "mhsds") == safe


@pytest.mark.parametrize(
    ("count", "safe"), [(0, 0), (1, None), (4, None), (5, None), (7, None), (8, 10), (12, 10), (13, 15), (254, 255)]
)
def test_the_hospital_rule_hides_one_to_seven_and_shows_zero(count: int, safe: int | None) -> None:
    assert shown(count, "hes") == safe


def test_large_counts_are_rounded_minutes_too() -> None:
    assert hide(ROW, "mhsds") == (
        {"entries": 25, "attended": 10, "minutes": 615, "travel_minutes": 90, "people": 10},
        (),
    )


def test_minutes_are_hidden_with_the_contacts_that_they_belong_to() -> None:
    safe, hidden = hide(ROW | {"attended": 3, "people": 2}, "mhsds")

    assert safe == {"entries": 25, "attended": None, "minutes": None, "travel_minutes": 90, "people": None}
    assert hidden == ("attended", "minutes", "people")


def test_travel_is_hidden_with_the_entries() -> None:
    safe, hidden = hide({"entries": 4, "attended": 0, "minutes": 0, "travel_minutes": 200}, "hes")

    assert safe == {"entries": None, "attended": 0, "minutes": 0, "travel_minutes": None}
    assert hidden == ("entries", "travel_minutes")


def test_all_minutes_belong_to_a_count() -> None:
    names = {name for name in Measures.__struct_fields__ if name.endswith("minutes")}

    assert set(BELONGS_TO) == names
    assert set(BELONGS_TO.values()) <= set(Measures.__struct_fields__) - names


def test_the_length_of_few_groups_is_hidden_with_them() -> None:
    safe, hidden = hide({"group_sessions": 2, "group_minutes": 180, "indirect": 9, "indirect_minutes": 43}, "mhsds")

    assert safe == {"group_sessions": None, "group_minutes": None, "indirect": 10, "indirect_minutes": 45}
    assert hidden == ("group_sessions", "group_minutes")


def test_a_service_chooses_between_the_rules_that_exist() -> None:
    assert get_args(ServiceSettings.__annotations__["small_numbers"]) == get_args(Rule)


@given(counts, st.sampled_from(get_args(Rule)))
def test_what_is_shown_is_within_two_of_the_truth_and_never_one_to_four(count: int, rule: Rule) -> None:
    safe = shown(count, rule)

    if safe is not None:
        assert abs(safe - count) <= 2
        assert safe % 5 == 0
        assert count not in (1, 2, 3, 4)


def test_every_figure_that_is_shown_could_be_one_of_several_true_ones() -> None:
    for rule in get_args(Rule):
        for safe in range(5, 300, 5):
            could_be = [count for count in range(310) if shown(count, rule) == safe]
            assert len(could_be) >= 3 or (rule, safe) == ("hes", 5)


@given(st.data())
def test_two_rows_that_differ_only_in_small_numbers_look_the_same(data: st.DataObject) -> None:
    one = data.draw(st.fixed_dictionaries(dict.fromkeys(ROW, counts)))
    other = dict(one)
    for name in ROW:
        small = one[BELONGS_TO.get(name, name)] < 5
        if small:
            other[name] = data.draw(counts if name in BELONGS_TO else st.integers(0, 4))

    assert hide(one, "mhsds") == hide(other, "mhsds")
