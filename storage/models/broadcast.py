"""Announcements, what corrects or recalls them, and who does not want to hear of a topic."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from erasmus.announcements import CorrectionKind, Stage
from erasmus.words import Language
from storage.columns import Document, Id, Utc, spelled
from storage.models.applicants import offices, people
from storage.models.base import metadata

announcements = Table(
    "announcements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office_id", ForeignKey(offices.c.id), nullable=False),
    Column("author_id", Id, nullable=False),
    Column("stage", spelled(Stage), nullable=False),
    Column("topic", String(16), nullable=False),
    Column("audience", Document(dict), nullable=False),
    Column("buttons", Document(list), nullable=False),
    Column("send_at", Utc),
    # From which to which local hour it may leave; none: at any.
    Column("window", Document()),
    Column("paid", Boolean, nullable=False, default=False),
    # Raised by every edit: a confirmation holds for the version that was read.
    Column("version", Integer, nullable=False, default=1),
    Column("recipients", Integer),
    Column("confirmed_by", Id),
    Column("confirmed_version", Integer),
    Column("second_by", Id),
    # The person up to whom recipients have become deliveries.
    Column("cursor", Id, nullable=False, default=0),
    Column("live_chat_id", Id),
    Column("live_message_id", Id),
    Column("problem", Text),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("started_at", Utc),
    Column("ended_at", Utc),
    sqlite_autoincrement=True,
)
Index(None, announcements.c.office_id)
Index(None, announcements.c.stage)

announcement_texts = Table(
    "announcement_texts",
    metadata,
    Column("announcement_id", ForeignKey(announcements.c.id, ondelete="CASCADE"), primary_key=True),
    Column("language", spelled(Language), primary_key=True),
    Column("content", Document(dict), nullable=False),
    Column("person_id", Id),
    Column("updated_at", Utc, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("announcement_id", ForeignKey(announcements.c.id), nullable=False),
    Column("kind", spelled(CorrectionKind), nullable=False),
    Column("stage", spelled(Stage), nullable=False),
    # The new texts by language; none for a recall.
    Column("texts", Document(dict), nullable=False),
    Column("person_id", Id, nullable=False),
    Column("cursor", Id, nullable=False, default=0),
    Column("created_at", Utc, nullable=False),
    Column("ended_at", Utc),
    sqlite_autoincrement=True,
)
Index(None, corrections.c.announcement_id)
Index(None, corrections.c.stage)

opt_outs = Table(
    "opt_outs",
    metadata,
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("topic", String(16), primary_key=True),
    Column("since", Utc, nullable=False),
)
