"""Who is in the demonstration: made-up teams and people, each with working days and a pace."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Literal
from uuid import UUID

from domain.service import CIVIL

TEAMS = [
    *("North community team", "South community team", "Hospital and home team", "East community team"),
    *("West community team", "Ward and discharge team", "Riverside team", "Hillside team", "Harbour team"),
    *("Valley team", "Market Street team", "Canal Street team", "Meadow team", "Hospital link team", "Bridge team"),
    *("Parkside team", "Lakeside team", "Orchard team", "Castle team", "Moorland team"),
]
_LEADS = ["Maria", "Joan", "Kofi", "Priya", "Owen", "Leila", "Grace", "Idris", "Bea", "Hugh"]
_WORKERS = [
    *("Sam", "Alex", "Nia", "Ravi", "Jo", "Femi", "Kit", "Ewan", "Mina", "Ash", "Tess", "Luca", "Bryn", "Zara"),
    *("Cal", "Ines", "Noor", "Finn", "Ada", "Theo", "Maya", "Dev", "Rhian", "Sol", "Ivy", "Jude", "Anya", "Rob"),
]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who logs. `days` are weekdays (Monday is 0), `pace` contacts a working day, `sends_every` days between
    the times when the phone has signal. Nothing arrives after `silent_from`."""

    user_id: UUID
    login: str
    name: str
    role: Literal["worker", "lead"]
    days: frozenset[int]
    pace: float
    sends_every: int
    first: date
    last: date
    leaves: bool = False
    silent_from: date | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team; `hospital` says that most of its work is helping people leave."""

    id: UUID
    name: str
    hospital: bool
    members: list[Member] = field(default_factory=list)


def teams(number: int, first: date, last: date, seed: int) -> list[Team]:
    """The teams with their people, for work from the first to the last day."""
    made = []
    workers, leads = _names(_WORKERS), _names(_LEADS)
    for place in range(number):
        rng = random.Random(f"{seed} team {place}")
        name = TEAMS[place]
        morning = datetime.combine(first, time(7, place), CIVIL)
        team = Team(uuid7(morning, rng), name, hospital="Hospital" in name or "Ward" in name)
        for second, (role, days, pace, sends_every, starts, ends, quiet) in enumerate(_ROLES):
            given = next(leads if role == "lead" else workers)
            leaves = ends < 1 and (last - first).days > 100
            member = Member(
                user_id=uuid7(morning.replace(second=second), rng),
                login=f"{given.lower()}.{role}",
                name=f"{given} {role.capitalize()}",
                role=role,
                days=frozenset(days),
                pace=pace * rng.uniform(0.9, 1.1),
                sends_every=sends_every,
                first=_part(first, last, starts),
                last=_part(first, last, ends) if leaves else last,
                leaves=leaves,
                # One phone in the whole service lies in a drawer.
                silent_from=last - timedelta(days=9) if quiet and place == 0 else None,
            )
            team.members.append(member)
        made.append(team)
    return made


# role, weekdays, contacts a day, days between sends, part of the time at which they start and end, a quiet phone
_Role = tuple[Literal["worker", "lead"], range | tuple[int, ...], float, int, float, float, bool]
_ROLES: list[_Role] = [
    ("lead", range(5), 1.0, 7, 0, 1, False),
    ("worker", range(5), 3.6, 3, 0, 1, False),
    ("worker", (0, 1, 2), 3.7, 7, 0, 1, False),
    ("worker", (1, 2, 3, 4), 3.3, 5, 0, 1, True),
    ("worker", range(5), 3.4, 7, 0.3, 1, False),
    ("worker", (0, 1, 3, 4), 3.6, 4, 0, 0.55, False),
    ("worker", (0, 2, 4), 3.2, 7, 0.7, 1, False),
]


def uuid7(moment: date | datetime, rng: random.Random) -> UUID:
    """An id that sorts by its moment and is the same for the same seed."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9), CIVIL)
    random_bits = rng.getrandbits(74)
    high = milliseconds(moment) << 16 | 0x7000 | random_bits >> 62
    return UUID(int=high << 64 | 0b10 << 62 | random_bits & (1 << 62) - 1)


def milliseconds(moment: datetime) -> int:
    """Unix milliseconds of an instant."""
    return int(moment.timestamp() * 1000)


def _names(given: list[str]) -> Iterator[str]:
    """Every name once, then again with a number."""
    for turn in count(1):
        yield from (name if turn == 1 else f"{name}{turn}" for name in given)


def _part(first: date, last: date, part: float) -> date:
    return first + timedelta(days=round((last - first).days * part))
