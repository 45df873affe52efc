"""What a phone has of the server: the rows of its user's teams, read in pages of any size."""

from typing import Any

from tests.api.conftest import Someone
from tests.campaigns.server.ground import Ground
from tests.campaigns.server.model import Json, Thing


class Replica:
    """The rows that one phone was given, by a phone's own rules."""

    def __init__(self, ground: Ground, someone: Someone) -> None:
        self.someone = someone
        self._ground = ground
        self._rows: dict[str, Json] = {}
        self._cursors: dict[str, str | None] = {}

    def pull(self, limit: int) -> Json:
        """One page of each team; answers the whole answer."""
        body = self._ground.run(self.someone.pull(cursors=self._cursors, limit=limit))
        scope = set(body["scope"])
        assert body["teams"].keys() == scope
        self._rows = {number: row for number, row in self._rows.items() if row["team_id"] in scope}
        self._cursors = {team: cursor for team, cursor in self._cursors.items() if team in scope}
        for team, page in body["teams"].items():
            if "reset" in page:
                self._cursors[team] = None
                self._rows = {number: row for number, row in self._rows.items() if row["team_id"] != team}
                continue
            assert len(page["rows"]) <= limit
            for row in page["rows"]:
                before = self._rows.get(row["id"])
                assert row["team_id"] == team
                assert before is None or before["version"] <= row["version"], f"{before} became {row}"
                self._rows[row["id"]] = row
            self._cursors[team] = page["cursor"]
        return body

    def pull_all(self, limit: int) -> set[str]:
        """Page after page until there is no more; answers the conflicts that wait for the user."""
        while True:
            body = self.pull(limit)
            if not any(page.get("more") or "reset" in page for page in body["teams"].values()):
                return {conflict["op"] for conflict in body["conflicts"]}

    def compare(self, things: dict[str, Thing]) -> None:
        """Exactly these things, as they are."""
        assert self._rows.keys() == things.keys(), f"has {self._rows.keys()} and should have {things.keys()}"
        for number, thing in things.items():
            row = self._rows[number]
            said = {name: row[name] for name in ("thing", "team_id", "version")}
            assert said == {"thing": thing.thing, "team_id": thing.team, "version": thing.version}
            if thing.thing == "entry":
                assert (row["author_id"], row["state"]) == (thing.author, "void" if thing.void else "active")
            for name, value in thing.fields.items():
                assert _holds(row[name], value), f"{name} of {thing.thing} {number} is {row[name]}, not {value}"


def _holds(given: Any, expected: Any) -> bool:
    """The same, where the server may know more: the answers of details that were never asked."""
    if isinstance(expected, dict):
        return all(_holds(given.get(name), value) for name, value in expected.items())
    if isinstance(expected, list):
        return len(given) == len(expected) and all(map(_holds, given, expected))
    return bool(given == expected)
