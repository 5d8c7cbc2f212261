"""The messages that show staff how far something is: one for each person, of corrections, too.

The two columns of announcements that held one such message stay, unused: a process of the version
before may still read them while processes are replaced one by one.

Revision 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, and bring over what is known."""
    op.create_table(
        "live_messages",
        sa.Column("batch", sa.String(32), nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("message_id", ID),
        sa.Column("shown_by", sa.String(200)),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["people.id"],
            name="fk_live_messages_chat_id_people",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("batch", "chat_id", name="pk_live_messages"),
    )
    op.execute(
        "INSERT INTO live_messages (batch, chat_id, message_id, since)"
        " SELECT 'a' || id, live_chat_id, live_message_id, updated_at"
        "   FROM announcements WHERE live_chat_id IN (SELECT id FROM people)"
    )
