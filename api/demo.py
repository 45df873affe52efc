"""The demonstration: an empty database filled with synthetic work, through the same door as a phone's."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from api import clock
from api.database import Database
from api.demo_cast import Team, milliseconds, teams, uuid7
from api.demo_work import Push, pushes
from api.store import accounts, keys, sessions
from api.store.push import Sender, push
from api.store.tables import member, team, user
from domain.access import Role
from domain.reading import read
from domain.service import CIVIL, Today

# Public on purpose: it opens nothing but made-up data on somebody's own computer.
PASSPHRASE = "walk alongside 2026"
PUSHES_A_COMMIT = 100
SERVICE_ID = UUID("01900000-0000-7000-8000-00000000de30")
SERVICE_NAME = "Demonstration peer support service"
_ABOVE_TEAMS: list[tuple[str, str, Role]] = [
    ("tom.analyst", "Tom Analyst", "analyst"),
    ("ade.admin", "Ade Admin", "admin"),
]

Found = Literal["empty", "begun", "demo", "other"]


class Account(msgspec.Struct, frozen=True):
    """Somebody to sign in as."""

    login: str
    password: str
    name: str
    role: Role
    team: str | None


def state_of(connection: Connection) -> Found:
    """Whether the database is free to be filled, was filled by the demonstration or only begun, or is somebody's."""
    services = accounts.service_ids(connection)
    if not services:
        return "empty"
    if SERVICE_ID not in services:
        return "other"
    # They come last.
    return "demo" if accounts.find_user(connection, _ABOVE_TEAMS[-1][0]) else "begun"


def fill(
    database: Database,
    number: int,
    months: int,
    seed: int,
    today: date,
    password_hash: str,
    done: Callable[[int], object] = lambda _: None,
) -> int:
    """Fills an empty database with the work of some teams up to yesterday; answers how many operations that took.

    The same seed on the same day makes the same work. `done` is told how many operations are stored.
    """
    first, last = first_day(today, months), today - timedelta(days=1)
    cast = teams(number, first, last, seed)
    sent = pushes(cast, seed)
    database.write_now(lambda connection: _settle(connection, cast, first, password_hash))
    # Not all at once: PostgreSQL grows slower with each change of a row in the same transaction.
    for start in range(0, len(sent), PUSHES_A_COMMIT):
        some = sent[start : start + PUSHES_A_COMMIT]
        database.write_now(partial(_store, some))
        done(sum(len(one.operations) for one in some))
    database.write_now(lambda connection: _finish(connection, cast, sent, first, password_hash))
    return sum(len(one.operations) for one in sent)


def all_accounts(connection: Connection) -> list[Account]:
    """Who can sign in with the passphrase of the demonstration: nobody who left, or chose another one."""
    theirs = select(user.c.password_hash).where(user.c.login == _ABOVE_TEAMS[0][0]).scalar_subquery()
    statement = (
        select(user.c.login, user.c.name, member.c.role, team.c.name.label("team"))
        .join(member, (member.c.service_id == user.c.service_id) & (member.c.user_id == user.c.id))
        .outerjoin(team, (team.c.service_id == member.c.service_id) & (team.c.id == member.c.team_id))
        .where(user.c.service_id == SERVICE_ID, member.c.to_at.is_(None), user.c.password_hash == theirs)
        .order_by(team.c.id.is_(None), team.c.id, user.c.id)
    )
    return [Account(row.login, PASSPHRASE, row.name, row.role, row.team) for row in connection.execute(statement)]


def first_day(today: date, months: int) -> date:
    """The first day of a time of so many months, the present one included."""
    month = today.year * 12 + today.month - months
    return date(month // 12, month % 12 + 1, 1)


def _settle(connection: Connection, cast: list[Team], first: date, password_hash: str) -> None:
    """The service, its teams and everybody in them."""
    accounts.add_service(connection, SERVICE_ID, SERVICE_NAME, _morning(first))
    for one in cast:
        accounts.add_team(connection, SERVICE_ID, one.id, one.name)
        for who in one.members:
            _add(connection, who.user_id, who.login, who.name, one.id, who.role, who.first, password_hash)


def _store(some: list[Push], connection: Connection) -> None:
    settings = accounts.get_service(connection, SERVICE_ID).settings
    for one in some:
        on = Today(date=clock.civil_date(one.at), settings=settings)
        sender = Sender(SERVICE_ID, one.member.user_id, one.device_id, one.at, on)
        for verdict in push(connection, sender, [read(msgspec.json.encode(sent)) for sent in one.operations]):
            # A demonstration that the rules refuse would be a wrong one.
            assert verdict.result.outcome == "applied", verdict.result


def _finish(connection: Connection, cast: list[Team], sent: list[Push], first: date, password_hash: str) -> None:
    """Phones as they were last in touch, who left, and those above the teams."""
    for latest in {one.device_id: one for one in sent}.values():
        who, device_id, issued = latest.member, latest.device_id, latest.operations[-1]["n"]
        key = keys.data_key(connection, SERVICE_ID, who.user_id, device_id)
        name = f"{who.name.split()[0]}'s phone"
        sessions.bind(connection, SERVICE_ID, b"", who.user_id, device_id, key, name, "demo", _morning(who.first))
        sessions.report_device(connection, SERVICE_ID, who.user_id, device_id, latest.at, "demo", issued, 0, None)
    for one in cast:
        for who in one.members:
            if who.leaves:
                at = _morning(who.last + timedelta(days=1))
                accounts.end_member(connection, SERVICE_ID, who.user_id, one.id, at)
    rng = random.Random(0)
    for login, name, role in _ABOVE_TEAMS:
        _add(connection, uuid7(first, rng), login, name, None, role, first, password_hash)


def _add(
    connection: Connection,
    user_id: UUID,
    login: str,
    name: str,
    team_id: UUID | None,
    role: Role,
    since: date,
    password_hash: str,
) -> None:
    accounts.add_user(connection, SERVICE_ID, user_id, login, name, _morning(since))
    accounts.set_password(connection, SERVICE_ID, user_id, password_hash)
    member_id = uuid7(since, random.Random(login))
    accounts.add_member(connection, SERVICE_ID, member_id, user_id, team_id, role, _morning(since))


def _morning(day: date) -> int:
    return milliseconds(datetime.combine(day, time(8), CIVIL))
