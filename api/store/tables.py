"""Every table on one page. Each key starts with `service_id`, so no row can point into another service.

Instants are Unix milliseconds; civil dates are dates; `details`, `body` and the small lists are JSON as text, written
and read by the structs of `domain`.
"""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
        "ix": "%(table_name)s_%(column_0_N_name)s_ix",
        "ck": "%(table_name)s_%(constraint_name)s_ck",
    }
)


def _key(*names: str) -> tuple[Column[UUID], ...]:
    return tuple(Column(name, Uuid, primary_key=True) for name in ("service_id", *names))


def _to(table: str, column: str | None = None) -> ForeignKeyConstraint:
    """A reference that carries the service."""
    if column is None:
        return ForeignKeyConstraint(["service_id"], ["service.service_id"])
    return ForeignKeyConstraint(["service_id", column], [f"{table}.service_id", f"{table}.id"])


service = Table(
    "service",
    metadata,
    *_key(),
    Column("name", String(80), nullable=False),
    # Counts the changes of the settings, so that nobody saves over what they have not seen.
    Column("version", Integer, nullable=False),
    Column("settings", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    # Every phone's data key comes from it, so that a restore gives a phone that it has forgotten the same key again.
    Column("key_secret", LargeBinary(32), nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

team = Table(
    "team",
    metadata,
    *_key("id"),
    Column("name", String(80), nullable=False),
    Column("seq", BigInteger, nullable=False),
    _to("service"),
)

user = Table(
    "user",
    metadata,
    *_key("id"),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("password_hash", String(200)),
    Column("scope_version", Integer, nullable=False),
    Column("disabled_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    _to("service"),
)

# History is kept: a row ends, it is never removed. `team_id` is null for analyst and admin.
member = Table(
    "member",
    metadata,
    *_key("id"),
    Column("user_id", Uuid, nullable=False),
    Column("team_id", Uuid),
    Column("role", String(10), nullable=False),
    Column("from_at", BigInteger, nullable=False),
    Column("to_at", BigInteger),
    _to("user", "user_id"),
    _to("team", "team_id"),
    Index(None, "service_id", "user_id"),
)

# A month whose figures were reported: nothing in it changes until it is reopened, which removes the row. `month` is its
# first day; `closed_by` is null where the operator did it by a command.
closed_month = Table(
    "closed_month",
    metadata,
    *_key("team_id"),
    Column("month", Date, primary_key=True),
    Column("closed_at", BigInteger, nullable=False),
    Column("closed_by", Uuid),
    _to("team", "team_id"),
    _to("user", "closed_by"),
)

join_code = Table(
    "join_code",
    metadata,
    Column("service_id", Uuid, primary_key=True),
    Column("code_hash", LargeBinary(32), primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    _to("user", "user_id"),
    Index(None, "code_hash"),
)

session = Table(
    "session",
    metadata,
    Column("service_id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("device_id", Uuid),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    # When the service ended it. Such a session lets nobody in; it is kept so that the phone can be told.
    Column("signed_out_at", BigInteger),
    _to("user", "user_id"),
    Index(None, "service_id", "user_id"),
)

# A shared phone has a row, and so a data key, for each user.
device = Table(
    "device",
    metadata,
    *_key("user_id", "id"),
    Column("name", String(80), nullable=False),
    Column("app", String(40), nullable=False),
    Column("data_key", LargeBinary(32), nullable=False),
    Column("issued", Integer, nullable=False),
    Column("pending", Integer, nullable=False),
    Column("oldest_pending_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seen_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    _to("user", "user_id"),
)

# Failed sign-ins, by a hash of what was tried. No service is known yet, so this table alone has no tenant.
failed_sign_in = Table(
    "failed_sign_in",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tried", LargeBinary(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "tried", "at"),
)

# The truth: append-only. An entry or a person is the fold of its applied operations, in the order of `seq`.
operation = Table(
    "operation",
    metadata,
    *_key("id"),
    Column("thing", String(10), nullable=False),
    Column("thing_id", Uuid, nullable=False),
    Column("action", String(6), nullable=False),
    Column("team_id", Uuid, nullable=False),
    # Who sent it, and whose words it is: another's where a lead accepts a conflict.
    Column("user_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("device_id", Uuid, nullable=False),
    Column("n", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False),
    Column("received_at", BigInteger, nullable=False),
    # The civil day on which it was made, by the phone's clock: for figures, never for a decision.
    Column("made_on", Date, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("reason", String(40)),
    Column("noop", Boolean(create_constraint=False), nullable=False),
    Column("version", Integer),
    Column("seq", BigInteger, nullable=False),
    Column("closed_by", Uuid),
    CheckConstraint("outcome IN ('applied', 'conflict')", name="outcome"),
    _to("team", "team_id"),
    _to("user", "user_id"),
    _to("user", "author_id"),
    Index(None, "service_id", "team_id", "seq", unique=True),
    Index(None, "service_id", "thing_id"),
    Index(None, "service_id", "author_id", "outcome"),
    # Which numbers of a device have arrived is read from the index alone.
    Index(None, "service_id", "user_id", "device_id", "n"),
)

entry = Table(
    "entry",
    metadata,
    *_key("id"),
    Column("team_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(6), nullable=False),
    Column("schema", Integer, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("started_at", String(5)),
    Column("zone", String(64), nullable=False),
    Column("utc_offset_min", Integer, nullable=False),
    Column("minutes", Integer),
    Column("travel_minutes", Integer, nullable=False),
    Column("admin_minutes", Integer, nullable=False),
    Column("mode", String(20)),
    Column("attendance", String(20), nullable=False),
    Column("place", String(40)),
    Column("person_id", Uuid),
    Column("subject", String(6), nullable=False),
    Column("others_present", Text, nullable=False),
    Column("with_colleague", String(24)),
    Column("focus", Text, nullable=False),
    Column("note", String(280)),
    Column("kind", String(30), nullable=False),
    # What SQL counts by, and what is told apart from the details: domain/families.py, domain/kinds.
    Column("family", String(8), nullable=False),
    Column("stage", String(30)),
    Column("step", String(40)),
    Column("details", Text, nullable=False),
    CheckConstraint("state IN ('active', 'void')", name="state"),
    _to("team", "team_id"),
    _to("user", "author_id"),
    Index(None, "service_id", "team_id", "seq"),
    Index(None, "service_id", "author_id", "seq"),
    Index(None, "service_id", "team_id", "happened_on"),
)

# The topics of a signposting entry, so that people can be counted by topic with plain SQL.
entry_topic = Table(
    "entry_topic",
    metadata,
    *_key("entry_id"),
    Column("topic", String(40), primary_key=True),
    _to("entry", "entry_id"),
)

# And the outcomes of what the person was pointed to.
entry_outcome = Table(
    "entry_outcome",
    metadata,
    *_key("entry_id"),
    Column("outcome", String(40), primary_key=True),
    _to("entry", "entry_id"),
)

# No foreign key leads here from an entry: an entry may name a person that the server has not seen yet.
person = Table(
    "person",
    metadata,
    *_key("id"),
    Column("team_id", Uuid, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("code", String(20), nullable=False),
    Column("local_patient_id", String(20)),
    Column("referral_ref", String(20)),
    Column("started_on", Date),
    Column("ended_on", Date),
    Column("end_reason", String(20)),
    Column("merged_into", Uuid),
    _to("team", "team_id"),
    Index(None, "service_id", "team_id", "seq"),
    Index(None, "service_id", "merged_into"),
)

# Read by nobody but its author: the words are sealed by the author's phone, with a key of the author's own. No foreign
# key leads to an entry: the entry may still be on another phone.
reflection = Table(
    "reflection",
    metadata,
    *_key("id"),
    Column("team_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(6), nullable=False),
    Column("entry_id", Uuid),
    Column("kept_on", Date, nullable=False),
    Column("sealed", Text, nullable=False),
    CheckConstraint("state IN ('active', 'void')", name="state"),
    _to("team", "team_id"),
    _to("user", "author_id"),
    Index(None, "service_id", "author_id", "team_id", "seq"),
)

# Figures by day, kept in the transaction that writes the entry. What each `split` and `key` mean: domain/volumes.py.
volume = Table(
    "volume",
    metadata,
    *_key("team_id"),
    Column("split", String(10), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("entries", Integer, nullable=False),
    Column("contacts", Integer, nullable=False),
    Column("attended", Integer, nullable=False),
    Column("reportable", Integer, nullable=False),
    Column("not_attended", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("travel_minutes", Integer, nullable=False),
    Column("group_sessions", Integer, nullable=False),
    Column("group_attendances", Integer, nullable=False),
    Column("indirect", Integer, nullable=False),
    Column("in_person", Integer, nullable=False),
    Column("remote", Integer, nullable=False),
    Column("message", Integer, nullable=False),
    Column("cancelled_by_person", Integer, nullable=False),
    Column("did_not_attend", Integer, nullable=False),
    Column("arrived_too_late", Integer, nullable=False),
    Column("cancelled_by_us", Integer, nullable=False),
    Column("dna", Integer, nullable=False),
    Column("dna_of", Integer, nullable=False),
    Column("group_minutes", Integer, nullable=False),
    Column("indirect_minutes", Integer, nullable=False),
    Column("other_minutes", Integer, nullable=False),
    Column("admin_minutes", Integer, nullable=False),
    Column("signposted", Integer, nullable=False),
    _to("team", "team_id"),
)

# Who did or read what; never what it said.
audit = Table(
    "audit",
    metadata,
    *_key("id"),
    Column("at", BigInteger, nullable=False),
    Column("user_id", Uuid),
    Column("action", String(40), nullable=False),
    Column("thing", String(20)),
    Column("thing_id", Uuid),
    Column("detail", Text),
    _to("service"),
    Index(None, "service_id", "at"),
)
