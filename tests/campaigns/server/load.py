"""Writers that push without a pause, as phones do: what was not answered is sent again, with the same ids."""

import random
import threading
import time
from typing import Any, NamedTuple

from tests.campaigns.server.phones import Phone, Unanswered
from tests.make import after

MOST_IN_A_PUSH = 20


class First(NamedTuple):
    """The first answer to an operation, which never changes."""

    outcome: str
    reason: str | None
    version: int | None
    seq: int


class Thing:
    """An entry or a person of the writer's own, as it will be when everything made so far is applied."""

    def __init__(self, create: dict[str, Any]) -> None:
        self.create, self.version, self.void = create, 1, False


class Writer(threading.Thread):
    """A phone that always has something to send. `gate` is shut while there is no server."""

    def __init__(self, phone: Phone, seed: int, gate: threading.Event) -> None:
        super().__init__(name=f"writer {seed}", daemon=True)
        self.phone, self.gate = phone, gate
        self.issued: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, First] = {}
        # Found in the database, though the answer was lost: what is answered later has to be this.
        self.kept: dict[str, First] = {}
        # Answered since somebody looked last.
        self.fresh: list[str] = []
        # Sent, and not answered yet.
        self.in_flight: list[dict[str, Any]] = []
        # What was in flight at each try since the last answer: a try may carry more than the one before.
        self.tries: list[set[str]] = []
        self.faults: list[str] = []
        self.doubled: list[str] = []
        # Set when it has noticed that the gate is shut; taken back by whoever opens the gate.
        self.waits = threading.Event()
        self._expected: dict[str, tuple[str, str | None]] = {}
        self._answered: list[str] = []
        self._things: list[Thing] = []
        self._random = random.Random(seed)
        self._ending = threading.Event()
        self._quitting = False

    def run(self) -> None:
        """Pushes until it is told to end and everything that it made is answered."""
        try:
            while not self._quitting and not (self._ending.is_set() and not self.in_flight):
                self._wait_for_a_server()
                self._push()
        except Exception as fault:
            self.faults.append(f"{self.name}: {type(fault).__name__}: {fault}")
        finally:
            self.waits.set()
            self.phone.hang_up()

    def end(self) -> None:
        """Lets it end with what is in flight."""
        self._ending.set()

    def quit(self) -> None:
        """Ends it at once, whatever is in flight."""
        self._quitting = True

    def _wait_for_a_server(self) -> None:
        if not self.gate.is_set():
            self.waits.set()
            self.gate.wait()

    def _push(self) -> None:
        most = 0 if self._ending.is_set() else self._random.randint(1, MOST_IN_A_PUSH) - len(self.in_flight)
        self.in_flight += [self._something() for _ in range(most)]
        # Now and then something that was answered long ago, as after an answer that was lost on the way.
        few = min(3, len(self._answered))
        again = self._random.sample(self._answered, few) if self._random.random() < 0.2 else []
        sent = [*(self.issued[number] for number in again), *self.in_flight]
        self.tries.append({one["id"] for one in self.in_flight})
        try:
            answer = self.phone.push(sent)
        except Unanswered:
            time.sleep(0.005)
            return
        if answer.status == 503:
            time.sleep(0.05)
            return
        assert answer.status == 200, answer
        results = answer.body["results"]
        assert [result["id"] for result in results] == [one["id"] for one in sent], "other operations are answered"
        self.in_flight, self.tries = [], []
        for result in results:
            self._settle(result)

    def _settle(self, result: dict[str, Any]) -> None:
        number, outcome = result["id"], result["outcome"]
        if outcome == "rejected":
            self.faults.append(f"operation {number} was rejected: {result}")
            return
        first = First(result.get("first", outcome), result.get("reason"), result.get("version"), result["seq"])
        before = self.answers.get(number, self.kept.get(number))
        if before is not None and before != first:
            self.faults.append(f"operation {number} was first {before}, and is answered {first}")
        elif before is not None and outcome != "duplicate":
            self.doubled.append(f"operation {number} took effect again: {result}")
        if number not in self.answers:
            self.answers[number] = first
            self.fresh.append(number)
            self._answered.append(number)
        if (first.outcome, first.reason) != self._expected[number]:
            self.faults.append(f"operation {number} was to be {self._expected[number]}, and is {first}")

    def _something(self) -> dict[str, Any]:
        """The next operation of the phone, with what has to become of it."""
        roll = self._random.random()
        if not self._things or roll < 0.4:
            return self._make(self.phone.an_operation(), "applied")
        if roll < 0.5:
            code = f"KITE-{self._random.randrange(10**5)}"
            return self._make(self.phone.an_operation(thing="person", set={"code": code}), "applied")
        thing = self._random.choice(self._things)
        is_entry = thing.create["thing"] == "entry"
        if is_entry and roll < 0.6:
            thing.void = not thing.void
            thing.version += 1
            return self._make(self._on(thing, action="void" if thing.void else "unvoid"), "applied")
        number = self._random.randrange(200)
        change = {"minutes": number} if is_entry else {"referral_ref": f"R{number}"}
        if thing.void:
            return self._make(self._on(thing, base=thing.version, set=change), "conflict", "entry_void")
        if roll < 0.7:
            return self._make(self._on(thing, base=thing.version + 5, set=change), "conflict", "version")
        thing.version += 1
        return self._make(self._on(thing, base=thing.version - 1, set=change), "applied")

    def _on(self, thing: Thing, **changes: Any) -> dict[str, Any]:
        self.phone.made += 1
        return after(thing.create, n=self.phone.made, **changes)

    def _make(self, operation: dict[str, Any], outcome: str, reason: str | None = None) -> dict[str, Any]:
        if operation["action"] == "create":
            self._things.append(Thing(operation))
        self.issued[operation["id"]] = operation
        self._expected[operation["id"]] = (outcome, reason)
        return operation
