"""What settles a stored conflict: a later operation of its author, or of a lead of the team, who may also accept it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.access import Role
from domain.operation import Operation, ReflectionOperation

# What a lead's word stands in for. A day to come, a closed month or a bad merge stay wrong whoever says it.
WAIVED = frozenset({"too_far_back", "retired", "person_required"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A stored operation that is not in effect, whose words it is, and whether it still waits for somebody."""

    operation: Operation
    author_id: UUID
    open: bool = True


@dataclass(frozen=True, slots=True)
class Settling:
    """What an operation does to the conflict that it names, once it takes effect.

    `accepts` says that a lead repeats the words of the conflict: they are then decided as its author's. `late` says
    that somebody else has settled it before: what only settles it is then in effect without a change.
    """

    conflict_id: UUID
    author_id: UUID
    accepts: bool
    late: bool


def settling(
    operation: Operation, conflicts: Mapping[UUID, Conflict], user_id: UUID, role: Role | None
) -> Settling | None:
    """The conflict that an operation may settle: on the same thing, one's own or in a team that one leads. A reflection
    is nobody's but its author's, and no lead's word is needed for one."""
    if operation.closes is None:
        return None
    conflict = conflicts.get(operation.closes)
    if conflict is None or _thing(conflict.operation) != _thing(operation):
        return None
    leads = role == "lead" and not isinstance(operation, ReflectionOperation)
    if conflict.author_id != user_id and not leads:
        return None
    accepts = leads and not changes_nothing(operation) and _words(conflict.operation) == _words(operation)
    return Settling(operation.closes, conflict.author_id, accepts, late=not conflict.open)


def words_of(settles: Settling | None, user_id: UUID) -> UUID:
    """Whose words an operation is: its sender's, unless a lead accepts another's."""
    return settles.author_id if settles is not None and settles.accepts else user_id


def only_settles(operation: Operation, settles: Settling) -> bool:
    """Whether it changes nothing else: it sets nothing, or accepts what was settled before."""
    return changes_nothing(operation) or (settles.accepts and settles.late)


def changes_nothing(operation: Operation) -> bool:
    """Whether it sets nothing, which settles a conflict by leaving what the server has."""
    return operation.action == "amend" and operation.set == type(operation.set)()


def _thing(operation: Operation) -> tuple[type, UUID, UUID]:
    return type(operation), operation.thing_id, operation.team_id


def _words(operation: Operation) -> tuple[object, ...]:
    return operation.action, operation.set, operation.reason
