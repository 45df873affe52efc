"""What an entry adds to the figures, and that the figures always are what a recount finds."""

from datetime import date
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import mhsds
from domain.entry import MET, Attendance, Entry, Mode
from domain.kinds import (
    AccompaniedAppointment,
    AdminTravel,
    Advocacy,
    CarerFamilySupport,
    CommunityAccess,
    Cpd,
    Details,
    DischargeSupport,
    GroupSession,
    Liaison,
    OneToOne,
    RecoveryCollege,
    Signposting,
    SignpostingItem,
    TeamMeeting,
    kind_of,
)
from domain.kinds.team_meeting import PersonItem
from domain.volumes import NOTHING, Cell, Cells, Measures, Split, change, contribution, logged_minutes, recount
from tests.domain.entries import MONDAY, NORTH, SOUTH, an_entry, entries, signposting_to

TUESDAY = date(2026, 10, 6)
NOT_ATTENDED = ("cancelled_by_person", "did_not_attend", "arrived_too_late", "cancelled_by_us")
MINUTES = ("minutes", "group_minutes", "indirect_minutes", "other_minutes", "travel_minutes", "admin_minutes")


def test_an_hour_together_is_a_contact_in_every_split_that_it_has_a_value_for() -> None:
    together = Measures(entries=1, contacts=1, attended=1, reportable=1, minutes=45, in_person=1, dna_of=1)

    assert contribution(an_entry()) == {
        Cell(NORTH, MONDAY, "team", ""): together,
        Cell(NORTH, MONDAY, "kind", "one_to_one"): together,
        Cell(NORTH, MONDAY, "mode", "in_person"): together,
        Cell(NORTH, MONDAY, "attendance", "attended"): together,
        Cell(NORTH, MONDAY, "family", "direct"): together,
    }


def test_a_void_entry_adds_nothing() -> None:
    assert contribution(an_entry(state="void")) == {}


def test_a_missed_visit_is_a_contact_without_minutes_but_with_the_journey() -> None:
    missed = an_entry(attendance="did_not_attend", minutes=0, travel_minutes=30)

    assert overall(missed) == Measures(
        entries=1, contacts=1, not_attended=1, travel_minutes=30, did_not_attend=1, dna=1, dna_of=1
    )


def test_minutes_of_a_visit_that_did_not_happen_are_never_counted() -> None:
    assert overall(an_entry(attendance="cancelled_by_us", minutes=45)).minutes == 0


def test_a_text_message_is_attended_but_not_reportable() -> None:
    text = an_entry(mode="text_message", minutes=5)

    assert overall(text) == Measures(entries=1, contacts=1, attended=1, minutes=5, message=1)


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


def test_group_and_indirect_work_stand_beside_the_contacts() -> None:
    group = an_entry(travel_minutes=10, details=GroupSession(participants=8, prep_minutes=20, debrief_minutes=5))
    assert overall(group) == Measures(
        entries=1, group_sessions=1, group_attendances=8, group_minutes=45, travel_minutes=10, admin_minutes=25
    )

    call = an_entry(mode="phone", details=Liaison(consulted="ward_team"))
    assert overall(call) == Measures(entries=1, indirect=1, indirect_minutes=45)
    assert keys(contribution(call), "attendance") == {"": 1}
    assert keys(contribution(call), "family") == {"indirect": 1}

    assert overall(an_entry(details=Cpd(cpd_kind="reading"))) == Measures(entries=1, other_minutes=45)


@pytest.mark.parametrize(
    ("details", "counted"),
    [
        (Advocacy(advocacy_kind="spoke_at_request"), "contacts"),
        (Advocacy(advocacy_kind="spoke_at_request", person_present=False), "indirect"),
        (CarerFamilySupport(recipient="carer_with_person"), "contacts"),
        (CarerFamilySupport(recipient="carer_alone", about_person=True), "indirect"),
        (CarerFamilySupport(recipient="carer_alone", about_person=False), None),
        (CarerFamilySupport(recipient="carer_alone"), None),
        (RecoveryCollege(activity="support_a_learner"), "contacts"),
        (RecoveryCollege(activity="co_deliver_session"), "group_sessions"),
        (RecoveryCollege(activity="co_produce_course"), None),
        (GroupSession(participants=0), "group_sessions"),
        (GroupSession(participants=0, cancelled="venue"), None),
        (TeamMeeting(meeting_kind="mdt"), None),
    ],
)
def test_an_entry_is_one_contact_one_group_one_indirect_activity_or_none(details: Details, counted: str | None) -> None:
    found = overall(an_entry(details=details))

    assert {name for name in ("contacts", "indirect", "group_sessions") if getattr(found, name)} == (
        {counted} if counted else set()
    )


def test_a_carer_who_speaks_for_the_person_is_a_contact() -> None:
    alone = CarerFamilySupport(recipient="carer_alone", about_person=True)

    assert overall(an_entry(details=alone, subject="proxy")).contacts == 1
    assert overall(an_entry(details=alone, subject="person")).contacts == 0


def test_learners_count_in_a_session_that_was_given_and_nowhere_else() -> None:
    def came(activity: Any) -> int:
        return overall(an_entry(details=RecoveryCollege(activity=activity, learners_attended=12))).group_attendances

    assert [came(activity) for activity in ("co_deliver_session", "support_a_learner", "evaluation")] == [12, 0, 0]


