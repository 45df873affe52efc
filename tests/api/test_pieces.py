"""However a phone cuts what it sends, the same becomes of it: what the server loads is what the decision carries."""

from random import Random
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from api import clock
from api.verify import verify
from tests.api.conftest import Place
from tests.make import SIGNPOSTING, a_person_operation, a_set, after, an_operation

TODAY = str(clock.civil_date(clock.now()))


def any_operations(random: Random, place: Place, count: int) -> list[dict[str, Any]]:
    """A worker's operations on three entries and three persons; the same seed makes the same, with other ids."""
    things, persons = ([str(uuid7()) for _ in range(3)] for _ in range(2))
    found: list[dict[str, Any]] = []
    for _ in range(count):
        base, minutes, which = random.randint(0, 4), random.choice([5, 50, -1]), random.randrange(3)
        action = random.choice(["create", "amend", "amend", "void", "unvoid"])
        if random.random() < 0.5:
            action = random.choice(["create", "amend"])
            change: dict[str, str | None] = {"code": random.choice(["KITE-12", "WREN-3", "Anna Smith"])}
            if random.random() < 0.5:
                change["merged_into"] = random.choice([None, *persons])
            base = random.randint(0, 2)
            made = a_person_operation(action=action, base=base, set=change, thing_id=persons[which])
        else:
            made = an_operation(action=action, base=base, thing_id=things[which])
            if action == "create":
                made["set"] = a_set(happened_on=TODAY, minutes=minutes, details=SIGNPOSTING)
            elif action == "amend":
                made["set"] = random.choice([{"minutes": minutes}, {"details": {"kind": "one_to_one"}}, {}])
        if found and random.random() < 0.1:
            made = random.choice(found)
        found.append(made | {"team_id": str(place.north)})
    return found


def told(results: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What does not depend on the ids and on what was there before."""
    return [
        (one["outcome"], one.get("first"), one.get("reason"), one.get("version"), one.get("noop")) for one in results
    ]


@pytest.mark.parametrize("seed", range(3))
async def test_a_batch_sent_whole_and_one_by_one_gets_the_same_answers(place: Place, seed: int) -> None:
    whole, single = (any_operations(Random(seed), place, 60) for _ in range(2))

    at_once = await place.sam.results(*whole)
    one_by_one = [result for operation in single for result in await place.sam.results(operation)]

    assert told(at_once) == told(one_by_one)
    outcomes = [one["outcome"] for one in at_once]
    assert {"applied", "conflict", "rejected", "duplicate"} <= set(outcomes), "the batch is worth sending"
    checks = await place.database.read(verify)
    assert [difference for check in checks for difference in check.differences] == []
    assert sum(check.checked for check in checks) > 50


async def test_who_was_merged_into_whom_is_known_in_the_next_push_too(place: Place) -> None:
    kite, wren, lark = (a_person_operation(team_id=place.north) for _ in range(3))
    await place.sam.push(kite, wren, lark)

    answers = [
        (await place.sam.results(after(one, base=base, set={"merged_into": into and into["thing_id"]})))[0]
        for one, base, into in ((kite, 1, wren), (wren, 1, lark), (lark, 1, kite), (kite, 2, None), (wren, 1, lark))
    ]

    assert [answer.get("reason") for answer in answers] == [None, "rule:merge", "rule:merge", None, None]
