"""`World`, what a batch of operations touches: loaded before the decision, and carried forward by it."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from domain.access import Role
from domain.entry import Entry
from domain.operation import Operation, Stored
from domain.people import Person
from domain.reflection import Reflection
from domain.service import Today
from domain.settling import Conflict, Settling, settling, words_of
from domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """An operation that the server has stored before."""

    sha256: bytes
    outcome: Stored
    reason: str | None
    version: int | None
    seq: int
    thing_id: UUID


@dataclass(slots=True)
class World:
    """What the decisions on a batch may know. `conflicts` are those that the batch names in `closes`."""

    user_id: UUID
    today: Today
    roles: dict[UUID, Role]
    left: frozenset[UUID] = frozenset()
    known: dict[UUID, Known] = field(default_factory=dict)
    entries: dict[UUID, Entry] = field(default_factory=dict)
    persons: dict[UUID, Person] = field(default_factory=dict)
    reflections: dict[UUID, Reflection] = field(default_factory=dict)
    aliases: dict[UUID, UUID | None] = field(default_factory=dict)
    conflicts: dict[UUID, Conflict] = field(default_factory=dict)

    def settles(self, operation: Operation) -> Settling | None:
        """The conflict that an operation of the sender settles, should it take effect."""
        return settling(operation, self.conflicts, self.user_id, self.roles.get(operation.team_id))

    def carry(self, verdict: Verdict) -> None:
        """Takes a stored operation over, for the decisions that follow in the batch."""
        reading, result = verdict.reading, verdict.result
        assert reading.operation is not None
        assert result.seq is not None
        outcome: Stored = "conflict" if result.outcome == "conflict" else "applied"
        self.known[reading.operation.id] = Known(
            reading.sha256, outcome, result.reason, result.version, result.seq, reading.operation.thing_id
        )
        if outcome == "conflict":
            author_id = words_of(verdict.settles, self.user_id)
            self.conflicts[reading.operation.id] = Conflict(reading.operation, author_id)
        elif verdict.closes is not None:
            self.conflicts[verdict.closes] = replace(self.conflicts[verdict.closes], open=False)
        if verdict.after is not None:
            self.entries[verdict.after.id] = verdict.after
        if verdict.person is not None:
            self.persons[verdict.person.id] = verdict.person
            self.aliases[verdict.person.id] = verdict.person.merged_into
        if verdict.reflection is not None:
            self.reflections[verdict.reflection.id] = verdict.reflection
