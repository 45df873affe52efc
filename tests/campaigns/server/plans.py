"""What somebody may send: a plan says roughly what, and becomes operations that fit what there is at the time."""

from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.campaigns.server.ground import TEAMS, named
from tests.campaigns.server.model import Json, Kept, Model, Thing

# Days around every boundary: today, tomorrow, closed months, the sixtieth day back and the day before it.
DAYS = (
    *("2026-11-20", "2026-11-19", "2026-11-01", "2026-10-31", "2026-10-05"),
    *("2026-09-30", "2026-09-21", "2026-09-20", "2026-09-01", "2026-11-21"),
)
DETAILS: tuple[Json, ...] = (
    {"kind": "one_to_one"},
    {"kind": "one_to_one", "first_meeting": True},
    {"kind": "accompanied_appointment", "appointment_kind": "gp"},
    {"kind": "discharge_support", "stage": "post_discharge", "ward_label": "Elm"},
    {"kind": "signposting", "items": [{"category": "housing", "how": "gave_info"}]},
)
CHANGES: tuple[Json, ...] = (
    {"minutes": 50},
    {"minutes": 20, "mode": "phone"},
    {"travel_minutes": 15},
    {"travel_minutes": None},
    {"attendance": "did_not_attend"},
    {"attendance": "attended"},
    {"details": {"kind": "one_to_one", "boundaries_discussed": True}},
    {"details": {"first_meeting": None}},
    {"details": {"kind": "discharge_support", "stage": "discharge_planning"}},
    {"note": "Rang the bell twice."},
    {"mode": None},
    {},
)
PERSONS: tuple[Json, ...] = ({"referral_ref": "R12"}, {"referral_ref": None}, {"code": "OTTER 4"}, {})
# Conflicts that the same words would only meet again.
HOPELESS = {"unknown_entry", "exists", "rule:future_date", "rule:closed", "rule:merge"}


class Plan(NamedTuple):
    """What is to be done; the numbers choose among what there is then."""

    what: str
    pick: int
    choice: int
    odd: int


def operations(plan: Plan, model: Model, user: str, sent: list[Json]) -> list[Json]:
    """The operations of a plan. Where there is nothing yet that it could be done to, an entry is created."""
    maker = _Maker(plan, model, user, sent)
    return _PLANS[plan.what](maker) or [maker.entry()]


