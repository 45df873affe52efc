"""A small model of the server, written from the design and not from the code: what becomes of each operation.

It knows plain dictionaries and no struct of the product, so that a mistake in a rule is not made here again.
"""

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

BACK_DATING_DAYS = 60
MET = ("attended", "attended_late")
# What an untouched form says of an entry, and what null puts back.
UNTOUCHED = {
    "started_at": None,
    "minutes": None,
    "travel_minutes": 0,
    "admin_minutes": 0,
    "mode": None,
    "attendance": "attended",
    "place": None,
    "person_id": None,
    "note": None,
}
PERSON = {"code": None, "referral_ref": None, "merged_into": None}
# What the word of a lead stands in for.
WAIVED = {"too_far_back", "retired"}

Json = dict[str, Any]


@dataclass
class Thing:
    """An entry, or a person: then nobody is its author."""

    thing: str
    id: str
    team: str
    author: str | None
    fields: Json
    version: int = 1
    void: bool = False


@dataclass(frozen=True)
class Answer:
    """What the server has to say of an operation. Of several rules that are broken it may name any."""

    outcome: str
    reasons: frozenset[str] = frozenset()
    version: int | None = None
    noop: bool = False
    seq: int | None = None
    first: str | None = None

    def fits(self, result: Json) -> bool:
        """Whether a result on the wire says this."""
        said = (result["outcome"], result.get("version"), result.get("noop", False))
        reason = result.get("reason")
        fits = said == (self.outcome, self.version, self.noop) and (
            reason in self.reasons if self.reasons else reason is None
        )
        return fits and (result.get("seq"), result.get("first")) == (self.seq, self.first)


@dataclass
class Kept:
    """A stored operation: as it was sent, with the first answer, whose words it is and whether it is a conflict that
    waits."""

    operation: Json
    text: str
    answer: Answer
    author: str
    waits: bool


