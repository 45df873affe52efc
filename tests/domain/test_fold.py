"""What one operation makes of an entry or a person: absent is unchanged, null is cleared, details merge."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec import structs

from domain.entry import Entry
from domain.fold import entry_after, fold, person_after
from domain.kinds import AccompaniedAppointment, OneToOne, Signposting
from domain.operation import EntryOperation, PersonOperation
from domain.people import Person
from domain.problems import Refused
from tests.make import (
    APPOINTMENT,
    SAM,
    SIGNPOSTING,
    a_person,
    a_person_operation,
    a_set,
    after,
    an_entry,
    an_operation,
    reading,
)


def entry_op(**changes: Any) -> EntryOperation:
    operation = reading(an_operation(**changes)).operation
    assert isinstance(operation, EntryOperation)
    return operation


def amended(entry: Entry, **change: Any) -> Entry:
    """The entry after an amend that sets these fields."""
    return entry_after(entry, entry_op(action="amend", thing_id=entry.id, set=change), SAM)


def person_op(**changes: Any) -> PersonOperation:
    operation = reading(a_person_operation(**changes)).operation
    assert isinstance(operation, PersonOperation)
    return operation


def refused(make: Any, *arguments: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(Refused) as refusal:
        make(*arguments)
    return [(problem.code, problem.field) for problem in refusal.value.problems]


def test_a_create_makes_the_first_version_by_the_one_who_sent_it() -> None:
    create = entry_op(set=a_set(started_at="09:30", place="ward"), utc_offset_min=60, zone="Europe/London")

    entry = entry_after(None, create, SAM)

    assert entry == Entry(
        id=create.thing_id,
        team_id=create.team_id,
        author_id=SAM,
        version=1,
        state="active",
        schema=1,
        happened_on=date(2026, 11, 20),
        started_at="09:30",
        zone="Europe/London",
        utc_offset_min=60,
        minutes=45,
        mode="in_person",
        place="ward",
        details=OneToOne(),
    )


@pytest.mark.parametrize(
    ("missing", "field"), [({"happened_on": None}, "set.happened_on"), ({"details": None}, "set.details")]
)
def test_a_create_without_a_day_or_a_kind_makes_nothing(missing: dict[str, Any], field: str) -> None:
    assert refused(entry_after, None, entry_op(set=a_set(**missing)), SAM) == [("required", field)]


def test_what_an_amend_does_not_name_stays() -> None:
    entry = an_entry(place="ward", focus=["goals"], travel_minutes=20, started_at="09:30", utc_offset_min=60)

    assert amended(entry, minutes=50) == structs.replace(entry, minutes=50, version=2)


def test_null_clears_an_answer_to_what_an_untouched_form_gives() -> None:
    full = an_entry(
        started_at="09:30",
        travel_minutes=20,
        admin_minutes=5,
        attendance="attended_late",
        place="ward",
        person_id=UUID(int=7),
        subject="proxy",
        others_present=["care_worker"],
        with_colleague="nurse",
        focus=["goals"],
        note="From before",
    )
    optional = [name for name in Entry.__struct_fields__ if getattr(full, name) != getattr(an_entry(), name)]

    cleared = amended(full, **{name: None for name in optional if name != "id"})

    assert cleared == structs.replace(an_entry(id=full.id), version=2)


def test_zone_and_offset_are_those_of_the_day_and_the_time_they_were_said_with() -> None:
    entry = an_entry(zone="Europe/London", utc_offset_min=60)

    def moved(**change: Any) -> tuple[str, int]:
        operation = entry_op(action="amend", set=change, zone="Europe/Madrid", utc_offset_min=120)
        result = entry_after(entry, operation, SAM)
        return result.zone, result.utc_offset_min

    assert moved(minutes=5) == ("Europe/London", 60)
    assert moved(happened_on="2026-11-01") == ("Europe/Madrid", 120)
    assert moved(started_at="10:00") == ("Europe/Madrid", 120)
    assert moved(started_at=None) == ("Europe/Madrid", 120)


def test_an_older_app_never_lowers_the_schema_of_an_entry() -> None:
    newer = an_entry(schema=3)

    assert amended(newer, minutes=5).schema == 3


def test_details_merge_key_by_key_while_the_kind_stays() -> None:
    entry = an_entry(details=APPOINTMENT | {"my_role": "note_taker", "prep_done": "none"})

    one = amended(entry, details={"prep_done": "on_the_way"})
    two = amended(one, details={"kind": "accompanied_appointment", "my_role": None})

    assert one.details == AccompaniedAppointment(appointment_kind="gp", my_role="note_taker", prep_done="on_the_way")
    assert two.details == AccompaniedAppointment(appointment_kind="gp", prep_done="on_the_way")


def test_details_of_another_kind_replace_the_old_ones() -> None:
    entry = an_entry(details=APPOINTMENT | {"outcome": "happened"})

    assert isinstance(amended(entry, details=SIGNPOSTING).details, Signposting)


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"kind": "accompanied_appointment"}, "required", "set.details.appointment_kind"),
        ({"kind": "signposting", "items": []}, "too_short", "set.details.items"),
        ({"kind": "signposting", "items": [{"category": "housing"}]}, "required", "set.details.items.0.how"),
        ({"stage": "post_discharge"}, "unknown_field", "set.details.stage"),
        ({"first_meeting": "yes"}, "not_a_boolean", "set.details.first_meeting"),
        ({"approach": "listening"}, "not_a_list", "set.details.approach"),
        ({"kind": ["one_to_one"]}, "not_text", "set.details.kind"),
        ({"kind": None}, "required", "set.details.kind"),
    ],
)
def test_details_that_do_not_fit_are_refused_with_the_field(details: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        amended(an_entry(), details=details)

    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [(code, field)]


@pytest.mark.parametrize(
    ("before", "change", "minutes"),
    [
        ({}, {"attendance": "did_not_attend"}, 0),
        ({}, {"attendance": "did_not_attend", "minutes": None}, 0),
        ({"attendance": "did_not_attend", "minutes": 0}, {"minutes": None}, 0),
        ({"attendance": "did_not_attend", "minutes": 0}, {"place": "ward"}, 0),
        ({"attendance": "did_not_attend", "minutes": 0}, {"attendance": "attended", "minutes": 30}, 30),
        ({}, {"minutes": None}, None),
        ({}, {"attendance": "attended_late"}, 45),
    ],
)
def test_who_did_not_meet_spent_no_minutes(before: dict[str, Any], change: dict[str, Any], minutes: int | None) -> None:
    assert amended(an_entry(**before), **change).minutes == minutes


def test_void_and_unvoid_change_nothing_but_the_state() -> None:
    entry = an_entry()

    void = entry_after(entry, entry_op(action="void", reason="Logged twice"), SAM)
    again = entry_after(void, entry_op(action="unvoid"), SAM)

    assert void == structs.replace(entry, state="void", version=2)
    assert again == structs.replace(entry, version=3)


def test_a_log_folds_to_what_its_last_operation_made() -> None:
    create = an_operation()
    steps = [create, after(create, set={"minutes": 50}), after(create, action="void"), after(create, action="unvoid")]
    log = [(operation, SAM) for step in steps if isinstance(operation := reading(step).operation, EntryOperation)]

    entry = fold(log)

    assert (entry.version, entry.state, entry.minutes, entry.author_id) == (4, "active", 50, SAM)


def test_a_person_begins_with_a_code() -> None:
    create = person_op(set={"code": "KITE-12", "started_on": "2026-10-01"})

    assert person_after(None, create) == Person(
        id=create.thing_id, team_id=create.team_id, version=1, code="KITE-12", started_on=date(2026, 10, 1)
    )
    assert refused(person_after, None, person_op(set={})) == [("required", "set.code")]


def test_an_amend_of_a_person_keeps_what_it_does_not_name_and_clears_with_null() -> None:
    person = a_person(referral_ref="R-1", end_reason="moved_on", ended_on="2026-11-01")

    changed = person_after(person, person_op(action="amend", set={"ended_on": None, "end_reason": None}))

    assert changed == structs.replace(person, ended_on=None, end_reason=None, version=2)
