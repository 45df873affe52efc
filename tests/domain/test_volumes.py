"""What an entry adds to the figures, and that the figures always are what a recount finds."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entry import Entry
from domain.kinds import FAMILY, AccompaniedAppointment, DischargeSupport, OneToOne, kind_of
from domain.volumes import NOTHING, Cell, Cells, Measures, Split, change, contribution, recount
from tests.domain.entries import MONDAY, NORTH, SOUTH, an_entry, entries, signposting_to

TUESDAY = date(2026, 10, 6)


def test_an_hour_together_is_a_contact_in_every_split_that_it_has_a_value_for() -> None:
    together = Measures(entries=1, contacts=1, attended=1, reportable=1, minutes=45)

    assert contribution(an_entry()) == {
        Cell(NORTH, MONDAY, "team", ""): together,
        Cell(NORTH, MONDAY, "kind", "one_to_one"): together,
        Cell(NORTH, MONDAY, "mode", "in_person"): together,
        Cell(NORTH, MONDAY, "attendance", "attended"): together,
    }


def test_a_void_entry_adds_nothing() -> None:
    assert contribution(an_entry(state="void")) == {}


def test_a_missed_visit_is_a_contact_without_minutes_but_with_the_journey() -> None:
    missed = an_entry(attendance="did_not_attend", minutes=0, travel_minutes=30)

    assert overall(missed) == Measures(entries=1, contacts=1, not_attended=1, travel_minutes=30)


def test_minutes_of_a_visit_that_did_not_happen_are_never_counted() -> None:
    assert overall(an_entry(attendance="cancelled_by_us", minutes=45)).minutes == 0


def test_a_text_message_is_attended_but_not_reportable() -> None:
    assert overall(an_entry(mode="text_message", minutes=5)) == Measures(entries=1, contacts=1, attended=1, minutes=5)


def test_an_entry_without_mode_or_minutes_is_counted_all_the_same() -> None:
    bare = an_entry(mode=None, minutes=None)

    assert overall(bare) == Measures(entries=1, contacts=1, attended=1)
    assert Cell(NORTH, MONDAY, "mode", "") in contribution(bare)


def test_signposting_is_counted_once_for_each_different_topic() -> None:
    cells = contribution(an_entry(details=signposting_to("housing", "transport", "housing")))

    assert keys(cells, "topic") == {"housing": 1, "transport": 1}
    assert keys(cells, "team") == {"": 1}


def test_discharge_support_is_counted_by_stage() -> None:
    assert keys(contribution(an_entry(details=DischargeSupport(stage="post_discharge"))), "stage") == {
        "post_discharge": 1
    }


def test_group_and_indirect_work_stand_beside_the_contacts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FAMILY, "one_to_one", "group")
    assert overall(an_entry(travel_minutes=10)) == Measures(entries=1, group_sessions=1, travel_minutes=10)

    monkeypatch.setitem(FAMILY, "one_to_one", "indirect")
    assert overall(an_entry(mode="phone")) == Measures(entries=1, indirect=1)
    assert keys(contribution(an_entry()), "attendance") == {"": 1}

    monkeypatch.setitem(FAMILY, "one_to_one", "other")
    assert overall(an_entry()) == Measures(entries=1)


def test_a_new_entry_changes_the_figures_by_its_contribution() -> None:
    assert change(None, an_entry()) == contribution(an_entry())


def test_a_longer_visit_adds_only_the_minutes() -> None:
    deltas = change(an_entry(minutes=45), an_entry(minutes=50))

    assert set(deltas) == set(contribution(an_entry()))
    assert set(deltas.values()) == {Measures(minutes=5)}


def test_an_amendment_that_counts_for_nothing_changes_nothing() -> None:
    assert change(an_entry(), an_entry(version=2, place="ward", details=OneToOne(first_meeting=True))) == {}


def test_an_entry_that_moves_day_leaves_the_old_day_and_joins_the_new_one() -> None:
    deltas = change(an_entry(), an_entry(happened_on=TUESDAY))

    assert deltas[Cell(NORTH, MONDAY, "team", "")] == NOTHING - overall(an_entry())
    assert deltas[Cell(NORTH, TUESDAY, "team", "")] == overall(an_entry())


def test_an_entry_that_moves_team_and_kind_takes_its_figures_along() -> None:
    accompanied = an_entry(team_id=SOUTH, details=AccompaniedAppointment(appointment_kind="gp"))
    deltas = change(an_entry(), accompanied)

    assert deltas[Cell(NORTH, MONDAY, "kind", "one_to_one")].contacts == -1
    assert deltas[Cell(SOUTH, MONDAY, "kind", "accompanied_appointment")].contacts == 1


def test_voiding_takes_everything_out_and_undoing_brings_it_back() -> None:
    out = change(an_entry(), an_entry(state="void", version=2))
    back = change(an_entry(state="void", version=2), an_entry(version=3))

    assert {cell: NOTHING - delta for cell, delta in out.items()} == back == contribution(an_entry())


@given(st.lists(st.tuples(st.integers(0, 4), entries()), max_size=30))
def test_adding_up_the_changes_is_the_same_as_counting_again(history: list[tuple[int, Entry]]) -> None:
    stored: dict[int, Entry] = {}
    kept: Cells = {}
    for number, entry in history:
        for cell, delta in change(stored.get(number), entry).items():
            assert delta != NOTHING
            kept[cell] = kept.get(cell, NOTHING) + delta
        stored[number] = entry

    assert {cell: measures for cell, measures in kept.items() if measures} == recount(stored.values())


@given(st.lists(entries(), max_size=20))
def test_the_splits_that_hold_every_entry_tie_out(logged: list[Entry]) -> None:
    cells = recount(logged)
    team = total(cells, "team")

    assert team.entries == sum(entry.state == "active" for entry in logged)
    assert team.contacts == team.attended + team.not_attended
    assert team.reportable <= team.attended
    assert total(cells, "kind") == total(cells, "mode") == total(cells, "attendance") == team


@given(st.lists(entries(), max_size=20))
def test_stages_add_up_to_discharge_support_and_topics_to_at_least_signposting(logged: list[Entry]) -> None:
    cells = recount(logged)

    assert total(cells, "stage") == recount_of("discharge_support", logged)
    assert total(cells, "topic").entries >= recount_of("signposting", logged).entries


@given(entries())
def test_every_cell_of_an_entry_is_its_team_and_day_in_a_split_that_can_be_asked_for(entry: Entry) -> None:
    for cell in contribution(entry):
        assert (cell.team_id, cell.day) == (entry.team_id, entry.happened_on)
        assert cell.split in get_args(Split)


def overall(entry: Entry) -> Measures:
    return contribution(entry)[Cell(entry.team_id, entry.happened_on, "team", "")]


def keys(cells: Cells, split: Split) -> dict[str, int]:
    return {cell.key: measures.entries for cell, measures in cells.items() if cell.split == split}


def total(cells: Cells, split: Split) -> Measures:
    return sum((measures for cell, measures in cells.items() if cell.split == split), NOTHING)


def recount_of(kind: str, logged: list[Entry]) -> Measures:
    return total(recount(entry for entry in logged if kind_of(entry.details) == kind), "team")
