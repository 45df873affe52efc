"""What counts as a contact nationally, and the codes of the national data set."""

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import msgspec
import pytest

from domain import mhsds
from domain.entry import MET, Attendance, Mode, OtherPresent, Place, Subject
from domain.families import FAMILY, Family
from domain.kinds import KINDS, Details, TeamMeeting
from domain.kinds.group_session import SessionType
from domain.kinds.team_meeting import PersonItem
from tests.domain.entries import MONDAY, an_entry

CASES = json.loads((Path(__file__).parents[1] / "cases" / "mhsds.json").read_text())
TO_AND_FROM: dict[str, tuple[Any, Any, Any]] = {
    "mode": (Mode, mhsds.MODE_CODE, mhsds.MODE_OF),
    "attendance": (Attendance, mhsds.ATTENDANCE_CODE, mhsds.ATTENDANCE_OF),
    "subject": (Subject, mhsds.SUBJECT_CODE, mhsds.SUBJECT_OF),
    "others_present": (OtherPresent, mhsds.OTHER_PRESENT_CODE, mhsds.OTHER_PRESENT_OF),
    "place": (Place, mhsds.PLACE_CODE, mhsds.PLACE_OF),
    "session_type": (SessionType, mhsds.SESSION_TYPE_CODE, mhsds.SESSION_TYPE_OF),
}


@pytest.mark.parametrize("name", CASES["codes"])
def test_every_answer_has_one_code_and_every_published_code_one_answer(name: str) -> None:
    values, code_of, value_of = TO_AND_FROM[name]

    assert set(code_of) == set(get_args(values))
    assert value_of == CASES["codes"][name]
    assert {value: value_of[code] for value, code in code_of.items()} == {value: value for value in code_of}


def test_every_list_of_codes_is_checked() -> None:
    assert set(CASES["codes"]) == set(TO_AND_FROM)


@pytest.mark.parametrize("case", CASES["contacts"], ids=lambda case: f"{case['mode']}-{case['attendance']}")
def test_contacts_are_counted_by_attendance_and_mode(case: dict[str, Any]) -> None:
    entry = an_entry(mode=case["mode"], attendance=case["attendance"])

    assert mhsds.attended(entry) is case["attended"]
    assert mhsds.reportable(entry) is case["reportable"]


def test_a_void_entry_is_no_contact() -> None:
    assert not mhsds.attended(an_entry(state="void"))
    assert not mhsds.reportable(an_entry(state="void"))
    assert not mhsds.counts_for_72h(an_entry(state="void"), date(2026, 10, 4))


def test_a_contact_with_a_proxy_is_a_contact() -> None:
    assert mhsds.reportable(an_entry(subject="proxy"))


@pytest.mark.parametrize("case", CASES["tables"], ids=lambda case: case["what"])
def test_an_entry_makes_the_rows_of_the_return_that_the_case_names(case: dict[str, Any]) -> None:
    entry = an_entry(details=msgspec.convert(case["details"], Details), **case.get("entry", {}))

    assert list(mhsds.rows_in_return(entry)) == case["rows"]
    seen = entry.attendance in MET
    assert mhsds.attended(entry) is (case["rows"] == ["MHS201"] and seen)


def test_every_kind_attendance_and_mode_is_in_a_case() -> None:
    assert {case["details"]["kind"] for case in CASES["tables"]} == set(KINDS)
    assert {table for case in CASES["tables"] for table in case["rows"]} == set(get_args(mhsds.Table))
    pairs = [(case["mode"], case["attendance"]) for case in CASES["contacts"]]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == set(product([None, *get_args(Mode)], get_args(Attendance)))
    assert set(mhsds.TABLE_OF) == set(get_args(Family)) == {FAMILY[kind] for kind in KINDS}


def test_a_meeting_about_a_person_is_no_contact_with_them() -> None:
    person = UUID("00000000-0000-4000-8000-0000000000e1")
    meeting = TeamMeeting(meeting_kind="mdt", person_items=(PersonItem(person_id=person, minutes=10),))

    assert not mhsds.attended(an_entry(details=meeting, person_id=person))
    assert not mhsds.counts_for_72h(an_entry(details=meeting, person_id=person), date(2026, 10, 4))


@pytest.mark.parametrize("case", CASES["follow_up_within_72_hours"], ids=lambda case: str(case["why"]))
def test_follow_up_within_72_hours_is_counted_in_days_after_the_discharge(case: dict[str, Any]) -> None:
    entry = an_entry(happened_on=date.fromisoformat(case["happened_on"]), started_at=case.get("started_at"))

    assert mhsds.counts_for_72h(entry, date.fromisoformat(case["discharged_on"])) is case["counts"]


@pytest.mark.parametrize("change", [{"mode": "text_message"}, {"mode": "email"}, {"attendance": "did_not_attend"}])
def test_a_message_or_a_missed_visit_is_no_follow_up(change: dict[str, str]) -> None:
    friday_before = date(2026, 10, 2)

    assert mhsds.counts_for_72h(an_entry(happened_on=MONDAY), friday_before)
    assert not mhsds.counts_for_72h(an_entry(happened_on=MONDAY, **change), friday_before)
