"""On which day each fact was told. What was told before has no day.

Revision 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; a process of the version before writes nothing into it."""
    op.add_column("people", sa.Column("told_on", sa.Text()))
