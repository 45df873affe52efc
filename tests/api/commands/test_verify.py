"""verify finds what was changed behind the back of the program, and recount puts the figures right."""

import sqlite3
from pathlib import Path

import pytest

from tests.api.commands.running import Command, change

PLANTED = {
    "a figure": (
        "UPDATE volume SET minutes = minutes + 5 WHERE split = 'team' AND day = (SELECT min(day) FROM volume)",
        "figures, from a recount",
        "minutes",
    ),
    "a figure that is gone": (
        "DELETE FROM volume WHERE split = 'team' AND day = (SELECT min(day) FROM volume)",
        "figures, from a recount",
        "kept nothing",
    ),
    "an entry": (
        "UPDATE entry SET travel_minutes = travel_minutes + 5 WHERE seq = (SELECT min(seq) FROM entry)",
        "entries, persons and reflections, from their operations",
        "not what its operations make",
    ),
    "an entry that is gone": (
        "DELETE FROM entry WHERE seq = (SELECT min(seq) FROM entry WHERE kind <> 'signposting')",
        "entries, persons and reflections, from their operations",
        "has operations but no row",
    ),
    "the seq of an entry": (
        "UPDATE entry SET seq = 100000 WHERE seq = (SELECT min(seq) FROM entry)",
        "entries, persons and reflections, from their operations",
        "not what its operations make",
    ),
    "a person": (
        "UPDATE person SET code = 'WREN-99' WHERE seq = (SELECT min(seq) FROM person)",
        "entries, persons and reflections, from their operations",
        "not what its operations make",
    ),
    "a lost operation": (
        "DELETE FROM operation WHERE action = 'create' AND thing = 'entry' AND seq ="
        " (SELECT max(seq) FROM operation WHERE action = 'create' AND thing = 'entry')",
        "numbers of teams",
        "last number",
    ),
    "an operation with another body": (
        'UPDATE operation SET body = replace(body, \'"action":"create"\', \'"action":"amend"\') WHERE seq = 1',
        "entries, persons and reflections, from their operations",
        "cannot be applied",
    ),
    "an operation that cannot be read": (
        "UPDATE operation SET body = '{' WHERE seq = 1",
        "entries, persons and reflections, from their operations",
        "cannot be applied",
    ),
    "whose words an operation is": (
        'UPDATE operation SET author_id = (SELECT id FROM "user" WHERE "user".id <> operation.author_id LIMIT 1)'
        " WHERE seq = 1",
        "entries, persons and reflections, from their operations",
        "not what its operations make",
    ),
    "the version of an operation": (
        "UPDATE operation SET version = 7 WHERE seq = 1",
        "entries, persons and reflections, from their operations",
        "not 7",
    ),
    "the last number of a team": ("UPDATE team SET seq = seq - 1", "numbers of teams", "last number"),
    "the kind that is repeated": (
        "UPDATE entry SET kind = 'other' WHERE seq = (SELECT min(seq) FROM entry)",
        "kinds, stages and topics",
        "kind is not that of its details",
    ),
    "the family that is repeated": (
        "UPDATE entry SET family = 'group' WHERE seq = (SELECT min(seq) FROM entry)",
        "kinds, stages and topics",
        "family is not that of its details",
    ),
    "the step that is repeated": (
        "UPDATE entry SET step = 'met_there' WHERE seq = (SELECT min(seq) FROM entry)",
        "kinds, stages and topics",
        "step is not that of its details",
    ),
    "the outcomes of signposting": (
        "UPDATE entry_outcome SET outcome = 'waiting' WHERE (entry_id, outcome) IN"
        " (SELECT entry_id, outcome FROM entry_outcome WHERE outcome = 'not_known_yet' LIMIT 1)",
        "kinds, stages and topics",
        "outcomes are not those of its details",
    ),
    "the day on which an operation was made": (
        "UPDATE operation SET made_on = '2001-01-01' WHERE seq = 1",
        "entries, persons and reflections, from their operations",
        "was not made on 2001-01-01",
    ),
    "details that cannot be read": (
        'UPDATE entry SET details = \'{"kind":"juggling"}\' WHERE seq = (SELECT min(seq) FROM entry)',
        "kinds, stages and topics",
        "cannot be read",
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_difference_is_found_and_named(command: Command, filled_url: str, planted: str) -> None:
    statement, check, said = PLANTED[planted]
    change(filled_url, statement)
    ran = command("verify", "--json", url=filled_url)
    assert ran.code == 1
    found = {one["name"]: one["differences"] for one in ran.json()["checks"]}
    assert found[check], found
    assert said in found[check][0]
    assert not ran.json()["agrees"]


def test_an_entry_that_cannot_be_read_is_named_once_for_each_check(command: Command, filled_url: str) -> None:
    change(filled_url, PLANTED["details that cannot be read"][0])
    found = {one["name"]: one["differences"] for one in command("verify", "--json", url=filled_url).json()["checks"]}
    (folded,) = found["entries, persons and reflections, from their operations"]
    assert "cannot be read" in folded
    assert found["figures, from a recount"] == ["nothing was counted, because entries cannot be read"]


def test_a_database_that_agrees_says_what_was_looked_at(command: Command, filled_url: str) -> None:
    ran = command("verify", url=filled_url)
    assert ran.code == 0, ran.err
    assert "figures, from a recount" in ran.out
    checks = command("verify", "--json", url=filled_url).json()["checks"]
    looked_at = {check["name"]: check["checked"] for check in checks}
    assert looked_at["entries, persons and reflections, from their operations"] > 100
    # Reflections can only be sealed by a phone: see tests/api/test_reflections.py.
    assert {name for name, number in looked_at.items() if not number} == {"sealed words"}


def test_a_recount_puts_wrong_figures_right_and_says_so_in_the_audit(command: Command, filled_url: str) -> None:
    change(filled_url, PLANTED["a figure"][0])
    assert command("recount", url=filled_url).code == 0
    assert command("verify", url=filled_url).code == 0
    change(filled_url, "UPDATE audit SET action = 'seen' WHERE action = 'recount'")


def test_a_reference_to_a_missing_row_is_found(command: Command, migrated_sqlite: Path, tmp_path: Path) -> None:
    file = tmp_path / "loose.db"
    file.write_bytes(migrated_sqlite.read_bytes())
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO team VALUES (hex(randomblob(16)), hex(randomblob(16)), 'North', 0)")
    ran = command("verify", url=f"sqlite:///{file}")
    assert ran.code == 1
    assert "refers to a missing service" in ran.err
