"""What cannot be added up: each measure, its definition, and that small numbers stay hidden in it."""

import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from domain.community import Journeys
from domain.definitions import DEFINITIONS
from domain.discharges import Discharges
from domain.kinds import AccompaniedAppointment, SignpostingOutcome
from domain.kinds.supervision import MONTHLY
from domain.measures import FEWEST_WORKERS, Facts, Measure, People, made_on, measures
from domain.small_numbers import Rule
from domain.supervisions import Cadence
from domain.volume_rows import VolumeRow
from domain.volumes import Measures
from tests.domain.entries import an_entry

ROW_ALONE = {"period", "label", "partial", "key", "hidden"}
NOBODY = Discharges(met_before=0, met_after=0, due=0, followed_up=0, days_to_first=())
NOTHING = Facts(
    total=Measures(),
    outcomes=dict.fromkeys(get_args(SignpostingOutcome), 0),
    people=People(0, 0, 0),
    accompanied=(),
    discharges=NOBODY,
    journeys=Journeys(0, 0, 0),
    entered_same_day=0,
    cadence=dict.fromkeys(MONTHLY, Cadence(0, 0, 0)),
)


def told(name: str, rule: Rule | None = None, own: bool = False, **facts: Any) -> Measure:
    """One measure of these facts; the others are nothing."""
    (found,) = (one for one in measures(structs.replace(NOTHING, **facts), rule, own) if one.name == name)
    return found


def figures(found: Measure) -> tuple[int | None, int | None, int | None]:
    return found.count, found.of, found.percent


def test_every_measure_is_there_once_with_its_definition() -> None:
    names = [one.name for one in measures(NOTHING, None, own=False)]

    assert names == list(DEFINITIONS)
    assert all(one.definition == DEFINITIONS[one.name] for one in measures(NOTHING, None, own=False))
    assert all(words.endswith(".") and len(words) > 40 for words in DEFINITIONS.values())


def test_a_national_rule_is_named_where_one_is_followed() -> None:
    assert "(3 + 7) of (5 + 6 + 3 + 7)" in DEFINITIONS["dna"]
    assert "MHS79" in DEFINITIONS["followed_up_within_72h"]
    assert "day of discharge does not count" in DEFINITIONS["followed_up_within_72h"]
    assert "ATTENDANCE STATUS 5 or 6" in DEFINITIONS["people"]


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, None), (0, 9, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (9, 9, 100)],
)
def test_a_percentage_is_a_whole_number_and_of_nothing_there_is_none(
    part: int, whole: int, percent: int | None
) -> None:
    assert figures(told("dna", total=Measures(dna=part, dna_of=whole))) == (part, whole, percent)


def test_people_are_those_met_those_met_again_and_those_new() -> None:
    people = People(met=40, met_twice=30, new=10)

    assert figures(told("people", people=people)) == (40, None, None)
    assert figures(told("people_met_twice", people=people)) == (30, 40, 75)
    assert figures(told("new_people", people=people)) == (10, 40, 25)


def test_an_appointment_for_which_nothing_was_said_counts_neither_for_nor_against() -> None:
    def going(**changes: Any) -> Any:
        return an_entry(details=AccompaniedAppointment(appointment_kind="gp", **changes))

    accompanied = [
        going(),
        going(prep_done="none", said_what_they_wanted="some"),
        going(prep_done="on_the_way", said_what_they_wanted="no"),
        going(prep_done="separate_session", said_what_they_wanted="yes"),
        going(prep_done="separate_session", said_what_they_wanted="unsure"),
        structs.replace(going(prep_done="on_the_way"), attendance="did_not_attend", minutes=0),
    ]

    assert figures(told("accompanied", accompanied=accompanied)) == (5, None, None)
    assert figures(told("accompanied_prepared", accompanied=accompanied)) == (3, 4, 75)
    assert figures(told("accompanied_said_what_they_wanted", accompanied=accompanied)) == (1, 4, 25)


def test_what_came_of_signposting_is_a_part_of_all_places() -> None:
    outcomes = NOTHING.outcomes | {"waiting": 5, "not_known_yet": 15}  # type: ignore[operator]

    assert figures(told("signposting_waiting", outcomes=outcomes, total=Measures(signposted=20))) == (5, 20, 25)
    assert figures(told("signposting_changed_mind", outcomes=outcomes, total=Measures(signposted=20))) == (0, 20, 0)


def test_the_share_entered_on_the_day_is_of_all_entries() -> None:
    assert figures(told("entered_same_day", entered_same_day=45, total=Measures(entries=60))) == (45, 60, 75)