class _Maker:
    """Makes the operations of one plan. `odd` makes one in a few unusual."""

    def __init__(self, plan: Plan, model: Model, user: str, sent: list[Json]) -> None:
        self.plan, self.model, self.user, self.sent = plan, model, user, sent
        self.made = 0

    def entry(self, **changes: Any) -> Json:
        fields = {
            "happened_on": self.of(DAYS) if self.plan.odd % 2 == 0 else DAYS[self.plan.choice % 2],
            "minutes": 45,
            "mode": "in_person",
            "details": DETAILS[self.plan.choice % len(DETAILS)],
        }
        if self.plan.odd % 7 == 1:
            fields |= {"attendance": "cancelled_by_us", "minutes": 0}
        return self.make("create", "entry", self.new("entry"), self.team(), **({"set": fields} | changes))

    def person(self) -> list[Json]:
        return [self.make("create", "person", self.new("person"), self.team(), set={"code": f"KITE {self.plan.pick}"})]

    def amend(self, **more: Any) -> list[Json]:
        thing = self.thing()
        if thing is None:
            return []
        changes = self.of(CHANGES if thing.thing == "entry" else PERSONS)
        if thing.thing == "entry" and self.plan.odd % 4 == 1:
            changes = changes | {"happened_on": DAYS[self.plan.pick % len(DAYS)]}
        base = max(0, thing.version + {2: -1, 3: 1}.get(self.plan.odd % 8, 0))
        return [self.on(thing, "amend", **({"base": base, "set": changes} | more))]

    def void(self, action: str) -> list[Json]:
        thing = self.thing()
        return [self.on(thing, action, base=self.plan.choice)] if thing else []

    def again(self, **changes: Any) -> list[Json]:
        if not self.sent:
            return []
        operation = self.sent[self.plan.pick % len(self.sent)]
        # The keys come in another order: that is the same operation.
        return [dict(reversed((operation | changes).items()))]

    def create_what_there_is(self) -> list[Json]:
        known = [(thing.thing, thing.id, thing.team) for thing in self.model.things.values()]
        creates = [kept.operation for kept in self.model.kept.values() if kept.operation["action"] == "create"]
        known += [(one["thing"], one["thing_id"], one["team_id"]) for one in creates]
        if not known:
            return []
        thing, number, team = known[self.plan.pick % len(known)]
        if thing == "person":
            return [self.make("create", thing, number, team, set={"code": "KITE 1"})]
        return [self.entry() | {"thing_id": number, "team_id": team}]

    def unreadable(self) -> list[Json]:
        entry = self.entry()
        broken: tuple[Json, ...] = (
            entry | {"set": entry["set"] | {"minutes": "many"}},
            entry | {"set": entry["set"] | {"mood": "good"}},
            self.make("void", "person", self.new("person"), self.team()),
        )
        return [self.of(broken)]

    def incomplete(self) -> list[Json]:
        entry = self.entry()
        return [entry | {"set": {name: value for name, value in entry["set"].items() if name != "mode"}}]

    def newer(self) -> list[Json]:
        return [self.entry() | {"schema": 2}]

    def noted(self) -> list[Json]:
        entry = self.entry()
        return [entry | {"set": entry["set"] | {"note": "Rang the bell."}}]

    def unknown(self) -> list[Json]:
        thing = Thing("entry", self.new("entry"), self.team(), None, {})
        if self.plan.odd % 3 == 0:
            return [self.on(thing, "void")]
        return [self.on(thing, "amend", base=1, set={"minutes": 5})]

    def elsewhere(self) -> list[Json]:
        return [operation | {"team_id": self.other(operation["team_id"])} for operation in self.amend()]

    def move(self) -> list[Json]:
        """To another team: a void and a create in one push."""
        thing = self.thing("entry")
        if thing is None:
            return []
        fields = {name: value for name, value in thing.fields.items() if value is not None}
        create = self.make("create", "entry", self.new("entry"), self.other(thing.team), set=fields)
        return [self.on(thing, "void"), create]

    def merge(self) -> list[Json]:
        persons = [one for one in self.things() if one.thing == "person"]
        if not persons:
            return []
        one, into = persons[self.plan.pick % len(persons)], persons[self.plan.choice % len(persons)]
        return [self.on(one, "amend", base=one.version, set={"merged_into": into.id})]

    def leave(self) -> list[Json]:
        """Settles a conflict by leaving what the server has."""
        return self.settle(lambda old: _NOTHING | {"base": old["base"]})

    def accept(self) -> list[Json]:
        """Repeats the words of a conflict, on the version of now."""
        return self.settle(lambda old: {name: old[name] for name in ("action", "set") if name in old} | self.now(old))

    def let_go(self) -> list[Json]:
        """Settles the conflict of an entry by voiding what it may have made."""
        return self.settle(lambda old: {"action": "void"} if old["thing"] == "entry" else _NOTHING | {})

    def mend(self) -> list[Json]:
        """Settles a conflict by other words, which may be as wrong."""

        def words(old: Json) -> Json:
            if old["action"] == "create":
                day = {"happened_on": self.of(DAYS)} if old["thing"] == "entry" else {}
                return {"action": "create", "set": old["set"] | day}
            changes = self.of(CHANGES if old["thing"] == "entry" else PERSONS)
            return {"action": "amend", "set": changes} | self.now(old)

        return self.settle(words)

    def settle(self, words: Callable[[Json], Json]) -> list[Json]:
        waiting = [kept for kept in self.model.kept.values() if kept.waits]
        mine = [kept for kept in waiting if self.may_settle(kept)]
        some = mine if mine and self.plan.odd % 6 else waiting
        others = [kept for kept in some if kept.author != self.user]
        some = others if others and self.plan.odd % 3 else some
        hopeful = [kept for kept in some if not kept.answer.reasons & HOPELESS]
        some = hopeful if hopeful and self.plan.odd % 4 else some
        if not some:
            return []
        old = some[self.plan.pick % len(some)].operation
        words_of = words(old)
        action = words_of.pop("action")
        operation = self.make(action, old["thing"], old["thing_id"], old["team_id"], **words_of)
        return [operation | {"closes": old["id"]}]

    def may_settle(self, kept: Kept) -> bool:
        return kept.author == self.user or self.model.roles[self.user].get(kept.operation["team_id"]) == "lead"

    def now(self, old: Json) -> Json:
        thing = self.model.things.get((old["thing"], old["thing_id"]))
        return {"base": thing.version} if thing and old["action"] != "create" else {}

    def things(self) -> list[Thing]:
        """What the user works with; for an odd plan, whatever there is."""
        there = list(self.model.things.values())
        if self.plan.odd % 5 == 0:
            return there
        teams = self.teams()
        return [one for one in there if one.team in teams and one.author in (None, self.user)]

    def thing(self, of: str | None = None) -> Thing | None:
        there = [one for one in self.things() if of in (None, one.thing)]
        return there[self.plan.pick % len(there)] if there else None

    def team(self) -> str:
        teams = self.teams() if self.plan.odd % 9 else []
        teams = teams or [str(named(team)) for team in TEAMS]
        return teams[self.plan.pick % len(teams)]

    def teams(self) -> list[str]:
        """Where the user works; or, as on a phone that has not heard of it yet, worked."""
        late = sorted(self.model.left[self.user] - self.model.roles[self.user].keys())
        return late if late and self.plan.odd % 4 == 1 else list(self.model.roles[self.user])

    def other(self, team: str) -> str:
        return next(str(named(name)) for name in TEAMS if str(named(name)) != team)

    def of(self, choices: tuple[Any, ...]) -> Any:
        return choices[self.plan.choice % len(choices)]

    def new(self, thing: str) -> str:
        return str(named(f"{thing} {len(self.sent)} {self.made}"))

    def on(self, thing: Thing, action: str, **more: Any) -> Json:
        return self.make(action, thing.thing, thing.id, thing.team, **more)

    def make(self, action: str, thing: str, number: str, team: str, **more: Any) -> Json:
        self.made += 1
        operation: Json = {
            "id": str(named(f"operation {len(self.sent)} {self.made}")),
            "n": len(self.sent) + self.made,
            "thing": thing,
            "action": action,
            "thing_id": number,
            "team_id": team,
            "base": 0,
            "schema": 1,
            "made_at": 1_795_290_012_345,
            "zone": "Europe/London",
            "utc_offset_min": 0,
        }
        return operation | more


