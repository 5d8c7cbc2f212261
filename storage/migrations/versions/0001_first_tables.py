"""The first tables.

Revision 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(16)


def upgrade() -> None:
    """Make the tables, those that others refer to first."""
    _people()
    _calls()
    _follows()
    _ticks()
    _inbox()
    _deliveries()
    _deliveries_indexes()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("ladder", sa.Text(), nullable=False),
        sa.Column("reminders_on", sa.Boolean(), nullable=False),
        sa.Column("asking", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("unreachable_since", MOMENT),
        sa.Column("digest_day", sa.String(10)),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("field", sa.String(64)),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("opens", MOMENT),
        sa.Column("closes", MOMENT, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("date_only", sa.Boolean(), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("based_on", sa.Date()),
        sa.Column("note", sa.Text()),
        sa.Column("source_id", sa.String(64), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("owner", ID),
        sa.Column("revised_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.ForeignKeyConstraint(
            ["owner"], ["people.id"], name="fk_calls_owner_people", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_calls_owner", "calls", ["owner"])


def _follows() -> None:
    op.create_table(
        "follows",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("followed_at", MOMENT, nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", MOMENT),
        sa.PrimaryKeyConstraint("person_id", "call_id", name="pk_follows"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_follows_person_id_people", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_follows_call_id_calls", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_follows_call_id", "follows", ["call_id"])


def _ticks() -> None:
    op.create_table(
        "ticks",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "plan", "item", name="pk_ticks"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_ticks_person_id_people", ondelete="CASCADE"
        ),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", ID, autoincrement=False, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("handled_at", MOMENT),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    _partial("ix_inbox_new", "inbox", ["update_id"], "state = 'new'")
    _partial("ix_inbox_new_of_chat", "inbox", ["chat_id", "update_id"], "state = 'new'")
    op.create_index("ix_inbox_received", "inbox", ["received_at"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("valid_until", MOMENT),
        sa.Column("state", WORD, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(64)),
        sa.Column("revision", sa.Integer()),
        sa.Column("occasion", sa.String(128)),
        sa.Column("message_id", ID),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("settled_at", MOMENT),
        sa.Column("lease_until", MOMENT),
        sa.Column("joined_to", ID),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
        sqlite_autoincrement=True,
    )


def _deliveries_indexes() -> None:
    queued, sending = "state = 'queued'", "state = 'sending'"
    _partial("ix_deliveries_due", "deliveries", ["lane", "due_at", "id"], queued)
    _partial(
        "ix_deliveries_waiting_of_chat", "deliveries", ["chat_id", "id"], f"{queued} OR {sending}"
    )
    _partial("ix_deliveries_valid_until", "deliveries", ["valid_until"], queued)
    _partial("ix_deliveries_call", "deliveries", ["call_id"], queued)
    _partial("ix_deliveries_lease", "deliveries", ["lease_until"], sending)
    _partial("ix_deliveries_joined", "deliveries", ["joined_to"], "state = 'joined'")
    op.create_index("ix_deliveries_settled", "deliveries", ["settled_at"])
    _partial("uq_deliveries_sending", "deliveries", ["chat_id"], sending, unique=True)


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
