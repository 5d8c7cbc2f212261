"""Announcements with their corrections, and the questions that offices answer.

Revision 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add tables and columns; nothing that was there changes."""
    _opt_outs()
    _announcements()
    _faq()
    _questions()
    _announcement_texts()
    _corrections()
    _question_messages()
    _deliveries()


def _opt_outs() -> None:
    op.create_table(
        "opt_outs",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_opt_outs_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "topic", name="pk_opt_outs"),
    )


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", sa.String(32), nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("buttons", sa.Text(), nullable=False),
        sa.Column("send_at", MOMENT),
        sa.Column("window", sa.Text()),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Integer()),
        sa.Column("confirmed_by", ID),
        sa.Column("confirmed_version", sa.Integer()),
        sa.Column("second_by", ID),
        sa.Column("cursor", ID, nullable=False),
        sa.Column("live_chat_id", ID),
        sa.Column("live_message_id", ID),
        sa.Column("problem", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("leaves_at", MOMENT),
        sa.Column("expanded_at", MOMENT),
        sa.Column("waved_at", MOMENT),
        sa.Column("judged", sa.Text(), nullable=False),
        sa.Column("zones", sa.Text(), nullable=False),
        sa.Column("moved_by", ID),
        sa.Column("moved_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name="fk_announcements_office_id_offices"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_announcements_office_id", "announcements", ["office_id"])
    op.create_index("ix_announcements_stage", "announcements", ["stage"])


def _faq() -> None:
    op.create_table(
        "faq",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", sa.String(32), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("updated_by", ID),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name="fk_faq_office_id_offices", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_faq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_faq_office_id", "faq", ["office_id"])


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", sa.String(32), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("thread_id", ID),
        sa.Column("anchor_id", ID),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("helped", sa.Boolean()),
        sa.Column("taken_by", ID),
        sa.Column("nudged_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name="fk_questions_office_id_offices", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_questions_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_office_id_state", "questions", ["office_id", "state"])
    op.create_index("ix_questions_person_id", "questions", ["person_id"])


def _announcement_texts() -> None:
    op.create_table(
        "announcement_texts",
        sa.Column("announcement_id", ID, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name="fk_announcement_texts_announcement_id_announcements",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("announcement_id", "language", name="pk_announcement_texts"),
    )


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", ID, nullable=False),
        sa.Column("announcement_id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("cursor", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("judged", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name="fk_corrections_announcement_id_announcements",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_announcement_id", "corrections", ["announcement_id"])
    op.create_index("ix_corrections_stage", "corrections", ["stage"])


def _question_messages() -> None:
    op.create_table(
        "question_messages",
        sa.Column("id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("from_office", sa.Boolean(), nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("delivery_key", sa.String(200), nullable=False),
        sa.Column("copy_chat_id", ID),
        sa.Column("copy_id", ID),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name="fk_question_messages_question_id_questions",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_question_messages"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_question_messages_copy_chat_id_copy_id",
        "question_messages",
        ["copy_chat_id", "copy_id"],
    )
    op.create_index(
        "ix_question_messages_chat_id_message_id", "question_messages", ["chat_id", "message_id"]
    )
    op.create_index("ix_question_messages_delivery_key", "question_messages", ["delivery_key"])
    op.create_index("ix_question_messages_question_id", "question_messages", ["question_id"])


def _deliveries() -> None:
    op.add_column("deliveries", sa.Column("batch", sa.String(32)))
    op.create_index(
        "ix_deliveries_batch",
        "deliveries",
        ["batch", "state", "id"],
        sqlite_where=sa.text("batch IS NOT NULL"),
        postgresql_where=sa.text("batch IS NOT NULL"),
    )
