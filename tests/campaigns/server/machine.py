"""Any order of pushes, pulls, moves between teams, closed months and settled conflicts, held against the model."""

from collections.abc import Callable
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.access import Role
from tests.api.conftest import Someone
from tests.campaigns.server.ground import LEFT, MEMBERS, PHONES, TEAMS, TODAY, Ground, named
from tests.campaigns.server.model import Answer, Json, Model
from tests.campaigns.server.plans import PLANS, SETTLING, Plan, operations
from tests.campaigns.server.replica import Replica

KINDS = ("signposting", "discharge_support", "accompanied_appointment")
LIMITS = (1, 500, 2, 7)
LOGINS, TEAM = st.sampled_from(list(MEMBERS)), st.sampled_from(TEAMS)
PULLS = st.tuples(st.just("pull"), st.integers(0, len(PHONES) - 1), st.integers(1, 4))
MOVES = st.tuples(st.just("move"), LOGINS, TEAM, st.sampled_from([None, None, "worker", "lead"]))
CLOSED = st.sampled_from([True, True, False])
MONTHS = st.tuples(st.just("month"), TEAM, st.sampled_from(["2026-09", "2026-10"]), CLOSED)
SETTINGS = st.tuples(st.just("settings"), st.sets(st.sampled_from(KINDS), max_size=1), st.booleans())