@dataclass
class Model:
    """Everything that the server should know."""

    today: date
    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    left: dict[str, set[str]] = field(default_factory=dict)
    things: dict[tuple[str, str], Thing] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    closed: set[tuple[str, str]] = field(default_factory=set)
    retired: set[str] = field(default_factory=set)
    notes: bool = False
    # How often a conflict was settled by whom, and how.
    settled: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def push(self, user: str, operation: Json, named: str) -> Answer:
        """What becomes of an operation that `user` sends in the name of `named`."""
        if _is_broken(operation):
            return Answer("rejected", frozenset({"unreadable"}))
        if user != named:
            return Answer("rejected", frozenset({"forged"}))
        if known := self.kept.get(operation["id"]):
            if known.text != _text(operation):
                return Answer("rejected", frozenset({"id_reused"}))
            return replace(known.answer, outcome="duplicate", first=known.answer.outcome, noop=False)
        team = operation["team_id"]
        role = self.roles[user].get(team)
        if role is None and team not in self.left[user]:
            return Answer("rejected", frozenset({"not_authorised"}))
        if operation["schema"] > 1:
            return Answer("rejected", frozenset({"schema_newer"}))
        settles = self._settles(user, role, operation)
        accepts = settles is not None and role == "lead" and _same_words(settles.operation, operation)
        words = settles.author if settles is not None and accepts else user
        if role is None:
            answer = _conflict("not_member")
        elif operation["thing"] == "entry":
            answer = self._entry(user, role, operation, settles is not None, accepts, words)
        else:
            answer = self._person(operation, settles is not None)
        if answer.outcome == "rejected":
            return answer
        self.numbers[team] += 1
        answer = replace(answer, seq=self.numbers[team])
        conflict = answer.outcome == "conflict"
        self.kept[operation["id"]] = Kept(operation, _text(operation), answer, words, conflict)
        if settles is not None and not conflict:
            settles.waits = False
            how = "accepted" if accepts else "left" if answer.noop else "mended"
            self.settled["settled", "by its author" if settles.author == user else "by a lead", how] += 1
        return answer

    def learn(self, operation_id: str, reason: str) -> None:
        """The server named this one of several broken rules: it has to say the same for ever."""
        known = self.kept[operation_id]
        known.answer = replace(known.answer, reasons=frozenset({reason}))

    def rows(self, user: str) -> dict[str, Thing]:
        """What a phone of the user has when it has read everything: own entries and persons, of the teams of now."""
        return {
            thing.id: thing
            for thing in self.things.values()
            if thing.team in self.roles[user] and thing.author in (None, user)
        }

    def conflicts(self, user: str) -> set[str]:
        """The conflicts that wait for the user's own word."""
        return {number for number, kept in self.kept.items() if kept.waits and kept.author == user}

    def _settles(self, user: str, role: str | None, operation: Json) -> Kept | None:
        """The waiting conflict on the same thing that it may settle: one's own, or as a lead any of the team."""
        kept = self.kept.get(operation.get("closes") or "")
        same = ("thing", "thing_id", "team_id")
        if kept is None or not kept.waits or role is None or any(kept.operation[of] != operation[of] for of in same):
            return None
        return kept if kept.author == user or role == "lead" else None

    def _entry(self, user: str, role: str, operation: Json, settles: bool, accepts: bool, words: str) -> Answer:
        action, thing = operation["action"], self.things.get(("entry", operation["thing_id"]))
        if action == "create":
            return _conflict("exists") if thing else self._change(operation, None, words, accepts)
        if thing and (thing.team != operation["team_id"] or not (thing.author == user or role == "lead")):
            thing = None
        if settles and action == "amend" and not operation["set"]:
            return Answer("applied", version=thing.version if thing else None, noop=True)
        if thing is None:
            # Voiding what was never more than a conflict lets it go.
            return Answer("applied", noop=True) if settles and action == "void" else _conflict("unknown_entry")
        if action == "amend":
            if thing.author != words:
                return Answer("rejected", frozenset({"not_authorised"}))
            if thing.void:
                return _conflict("entry_void")
            if thing.version != operation["base"]:
                return _conflict("version")
            return self._change(operation, thing, words, accepts)
        if thing.void == (action == "void"):
            return Answer("applied", version=thing.version, noop=True)
        thing.void, thing.version = action == "void", thing.version + 1
        return Answer("applied", version=thing.version)

    def _change(self, operation: Json, thing: Thing | None, words: str, accepts: bool) -> Answer:
        before = thing.fields if thing else {}
        after = {**UNTOUCHED, **before, **_set(operation["set"], UNTOUCHED, before)}
        if after["attendance"] not in MET and operation["set"].get("minutes") is None:
            after["minutes"] = 0
        if after["note"] and after["note"] != before.get("note") and not self.notes:
            return Answer("rejected", frozenset({"notes_off"}))
        met = after["attendance"] in MET
        if after["mode"] is None or (met and after["minutes"] is None) or (not met and after["minutes"]):
            return Answer("rejected", frozenset({"unreadable"}))
        broken = self._broken(operation["team_id"], before, after) - (WAIVED if accepts else set())
        if broken:
            return Answer("conflict", frozenset(f"rule:{rule}" for rule in broken))
        return self._kept(operation, thing, words, after)

    def _broken(self, team: str, before: Json, after: Json) -> set[str]:
        """A rule judges what the operation changes; only a closed month holds whatever is in it."""
        days = [date.fromisoformat(fields["happened_on"]) for fields in (before, after) if fields]
        broken = {"closed"} if any((team, f"{day:%Y-%m}") in self.closed for day in days) else set()
        if before.get("happened_on") != after["happened_on"]:
            broken |= {"future_date"} if days[-1] > self.today else set()
            broken |= {"too_far_back"} if days[-1] < self.today - timedelta(days=BACK_DATING_DAYS) else set()
        kind = after["details"]["kind"]
        if kind in self.retired and before.get("details", {}).get("kind") != kind:
            broken.add("retired")
        return broken

    def _person(self, operation: Json, settles: bool) -> Answer:
        thing = self.things.get(("person", operation["thing_id"]))
        if operation["action"] == "create":
            if thing:
                return _conflict("exists")
        else:
            if thing and thing.team != operation["team_id"]:
                thing = None
            if settles and not operation["set"]:
                return Answer("applied", version=thing.version if thing else None, noop=True)
            if thing is None:
                return _conflict("unknown_entry")
            if thing.version != operation["base"]:
                return _conflict("version")
        before = thing.fields if thing else {}
        after = {**PERSON, **before, **_set(operation["set"], PERSON, before)}
        into = after["merged_into"]
        if into is not None and into != before.get("merged_into") and not self._may_merge(operation, into):
            return _conflict("rule:merge")
        return self._kept(operation, thing, None, after)

    def _may_merge(self, operation: Json, into: str) -> bool:
        """One step deep, within the team: an alias never points at an alias."""
        target = self.things.get(("person", into))
        persons = [thing for thing in self.things.values() if thing.thing == "person"]
        has_aliases = any(one.fields["merged_into"] == operation["thing_id"] for one in persons)
        fits = target is not None and target.team == operation["team_id"] and target.fields["merged_into"] is None
        return fits and into != operation["thing_id"] and not has_aliases

    def _kept(self, operation: Json, thing: Thing | None, author: str | None, fields: Json) -> Answer:
        if thing is None:
            at = (operation["thing"], operation["thing_id"])
            self.things[at] = Thing(*at, operation["team_id"], author, fields)
            return Answer("applied", version=1)
        thing.fields, thing.version = fields, thing.version + 1
        return Answer("applied", version=thing.version)


def _set(changes: Json, untouched: Json, before: Json) -> Json:
    """Absent is unchanged, null is cleared; details merge key by key while the kind stays."""
    fields = {name: untouched[name] if value is None else value for name, value in changes.items() if name != "details"}
    if "details" in changes:
        old = before.get("details", {})
        stays = changes["details"].get("kind", old.get("kind")) == old.get("kind")
        merged = {**old, **changes["details"]} if stays else changes["details"]
        fields["details"] = {name: value for name, value in merged.items() if value is not None}
    return fields


def _is_broken(operation: Json) -> bool:
    """Whether nobody could read it: the three ways in which the machine breaks one."""
    if operation["thing"] == "person" and operation["action"] in ("void", "unvoid"):
        return True
    changes = operation.get("set", {})
    return "mood" in changes or isinstance(changes.get("minutes"), str)


def _same_words(conflict: Json, operation: Json) -> bool:
    if operation["action"] == "amend" and not operation["set"]:
        return False
    return all(conflict.get(name) == operation.get(name) for name in ("action", "set", "reason"))


def _conflict(reason: str) -> Answer:
    return Answer("conflict", frozenset({reason}))


def _text(operation: Json) -> str:
    """The same for the same operation, in whatever order its keys are."""
    return json.dumps(operation, sort_keys=True)
