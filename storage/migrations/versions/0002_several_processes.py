"""What several processes on one database need: leases, a common pace, held updates, plans.

Revision 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
SECONDS = sa.Float(53)


def upgrade() -> None:
    """Add tables and columns; what older versions wrote stays true, and is planned once more."""
    _leases()
    _pace()
    _held_updates()
    _plans()
    _indexes_for_many_rows()


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _pace() -> None:
    op.create_table(
        "pace",
        sa.Column("bot", sa.String(64), nullable=False),
        sa.Column("next_at", SECONDS, nullable=False),
        sa.Column("rate", SECONDS, nullable=False),
        sa.Column("paused_until", SECONDS, nullable=False),
        sa.Column("raised_at", SECONDS, nullable=False),
        sa.Column("refused_at", SECONDS, nullable=False),
        sa.Column("departures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bot", name="pk_pace"),
    )


def _held_updates() -> None:
    op.add_column("inbox", sa.Column("holder", sa.String(128)))
    op.add_column("inbox", sa.Column("held_until", MOMENT))
    held = sa.text("holder IS NOT NULL")
    op.create_index(
        "uq_inbox_held",
        "inbox",
        ["chat_id"],
        unique=True,
        sqlite_where=held,
        postgresql_where=held,
    )


def _plans() -> None:
    op.add_column("follows", sa.Column("planned_at", MOMENT))
    op.add_column(
        "follows", sa.Column("planned", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_follows_unplanned",
        "follows",
        ["person_id", "call_id"],
        sqlite_where=sa.text("planned = 0"),
        postgresql_where=sa.text("NOT planned"),
    )


def _indexes_for_many_rows() -> None:
    gone = sa.text("unreachable_since IS NOT NULL")
    op.create_index(
        "ix_people_unreachable", "people", ["id"], sqlite_where=gone, postgresql_where=gone
    )
    ending = sa.text("state = 'queued' AND valid_until IS NOT NULL")
    op.drop_index("ix_deliveries_valid_until", "deliveries")
    op.create_index(
        "ix_deliveries_valid_until",
        "deliveries",
        ["valid_until"],
        sqlite_where=ending,
        postgresql_where=ending,
    )
