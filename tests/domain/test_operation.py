"""The documented conversation between phone and server, decoded and written again: nothing is added, nothing lost."""

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.entry import EntryChange
from domain.judge import judge
from domain.kinds import OneToOne
from domain.operation import (
    MOST_OPERATIONS,
    EntryOperation,
    Operation,
    Page,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    RawPush,
    Result,
)
from domain.problems import Problem
from domain.reading import read
from tests.make import NORTH, SAM, a_world

CREATE, AMEND, ENTRY, DEVICE = (f"01a1fa79-0e80-71b0-97a2-{n:012d}" for n in (1, 2, 3, 4))
LATER, BROKEN = (f"01a1fa79-0e80-71b0-97a2-{n:012d}" for n in (5, 6))

PUSH = f"""
{{"protocol":1,"device_id":"{DEVICE}","user_id":"{SAM}","app":"2026.12.1","epoch":1,"sent_at":1795290099000,"issued":59,
 "pending":2,"oldest_pending_at":1795204000000,
 "operations":[
  {{"id":"{CREATE}","n":58,"thing":"entry","action":"create","thing_id":"{ENTRY}","team_id":"{NORTH}","base":0,"schema":1,
   "set":{{"happened_on":"2026-11-20","minutes":45,"travel_minutes":0,"admin_minutes":0,"mode":"in_person",
          "attendance":"attended","place":"patients_home","details":{{"kind":"one_to_one"}}}},
   "made_at":1795290012345,"zone":"Europe/London","utc_offset_min":0}},
  {{"id":"{AMEND}","n":59,"thing":"entry","action":"amend","thing_id":"{ENTRY}","team_id":"{NORTH}","base":1,"schema":1,
   "set":{{"minutes":50}},"made_at":1795290062345,"zone":"Europe/London","utc_offset_min":0}}]}}
"""
RECORD = {
    "thing": "entry",
    "id": ENTRY,
    "team_id": str(NORTH),
    "author_id": str(SAM),
    "version": 2,
    "state": "active",
    "schema": 1,
    "happened_on": "2026-11-20",
    "started_at": None,
    "zone": "Europe/London",
    "utc_offset_min": 0,
    "minutes": 50,
    "travel_minutes": 0,
    "admin_minutes": 0,
    "mode": "in_person",
    "attendance": "attended",
    "place": "patients_home",
    "person_id": None,
    "subject": "person",
    "others_present": [],
    "with_colleague": None,
    "focus": [],
    "note": None,
    "details": {
        "kind": "one_to_one",
        "first_meeting": None,
        "approach": [],
        "shared_experience": None,
        "boundaries_discussed": None,
        "person_led": None,
        "ending_talked_about": None,
    },
}
ANSWER = {
    "server": "alongside",
    "protocol": 1,
    "epoch": 1,
    "server_time": 1795290183412,
    "accepts_schema": [1, 1],
    "results": [
        {"id": AMEND, "outcome": "applied", "version": 2, "seq": 4712, "record": RECORD},
        {"id": LATER, "outcome": "conflict", "reason": "version", "seq": 4713, "record": RECORD},
        {"id": AMEND, "outcome": "duplicate", "first": "applied", "version": 2, "seq": 4712, "record": RECORD},
        {
            "id": BROKEN,
            "outcome": "rejected",
            "reason": "unreadable",
            "retry": "after_update",
            "problems": [{"code": "not_an_integer", "field": "set.minutes"}],
        },
    ],
}


def test_the_documented_push_decodes_to_what_it_says() -> None:
    push = msgspec.json.decode(PUSH, type=PushRequest)

    create, amend = push.operations
    assert isinstance(create, EntryOperation)
    assert (create.action, create.n, create.base, create.thing_id) == ("create", 58, 0, UUID(ENTRY))
    assert create.set.details == {"kind": "one_to_one"}
    assert amend.set == EntryChange(minutes=50)
    assert (push.issued, push.pending, push.oldest_pending_at) == (59, 2, 1795204000000)


def test_the_documented_push_is_written_again_as_it_came() -> None:
    """Apart from `reason` and `closes`, which an operation need not name."""
    written: dict[str, Any] = json.loads(msgspec.json.encode(msgspec.json.decode(PUSH, type=PushRequest)))

    for operation in written["operations"]:
        assert (operation.pop("reason"), operation.pop("closes")) == (None, None)
    assert written == json.loads(PUSH)


def test_what_the_route_decodes_is_the_documented_push_with_each_operation_still_raw() -> None:
    push = msgspec.json.decode(PUSH, type=PushRequest)
    raw = msgspec.json.decode(PUSH, type=RawPush)

    assert set(RawPush.__struct_fields__) == set(PushRequest.__struct_fields__)
    for name in set(RawPush.__struct_fields__) - {"operations"}:
        assert getattr(raw, name) == getattr(push, name)
    assert [read(bytes(one)).operation for one in raw.operations] == list(push.operations)


