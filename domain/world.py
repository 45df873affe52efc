"""`World`, what a batch of operations touches: loaded before the decision, and carried forward by it."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.access import Role
from domain.entry import Entry
from domain.operation import Operation, Stored
from domain.people import Person
from domain.service import Today
from domain.settling import Conflict, Settling, settling


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
    aliases: dict[UUID, UUID | None] = field(default_factory=dict)
    conflicts: dict[UUID, Conflict] = field(default_factory=dict)

    def settles(self, operation: Operation) -> Settling | None:
        """The conflict that an operation of the sender settles, should it take effect."""
        return settling(operation, self.conflicts, self.user_id, self.roles.get(operation.team_id))
