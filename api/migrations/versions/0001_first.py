"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "failed_sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tried", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("failed_sign_in_pk")),
    )
    op.create_index(op.f("failed_sign_in_tried_at_ix"), "failed_sign_in", ["tried", "at"], unique=False)
    op.create_table(
        "service",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("key_secret", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", name=op.f("service_pk")),
    )
    op.create_table(
        "audit",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("thing", sa.String(length=20), nullable=True),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.service_id"], name=op.f("audit_service_id_fk")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("audit_pk")),
    )
    op.create_index(op.f("audit_service_id_at_ix"), "audit", ["service_id", "at"], unique=False)
    op.create_table(
        "team",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.service_id"], name=op.f("team_service_id_fk")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("team_pk")),
    )
    op.create_table(
        "user",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("scope_version", sa.Integer(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.service_id"], name=op.f("user_service_id_fk")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("user_pk")),
        sa.UniqueConstraint("login", name=op.f("user_login_uq")),
    )
    op.create_table(
        "closed_month",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "closed_by"],
            ["user.service_id", "user.id"],
            name=op.f("closed_month_service_id_closed_by_fk"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "team_id"], ["team.service_id", "team.id"], name=op.f("closed_month_service_id_team_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "team_id", "month", name=op.f("closed_month_pk")),
    )
    op.create_table(
        "device",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("app", sa.String(length=40), nullable=False),
        sa.Column("data_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("oldest_pending_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "user_id"], ["user.service_id", "user.id"], name=op.f("device_service_id_user_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "user_id", "id", name=op.f("device_pk")),
    )
    op.create_table(
        "entry",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.String(length=5), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("utc_offset_min", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("travel_minutes", sa.Integer(), nullable=False),
        sa.Column("admin_minutes", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("attendance", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=6), nullable=False),
        sa.Column("others_present", sa.Text(), nullable=False),
        sa.Column("with_colleague", sa.String(length=24), nullable=True),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=280), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("family", sa.String(length=8), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=True),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('active', 'void')", name=op.f("entry_state_ck")),
        sa.ForeignKeyConstraint(
            ["service_id", "author_id"], ["user.service_id", "user.id"], name=op.f("entry_service_id_author_id_fk")
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "team_id"], ["team.service_id", "team.id"], name=op.f("entry_service_id_team_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("entry_pk")),
    )
    op.create_index(
        op.f("entry_service_id_author_id_seq_ix"), "entry", ["service_id", "author_id", "seq"], unique=False
    )
    op.create_index(
        op.f("entry_service_id_team_id_happened_on_ix"), "entry", ["service_id", "team_id", "happened_on"], unique=False
    )
    op.create_index(op.f("entry_service_id_team_id_seq_ix"), "entry", ["service_id", "team_id", "seq"], unique=False)
    op.create_table(
        "join_code",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "user_id"], ["user.service_id", "user.id"], name=op.f("join_code_service_id_user_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "code_hash", name=op.f("join_code_pk")),
    )
    op.create_index(op.f("join_code_code_hash_ix"), "join_code", ["code_hash"], unique=False)
    op.create_table(
        "member",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "team_id"], ["team.service_id", "team.id"], name=op.f("member_service_id_team_id_fk")
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "user_id"], ["user.service_id", "user.id"], name=op.f("member_service_id_user_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("member_pk")),
    )
    op.create_index(op.f("member_service_id_user_id_ix"), "member", ["service_id", "user_id"], unique=False)
    op.create_table(
        "operation",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thing", sa.String(length=10), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=6), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("noop", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("outcome IN ('applied', 'conflict')", name=op.f("operation_outcome_ck")),
        sa.ForeignKeyConstraint(
            ["service_id", "author_id"], ["user.service_id", "user.id"], name=op.f("operation_service_id_author_id_fk")
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "team_id"], ["team.service_id", "team.id"], name=op.f("operation_service_id_team_id_fk")
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "user_id"], ["user.service_id", "user.id"], name=op.f("operation_service_id_user_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("operation_pk")),
    )
    op.create_index(
        op.f("operation_service_id_author_id_outcome_ix"),
        "operation",
        ["service_id", "author_id", "outcome"],
        unique=False,
    )
    op.create_index(
        op.f("operation_service_id_team_id_seq_ix"), "operation", ["service_id", "team_id", "seq"], unique=True
    )
    op.create_index(op.f("operation_service_id_thing_id_ix"), "operation", ["service_id", "thing_id"], unique=False)
    op.create_index(
        op.f("operation_service_id_user_id_device_id_n_ix"),
        "operation",
        ["service_id", "user_id", "device_id", "n"],
        unique=False,
    )
    op.create_table(
        "person",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("local_patient_id", sa.String(length=20), nullable=True),
        sa.Column("referral_ref", sa.String(length=20), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=20), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "team_id"], ["team.service_id", "team.id"], name=op.f("person_service_id_team_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("person_pk")),
    )
    op.create_index(op.f("person_service_id_merged_into_ix"), "person", ["service_id", "merged_into"], unique=False)
    op.create_index(op.f("person_service_id_team_id_seq_ix"), "person", ["service_id", "team_id", "seq"], unique=False)
    op.create_table(
        "reflection",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('active', 'void')", name=op.f("reflection_state_ck")),
        sa.ForeignKeyConstraint(
            ["service_id", "author_id"], ["user.service_id", "user.id"], name=op.f("reflection_service_id_author_id_fk")
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "team_id"], ["team.service_id", "team.id"], name=op.f("reflection_service_id_team_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("reflection_pk")),
    )
    op.create_index(
        op.f("reflection_service_id_author_id_team_id_seq_ix"),
        "reflection",
        ["service_id", "author_id", "team_id", "seq"],
        unique=False,
    )
    op.create_table(
        "session",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("signed_out_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "user_id"], ["user.service_id", "user.id"], name=op.f("session_service_id_user_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "token_hash", name=op.f("session_pk")),
    )
    op.create_index(op.f("session_service_id_user_id_ix"), "session", ["service_id", "user_id"], unique=False)
    op.create_table(
        "volume",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("split", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("reportable", sa.Integer(), nullable=False),
        sa.Column("not_attended", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("travel_minutes", sa.Integer(), nullable=False),
        sa.Column("group_sessions", sa.Integer(), nullable=False),
        sa.Column("group_attendances", sa.Integer(), nullable=False),
        sa.Column("indirect", sa.Integer(), nullable=False),
        sa.Column("in_person", sa.Integer(), nullable=False),
        sa.Column("remote", sa.Integer(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("cancelled_by_person", sa.Integer(), nullable=False),
        sa.Column("did_not_attend", sa.Integer(), nullable=False),
        sa.Column("arrived_too_late", sa.Integer(), nullable=False),
        sa.Column("cancelled_by_us", sa.Integer(), nullable=False),
        sa.Column("dna", sa.Integer(), nullable=False),
        sa.Column("dna_of", sa.Integer(), nullable=False),
        sa.Column("group_minutes", sa.Integer(), nullable=False),
        sa.Column("indirect_minutes", sa.Integer(), nullable=False),
        sa.Column("other_minutes", sa.Integer(), nullable=False),
        sa.Column("admin_minutes", sa.Integer(), nullable=False),
        sa.Column("signposted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "team_id"], ["team.service_id", "team.id"], name=op.f("volume_service_id_team_id_fk")
        ),
        sa.PrimaryKeyConstraint("service_id", "team_id", "split", "day", "key", name=op.f("volume_pk")),
    )
    op.create_table(
        "entry_outcome",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "entry_id"],
            ["entry.service_id", "entry.id"],
            name=op.f("entry_outcome_service_id_entry_id_fk"),
        ),
        sa.PrimaryKeyConstraint("service_id", "entry_id", "outcome", name=op.f("entry_outcome_pk")),
    )
    op.create_table(
        "entry_topic",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "entry_id"],
            ["entry.service_id", "entry.id"],
            name=op.f("entry_topic_service_id_entry_id_fk"),
        ),
        sa.PrimaryKeyConstraint("service_id", "entry_id", "topic", name=op.f("entry_topic_pk")),
    )
