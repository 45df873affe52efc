"""Builders with good defaults: a test names only what matters to it."""

import itertools
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from domain.entry import Entry
from domain.people import Person
from domain.reading import Reading, read
from domain.service import ServiceSettings, Today
from domain.world import World

TODAY = date(2026, 11, 20)
SAM, PRIYA, MARIA = (UUID(int=n) for n in (0xA1, 0xA2, 0xB1))
NORTH, SOUTH, EAST = (UUID(int=n) for n in (0xC1, 0xC2, 0xC3))
_numbers = itertools.count(1)

ONE_TO_ONE = {"kind": "one_to_one"}
APPOINTMENT = {"kind": "accompanied_appointment", "appointment_kind": "gp"}
SIGNPOSTING = {"kind": "signposting", "items": [{"category": "housing", "how": "gave_info"}]}
DISCHARGE = {"kind": "discharge_support", "stage": "post_discharge"}


def a_set(**changes: Any) -> dict[str, Any]:
    """What a create sets for a one-to-one of 45 minutes in person today; `None` leaves a field out."""
    fields = {"happened_on": TODAY.isoformat(), "minutes": 45, "mode": "in_person", "details": ONE_TO_ONE} | changes
    return {name: value for name, value in fields.items() if value is not None}


def an_operation(**changes: Any) -> dict[str, Any]:
    """A create of an entry, as a phone sends it."""
    action = changes.get("action", "create")
    operation = {
        "id": str(uuid7()),
        "n": next(_numbers),
        "thing": "entry",
        "action": action,
        "thing_id": str(uuid7()),
        "team_id": str(NORTH),
        "base": 0,
        "schema": 1,
        "made_at": 1_795_290_012_345,
        "zone": "Europe/London",
        "utc_offset_min": 0,
    }
    if action in ("create", "amend"):
        operation["set"] = a_set() if action == "create" else {}
    return {name: _plain(value) for name, value in (operation | changes).items()}


def a_person_operation(**changes: Any) -> dict[str, Any]:
    """A create of a person, as a phone sends it."""
    return an_operation(**({"thing": "person", "set": {"code": "KITE-12"}} | changes))


def a_reflection_operation(**changes: Any) -> dict[str, Any]:
    """A create of a reflection, as a phone sends it: what it says is sealed."""
    sealed = {"kept_on": TODAY.isoformat(), "sealed": "AQIDBAUGBwgJ"}
    return an_operation(**({"thing": "reflection", "set": sealed} | changes))


def after(operation: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A later operation on the thing that `operation` made."""
    same = {name: operation[name] for name in ("thing", "thing_id", "team_id")}
    return an_operation(**({"action": "amend", "base": 1} | same | changes))


def reading(operation: dict[str, Any]) -> Reading:
    """An operation as the server reads it."""
    return read(msgspec.json.encode(operation))


def an_entry(**changes: Any) -> Entry:
    """A one-to-one of 45 minutes in person, by Sam of the north team."""
    fields = {
        "id": str(uuid7()),
        "team_id": str(NORTH),
        "author_id": str(SAM),
        "version": 1,
        "state": "active",
        "schema": 1,
        "zone": "Europe/London",
        "utc_offset_min": 0,
        **a_set(),
    }
    return msgspec.convert({name: _plain(value) for name, value in (fields | changes).items()}, Entry)


def a_person(**changes: Any) -> Person:
    """A person of the north team."""
    fields = {"id": str(uuid7()), "team_id": str(NORTH), "version": 1, "code": "KITE-12"} | changes
    return msgspec.convert({name: _plain(value) for name, value in fields.items()}, Person)


def a_world(user_id: UUID = SAM, **changes: Any) -> World:
    """What the server has loaded for a worker of the north team, who was in the south team before."""
    settings = changes.pop("settings", ServiceSettings())
    world = World(
        user_id=user_id,
        today=Today(date=TODAY, settings=settings),
        roles={NORTH: "worker"},
        left=frozenset({SOUTH}),
    )
    for name, value in changes.items():
        setattr(world, name, value)
    return world


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date) else value
