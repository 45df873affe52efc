"""What an entry and a person must be like: facts that every entry owes, and rules that depend on day and service."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.answers import newly_retired
from domain.entry import MET, Entry
from domain.families import family_of
from domain.kinds import GroupSession, TeamMeeting, kind_of
from domain.people import Person, code_problems, reference_problems
from domain.problems import Problem
from domain.service import Today

# NUL and other control characters, and the invisible ones that turn text around or hide it.
_BAD_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]")


def text_problems(value: Any, field: str) -> list[Problem]:
    """Texts anywhere inside a value that hold characters which cannot be shown safely."""
    if isinstance(value, str):
        return [Problem(code="bad_text", field=field)] if _BAD_TEXT.search(value) else []
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in text_problems(inner, f"{field}.{key}")]
    if isinstance(value, list | tuple):
        return [found for place, inner in enumerate(value) for found in text_problems(inner, f"{field}.{place}")]
    return []


def entry_problems(entry: Entry) -> list[Problem]:
    """What an entry owes whatever the day: direct work says how they were in touch and, if they met, how long."""
    problems = []
    met = entry.attendance in MET
    if family_of(entry) == "direct":
        if entry.mode is None:
            problems.append(Problem(code="required", field="set.mode"))
        if met and entry.minutes is None:
            problems.append(Problem(code="required", field="set.minutes"))
    if not met and entry.minutes:
        problems.append(Problem(code="minutes_without_meeting", field="set.minutes"))
    return [*problems, *_details_problems(entry)]


def entry_rules(entry: Entry, before: Entry | None, today: Today) -> Iterator[str]:
    """Every business rule that an entry breaks, in order; only what the change touches is judged again.

    A closed month is another matter: its figures were reported, so nothing in it changes, nor moves in or out.
    """
    settings = today.settings
    if before is None or before.happened_on != entry.happened_on:
        if entry.happened_on > today.date:
            yield "future_date"
        if entry.happened_on < today.date - timedelta(days=settings.back_dating_days):
            yield "too_far_back"
    if any((one.team_id, one.happened_on.replace(day=1)) in today.closed for one in (before, entry) if one):
        yield "closed"
    kind = kind_of(entry.details)
    new_kind = before is None or kind_of(before.details) != kind
    if (new_kind and not settings.offers(kind)) or newly_retired(entry, before, settings.answers):
        yield "retired"
    if settings.person_codes == "off" and _persons(entry) - (_persons(before) if before else set()):
        yield "person_codes_off"
    if settings.person_codes == "required" and entry.person_id is None and family_of(entry) in ("direct", "indirect"):
        yield "person_required"


def _details_problems(entry: Entry) -> Iterator[Problem]:
    """Answers of one kind that speak against each other."""
    match entry.details:
        case GroupSession(cancelled=str()) as group:
            for name in ("participants", "new_participants"):
                if getattr(group, name):
                    yield Problem(code="cancelled_with_participants", field=f"set.details.{name}")
        case TeamMeeting(person_items=items) if entry.minutes is not None:
            if sum(item.minutes for item in items) > entry.minutes:
                yield Problem(code="items_longer_than_meeting", field="set.details.person_items")


def _persons(entry: Entry) -> set[UUID]:
    """Everybody whom an entry names: the person it is with, and those who were talked about."""
    named = {entry.person_id} if entry.person_id else set()
    if isinstance(entry.details, TeamMeeting):
        named |= {item.person_id for item in entry.details.person_items}
    return named


def person_problems(person: Person) -> list[Problem]:
    """What speaks against a person as written."""
    problems = code_problems(person.code)
    for field in ("local_patient_id", "referral_ref"):
        reference = getattr(person, field)
        problems += reference_problems(reference, field) if reference is not None else []
    if person.end_reason and person.ended_on is None:
        problems.append(Problem(code="required", field="set.ended_on"))
    if person.started_on and person.ended_on and person.ended_on < person.started_on:
        problems.append(Problem(code="from_after_to", field="set.ended_on"))
    return problems


def person_rule(may_merge: bool, today: Today) -> str | None:
    """The first business rule that a person breaks."""
    if today.settings.person_codes == "off":
        return "person_codes_off"
    if not may_merge:
        return "merge"
    return None


def may_merge_into(person: Person, target: Person | None, is_target: bool) -> bool:
    """Whether a person may become an alias of another of the team: one step deep, an alias never points at an alias."""
    return target is not None and target.id != person.id and target.merged_into is None and not is_target
