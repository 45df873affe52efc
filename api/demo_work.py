"""What the people of the demonstration did, day by day, as the operations that their phones sent."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count, groupby
from typing import Any
from uuid import UUID

from api import demo_contact as contact
from api import demo_kinds as kinds
from api.demo_cast import Member, Team, milliseconds, uuid7
from api.demo_days import days_off, moment_of, rhythm
from domain.service import CIVIL

MOST_A_PUSH = 100
_WORDS = ["KITE", "FERN", "WREN", "OAK", "LARK", "MOSS", "TERN", "ROWAN", "HERON", "THYME", "SWIFT", "ALDER", "ROBIN"]
_LATE = (0, 1, 2, 3, 6, 12, 20, 35)
_LATE_WEIGHTS = (80, 8, 4, 3, 2, 1.5, 1, 0.5)
_WHY_ENDED = {"planned_ending": 60, "moved_on": 15, "chose_to_stop": 10, "moved_away": 7, "no_contact": 8}
_WHY_VOID = ("Logged twice", "Wrong day", "Logged for the wrong person")


@dataclass(frozen=True, slots=True)
class Push:
    """What one phone sent at one moment."""

    at: int
    team: Team
    member: Member
    device_id: UUID
    operations: list[dict[str, Any]]


@dataclass(slots=True)
class _Person:
    """Somebody supported, as the worker knows them: `leaving` is the day on which they leave hospital."""

    id: UUID
    code: str
    since: date
    until: date
    leaving: date | None
    met: bool = False
    steps: int = 0


@dataclass(slots=True)
class _Diary:
    """What a worker does in the time: operations by the moment they were made."""

    team: Team
    member: Member
    place: int
    rng: random.Random
    made: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    caseload: list[_Person] = field(default_factory=list)
    known: list[_Person] = field(default_factory=list)


def pushes(teams: list[Team], seed: int) -> list[Push]:
    """Everything that was sent, in the order in which it arrived."""
    sent: list[Push] = []
    for team in teams:
        codes = _codes()
        others: list[_Person] = []
        for place, member in enumerate(team.members):
            diary = _Diary(team, member, place, random.Random(f"{seed} {member.login}"))
            _live(diary, codes, others if place == 2 else [])
            others += diary.known
            sent += _sent(diary)
    return sorted(sent, key=lambda push: (push.at, push.member.login))


def _live(diary: _Diary, codes: Iterator[str], others: list[_Person]) -> None:
    """Goes through the worker's days: people come and go, contacts are made and logged."""
    rng, member = diary.rng, diary.member
    wanted = round(member.pace * len(member.days) * 0.7) + 1
    away = days_off(rng, member)
    day = member.first
    while day <= member.last:
        if day.weekday() in member.days and day not in away and rhythm(day):
            diary.caseload = [person for person in diary.caseload if day <= person.until]
            while len(diary.caseload) < wanted and rng.random() < 0.5:
                # The same code made on two phones: two persons, merged when somebody sees it.
                twin = next((one for one in others if one.since < day < one.until), None) if diary.known else None
                others = [] if twin else others
                _take_on(diary, day, twin.code if twin else next(codes), twin)
            _work(diary, day)
        day += timedelta(days=1)


def _take_on(diary: _Diary, day: date, code: str, twin: _Person | None) -> None:
    rng, member = diary.rng, diary.member
    from_ward = rng.random() < (0.8 if diary.team.hospital else 0.25)
    moment = moment_of(rng, day, 9)
    person = _Person(
        id=uuid7(moment, rng),
        code=code,
        since=day,
        until=contact.soon_after(rng, day, 40, 90) if diary.team.hospital else contact.soon_after(rng, day, 60, 260),
        leaving=contact.soon_after(rng, day, 8, 30) if from_ward else None,
    )
    diary.caseload.append(person)
    diary.known.append(person)
    _do(diary, moment, "person", "create", person.id, 0, set={"code": code, "started_on": day.isoformat()})
    if twin is not None:
        merged = moment_of(rng, day + timedelta(days=30), 12)
        _do(diary, merged, "person", "amend", person.id, 1, set={"merged_into": str(twin.id)})
    elif person.until < member.last:
        reason = rng.choices(list(_WHY_ENDED), list(_WHY_ENDED.values()))[0]
        ended = {"ended_on": person.until.isoformat(), "end_reason": reason}
        _do(diary, moment_of(rng, person.until, 16), "person", "amend", person.id, 1, set=ended)


def _work(diary: _Diary, day: date) -> None:
    rng = diary.rng
    # Eight chances a day, so that a busy day has eight contacts and never eighty.
    chance = min(1.0, diary.member.pace * rhythm(day) / 8)
    minute = rng.randint(9 * 60, 10 * 60)
    for _ in range(sum(rng.random() < chance for _ in range(8))):
        person = _whom(diary, day)
        answers = _what(diary, day, person)
        if rng.random() < 0.75:
            answers["started_at"] = f"{minute // 60:02d}:{minute % 60 // 5 * 5:02d}"
        minute += answers["minutes"] + answers["travel_minutes"] + rng.randint(5, 40)
        minute = min(minute, 18 * 60)
        _log(diary, day, answers, minute)
    for answers in kinds.around(rng, day, diary.place, [person.id for person in diary.caseload]):
        _log(diary, day, {"happened_on": day.isoformat(), **answers}, 18 * 60)


