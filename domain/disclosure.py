"""Whose figures a reader gets, and whether small numbers are hidden in them: the one decision for screens and files.
And whether a lead reads whose an entry is.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.access import Membership, own_teams, reach, teams
from domain.entry import Entry
from domain.service import ServiceSettings

# Stands for whose an entry is where the reader is not to know. It is nobody's id.
SOMEBODY = UUID(int=0)


class Scope(Struct, frozen=True):
    """What is counted: the entries of these teams; with `author_id`, only those that this user logged.

    `hides_small_numbers`: the figures are under the service's rule. Otherwise they are true.
    """

    team_ids: frozenset[UUID]
    author_id: UUID | None = None
    hides_small_numbers: bool = False


def scope_for(
    user_id: UUID, memberships: Iterable[Membership], asked: Collection[UUID], existing: Collection[UUID]
) -> Scope | None:
    """What a user gets who asks for these teams, or for all that may be seen where none is named.

    None where one of the teams is not there or not to be seen, without saying which of the two. A lead of one team and
    worker in another gets the figures of the one or the own work in the other, never a mixture.
    """
    memberships = tuple(memberships)
    led = teams(memberships, "volumes.read")
    named = frozenset(asked)
    if len(named) == 1 and named <= led:
        return Scope(named)
    if reach(memberships, "volumes.read") == "service":
        return scope_of_service(named, existing)
    wanted = named or led or own_teams(memberships)
    if wanted <= led:
        # One team's true figures stay in that team; several together are a report.
        return Scope(wanted, hides_small_numbers=len(wanted) > 1)
    if wanted <= own_teams(memberships) - led:
        return Scope(wanted, author_id=user_id)
    return None


def scope_of_service(asked: Collection[UUID], existing: Collection[UUID]) -> Scope | None:
    """The named teams, or the whole service, for somebody outside the teams. None where a team is not there."""
    wanted = frozenset(asked) or frozenset(existing)
    return Scope(wanted, hides_small_numbers=True) if wanted.issubset(existing) else None


def as_seen(entry: Entry, reader_id: UUID, settings: ServiceSettings) -> Entry:
    """An entry as its team's lead, or its author, reads it."""
    return replace(entry, author_id=whose(entry.author_id, reader_id, settings))


def whose(author_id: UUID, reader_id: UUID, settings: ServiceSettings) -> UUID:
    """Who logged something, as a reader may know it: oneself always, others where the service shows names."""
    return author_id if settings.leads_see == "names" or author_id == reader_id else SOMEBODY
