"""What counts as a contact nationally, and the codes of the national data set."""

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from domain import mhsds
from domain.entry import Attendance, Mode, OtherPresent, Place, Subject
from domain.kinds import FAMILY
from tests.domain.entries import MONDAY, an_entry

CASES = json.loads((Path(__file__).parents[1] / "cases" / "mhsds.json").read_text())
TO_AND_FROM: dict[str, tuple[Any, Any, Any]] = {
    "mode": (Mode, mhsds.MODE_CODE, mhsds.MODE_OF),
    "attendance": (Attendance, mhsds.ATTENDANCE_CODE, mhsds.ATTENDANCE_OF),
    "subject": (Subject, mhsds.SUBJECT_CODE, mhsds.SUBJECT_OF),
    "others_present": (OtherPresent, mhsds.OTHER_PRESENT_CODE, mhsds.OTHER_PRESENT_OF),
    "place": (Place, mhsds.PLACE_CODE, mhsds.PLACE_OF),
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


def test_work_that_is_not_done_with_the_person_is_no_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    phone_call = an_entry(mode="phone")
    assert mhsds.reportable(phone_call)

    for family in ("group", "indirect", "other"):
        monkeypatch.setitem(FAMILY, "one_to_one", family)
        assert not mhsds.attended(phone_call)
        assert not mhsds.reportable(phone_call)


@pytest.mark.parametrize("case", CASES["follow_up_within_72_hours"], ids=lambda case: str(case["why"]))
def test_follow_up_within_72_hours_is_counted_in_days_after_the_discharge(case: dict[str, Any]) -> None:
    entry = an_entry(happened_on=date.fromisoformat(case["happened_on"]))

    assert mhsds.counts_for_72h(entry, date.fromisoformat(case["discharged_on"])) is case["counts"]


@pytest.mark.parametrize("change", [{"mode": "text_message"}, {"mode": "email"}, {"attendance": "did_not_attend"}])
def test_a_message_or_a_missed_visit_is_no_follow_up(change: dict[str, str]) -> None:
    friday_before = date(2026, 10, 2)

    assert mhsds.counts_for_72h(an_entry(happened_on=MONDAY), friday_before)
    assert not mhsds.counts_for_72h(an_entry(happened_on=MONDAY, **change), friday_before)