def _whom(diary: _Diary, day: date) -> _Person | None:
    """Somebody of the caseload, sometimes nobody with a code; who left hospital in these days comes first."""
    rng = diary.rng
    if rng.random() < 0.12 or not diary.caseload:
        return None
    fresh = [one for one in diary.caseload if one.leaving and 1 <= (day - one.leaving).days <= 3]
    return rng.choice(fresh if fresh and rng.random() < 0.7 else diary.caseload)


def _what(diary: _Diary, day: date, person: _Person | None) -> dict[str, Any]:
    rng = diary.rng
    leaving = person.leaving if person else None
    if leaving and (day <= leaving or ((day - leaving).days <= 21 and rng.random() < 0.6)):
        answers = contact.discharge_support(rng, day, leaving)
    else:
        chance, new = rng.random(), person is not None and not person.met
        if chance < 0.55 or person is None:
            answers = contact.one_to_one(rng, new)
        elif chance < 0.85:
            answers = contact.accompanied_appointment(rng) if chance < 0.71 else contact.signposting(rng)
        else:
            answers = kinds.rarer_contact(rng, diary.team.hospital, new, person.id, person.steps)
            person.steps += bool(answers["minutes"]) and answers["details"]["kind"] == "community_access"
    if person is not None:
        person.met = person.met or bool(answers["minutes"])
        answers["person_id"] = str(person.id)
    return {"happened_on": day.isoformat(), **answers}


def _log(diary: _Diary, day: date, answers: dict[str, Any], minute: int) -> None:
    """Logs a contact, mostly on the day; now and then it is put right or taken back later."""
    rng = diary.rng
    late = rng.choices(_LATE, _LATE_WEIGHTS)[0]
    moment = datetime.combine(day + timedelta(days=late), time(minute // 60, minute % 60, rng.randint(0, 59)), CIVIL)
    entry_id = uuid7(moment, rng)
    _do(diary, moment, "entry", "create", entry_id, 0, set=answers)
    logged, version = moment.date(), 1
    details = answers["details"]
    if details["kind"] == "signposting" and rng.random() < 0.35:
        heard = contact.soon_after(rng, logged, 10, 35)
        items = contact.what_came_of_it(rng, details["items"], heard)
        change = {"details": {"kind": "signposting", "items": items}}
        _do(diary, moment_of(rng, heard, 15), "entry", "amend", entry_id, version, set=change)
    elif rng.random() < 0.035:
        again = contact.soon_after(rng, logged, 1, 4)
        _do(diary, moment_of(rng, again, 15), "entry", "amend", entry_id, version, set=contact.corrected(rng, answers))
        version += 1
        if rng.random() < 0.1:
            _do(diary, moment_of(rng, again, 17), "entry", "void", entry_id, version, reason=rng.choice(_WHY_VOID))
    elif rng.random() < 0.012:
        taken_back = contact.soon_after(rng, logged, 1, 3)
        _do(diary, moment_of(rng, taken_back, 15), "entry", "void", entry_id, version, reason=rng.choice(_WHY_VOID))
        if rng.random() < 0.15:
            _do(diary, moment_of(rng, taken_back, 17), "entry", "unvoid", entry_id, version + 1, reason="It was right")


def _do(diary: _Diary, moment: datetime, thing: str, action: str, thing_id: UUID, base: int, **more: Any) -> None:
    """One operation; what would be done after the last day is not done yet."""
    if moment.date() > diary.member.last:
        return
    offset = moment.utcoffset()
    operation = {
        **{"id": str(uuid7(moment, diary.rng)), "thing": thing, "action": action, "thing_id": str(thing_id)},
        **{"team_id": str(diary.team.id), "base": base, "schema": 1, "made_at": milliseconds(moment)},
        **{"zone": CIVIL.key, "utc_offset_min": int(offset.total_seconds()) // 60 if offset else 0},
    }
    diary.made.append((moment, operation | more))


def _sent(diary: _Diary) -> Iterator[Push]:
    """The operations as they reached the server: together, in the evening of a day with signal."""
    member, numbers = diary.member, count(1)
    device_id = uuid7(member.first, diary.rng)
    until = member.silent_from or member.last

    def evening(made: tuple[datetime, dict[str, Any]]) -> date:
        day = made[0].date()
        return day + timedelta(days=-day.toordinal() % member.sends_every)

    made = sorted(diary.made, key=lambda one: one[0])
    for day, group in groupby(made, key=lambda one: evening(one) if member.silent_from else min(evening(one), until)):
        if day > until:
            return
        operations = [operation | {"n": next(numbers)} for _, operation in group]
        at = milliseconds(datetime.combine(day, time(19, diary.rng.randint(0, 59)), CIVIL))
        for start in range(0, len(operations), MOST_A_PUSH):
            yield Push(at, diary.team, member, device_id, operations[start : start + MOST_A_PUSH])


def _codes() -> Iterator[str]:
    """The team's own codes, none of them twice: KITE-10, FERN-11 ..."""
    return (f"{_WORDS[number % len(_WORDS)]}-{number}" for number in count(10))
