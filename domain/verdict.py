"""`Verdict`, what was decided on one operation: the answer, and what is to be written."""

from dataclasses import dataclass
from uuid import UUID

from domain.entry import Entry
from domain.operation import Result
from domain.people import Person
from domain.reading import Reading
from domain.reflection import Reflection
from domain.settling import Settling


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on one operation: the answer, and for a stored one what is to be written."""

    result: Result
    reading: Reading
    before: Entry | None = None
    after: Entry | None = None
    person: Person | None = None
    reflection: Reflection | None = None
    settles: Settling | None = None

    @property
    def closes(self) -> UUID | None:
        """The conflict that it closes: only what took effect settles one, and only once."""
        settles = self.settles if self.result.outcome == "applied" else None
        return settles.conflict_id if settles is not None and not settles.late else None

    @property
    def stored(self) -> bool:
        """Whether the server keeps it."""
        return self.result.outcome in ("applied", "conflict")

    @property
    def seq(self) -> int:
        """The team's number of a stored operation."""
        assert self.result.seq is not None
        return self.result.seq