_NOTHING: Json = {"action": "amend", "set": {}}
_PLANS: dict[str, Callable[[_Maker], list[Json]]] = {
    "entry": lambda maker: [maker.entry()],
    "person": _Maker.person,
    "amend": _Maker.amend,
    "amend it again": _Maker.amend,
    "amend once more": _Maker.amend,
    "void": lambda maker: maker.void("void"),
    "unvoid": lambda maker: maker.void("unvoid"),
    "again": _Maker.again,
    "altered": lambda maker: maker.again(n=999_999),
    "create what there is": _Maker.create_what_there_is,
    "unreadable": _Maker.unreadable,
    "incomplete": _Maker.incomplete,
    "newer": _Maker.newer,
    "noted": _Maker.noted,
    "unknown": _Maker.unknown,
    "elsewhere": _Maker.elsewhere,
    "move": _Maker.move,
    "merge": _Maker.merge,
    "leave": _Maker.leave,
    "accept": _Maker.accept,
    "let go": _Maker.let_go,
    "mend": _Maker.mend,
}
# Sampled and not integers, which would be small or round more often than not.
_NUMBERS = st.sampled_from(range(1, 61))
PLANS = st.builds(Plan, st.sampled_from(list(_PLANS)), _NUMBERS, _NUMBERS, _NUMBERS)
SETTLING = st.builds(Plan, st.sampled_from(["leave", "accept", "let go", "mend"]), _NUMBERS, _NUMBERS, _NUMBERS)
