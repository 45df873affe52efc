"""What every entry owes, and the rules that depend on the day and on what the service records."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kinds import KINDS
from domain.problems import Problem
from domain.rules import entry_problems, entry_rules, may_merge_into, person_problems, person_rule, text_problems
from domain.service import KIND_LABELS, OfferedKind, ServiceSettings, Today
from tests.make import DISCHARGE, NORTH, ONE_TO_ONE, SIGNPOSTING, SOUTH, TODAY, a_person, an_entry


def today(**settings: Any) -> Today:
    return Today(date=TODAY, settings=ServiceSettings(**settings))


def broken(entry: Any, before: Any = None, **settings: Any) -> str | None:
    """The first rule that the entry breaks in a service with these settings."""
    return next(entry_rules(entry, before, today(**settings)), None)


@pytest.mark.parametrize(
    "bad", ["\x00", "\x1b[31m", "\x7f", "\x85", "\u200b", "\u202e", "\u2066", "\ufeff", "\uffff", "\ufff9"]
)
def test_text_that_hides_or_turns_around_is_found_wherever_it_is(bad: str) -> None:
    value = {"note": "fine", "details": {"items": [{"service": "Food bank"}, {"service": f"Food{bad}bank"}]}}

    assert text_problems(value, "set") == [Problem(code="bad_text", field="set.details.items.1.service")]


@pytest.mark.parametrize(
    "good", ["", "Two\nlines\tand more", "Zoë\u2019s café", "ਮਦਦ", "مساعدة", "👩🏽", 7, None, True, 1.5]
)
def test_text_that_people_write_is_left_alone(good: Any) -> None:
    assert text_problems({"note": good}, "set") == []


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, []),
        ({"minutes": 0}, []),
        ({"mode": None}, [("required", "set.mode")]),
        ({"minutes": None}, [("required", "set.minutes")]),
        ({"mode": None, "minutes": None}, [("required", "set.mode"), ("required", "set.minutes")]),
        ({"attendance": "attended_late", "minutes": None}, [("required", "set.minutes")]),
        ({"attendance": "did_not_attend", "minutes": 0}, []),
        ({"attendance": "did_not_attend", "minutes": None}, []),
        ({"attendance": "arrived_too_late", "minutes": 5}, [("minutes_without_meeting", "set.minutes")]),
        ({"attendance": "cancelled_by_us", "minutes": 0, "mode": None}, [("required", "set.mode")]),
    ],
)
def test_direct_work_says_how_they_were_in_touch_and_if_they_met_how_long(
    changes: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert [(problem.code, problem.field) for problem in entry_problems(an_entry(**changes))] == problems


@pytest.mark.parametrize(
    ("details", "owes_contact", "owes_person"),
    [
        (ONE_TO_ONE, True, True),
        ({"kind": "recovery_college", "activity": "support_a_learner"}, True, True),
        ({"kind": "recovery_college", "activity": "co_deliver_session"}, False, False),
        ({"kind": "carer_family_support", "recipient": "carer_with_person"}, True, True),
        ({"kind": "carer_family_support", "recipient": "carer_alone", "about_person": True}, False, True),
        ({"kind": "carer_family_support", "recipient": "carer_alone"}, False, False),
        ({"kind": "advocacy", "advocacy_kind": "spoke_at_request"}, True, True),
        ({"kind": "advocacy", "advocacy_kind": "spoke_at_request", "person_present": False}, False, True),
        ({"kind": "liaison", "consulted": "ward_team"}, False, True),
        ({"kind": "group_session", "participants": 5}, False, False),
        ({"kind": "team_meeting", "meeting_kind": "mdt"}, False, False),
        ({"kind": "supervision", "supervision_kind": "peer_supervision"}, False, False),
        ({"kind": "cpd", "cpd_kind": "reading"}, False, False),
        ({"kind": "admin_travel", "admin_kind": "notes"}, False, False),
    ],
)
def test_only_a_contact_owes_mode_and_minutes_and_only_work_for_a_person_owes_one(
    details: dict[str, Any], owes_contact: bool, owes_person: bool
) -> None:
    entry = an_entry(mode=None, minutes=None, details=details)
    every_kind = tuple(OfferedKind(kind=kind, label=KIND_LABELS[kind]) for kind in KINDS)

    assert [problem.field for problem in entry_problems(entry)] == (["set.mode", "set.minutes"] if owes_contact else [])
    assert broken(entry, person_codes="required", kinds=every_kind) == ("person_required" if owes_person else None)


def group(**changes: Any) -> Any:
    return an_entry(details={"kind": "group_session", "participants": 0} | changes)


def test_nobody_came_to_a_group_that_was_cancelled() -> None:
    def problem(name: str) -> Problem:
        return Problem(code="cancelled_with_participants", field=f"set.details.{name}")

    assert entry_problems(group(participants=7, new_participants=2)) == []
    assert entry_problems(group(cancelled="venue")) == []
    assert entry_problems(group(cancelled="venue", new_participants=0)) == []
    assert entry_problems(group(cancelled="venue", participants=1)) == [problem("participants")]
    assert entry_problems(group(cancelled="other", new_participants=1)) == [problem("new_participants")]


def meeting(minutes: int | None, *about: int, person: int = 7) -> Any:
    items = [{"person_id": str(UUID(int=person)), "minutes": one} for one in about]
    return an_entry(minutes=minutes, details={"kind": "team_meeting", "meeting_kind": "mdt", "person_items": items})


@pytest.mark.parametrize(
    ("minutes", "about", "too_long"),
    [(60, (), False), (60, (20, 40), False), (60, (20, 41), True), (None, (20, 41), False), (0, (1,), True)],
)
def test_the_people_talked_about_take_no_longer_than_the_meeting(
    minutes: int | None, about: tuple[int, ...], too_long: bool
) -> None:
    problem = Problem(code="items_longer_than_meeting", field="set.details.person_items")

    assert entry_problems(meeting(minutes, *about)) == ([problem] if too_long else [])


def test_who_was_talked_about_is_named_as_the_service_chose_too() -> None:
    every_kind = tuple(OfferedKind(kind=kind, label=KIND_LABELS[kind]) for kind in KINDS)
    before = meeting(60, 10)

    assert broken(before, person_codes="off", kinds=every_kind) == "person_codes_off"
    assert broken(meeting(50, 10), before, person_codes="off", kinds=every_kind) is None
    assert broken(meeting(60), before, person_codes="off", kinds=every_kind) is None
    assert broken(meeting(60, 10, person=8), before, person_codes="off", kinds=every_kind) == "person_codes_off"


@pytest.mark.parametrize(
    ("days", "back_dating", "rule"),
    [
        (1, 60, "future_date"),
        (0, 60, None),
        (-60, 60, None),
        (-61, 60, "too_far_back"),
        (0, 0, None),
        (-1, 0, "too_far_back"),
        (-366, 366, None),
        (-367, 366, "too_far_back"),
    ],
)
def test_a_day_is_neither_ahead_nor_further_back_than_the_service_takes(
    days: int, back_dating: int, rule: str | None
) -> None:
    entry = an_entry(happened_on=TODAY + timedelta(days=days))

    assert broken(entry, back_dating_days=back_dating) == rule


def test_a_day_that_stays_is_not_judged_again() -> None:
    old = an_entry(happened_on=date(2026, 1, 5))

    assert broken(an_entry(happened_on=date(2026, 1, 5), minutes=5), old) is None
    assert broken(an_entry(happened_on=date(2026, 1, 6)), old) == "too_far_back"


def test_a_kind_that_the_service_retired_takes_no_new_entries_but_keeps_its_old_ones() -> None:
    kinds = tuple(OfferedKind(kind=kind, label=KIND_LABELS[kind], offered=kind != "signposting") for kind in KINDS)
    old = an_entry(details=SIGNPOSTING)

    assert broken(an_entry(), kinds=kinds) is None
    assert broken(old, kinds=kinds) == "retired"
    assert broken(an_entry(details=SIGNPOSTING, minutes=5), old, kinds=kinds) is None
    assert broken(old, an_entry(details=DISCHARGE), kinds=kinds) == "retired"


def test_a_kind_that_the_service_does_not_list_is_not_offered() -> None:
    assert broken(an_entry(), kinds=()) == "retired"


def test_every_kind_has_a_label() -> None:
    assert [offered.kind for offered in ServiceSettings().kinds] == list(KINDS)
    assert all(offered.label for offered in ServiceSettings().kinds)


@pytest.mark.parametrize(
    ("codes", "person_id", "rule"),
    [
        ("off", None, None),
        ("off", UUID(int=7), "person_codes_off"),
        ("optional", None, None),
        ("optional", UUID(int=7), None),
        ("required", None, "person_required"),
        ("required", UUID(int=7), None),
    ],
)
def test_persons_are_named_as_the_service_chose(codes: str, person_id: UUID | None, rule: str | None) -> None:
    assert broken(an_entry(person_id=person_id), person_codes=codes) == rule


def test_a_person_named_before_the_service_stopped_may_stay_but_not_change() -> None:
    named = an_entry(person_id=UUID(int=7))

    assert broken(an_entry(person_id=UUID(int=7), minutes=5), named, person_codes="off") is None
    assert broken(an_entry(person_id=UUID(int=8)), named, person_codes="off") == "person_codes_off"


# The month before TODAY, reported.
OCTOBER = frozenset({(NORTH, date(2026, 10, 1))})


def in_closed_october(entry: Any, before: Any = None) -> list[str]:
    return list(entry_rules(entry, before, Today(date=TODAY, settings=ServiceSettings(), closed=OCTOBER)))


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2026, 9, 30), []),
        (date(2026, 10, 1), ["closed"]),
        (date(2026, 10, 31), ["closed"]),
        (date(2026, 11, 1), []),
    ],
)
def test_a_closed_month_takes_no_entry_from_its_first_day_to_its_last(day: date, rules: list[str]) -> None:
    assert in_closed_october(an_entry(happened_on=day)) == rules


def test_nothing_of_a_closed_month_changes_and_no_entry_moves_in_or_out() -> None:
    inside, outside = an_entry(happened_on=date(2026, 10, 9)), an_entry(happened_on=date(2026, 11, 9))

    assert in_closed_october(an_entry(happened_on=date(2026, 10, 9), minutes=5), inside) == ["closed"]
    assert in_closed_october(inside, outside) == ["closed"]
    assert in_closed_october(outside, inside) == ["closed"]
    assert in_closed_october(outside, an_entry(happened_on=date(2026, 9, 29))) == []


def test_a_month_is_closed_for_the_team_that_closed_it() -> None:
    assert in_closed_october(an_entry(happened_on=date(2026, 10, 9), team_id=SOUTH)) == []


def test_every_rule_that_is_broken_is_named_in_order() -> None:
    settings = ServiceSettings(person_codes="off", kinds=(), back_dating_days=0)
    closed = Today(date=TODAY, settings=settings, closed=OCTOBER)
    october = an_entry(happened_on=date(2026, 10, 9), person_id=UUID(int=7))
    tomorrow = an_entry(happened_on=TODAY + timedelta(days=1))

    assert list(entry_rules(october, None, closed)) == ["too_far_back", "closed", "retired", "person_codes_off"]
    assert list(entry_rules(tomorrow, None, today(person_codes="required"))) == ["future_date", "person_required"]
    assert list(entry_rules(an_entry(), None, today())) == []


def test_a_person_ends_on_the_day_of_starting_or_later() -> None:
    def problems(started_on: str | None, ended_on: str | None) -> list[Problem]:
        return person_problems(a_person(started_on=started_on, ended_on=ended_on))

    assert problems("2026-02-01", "2026-01-31") == [Problem(code="from_after_to", field="set.ended_on")]
    for started_on, ended_on in [("2026-02-01", "2026-02-01"), (None, "2026-01-31"), ("2026-02-01", None)]:
        assert problems(started_on, ended_on) == []


@pytest.mark.parametrize(
    ("target", "is_target", "may"),
    [
        (a_person(), False, True),
        (None, False, False),
        (a_person(id=UUID(int=1)), False, False),
        (a_person(merged_into=UUID(int=9)), False, False),
        (a_person(), True, False),
    ],
    ids=["another", "nobody", "oneself", "an alias", "while others are merged into this one"],
)
def test_a_person_is_merged_into_another_who_is_no_alias(target: Any, is_target: bool, may: bool) -> None:
    alias = a_person(id=UUID(int=1), merged_into=target.id if target else UUID(int=404))

    assert may_merge_into(alias, target, is_target) is may


def test_a_person_who_is_not_merged_breaks_no_rule_unless_the_service_keeps_no_codes() -> None:
    assert person_rule(True, today()) is None
    assert person_rule(False, today()) == "merge"
    assert person_rule(True, today(person_codes="off")) == "person_codes_off"
