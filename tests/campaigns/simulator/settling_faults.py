"""What is broken in how the server settles conflicts (design 6.5), and in what an operation makes of an entry (6.6)."""

from typing import Any
from uuid import UUID

from domain import fold, judge, reading, settling, world
from domain.entry import EntryChange
from domain.verdict import Verdict
from tests.campaigns.simulator.planting import Fault, Patch

SETTLING = "tests/domain/test_judge_settling.py::"
FOLD = "tests/domain/test_fold.py::"


def _closes_anything() -> list[Patch]:
    return [(Verdict, "closes", property(lambda self: self.settles.conflict_id if self.settles else None))]


def _anybody_settles() -> list[Patch]:
    real = settling.settling

    def settles(operation: Any, conflicts: Any, user_id: UUID, role: Any) -> Any:
        conflict = conflicts.get(operation.closes)
        return real(operation, conflicts, user_id if conflict is None else conflict.author_id, role)

    return [(world, "settling", settles)]


def _lead_becomes_author() -> list[Patch]:
    return [(judge, "words_of", lambda settles, user_id: user_id)]


def _lead_waives_every_rule() -> list[Patch]:
    every = frozenset({"future_date", "too_far_back", "closed", "retired", "person_codes_off", "person_required"})
    return [(judge, "WAIVED", every)]


def _details_replace() -> list[Patch]:
    real = fold._details
    return [(fold, "_details", lambda entry, changed: real(None, changed))]


def _null_is_nothing() -> list[Patch]:
    real = fold._changes
    return [
        (
            fold,
            "_changes",
            lambda change: {name: value for name, value in real(change).items() if getattr(change, name) is not None},
        )
    ]


def _unknown_fields_vanish() -> list[Patch]:
    real = reading._operation

    def operation(value: Any) -> Any:
        known = EntryChange.__struct_fields__
        said = value.get("set")
        if value.get("thing") == "entry" and isinstance(said, dict):
            value = {**value, "set": {name: one for name, one in said.items() if name in known}}
        return real(value)

    return [(reading, "_operation", operation)]


def _zone_of_every_change() -> list[Patch]:
    return [(fold, "_WHEN", EntryChange.__struct_fields__)]


SETTLED = [
    Fault(
        "a conflict is closed by one that did not take effect",
        "decision 10, invariant 24",
        SETTLING + "test_what_does_not_take_effect_settles_nothing",
        server=_closes_anything,
    ),
    Fault(
        "anybody of the team settles a conflict",
        "decision 10: its author, or a lead",
        SETTLING + "test_what_names_a_conflict_that_it_may_not_settle_is_decided_as_usual",
        server=_anybody_settles,
    ),
    Fault(
        "what a lead accepts becomes the lead's own",
        "decision 10, invariant 104",
        SETTLING + "test_a_lead_who_accepts_a_create_makes_an_entry_of_its_author",
        server=_lead_becomes_author,
    ),
    Fault(
        "a lead's word stands in for every rule",
        "decision 10, invariant 105",
        SETTLING + "test_a_lead_stands_in_for_some_rules_and_not_for_others",
        server=_lead_waives_every_rule,
    ),
    Fault(
        "details replace what they do not name",
        "design 6.6: merged key by key",
        FOLD + "test_details_merge_key_by_key_while_the_kind_stays",
        server=_details_replace,
    ),
    Fault(
        "null leaves an answer alone",
        "design 6.6: null clears",
        FOLD + "test_null_clears_an_answer_to_what_an_untouched_form_gives",
        server=_null_is_nothing,
    ),
    Fault(
        "the zone is that of the last change, whatever it changed",
        "design 6.6",
        FOLD + "test_zone_and_offset_are_those_of_the_day_and_the_time_they_were_said_with",
        server=_zone_of_every_change,
    ),
    Fault(
        "fields that nobody knows vanish",
        "design 6.6: refused",
        "tests/domain/test_reading.py::test_an_operation_that_cannot_be_read_says_which_field",
        server=_unknown_fields_vanish,
    ),
]
