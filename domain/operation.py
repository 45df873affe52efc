"""`Operation`, one thing a user did, and the answer to each: the unit of idempotency on the wire."""

from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field

from domain.entry import Entry, EntryChange
from domain.people import Person, PersonChange
from domain.problems import Problem
from domain.reflection import Reflection, ReflectionChange
from domain.shape import Answer, AppVersion, Milliseconds, ShortText, Strict, UtcOffset, Version, Zone

PROTOCOL = 1
MOST_OPERATIONS = 100

Thing = Literal["entry", "person", "reflection"]
Action = Literal["create", "amend", "void", "unvoid"]
Outcome = Literal["applied", "duplicate", "conflict", "rejected"]
Stored = Literal["applied", "conflict"]
Retry = Literal["never", "after_update", "later"]
Number = Annotated[int, Meta(ge=1, le=2**31 - 1, description="1, 2, 3… for each device")]


class _Operation(Strict, frozen=True, kw_only=True):
    id: UUID
    n: Number
    action: Action
    thing_id: UUID
    team_id: UUID
    base: Version = 0
    schema: Annotated[int, Meta(ge=1, le=10_000)]
    reason: ShortText | None = None
    closes: UUID | None = None
    made_at: Milliseconds
    zone: Zone
    utc_offset_min: UtcOffset


class EntryOperation(_Operation, frozen=True, kw_only=True, tag_field="thing", tag="entry"):
    """One thing a user did to an entry. `set` goes with create and amend, `reason` with void and unvoid."""

    set: EntryChange = EntryChange()


class PersonOperation(_Operation, frozen=True, kw_only=True, tag_field="thing", tag="person"):
    """One thing a user did to a person."""

    set: PersonChange = PersonChange()


class ReflectionOperation(_Operation, frozen=True, kw_only=True, tag_field="thing", tag="reflection"):
    """One thing a user did to a reflection of their own. It gives no `reason`, because that would be readable."""

    set: ReflectionChange = ReflectionChange()


Operation = EntryOperation | PersonOperation | ReflectionOperation
# What an operation makes.
Record = Entry | Person | Reflection


class Envelope(Struct, frozen=True, kw_only=True):
    """What any operation of any schema says of itself, so that a newer app's operation is told from a broken one."""

    id: UUID
    schema: Annotated[int, Meta(ge=1)]
    team_id: UUID
    thing: Thing
    thing_id: UUID


class Result(Answer, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to one operation. `applied`, `duplicate` and `conflict` say that the server has stored it durably;
    `rejected` says that only the phone has it."""

    id: UUID | None
    outcome: Outcome
    first: Stored | None = None
    reason: str | None = None
    version: int | None = None
    seq: int | None = None
    noop: bool = False
    record: Record | None = None
    retry: Retry | None = None
    problems: tuple[Problem, ...] = ()


class _Push(Strict, frozen=True, kw_only=True):
    protocol: Literal[1]
    device_id: UUID
    user_id: UUID
    app: AppVersion = ""
    epoch: Version = 0
    sent_at: Milliseconds = 0
    issued: Version = 0
    pending: Version = 0
    oldest_pending_at: Milliseconds | None = None


class PushRequest(_Push, frozen=True, kw_only=True):
    """What a phone sends: the operations that it has not seen settled, oldest first."""

    operations: Annotated[tuple[Operation, ...], Meta(max_length=MOST_OPERATIONS)]


class RawPush(_Push, frozen=True, kw_only=True):
    """The same, each operation still as it came: one that cannot be read must not hold up the others."""

    operations: tuple[Raw, ...]


class PushAnswer(Answer, frozen=True, kw_only=True):
    """One result for each operation sent, in order."""

    server: Literal["alongside"] = "alongside"
    protocol: Literal[1] = 1
    epoch: int
    server_time: int
    accepts_schema: tuple[int, int]
    results: tuple[Result, ...]


class PullRequest(Strict, frozen=True, kw_only=True):
    """How far a phone has read each team; null starts from the beginning."""

    protocol: Literal[1]
    device_id: UUID
    schema: Annotated[int, Meta(ge=1)] = 1
    limit: Annotated[int, Meta(ge=1, le=500)] = 500
    cursors: dict[UUID, Annotated[str, Meta(max_length=100)] | None] = field(default_factory=dict)


class Page(Answer, frozen=True, kw_only=True):
    """The rows of one team that changed after the cursor; or `reset` alone, which asks the phone to begin again."""

    rows: tuple[Record, ...] | UnsetType = UNSET
    cursor: str | UnsetType = UNSET
    more: bool | UnsetType = UNSET
    reset: Literal["view", "epoch"] | UnsetType = UNSET


class OpenConflict(Answer, frozen=True, kw_only=True):
    """An operation that is stored but not in effect until somebody settles it.

    `reason` is the server's, `why` the worker's own word for a void; `record` is what the server has instead, where it
    was asked for and the reader may see it. An operation that repeats `action`, `set` and `why` accepts the conflict,
    if a lead sends it; with `zone` and `utc_offset_min` as they are here, the time of day keeps its place.
    """

    op: UUID
    thing: Thing
    thing_id: UUID
    team_id: UUID
    action: Action
    base: int
    reason: str
    why: str | UnsetType = UNSET
    author_id: UUID
    received_at: int
    zone: str
    utc_offset_min: int
    set: dict[str, Any]
    record: Record | UnsetType = UNSET


class PullAnswer(Answer, frozen=True, kw_only=True):
    """News for the phone. `scope` is the whole list of the user's teams, every time. `user_id` is whose they are: a tab
    that another user of the same phone left open must not keep them."""

    server: Literal["alongside"] = "alongside"
    user_id: UUID
    epoch: int
    server_time: int
    scope_version: int
    scope: tuple[UUID, ...]
    teams: dict[UUID, Page]
    conflicts: tuple[OpenConflict, ...]