class ServerMachine(RuleBasedStateMachine):
    """One example; `ground` stays from one to the next."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.model = Model(TODAY)
        self.people: dict[str, Someone] = {}
        self.replicas: list[Replica] = []
        self.sent: list[Json] = []
        self.steps = 0

    @initialize()
    def everybody_signs_in(self) -> None:
        """The first day."""
        self.people = self.ground.begin()
        ids = {team: str(named(team)) for team in TEAMS}
        self.model.numbers = dict.fromkeys(ids.values(), 0)
        for login, roles in MEMBERS.items():
            user = str(named(login))
            self.model.roles[user] = {ids[team]: role for team, role in roles.items()}
            self.model.left[user] = {ids[LEFT[login]]} if login in LEFT else set()
        self._month("South", "2026-10", closed=True)
        self.replicas = [Replica(self.ground, self.people[login]) for login in PHONES]

    @rule(
        login=LOGINS,
        plans=st.lists(PLANS, min_size=1, max_size=8),
        in_the_name_of=st.sampled_from([None] * 30 + ["sam"]),
    )
    def somebody_pushes(self, login: str, plans: list[Plan], in_the_name_of: str | None) -> None:
        """Several operations in one push; each is decided after the ones before it."""
        self._carry_out(login, plans, in_the_name_of or login)

    @rule(team=TEAM, plans=st.lists(SETTLING, min_size=1, max_size=4))
    def a_lead_goes_through_the_conflicts(self, team: str, plans: list[Plan]) -> None:
        """Whoever leads the team now, if anybody does."""
        leads = [login for login in MEMBERS if self.model.roles[str(named(login))].get(str(named(team))) == "lead"]
        for login in leads[:1]:
            self._carry_out(login, plans, login)

    @rule(change=st.one_of(PULLS, MOVES, MONTHS, SETTINGS))
    def something_else_happens(self, change: Any) -> None:
        """A phone reads a page and stops there; a membership ends or begins; a month is closed or reopened; a kind is
        retired or comes back, notes are allowed or not."""
        what, *how = change
        changes: dict[str, Callable[..., None]] = {
            "pull": self._pull,
            "move": self._move,
            "month": self._month,
            "settings": self._settings,
        }
        changes[what](*how)

    @invariant()
    def the_tables_agree(self) -> None:
        """Numbers without a hole, versions as many as effects, figures as in a recount."""
        if not self.people:
            return
        told = self.ground.told()
        for team in TEAMS:
            last = self.model.numbers[str(named(team))]
            assert told["numbers"][team] == last
            assert told["counts"].get(named(team), (0, None)) == (last, last or None)
        versions = {thing.id: thing.version for thing in self.model.things.values()}
        assert told["versions"] == told["made"] == versions
        assert not told["figures"]

    @invariant()
    def a_phone_that_read_to_the_end_has_what_the_model_has(self) -> None:
        """Each step another phone, in pages of another size."""
        if self.people:
            self.steps += 1
            self._catch_up(self.replicas[self.steps % len(PHONES)], LIMITS[self.steps % len(LIMITS)])

    def teardown(self) -> None:
        """Everything sent again gets its first answer, every phone has everything, and `verify` is clean."""
        try:
            if self.people:
                self._send_everything_again()
                for number, replica in enumerate(self.replicas):
                    self._catch_up(replica, LIMITS[number % len(LIMITS)])
                wrong = self.ground.verified()
                assert not wrong, wrong
        finally:
            self.ground.acknowledged += len(self.model.kept)
            self.ground.seen += self.model.settled
            self.ground.end()
            for someone in self.people.values():
                self.ground.run(someone.client.aclose())

    def _carry_out(self, login: str, plans: list[Plan], in_the_name_of: str) -> None:
        user, name = str(named(login)), str(named(in_the_name_of))
        batch: list[tuple[Json, Answer]] = []
        for plan in plans:
            for operation in operations(plan, self.model, user, self.sent):
                batch.append((operation, self.model.push(user, operation, name)))
                self.sent.append(operation)
        results = self._push(self.people[login], [operation for operation, _ in batch], name)
        for (operation, expected), result in zip(batch, results, strict=True):
            self._compare(operation, expected, result)

    def _pull(self, phone: int, limit: int) -> None:
        self.replicas[phone].pull(limit)

    def _move(self, login: str, team: str, role: Role | None) -> None:
        user, team_id = str(named(login)), str(named(team))
        self.ground.set_role(login, team, role)
        if self.model.roles[user].pop(team_id, None):
            self.model.left[user].add(team_id)
        if role is not None:
            self.model.roles[user][team_id] = role

    def _month(self, team: str, month: str, closed: bool) -> None:
        self.ground.set_month(team, month, closed)
        change = self.model.closed.add if closed else self.model.closed.discard
        change((str(named(team)), month))

    def _settings(self, retired: set[str], notes: bool) -> None:
        self.ground.set_settings(retired, notes)
        self.model.retired, self.model.notes = retired, notes

    def _send_everything_again(self) -> None:
        kept = list(self.model.kept.values())
        for login, someone in self.people.items():
            mine = [one.operation for one in kept if one.author == str(named(login))]
            for start in range(0, len(mine), 100):
                some = mine[start : start + 100]
                for operation, result in zip(some, self._push(someone, some, str(someone.id)), strict=True):
                    self._compare(operation, self.model.push(str(someone.id), operation, str(someone.id)), result)

    def _push(self, someone: Someone, batch: list[Json], name: str) -> list[Json]:
        body = self.ground.run(someone.push(*batch, user_id=name))
        assert (body["server"], body["epoch"], body["protocol"]) == ("alongside", 1, 1)
        results: list[Json] = body["results"]
        assert [result["id"] for result in results] == [operation["id"] for operation in batch]
        return results

    def _compare(self, operation: Json, expected: Answer, result: Json) -> None:
        note(f"{operation} -> { {name: value for name, value in result.items() if name != 'record'} }")
        self.ground.seen[(expected.first or expected.outcome, *sorted(expected.reasons))] += 1
        assert expected.fits(result), f"{operation}\n was to be {expected}\n and is {result}"
        if len(expected.reasons) > 1:
            self.model.learn(operation["id"], result["reason"])

    def _catch_up(self, replica: Replica, limit: int) -> None:
        user = str(replica.someone.id)
        conflicts = replica.pull_all(limit)
        replica.compare(self.model.rows(user))
        assert conflicts == self.model.conflicts(user)
