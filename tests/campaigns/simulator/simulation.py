"""Runs seeds: starts the phones in a child process, and answers what they ask of the server."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from tests.campaigns.simulator import desk
from tests.campaigns.simulator.people import first_people, named
from tests.campaigns.simulator.server import SimulatedServer
from tests.campaigns.simulator.truth import rows, table, truth

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
# So many that two hundred seeds take about a minute on two cores; README.md has the figures.
STEPS = 80


class Replaced(msgspec.Struct, frozen=True):
    """A text of a file in pwa/src/data, and what stands there in a broken copy."""

    file: str
    old: str
    now: str


class Violation(msgspec.Struct, frozen=True):
    """The number of the invariant in the README, and what was seen."""

    invariant: int
    what: str


class Account(msgspec.Struct, frozen=True):
    """What became of the operations that phones saved; account.ts says what each word means."""

    saved: int
    acknowledged: int
    refused: int
    waiting: int
    gone: int
    lost: int
    doubled: int


class Report(msgspec.Struct, frozen=True):
    """How one seed went."""

    seed: int
    steps: int
    hash: str
    violation: Violation | None
    trace: list[str]
    faults: dict[str, int]
    outcomes: dict[str, int]
    # How often each invariant was held against something.
    checked: dict[str, int]
    account: Account


class Told(msgspec.Struct, frozen=True):
    """How one scenario went: what was wrong, if anything, and its figures."""

    name: str
    wrong: str | None
    figures: dict[str, float]


class Simulation:
    """The server in this process and the phones in another."""

    def __init__(self, server: SimulatedServer, phones: "subprocess.Popen[bytes]") -> None:
        self.server, self._phones = server, phones

    def plant(self, replaced: Sequence[Replaced] = ()) -> None:
        """Loads the phones' data layer, with these texts replaced. Raises where one of them is not there."""
        self._tell({"do": "bundle", "planted": [msgspec.structs.asdict(one) for one in replaced]})
        answer = self._hear()
        if not answer["ready"]:
            raise ValueError(answer["why"])

    def run(self, seed: int, steps: int) -> Report:
        """One seed from the first day to the end."""
        self.server.begin()
        self._tell({"do": "seed", "seed": seed, "steps": steps, "people": first_people()})
        return msgspec.convert(self._until_done(), Report)

    def tell(self, name: str) -> Told:
        """One scenario from the first day to the end."""
        self.server.begin()
        self._tell({"do": "scenario", "name": name, "people": first_people()})
        return msgspec.convert({"name": name, **self._until_done()}, Told)

    def _until_done(self) -> dict[str, Any]:
        while "done" not in (asked := self._hear()):
            self._tell(self._answer(asked))
        done: dict[str, Any] = asked["done"]
        return done

    def _answer(self, asked: dict[str, Any]) -> Any:
        server = self.server
        server.at = asked["at"]
        match asked:
            case {"ask": "request", "method": method, "path": path, "body": body, "cookie": cookie, "breaks": breaks}:
                answer = server.request(method, path, cookie, body, breaks)
                if path == "/api/sync/push":
                    sent = json.loads(body)
                    answer["stored"] = server.stored([one["id"] for one in sent["operations"]])
                    answer["wrongly_refused"] = server.wrongly_refused(sent["user_id"], body, answer["body"])
                return answer
            case {"ask": "expire", "user": login}:
                desk.expire(server, named(login))
            case {"ask": "suspend", "user": login, "closed": closed}:
                desk.set_disabled(server, named(login), closed)
            case {"ask": "move", "user": login, "team": team, "number": number}:
                return {"member": desk.move(server, named(login), named(team), number)}
            case {"ask": "settings", "notes": notes, "back_dating_days": days}:
                desk.set_settings(server, notes, days)
            case {"ask": "first_day"}:
                server.begin()
            case {"ask": "fill", "user": login, "team": team, "rows": count}:
                desk.fill(server, named(login), named(team), count)
            case {"ask": "backup", "number": number}:
                server.keep_backup(number)
            case {"ask": "restore", "number": number}:
                return {"epoch": server.restore(number)}
            case {"ask": "lead_voids", "choice": choice}:
                return {"voided": desk.lead_voids(server, choice)}
            case {"ask": "lead_settles", "choice": choice, "accepts": accepts}:
                return desk.lead_settles(server, choice, accepts)
            case {"ask": "promote", "user": login, "team": team, "number": number}:
                return {"role": desk.promote(server, named(login), named(team), number)}
            case {"ask": "month", "team": team, "month": month}:
                return {"closed": desk.turn_month(server, named(team), date.fromisoformat(month))}
            case {"ask": "misuse", "user_id": user_id, "operation": operation}:
                result = server.push_as(UUID(user_id), operation)
                return {"outcome": result["outcome"], "reason": result.get("reason")}
            case {"ask": "rows"}:
                return server.database.read_now(rows)
            case {"ask": "table"}:
                return server.database.read_now(table)
            case {"ask": "truth", "sent": sent}:
                return server.database.read_now(lambda connection: truth(connection, sent, server.closings))
            case _:
                raise ValueError(f"the phones ask for {asked}")
        return {}

    def _tell(self, value: Any) -> None:
        assert self._phones.stdin is not None
        self._phones.stdin.write(json.dumps(value).encode() + b"\n")
        self._phones.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._phones.stdout is not None
        line = self._phones.stdout.readline()
        if not line:
            raise RuntimeError("the phones have gone")
        heard: dict[str, Any] = json.loads(line)
        return heard


@contextmanager
def simulation(broken_server: AbstractContextManager[object] | None = None) -> Iterator[Simulation]:
    """A simulation that is ready to run, perhaps with a server that was broken on purpose."""
    with ExitStack() as stack:
        stack.enter_context(broken_server or nullcontext())
        server = stack.enter_context(SimulatedServer())
        # The natives are for running the work of promises on demand: see world.ts.
        command = [str(ROOT / ".venv/bin/node"), "--allow-natives-syntax", "--no-warnings", str(HERE / "main.ts")]
        phones = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"TZ": "Europe/London", "PATH": ""}
        )
        try:
            yield Simulation(server, phones)
        finally:
            assert phones.stdin is not None
            assert phones.stdout is not None
            phones.stdin.close()
            phones.wait()
            phones.stdout.close()
