"""What an office's desk needs: universities, offices and members, invitations, audit, drafts.

Revision 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

REFUSAL = "the audit is only added to"
ONLY_ADDED_TO = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for what in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"""CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
        """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
           FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    ],
}


def upgrade() -> None:
    """Add tables and columns; nothing that was there changes."""
    _audit()
    _call_revisions()
    _counts()
    _holds()
    _universities()
    _offices()
    _verdicts()
    _drafts()
    _invitations()
    _members()
    _calls()
    _people()


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("office_id", sa.String(32)),
        sa.Column("what", sa.String(48), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    for statement in ONLY_ADDED_TO[op.get_bind().dialect.name]:
        op.execute(statement)


def _call_revisions() -> None:
    op.create_table(
        "call_revisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("quietly", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_revisions"),
    )
    op.create_index("ix_call_revisions_call_id", "call_revisions", ["call_id"])


def _counts() -> None:
    op.create_table(
        "counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("university", sa.String(32), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "what", "university", "language", name="pk_counts"),
    )


def _holds() -> None:
    op.create_table(
        "holds",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("office_id", sa.String(32)),
        sa.Column("person_id", ID),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_holds"),
    )


def _universities() -> None:
    op.create_table(
        "universities",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("site", sa.Text()),
        sa.Column("also", sa.Text(), nullable=False),
        sa.Column("added_by", ID),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_universities"),
    )


def _offices() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("university", sa.String(32)),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("group_id", ID),
        sa.Column("group_has_topics", sa.Boolean(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["university"], ["universities.id"], name="fk_offices_university_universities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
    )
    op.create_index("ix_offices_university", "offices", ["university"])


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_verdicts_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "action", name="pk_verdicts"),
    )
    op.create_index("ix_verdicts_action_verdict", "verdicts", ["action", "verdict"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", sa.String(32), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name="fk_drafts_office_id_offices", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_drafts_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_person_id", "drafts", ["person_id"])


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("office_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("made_by", ID),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("used_by", ID),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name="fk_invitations_office_id_offices",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_invitations"),
    )


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("office_id", sa.String(32), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("invited_by", ID),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name="fk_members_office_id_offices", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_members_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("office_id", "person_id", name="pk_members"),
    )
    op.create_index("ix_members_person_id", "members", ["person_id"])


def _calls() -> None:
    op.add_column("calls", sa.Column("office_id", sa.String(32)))
    op.add_column("calls", sa.Column("published_at", MOMENT))
    op.add_column("calls", sa.Column("withdrawn_at", MOMENT))
    op.create_index("ix_calls_office_id", "calls", ["office_id"])


def _people() -> None:
    op.add_column("people", sa.Column("university", sa.String(32)))
    op.add_column("people", sa.Column("role", sa.String(32)))
    op.add_column("people", sa.Column("level", sa.String(32)))
    op.create_index("ix_people_university", "people", ["university"])
