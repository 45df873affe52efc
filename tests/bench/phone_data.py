"""Fills a folder for the phone's measurements: a worker with years of work on the server, and one with a single log.

Called by phone-set-up.ts as `python -m tests.bench.phone_data FOLDER`.
"""

import random
import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from api import clock, schema, settings
from api.database import Database
from api.demo_cast import Member, Team, teams, uuid7
from api.demo_work import Push, pushes
from api.passwords import Passwords
from api.store import accounts
from api.store.push import Sender, push
from domain.reading import read
from domain.service import ServiceSettings, Today

ENTRIES = 5_000
# What the demonstration's first worker logs in six years is a little more.
YEARS = 7
PASSWORD = "walk alongside 2026"
SERVICE_ID = UUID(int=0xBE)
# The newest log of the demonstration is yesterday's: both workers have one that can be logged again.
KEPT = {"many": ENTRIES, "one": 1}


def main(folder: Path) -> None:
    """Makes the database, as if phones had sent it day by day, and the accounts to sign in with."""
    chosen = settings.Settings(dev=True, data_dir=str(folder), password_memory_kib=64)
    last = clock.civil_date(clock.now()) - timedelta(days=1)
    team = teams(1, last - timedelta(days=365 * YEARS), last, seed=1)[0]
    # Two who work every weekday from the first day to the last.
    workers = {"many": team.members[1], "one": team.members[0]}
    sent = pushes([team], seed=1)
    schema.prepare(chosen.url)
    with Database(chosen.url) as database:
        hashed = Passwords(chosen).hash_now(PASSWORD)
        database.write_now(lambda connection: _settle(connection, team, workers, hashed))
        for login, worker in workers.items():
            kept = _newest([one for one in sent if one.member == worker], KEPT[login])
            for start in range(0, len(kept), 100):
                database.write_now(partial(_store, kept[start : start + 100]))
    accounts_of = [
        {"login": login, "password": PASSWORD, "name": one.name, "role": "worker", "team": team.name}
        for login, one in workers.items()
    ]
    (folder / "accounts.json").write_bytes(msgspec.json.encode({"accounts": accounts_of}))


def _settle(connection: Connection, team: Team, workers: dict[str, Member], hashed: str) -> None:
    at = milliseconds_of(team.members[0].first)
    accounts.add_service(connection, SERVICE_ID, "Bench", at)
    accounts.add_team(connection, SERVICE_ID, team.id, team.name)
    rng = random.Random(0)
    for login, one in workers.items():
        accounts.add_user(connection, SERVICE_ID, one.user_id, login, one.name, at)
        accounts.set_password(connection, SERVICE_ID, one.user_id, hashed)
        accounts.add_member(connection, SERVICE_ID, uuid7(one.first, rng), one.user_id, team.id, "worker", at)


def _newest(sent: list[Push], most: int) -> list[Push]:
    """The pushes of a worker with the newest entries only, and what was done to them; of persons everything."""
    entries = [one["thing_id"] for push in sent for one in push.operations if _makes_an_entry(one)]
    if len(entries) < most:
        raise SystemExit(f"{len(entries)} entries in {YEARS} years are too few for {most}")
    wanted = set(entries[-most:])
    kept = [
        Push(one.at, one.team, one.member, one.device_id, [each for each in one.operations if _is_wanted(each, wanted)])
        for one in sent
    ]
    return [one for one in kept if one.operations]


def _is_wanted(operation: dict[str, Any], entries: set[str]) -> bool:
    if operation["thing"] == "entry":
        return operation["thing_id"] in entries
    # Nobody else is here: a person that another worker made cannot be merged with.
    change: dict[str, Any] = operation.get("set", {})
    return "merged_into" not in change


def _makes_an_entry(operation: dict[str, Any]) -> bool:
    return (operation["thing"], operation["action"]) == ("entry", "create")


def _store(some: list[Push], connection: Connection) -> None:
    for one in some:
        on = Today(date=clock.civil_date(one.at), settings=ServiceSettings())
        sender = Sender(SERVICE_ID, one.member.user_id, one.device_id, one.at, on)
        for verdict in push(connection, sender, [read(msgspec.json.encode(sent)) for sent in one.operations]):
            assert verdict.result.outcome == "applied", verdict.result


def milliseconds_of(day: date) -> int:
    """The morning of a day, in Unix milliseconds."""
    return uuid7(day, random.Random(0)).int >> 80


if __name__ == "__main__":
    main(Path(sys.argv[1]))
