"""What is broken in the ordered decision of the server, arm by arm (design 6.5)."""

import dataclasses
from collections.abc import Callable
from typing import Any

import msgspec

from domain import judge, reading, rules
from domain.entry import SCHEMA
from domain.verdict import Verdict
from tests.campaigns.simulator.planting import Fault, Patch

JUDGE = "tests/domain/test_judge.py::"


def _decides(other: Callable[[Any, Any, Any], Verdict]) -> Callable[[], list[Patch]]:
    """Another decision on one operation; `other` is given the real one."""
    real = judge._decide
    return lambda: [(judge, "_decide", lambda reading, world: other(real, reading, world))]


def _on_entries(other: Callable[[Any, Any, Any, Any], Verdict]) -> Callable[[], list[Patch]]:
    """Another decision on an operation on an entry; `other` is given the real one."""
    real = judge._entry
    return lambda: [(judge, "_entry", lambda reading, operation, world: other(real, reading, operation, world))]


def _one_stops_all(real: Any, reading: Any, world: Any) -> Verdict:
    if reading.problems:
        raise RuntimeError("it cannot be read")
    verdict: Verdict = real(reading, world)
    return verdict


def _any_text() -> list[Patch]:
    return [(reading, "text_problems", lambda value, field: [])]


def _everybody_is_a_member(real: Any, reading: Any, world: Any) -> Verdict:
    world.roles.setdefault(reading.team_id, "worker")
    verdict: Verdict = real(reading, world)
    return verdict


def _newer_for_ever(real: Any, reading: Any, world: Any) -> Verdict:
    verdict: Verdict = real(reading, world)
    return judge._rejected(reading, "schema_newer", "never") if reading.schema > SCHEMA else verdict


def _members_who_left(real: Any, reading: Any, world: Any) -> Verdict:
    verdict: Verdict = real(reading, world)
    return judge._rejected(reading, "not_authorised", "never") if verdict.result.reason == "not_member" else verdict


def _always_applied() -> list[Patch]:
    real = judge._again

    def again(*words: Any) -> Verdict:
        verdict = real(*words)
        return dataclasses.replace(verdict, result=msgspec.structs.replace(verdict.result, first="applied"))

    return [(judge, "_again", again)]


def _no_hash_check() -> list[Patch]:
    real = judge._again

    def again(reading: Any, known: Any, world: Any) -> Verdict:
        return real(dataclasses.replace(reading, sha256=known.sha256), known, world)

    return [(judge, "_again", again)]


def _anybodys_record() -> list[Patch]:
    real = judge._again

    def again(reading: Any, known: Any, world: Any) -> Verdict:
        verdict = real(reading, known, world)
        record = world.entries.get(known.thing_id) or world.persons.get(known.thing_id)
        return dataclasses.replace(verdict, result=msgspec.structs.replace(verdict.result, record=record))

    return [(judge, "_again", again)]


def _creates_overwrite(real: Any, reading: Any, operation: Any, world: Any) -> Verdict:
    if operation.action == "create":
        world.entries.pop(operation.thing_id, None)
    verdict: Verdict = real(reading, operation, world)
    return verdict


def _amends_make(real: Any, reading: Any, operation: Any, world: Any) -> Verdict:
    if operation.action == "amend" and operation.thing_id not in world.entries:
        operation = msgspec.structs.replace(operation, action="create")
    verdict: Verdict = real(reading, operation, world)
    return verdict


def _void_is_amended(real: Any, reading: Any, operation: Any, world: Any) -> Verdict:
    stored = world.entries.get(operation.thing_id)
    if stored is not None and operation.action == "amend":
        world.entries[stored.id] = msgspec.structs.replace(stored, state="active")
    verdict: Verdict = real(reading, operation, world)
    return verdict


def _any_base(real: Any, reading: Any, operation: Any, world: Any) -> Verdict:
    stored = world.entries.get(operation.thing_id)
    if stored is not None and operation.action == "amend":
        operation = msgspec.structs.replace(operation, base=stored.version)
    verdict: Verdict = real(reading, operation, world)
    return verdict


def _leads_amend(real: Any, reading: Any, operation: Any, world: Any) -> Verdict:
    stored = world.entries.get(operation.thing_id)
    if stored is not None and operation.action == "amend" and world.roles.get(operation.team_id) == "lead":
        world = dataclasses.replace(world, user_id=stored.author_id)
    verdict: Verdict = real(reading, operation, world)
    return verdict


def _voids_need_the_version(real: Any, reading: Any, operation: Any, world: Any) -> Verdict:
    stored = world.entries.get(operation.thing_id)
    if operation.action in ("void", "unvoid") and stored is not None and stored.version != operation.base:
        return judge._conflict(reading, "version", stored)
    verdict: Verdict = real(reading, operation, world)
    return verdict


def _everybody_sees() -> list[Patch]:
    return [(judge, "_visible", lambda stored, operation, world: stored.team_id == operation.team_id)]


def _noop_is_a_version() -> list[Patch]:
    def noop(reading: Any, record: Any = None) -> Verdict:
        after = None if record is None else msgspec.structs.replace(record, version=record.version + 1)
        return real(reading) if after is None else judge._applied(reading, before=record, after=after)

    real = judge._noop
    return [(judge, "_noop", noop)]


def _notes_are_always_taken() -> list[Patch]:
    real = judge._kept

    def kept(reading: Any, operation: Any, stored: Any, world: Any) -> Verdict:
        settings = msgspec.structs.replace(world.today.settings, notes="short")
        today = msgspec.structs.replace(world.today, settings=settings)
        return real(reading, operation, stored, dataclasses.replace(world, today=today))

    return [(judge, "_kept", kept)]


