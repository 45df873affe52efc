"""The answer that the dashboard shows and the file holds: rows, totals, hidden figures, CSV."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entry import Entry
from domain.periods import By, period_start
from domain.problems import Refused
from domain.small_numbers import Rule
from domain.volume_rows import Asked, Complete, Sums, Totals, VolumeRow, Volumes, csv_rows, csv_text, volumes
from domain.volumes import NOTHING, Measures, Split, recount
from tests.domain.entries import NORTH, an_entry, entries, signposting_to

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
COMPLETE = Complete(phones=3, in_touch_since_end=2, quietest_since=datetime(2026, 11, 1, 8, tzinfo=UTC))
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
HEADER = (
    "period,label,partial,key,entries,contacts,attended,reportable,not_attended,minutes,travel_minutes,people,"
    "group_sessions,group_attendances,indirect,in_person,remote,message,cancelled_by_person,did_not_attend,"
    "arrived_too_late,cancelled_by_us,dna,dna_of,group_minutes,indirect_minutes,other_minutes,admin_minutes,signposted"
)
# Twelve hours in person, with nothing else beside them, as somebody outside the team sees it.
LATER = {
    **{"in_person": 10, "remote": None, "message": None, "cancelled_by_person": None, "did_not_attend": None},
    **{"arrived_too_late": None, "cancelled_by_us": None, "dna": None, "dna_of": 10, "group_minutes": None},
    **{"indirect_minutes": None, "other_minutes": 0, "admin_minutes": 0, "signposted": None},
}
HIDDEN = [
    *("not_attended", "group_sessions", "group_attendances", "indirect"),
    *(name for name, value in LATER.items() if value is None),
]


def test_an_answer_reads_as_promised() -> None:
    answer = ask([an_entry()] * 12, people=9, rule="mhsds")

    assert msgspec.json.decode(msgspec.json.encode(answer)) == {
        "from": "2026-10-01",
        "to": "2026-10-31",
        "by": "month",
        "split": "kind",
        "as_of": "2026-11-21T09:30:00Z",
        "complete": {"phones": 3, "in_touch_since_end": 2, "quietest_since": "2026-11-01T08:00:00Z"},
        "teams": {str(NORTH): "North"},
        "rows": [
            {
                "period": "2026-10-01",
                "label": "October 2026",
                "partial": False,
                "key": "one_to_one",
                "entries": 10,
                "contacts": 10,
                "attended": 10,
                "reportable": 10,
                "not_attended": None,
                "minutes": 540,
                "travel_minutes": 0,
                "people": 10,
                "group_sessions": None,
                "group_attendances": None,
                "indirect": None,
                **LATER,
                "hidden": HIDDEN,
            }
        ],
        "totals": {
            "entries": 10,
            "contacts": 10,
            "attended": 10,
            "reportable": 10,
            "not_attended": None,
            "minutes": 540,
            "travel_minutes": 0,
            "people": 10,
            "group_sessions": None,
            "group_attendances": None,
            "indirect": None,
            **LATER,
            "hidden": HIDDEN,
        },
    }


def test_without_a_rule_the_figures_are_true() -> None:
    (row,) = ask([an_entry(minutes=44)] * 3, people=2).rows

    assert (row.entries, row.minutes, row.people, row.not_attended) == (3, 132, 2, 0)
    assert row.hidden == ()


def test_rows_come_by_period_and_then_by_key() -> None:
    found = ask(
        [
            an_entry(happened_on=date(2026, 10, 14), mode="video"),
            an_entry(happened_on=date(2026, 10, 14), mode=None),
            an_entry(happened_on=date(2026, 10, 1), mode="phone"),
            an_entry(happened_on=date(2026, 10, 14), mode="email"),
        ],
        by="week",
        split="mode",
    ).rows

    assert [(row.label, row.key, row.partial) for row in found] == [
        ("Week of 28 September 2026", "phone", True),
        ("Week of 12 October 2026", "", False),
        ("Week of 12 October 2026", "email", False),
        ("Week of 12 October 2026", "video", False),
    ]


def test_a_week_in_which_nothing_was_logged_has_no_row() -> None:
    undone = Sums(cells=[(date(2026, 10, 14), "", NOTHING)], people={}, total=NOTHING, total_people=0)

    assert ask([], by="week").rows == ()
    assert volumes(Asked(FIRST, LAST, "week", "team"), undone, None, COMPLETE, NOW).rows == ()


def test_totals_are_of_every_entry_whatever_the_split() -> None:
    logged = [an_entry()] * 6 + [an_entry(details=signposting_to("housing", "transport"))]

    by_kind, by_topic = ask(logged, split="kind"), ask(logged, split="topic")

    assert by_kind.totals == by_topic.totals
    assert by_kind.totals.entries == 7
    assert {row.key: row.entries for row in by_topic.rows} == {"housing": 1, "transport": 1}


def test_totals_are_rounded_from_the_true_sum_and_not_added_up_from_the_rows() -> None:
    logged = [an_entry()] * 7 + [an_entry(mode="phone")] * 7 + [an_entry(mode="video")] * 4

    answer = ask(logged, split="mode", rule="mhsds")

    assert {row.key: row.entries for row in answer.rows} == {"in_person": 5, "phone": 5, "video": None}
    assert answer.totals.entries == 20


def test_the_last_period_is_partial_on_the_london_date_not_the_date_in_utc() -> None:
    half_past_midnight_in_london = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)
    asked = Asked(date(2026, 8, 1), date(2026, 8, 31), "month", "team")
    sums = Sums(cells=[(date(2026, 8, 1), "", Measures(entries=1))], people={}, total=NOTHING, total_people=0)

    (row,) = volumes(asked, sums, None, COMPLETE, half_past_midnight_in_london).rows

    assert not row.partial


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Refused, match="from_after_to"):
        volumes(Asked(LAST, FIRST, "week", "team"), sums_of([], "week", "team"), None, COMPLETE, NOW)


def test_the_file_has_its_header_on_line_one_and_a_star_for_what_is_hidden() -> None:
    assert csv_text(ask([an_entry()] * 12, people=4, rule="mhsds")) == (
        f"{HEADER}\r\n"
        "2026-10-01,October 2026,false,one_to_one,10,10,10,10,*,540,0,*,*,*,*,"
        "10,*,*,*,*,*,*,*,10,*,*,0,0,*\r\n"
    )


def test_the_file_of_nothing_is_its_header() -> None:
    assert csv_text(ask([])) == f"{HEADER}\r\n"


def test_the_file_names_the_nhs_quarter_and_says_that_it_is_partial() -> None:
    (row,) = list(csv_rows(ask([an_entry()], by="quarter")))[1:]

    assert row[:4] == ["2026-10-01", "2026/27 Q3 (October to December)", "true", "one_to_one"]


@pytest.mark.parametrize(
    "hostile",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r", "\n=1", "\0=1", "\uff1d1", "\uff0b", "\uff0d", "\uff20"],
)
def test_text_in_the_file_is_never_a_formula(hostile: str) -> None:
    cell = written_key(hostile)

    assert cell == f"'{hostile}"


@pytest.mark.parametrize("harmless", ["one_to_one", "", "a=b", str(NORTH), "it's", 'say "hi", twice'])
def test_harmless_text_in_the_file_is_left_alone(harmless: str) -> None:
    assert written_key(harmless) == harmless


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_the_file(key: str) -> None:
    assert written_key(key) in (key, f"'{key}")


@given(st.lists(entries(), max_size=25), st.sampled_from(["mhsds", "hes"]), st.sampled_from(get_args(Split)))
def test_no_figure_under_five_but_a_permitted_zero_ever_leaves(logged: list[Entry], rule: Rule, split: Split) -> None:
    answer = ask(logged, split=split, rule=rule)

    shown: list[VolumeRow | Totals] = [*answer.rows, answer.totals]
    for figures in shown:
        counts = {name: getattr(figures, name) for name in (*Measures.__struct_fields__, "people")}
        assert {name for name, value in counts.items() if value is None} == set(figures.hidden)
        for value in counts.values():
            assert value is None or value >= 5 or value == 0
        if rule == "mhsds":
            assert 0 not in (figures.entries, figures.contacts, figures.attended, figures.people)


@given(st.lists(entries(), max_size=25), st.sampled_from(["week", "month", "quarter"]))
def test_the_rows_of_the_true_figures_add_up_to_the_totals(logged: list[Entry], by: By) -> None:
    for split in ("kind", "mode", "attendance", "team", "family"):
        answer = ask(logged, by=by, split=split)
        for name in Measures.__struct_fields__:
            assert sum(getattr(row, name) for row in answer.rows) == getattr(answer.totals, name)


def ask(
    logged: Iterable[Entry], *, by: By = "month", split: Split = "kind", people: int = 0, rule: Rule | None = None
) -> Volumes:
    sums = sums_of(logged, by, split, people)
    return volumes(Asked(FIRST, LAST, by, split), sums, rule, COMPLETE, NOW)


def sums_of(logged: Iterable[Entry], by: By, split: Split, people: int = 0) -> Sums:
    """The sums as a store would find them; the number of people is the same in every row."""
    cells = recount(logged)
    found = [
        (cell.day, str(cell.team_id) if split == "team" else cell.key, measures)
        for cell, measures in cells.items()
        if cell.split == split
    ]
    return Sums(
        cells=found,
        people={(period_start(day, by), key): people for day, key, _ in found},
        total=sum((measures for cell, measures in cells.items() if cell.split == "team"), NOTHING),
        total_people=people,
        teams={NORTH: "North"},
    )


def written_key(key: str) -> str:
    """What a reader of the file finds as key of its only row."""
    sums = Sums(cells=[(date(2026, 10, 1), key, Measures(entries=1))], people={}, total=NOTHING, total_people=0)
    text = csv_text(volumes(Asked(FIRST, LAST, "month", "kind"), sums, None, COMPLETE, NOW))
    _, row = csv.reader(io.StringIO(text, newline=""))
    return row[3]
