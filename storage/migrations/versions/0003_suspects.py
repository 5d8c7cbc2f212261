"""Updates that were being handled when a process ended, and messages being sent then, stand out.

Revision 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count deaths of processes by update, and find the few rows with any without a search."""
    op.add_column("inbox", sa.Column("deaths", sa.Integer(), nullable=False, server_default="0"))
    _index("ix_inbox_suspects", "inbox", ["update_id"], "state = 'new' AND deaths > 0")
    _index(
        "ix_deliveries_suspects",
        "deliveries",
        ["lane", "due_at", "id"],
        "state = 'queued' AND crashes > 0",
    )


def _index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
