"""People, universities and their offices, calls and who follows them, papers ticked off."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    not_,
)

from erasmus.calls import CallStatus
from erasmus.plans import ItemState
from erasmus.words import Language
from storage.columns import Document, Id, Utc, several, spelled, texts
from storage.models.base import metadata, partial

universities = Table(
    "universities",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("country", String(2), nullable=False),
    Column("name", texts(), nullable=False),
    Column("city", texts(), nullable=False),
    Column("site", Text),
    Column("also", several(), nullable=False),
    # Who added it; nobody for those of the first directory.
    Column("added_by", Id),
    Column("added_at", Utc, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("language", spelled(Language), nullable=False),
    Column("language_chosen", Boolean, nullable=False, default=False),
    Column("zone", String(64), nullable=False),
    Column("facts", Document(dict), nullable=False),
    Column("ladder", several(), nullable=False),
    Column("reminders_on", Boolean, nullable=False, default=True),
    Column("asking", Text),
    Column("created_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("unreachable_since", Utc),
    Column("digest_day", String(10)),
    Column("university", String(32)),
    # Copies of two facts, for audiences: facts themselves are never asked for in SQL.
    Column("role", String(32)),
    Column("level", String(32)),
    # On which day each fact was told: some hold for a time only.
    Column("told_on", Document(dict)),
)

# An office is its country's (no university) or one university's.
offices = Table(
    "offices",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("country", String(2), nullable=False),
    Column("university", ForeignKey(universities.c.id)),
    Column("name", texts(), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("group_id", Id),
    Column("group_has_topics", Boolean, nullable=False, default=False),
    # Working days within which a question is to be answered.
    Column("answer_days", Integer, nullable=False, default=3),
    Column("created_at", Utc, nullable=False),
)
Index(None, offices.c.university)

calls = Table(
    "calls",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("action", String(64), nullable=False),
    Column("field", String(64)),
    Column("title", texts(), nullable=False),
    Column("url", Text),
    Column("opens", Utc),
    Column("closes", Utc, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("date_only", Boolean, nullable=False),
    Column("status", spelled(CallStatus), nullable=False),
    Column("based_on", Date),
    Column("note", texts()),
    Column("source_id", String(64), nullable=False),
    Column("section", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("owner", ForeignKey(people.c.id, ondelete="CASCADE")),
    Column("revised_at", Utc, nullable=False),
    Column("office_id", String(32)),
    Column("published_at", Utc),
    Column("withdrawn_at", Utc),
)

Index(None, calls.c.owner)
Index(None, calls.c.office_id)

follows = Table(
    "follows",
    metadata,
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("call_id", ForeignKey(calls.c.id, ondelete="CASCADE"), primary_key=True),
    Column("followed_at", Utc, nullable=False),
    Column("muted", Boolean, nullable=False, default=False),
    Column("submitted_at", Utc),
    Column("planned_at", Utc),
    # Whether reminders were put for what the person, the call and the papers are now.
    Column("planned", Boolean, nullable=False, server_default=false()),
)
Index(None, follows.c.call_id)

# Every change that the desk made to a call, so that it can be told and undone.
call_revisions = Table(
    "call_revisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("call_id", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("what", String(16), nullable=False),
    Column("person_id", Id),
    Column("at", Utc, nullable=False),
    Column("before", Document()),
    Column("after", Document()),
    Column("quietly", Boolean, nullable=False, default=False),
)
Index(None, call_revisions.c.call_id)

ticks = Table(
    "ticks",
    metadata,
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("plan", String(64), primary_key=True),
    Column("item", String(64), primary_key=True),
    Column("state", spelled(ItemState), nullable=False),
    Column("since", Utc, nullable=False),
)

partial("ix_people_unreachable", people.c.id, where=people.c.unreachable_since.is_not(None))
Index(None, people.c.university)
partial(
    "ix_follows_unplanned",
    follows.c.person_id,
    follows.c.call_id,
    where=not_(follows.c.planned),
)