def _without(rule: str) -> Callable[[], list[Patch]]:
    real = rules.entry_rules

    def entry_rules(*words: Any) -> Any:
        return (one for one in real(*words) if one != rule)

    return lambda: [(judge, "entry_rules", entry_rules), (rules, "entry_rules", entry_rules)]


def _void_counts_twice() -> list[Patch]:
    real = judge._applied

    def applied(reading: Any, before: Any = None, after: Any = None, person: Any = None) -> Verdict:
        if after is not None and after.state == "void":
            after = msgspec.structs.replace(after, version=after.version + 1)
        return real(reading, before, after, person)

    return [(judge, "_applied", applied)]


def _void_clears() -> list[Patch]:
    real = judge._applied

    def applied(reading: Any, before: Any = None, after: Any = None, person: Any = None) -> Verdict:
        if after is not None and after.state == "void":
            after = msgspec.structs.replace(after, place=None, minutes=0)
        return real(reading, before, after, person)

    return [(judge, "_applied", applied)]


ORDERED = [
    Fault(
        "one that cannot be read stops its batch",
        "decision 1: unreadable",
        "tests/api/test_sync.py::test_one_that_cannot_be_read_does_not_hold_up_the_others[sqlite]",
        server=_decides(_one_stops_all),
    ),
    Fault(
        "text that hides itself is taken",
        "decision 1, design 6.14",
        "tests/domain/test_reading.py::test_an_operation_that_cannot_be_read_says_which_field",
        server=_any_text,
    ),
    Fault("a duplicate is always called applied", "decision 3, invariant 21", server=_always_applied),
    Fault(
        "a duplicate carries what another has logged",
        "decision 3",
        JUDGE + "test_a_duplicate_of_a_leads_void_does_not_carry_the_workers_entry",
        server=_anybodys_record,
    ),
    Fault("an id may be used again for other words", "decision 3, invariant 22", server=_no_hash_check),
    Fault(
        "work for a team that one was never in is taken",
        "decision 4: not_authorised",
        JUDGE + "test_a_team_that_one_was_never_in_is_not_authorised",
        server=_decides(_everybody_is_a_member),
    ),
    Fault(
        "a newer schema is refused for ever",
        "decision 5: schema newer",
        JUDGE + "test_a_newer_schema_is_rejected_for_later_even_if_nothing_else_of_it_can_be_read",
        server=_decides(_newer_for_ever),
    ),
    Fault(
        "late work of one who left a team is rejected",
        "decision 6: not_member, invariant 103",
        server=_decides(_members_who_left),
    ),
    Fault(
        "a create overwrites what is there",
        "decision 7: exists",
        JUDGE + "test_a_create_of_a_thing_that_exists_is_a_conflict_that_shows_ones_own",
        server=_on_entries(_creates_overwrite),
    ),
    *(
        Fault(
            f"the rule {rule} is not held",
            f"decision 7: rule:{rule}",
            "tests/domain/test_rules.py::" + test,
            server=_without(rule),
        )
        for rule, test in (
            ("future_date", "test_a_day_is_neither_ahead_nor_further_back_than_the_service_takes"),
            ("too_far_back", "test_a_day_is_neither_ahead_nor_further_back_than_the_service_takes"),
            ("closed", "test_nothing_of_a_closed_month_changes_and_no_entry_moves_in_or_out"),
            ("retired", "test_a_kind_that_the_service_retired_takes_no_new_entries_but_keeps_its_old_ones"),
            ("person_codes_off", "test_persons_are_named_as_the_service_chose"),
            ("person_required", "test_persons_are_named_as_the_service_chose"),
        )
    ),
    Fault(
        "a note is taken while the service takes none",
        "design 5: notes_off",
        JUDGE + "test_a_note_is_rejected_while_the_service_takes_none",
        server=_notes_are_always_taken,
    ),
    Fault(
        "an amend makes what is not there",
        "decision 8: unknown_entry",
        JUDGE + "test_an_amend_applies_to_an_active_entry_of_ones_own_in_the_version_that_was_seen",
        server=_on_entries(_amends_make),
    ),
    Fault(
        "a void entry is amended and active again",
        "decision 8: entry_void",
        JUDGE + "test_an_amend_applies_to_an_active_entry_of_ones_own_in_the_version_that_was_seen",
        server=_on_entries(_void_is_amended),
    ),
    Fault("an amend applies whatever its base", "decision 8: version, invariant 102", server=_on_entries(_any_base)),
    Fault(
        "a colleague's entry is answered as one that is there",
        "decision 8: what is not to be seen is unknown",
        JUDGE + "test_what_is_not_to_be_seen_is_answered_as_what_is_not_there",
        server=_everybody_sees,
    ),
    Fault(
        "a lead amends what a worker logged",
        "design 7: read and void, not amend",
        JUDGE + "test_a_lead_may_void_but_not_amend_what_a_worker_logged",
        server=_on_entries(_leads_amend),
    ),
    Fault(
        "a void needs the version",
        "decision 9: applied whatever the base",
        JUDGE + "test_void_and_unvoid_apply_whatever_the_base",
        server=_on_entries(_voids_need_the_version),
    ),
    Fault(
        "what is so already is a version",
        "decision 9: noop",
        JUDGE + "test_what_is_so_already_is_applied_without_a_new_version",
        server=_noop_is_a_version,
    ),
    Fault("a void counts as two versions", "invariant 17", server=_void_counts_twice),
    Fault("a void clears what was written", "invariant 25", server=_void_clears),
]