def test_the_documented_answer_is_what_the_server_writes() -> None:
    """The answers of the decision to the documented operations, then one that is late, one again and one broken."""
    create, amend = (bytes(one) for one in msgspec.json.decode(PUSH, type=RawPush).operations)
    late = amend.replace(AMEND.encode(), LATER.encode()).replace(b'"minutes":50', b'"minutes":20')
    broken = amend.replace(AMEND.encode(), BROKEN.encode()).replace(b'"minutes":50', b'"minutes":"50"')

    verdicts = judge([read(one) for one in (create, amend, late, amend, broken)], a_world(), {NORTH: 4710})
    answer = PushAnswer(
        epoch=1,
        server_time=1795290183412,
        accepts_schema=(1, 1),
        results=tuple(verdict.result for verdict in verdicts[1:]),
    )

    assert json.loads(msgspec.json.encode(answer)) == ANSWER


def test_the_documented_answer_reads_back_to_the_same_results() -> None:
    answer = msgspec.json.decode(json.dumps(ANSWER), type=PushAnswer)

    assert [result.outcome for result in answer.results] == ["applied", "conflict", "duplicate", "rejected"]
    assert json.loads(msgspec.json.encode(answer)) == ANSWER
    assert answer.results[3].problems == (Problem(code="not_an_integer", field="set.minutes"),)
    record = answer.results[0].record
    assert record is not None
    assert isinstance(getattr(record, "details", None), OneToOne)


def test_the_documented_pull_reads_both_ways() -> None:
    asked = {
        "protocol": 1,
        "device_id": DEVICE,
        "schema": 1,
        "limit": 500,
        "cursors": {str(NORTH): "1.4712.1w", ENTRY: None},
    }
    answered = {
        "server": "alongside",
        "user_id": str(SAM),
        "epoch": 1,
        "server_time": 1795290183412,
        "scope_version": 12,
        "scope": [str(NORTH), ENTRY],
        "teams": {
            str(NORTH): {"rows": [RECORD], "cursor": "1.4712.1w", "more": False},
            ENTRY: {"reset": "view"},
        },
        "conflicts": [
            {
                "op": ENTRY,
                "thing": "entry",
                "thing_id": ENTRY,
                "team_id": str(NORTH),
                "action": "void",
                "base": 1,
                "reason": "not_member",
                "why": "Logged twice",
                "author_id": str(SAM),
                "received_at": 1795290183412,
                "zone": "Europe/London",
                "utc_offset_min": 0,
                "set": {},
            }
        ],
    }

    request = msgspec.json.decode(json.dumps(asked), type=PullRequest)
    answer = msgspec.json.decode(json.dumps(answered), type=PullAnswer)

    assert request.cursors == {NORTH: "1.4712.1w", UUID(ENTRY): None}
    assert json.loads(msgspec.json.encode(request)) == asked
    assert json.loads(msgspec.json.encode(answer)) == answered
    assert answer.teams[UUID(ENTRY)] == Page(reset="view")


def test_a_result_says_nothing_that_it_need_not_say() -> None:
    bare = Result(id=None, outcome="rejected", reason="unreadable", retry="after_update")

    assert json.loads(msgspec.json.encode(bare)) == {
        "id": None,
        "outcome": "rejected",
        "reason": "unreadable",
        "retry": "after_update",
    }


@pytest.mark.parametrize(
    "change",
    [{"protocol": 2}, {"surprise": 1}, {"device_id": None}, {"pending": -1}, {"issued": 2**31}, {"sent_at": 10**30}],
)
def test_an_envelope_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(json.loads(PUSH) | change), type=RawPush)


def test_what_is_stored_of_an_operation_is_read_again_as_the_same_operation() -> None:
    for operation in msgspec.json.decode(PUSH, type=PushRequest).operations:
        assert msgspec.json.decode(msgspec.json.encode(operation), type=Operation) == operation


def test_the_most_operations_of_the_document_and_of_the_route_are_one_number() -> None:
    too_many = json.loads(PUSH) | {"operations": json.loads(PUSH)["operations"][:1] * (MOST_OPERATIONS + 1)}

    with pytest.raises(msgspec.ValidationError, match=f"<= {MOST_OPERATIONS}"):
        msgspec.json.decode(json.dumps(too_many), type=PushRequest)
    assert len(msgspec.json.decode(json.dumps(too_many), type=RawPush).operations) == MOST_OPERATIONS + 1


def test_every_answer_is_numbered_only_once() -> None:
    create, amend = (bytes(one) for one in msgspec.json.decode(PUSH, type=RawPush).operations)

    first = judge([read(create), read(amend)], world := a_world(), numbers := defaultdict[UUID, int](int))
    second = judge([read(create), read(amend)], world, numbers)

    assert [verdict.result.seq for verdict in first] == [verdict.result.seq for verdict in second] == [1, 2]
    assert numbers[NORTH] == 2
