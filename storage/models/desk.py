"""The office's desk: who may do what, invitations, the audit, drafts, and what people are asked."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from erasmus.announcement_contents import Content
from erasmus.enquiries import Stage
from erasmus.offices import Role
from erasmus.words import Language
from storage.columns import Document, Id, Utc, spelled, texts
from storage.models.applicants import offices, people
from storage.models.base import metadata, only_added_to

members = Table(
    "members",
    metadata,
    Column("office_id", ForeignKey(offices.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("role", spelled(Role), nullable=False),
    # The first name that Telegram gave when they joined; colleagues know each other by it.
    Column("name", String(64), nullable=False),
    Column("since", Utc, nullable=False),
    Column("invited_by", Id),
)
Index(None, members.c.person_id)

# The link itself is kept nowhere: whoever reads the database cannot use it.
invitations = Table(
    "invitations",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("office_id", ForeignKey(offices.c.id, ondelete="CASCADE"), nullable=False),
    Column("role", spelled(Role), nullable=False),
    Column("made_by", Id),
    Column("made_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("used_by", Id),
    Column("used_at", Utc),
)

# Only ever added to. Each row's digest covers the one before, so that none can go unseen.
audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("person_id", Id),
    Column("office_id", String(32)),
    Column("what", String(48), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("details", Document(dict), nullable=False),
    Column("digest", String(64), nullable=False),
)
only_added_to(audit, "the audit is only added to")

# While a row is here, what it names is not sent: "bulk" holds reminders and announcements.
holds = Table(
    "holds",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("office_id", String(32)),
    Column("person_id", Id),
    Column("since", Utc, nullable=False),
)

# What a member of an office has begun to write and not published yet, and what a student wrote
# soon after a question, until it is known whether it belongs to it.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office_id", ForeignKey(offices.c.id, ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("body", Document(dict), nullable=False),
    Column("updated_at", Utc, nullable=False),
    sqlite_autoincrement=True,
)
Index(None, drafts.c.person_id)

# How often something happened, by day, university and language; never to whom.
counts = Table(
    "counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("what", String(32), primary_key=True),
    Column("university", String(32), primary_key=True),
    Column("language", spelled(Language), primary_key=True),
    Column("number", Integer, nullable=False),
)

# What a person's last check of an action said; audiences are built from it.
verdicts = Table(
    "verdicts",
    metadata,
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("action", String(64), primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("at", Utc, nullable=False),
)
Index(None, verdicts.c.action, verdicts.c.verdict)

questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office_id", ForeignKey(offices.c.id, ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    Column("state", spelled(Stage), nullable=False),
    # The lines about themselves that the person agreed to show.
    Column("shared", Document(dict), nullable=False),
    Column("thread_id", Id),
    Column("anchor_id", Id),
    # How often it was put into the group: again after the group, or its topic, was lost.
    Column("attempt", Integer, nullable=False, default=0),
    Column("opened_at", Utc, nullable=False),
    # Since when it waits for an answer.
    Column("asked_at", Utc, nullable=False),
    Column("answered_at", Utc),
    Column("closed_at", Utc),
    Column("helped", Boolean),
    Column("taken_by", Id),
    Column("nudged_at", Utc),
    sqlite_autoincrement=True,
)
Index(None, questions.c.office_id, questions.c.state)
Index(None, questions.c.person_id)

# Which message on one side is the copy of which on the other.
question_messages = Table(
    "question_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("question_id", ForeignKey(questions.c.id, ondelete="CASCADE"), nullable=False),
    Column("from_office", Boolean, nullable=False),
    Column("chat_id", Id, nullable=False),
    Column("message_id", Id, nullable=False),
    Column("content", Document(Content.packed, Content.unpacked), nullable=False),
    Column("delivery_key", String(200), nullable=False),
    # Kept here, for the delivery itself is deleted after two days.
    Column("copy_chat_id", Id),
    Column("copy_id", Id),
    Column("at", Utc, nullable=False),
    sqlite_autoincrement=True,
)
Index(None, question_messages.c.copy_chat_id, question_messages.c.copy_id)
Index(None, question_messages.c.chat_id, question_messages.c.message_id)
Index(None, question_messages.c.delivery_key)
Index(None, question_messages.c.question_id)

faq = Table(
    "faq",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office_id", ForeignKey(offices.c.id, ondelete="CASCADE"), nullable=False),
    Column("question", texts(), nullable=False),
    Column("answer", texts(), nullable=False),
    Column("published", Boolean, nullable=False, default=False),
    Column("shown", Integer, nullable=False, default=0),
    Column("helped", Integer, nullable=False, default=0),
    Column("updated_by", Id),
    Column("updated_at", Utc, nullable=False),
    Column("note", Text),
    sqlite_autoincrement=True,
)
Index(None, faq.c.office_id)