def test_a_cancelled_group_is_no_session_and_nobody_came_but_its_time_was_spent() -> None:
    cancelled = an_entry(details=GroupSession(participants=6, cancelled="not_enough_people"))

    assert overall(cancelled) == Measures(entries=1, group_minutes=45)


def test_each_person_talked_about_is_one_indirect_activity_and_the_rest_of_the_meeting_is_other_work() -> None:
    about = tuple(PersonItem(person_id=person, minutes=minutes) for person, minutes in ((UUID(int=1), 10), (NORTH, 5)))
    meeting = TeamMeeting(meeting_kind="mdt", person_items=about)

    assert overall(an_entry(details=meeting, minutes=60)) == Measures(
        entries=1, indirect=2, indirect_minutes=15, other_minutes=45
    )
    assert overall(an_entry(details=meeting, minutes=None)) == Measures(entries=1, indirect=2, indirect_minutes=15)
    assert keys(contribution(an_entry(details=meeting)), "family") == {"other": 1}


def test_time_for_notes_and_journeys_on_their_own_is_admin() -> None:
    notes = an_entry(details=AdminTravel(admin_kind="notes"), minutes=30, admin_minutes=5)

    assert overall(notes) == Measures(entries=1, admin_minutes=35)


@pytest.mark.parametrize(
    ("mode", "held"),
    [
        ("in_person", "in_person"),
        *((mode, "remote") for mode in ("phone", "text_relay", "video")),
        *((mode, "message") for mode in ("email", "text_message", "live_chat", "message_board", "group_chat")),
        *((mode, None) for mode in ("other", None)),
    ],
)
def test_an_attended_contact_was_in_person_remote_or_by_message(mode: Mode | None, held: str | None) -> None:
    found = overall(an_entry(mode=mode))

    assert {name for name in ("in_person", "remote", "message") if getattr(found, name)} == ({held} if held else set())
    missed = overall(an_entry(mode=mode, attendance="did_not_attend", minutes=0))
    assert (missed.in_person, missed.remote, missed.message) == (0, 0, 0)


@pytest.mark.parametrize(
    ("attendance", "dna", "of"),
    [
        ("attended", 0, 1),
        ("attended_late", 0, 1),
        ("did_not_attend", 1, 1),
        ("arrived_too_late", 1, 1),
        ("cancelled_by_person", 0, 0),
        ("cancelled_by_us", 0, 0),
    ],
)
def test_who_did_not_come_is_measured_against_who_was_expected(attendance: Attendance, dna: int, of: int) -> None:
    live = overall(an_entry(attendance=attendance, minutes=0))
    message = overall(an_entry(attendance=attendance, minutes=0, mode="email"))
    group = overall(an_entry(attendance=attendance, minutes=0, details=GroupSession(participants=3)))

    assert (live.dna, live.dna_of) == (dna, of)
    assert (message.dna, message.dna_of) == (group.dna, group.dna_of) == (0, 0)
    assert live.not_attended == sum(getattr(live, name) for name in NOT_ATTENDED)
    assert attendance in MET or getattr(live, attendance) == 1


def test_places_that_somebody_was_pointed_to_are_counted_by_topic_and_by_what_came_of_it() -> None:
    items = (
        SignpostingItem(category="housing", how="gave_info", outcome="waiting"),
        SignpostingItem(category="housing", how="gave_info"),
        SignpostingItem(category="transport", how="gave_info", outcome="waiting"),
    )
    cells = contribution(an_entry(details=Signposting(items=items)))

    def pointed(split: Split) -> dict[str, int]:
        return {cell.key: measures.signposted for cell, measures in cells.items() if cell.split == split}

    assert pointed("team") == {"": 3}
    assert pointed("topic") == {"housing": 2, "transport": 1}
    assert pointed("outcome") == {"waiting": 2, "not_known_yet": 1}
    missed = contribution(an_entry(details=Signposting(items=items), attendance="did_not_attend", minutes=0))
    assert {measures.signposted for measures in missed.values()} == {0}
    assert keys(missed, "topic") == {"housing": 1, "transport": 1}


def test_going_out_is_counted_by_step() -> None:
    assert keys(contribution(an_entry(details=CommunityAccess(step="goes_alone"))), "step") == {"goes_alone": 1}


@given(entries())
def test_every_minute_that_is_logged_is_counted_as_one_thing(entry: Entry) -> None:
    measures = sum((found for cell, found in contribution(entry).items() if cell.split == "team"), NOTHING)

    assert sum(getattr(measures, name) for name in MINUTES) == logged_minutes(entry)


@given(entries())
def test_contacts_groups_and_indirect_work_are_the_rows_of_the_national_return(entry: Entry) -> None:
    measures = sum((found for cell, found in contribution(entry).items() if cell.split == "team"), NOTHING)
    rows = mhsds.rows_in_return(entry)

    assert (measures.contacts, measures.indirect, measures.group_sessions) == tuple(
        rows.count(table) for table in get_args(mhsds.Table)
    )


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
    assert total(cells, "family") == team
    assert team.attended >= team.in_person + team.remote + team.message
    assert team.reportable == team.in_person + team.remote
    assert team.not_attended == sum(getattr(team, name) for name in NOT_ATTENDED)
    assert sum(getattr(team, name) for name in MINUTES) == sum(map(logged_minutes, logged))
    assert total(cells, "topic").signposted == total(cells, "outcome").signposted == team.signposted
    assert total(cells, "step") == recount_of("community_access", logged)


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