def test_the_median_is_hidden_with_the_number_that_it_is_of() -> None:
    left = structs.replace(NOBODY, days_to_first=(1, 2, 4))

    assert (
        told("days_to_first_contact", discharges=left).count,
        told("days_to_first_contact", discharges=left).median,
    ) == (
        3,
        2.0,
    )
    hidden = told("days_to_first_contact", "mhsds", discharges=left)
    assert (hidden.count, hidden.median, hidden.hidden) == (None, None, ("count", "median"))


def test_outside_the_team_counts_are_rounded_and_percentages_are_of_the_true_numbers() -> None:
    found = told("dna", "mhsds", total=Measures(dna=7, dna_of=23))

    assert (figures(found), found.hidden) == ((5, 25, 30), ())


@pytest.mark.parametrize(
    ("rule", "part", "whole", "shown", "hidden"),
    [
        ("mhsds", 4, 100, (None, 100, None), ("count", "percent")),
        ("mhsds", 0, 100, (None, 100, None), ("count", "percent")),
        ("mhsds", 3, 4, (None, None, None), ("count", "of", "percent")),
        ("mhsds", 5, 5, (5, 5, 100), ()),
        ("hes", 7, 100, (None, 100, None), ("count", "percent")),
        ("hes", 0, 100, (0, 100, 0), ()),
        ("mhsds", 0, 0, (None, None, None), ("count", "of")),
    ],
)
def test_a_percentage_is_hidden_where_its_numerator_is(
    rule: Rule, part: int, whole: int, shown: tuple[int | None, ...], hidden: tuple[str, ...]
) -> None:
    found = told("dna", rule, total=Measures(dna=part, dna_of=whole))

    assert (figures(found), found.hidden) == (shown, hidden)


def test_supervision_is_shown_for_five_workers_or_more_even_inside_the_team() -> None:
    def shown(workers: int, rule: Rule | None = None, own: bool = False) -> Measure:
        cadence = dict.fromkeys(MONTHLY, Cadence(months_with=9, months_worked=12, workers=workers))
        return told("months_with_peer_supervision", rule, own, cadence=cadence)

    assert figures(shown(FEWEST_WORKERS)) == (9, 12, 75)
    assert figures(shown(FEWEST_WORKERS - 1)) == (None, None, None)
    assert shown(FEWEST_WORKERS - 1).hidden == ("count", "of", "percent")
    assert figures(shown(FEWEST_WORKERS, "mhsds")) == (10, 10, 75)
    assert figures(shown(FEWEST_WORKERS - 1, "mhsds")) == (None, None, None)
    assert figures(shown(1, own=True)) == (9, 12, 75), "the own supervision is no secret to oneself"


counts = st.integers(0, 30)


@given(counts, counts, st.sampled_from(get_args(Rule)))
def test_no_number_under_five_but_a_permitted_zero_leaves_the_team(part: int, more: int, rule: Rule) -> None:
    facts = structs.replace(
        NOTHING,
        total=Measures(dna=part, dna_of=part + more, signposted=part + more, entries=part + more),
        people=People(part + more, part, part),
        discharges=Discharges(part + more, part, part + more, part, (1,) * part),
        journeys=Journeys(part + more, part, part),
        entered_same_day=part,
        cadence=dict.fromkeys(MONTHLY, Cadence(part, part + more, 9)),
    )

    for one in measures(facts, rule, own=False):
        for value in (one.count, one.of):
            assert value is None or (value >= 5 and value % 5 == 0) or (rule == "hes" and value == 0), one
        if one.count is None:
            assert one.percent is one.median is None, one


@given(st.integers(86_400, 7_000_000_000), st.integers(-14 * 60, 14 * 60))
def test_an_operation_was_made_on_the_day_of_the_phones_own_wall(seconds: int, offset: int) -> None:
    local = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=offset)))

    assert made_on(seconds * 1000, offset) == local.date()


def test_a_clock_that_is_far_off_makes_a_day_of_the_calendar() -> None:
    assert made_on(2**53 - 1, 14 * 60) == date.max
    assert made_on(0, -14 * 60) == date(1969, 12, 31)


def test_the_page_of_figures_names_every_column_and_says_what_every_measure_means() -> None:
    page = (Path(__file__).parents[2] / "docs" / "figures.md").read_text()

    named = re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    columns = [name for name in VolumeRow.__struct_fields__ if name not in ROW_ALONE]
    assert [name for name, _ in named] == columns + list(DEFINITIONS)
    assert dict(named[len(columns) :]) == DEFINITIONS
