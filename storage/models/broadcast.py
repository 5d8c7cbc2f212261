"""Announcements, what corrects or recalls them, and who does not want to hear of a topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from erasmus.announcement_contents import Content, NewsButton
from erasmus.announcements import CorrectionKind, Stage, Topic, Window
from erasmus.audiences import Audience
from erasmus.words import Language
from storage.columns import Document, Id, Utc, spelled
from storage.models.applicants import offices, people
from storage.models.base import metadata


def _texts() -> Document:
    """Return the type of contents by language."""
    return Document(_packed_texts, _unpacked_texts)


def _packed_texts(texts: Mapping[Language, Content]) -> dict[str, Any]:
    return {language.value: content.packed() for language, content in texts.items()}


def _unpacked_texts(read: Mapping[str, Any]) -> dict[Language, Content]:
    return {Language(code): Content.unpacked(content) for code, content in read.items()}


def _packed_buttons(buttons: Iterable[NewsButton]) -> list[dict[str, str]]:
    return [button.packed() for button in buttons]


def _unpacked_buttons(read: Iterable[Mapping[str, str]]) -> tuple[NewsButton, ...]:
    return tuple(NewsButton.unpacked(button) for button in read)


announcements = Table(
    "announcements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office_id", ForeignKey(offices.c.id), nullable=False),
    Column("author_id", Id, nullable=False),
    Column("stage", spelled(Stage), nullable=False),
    Column("topic", spelled(Topic), nullable=False),
    Column("audience", Document(Audience.packed, Audience.unpacked), nullable=False),
    Column("buttons", Document(_packed_buttons, _unpacked_buttons), nullable=False),
    Column("send_at", Utc),
    # From which to which local hour it may leave; none: at any.
    Column("window", Document(Window.packed, Window.unpacked)),
    Column("paid", Boolean, nullable=False, default=False),
    # Raised by every edit: a confirmation holds for the version that was read.
    Column("version", Integer, nullable=False, default=1),
    Column("recipients", Integer),
    Column("confirmed_by", Id),
    Column("confirmed_version", Integer),
    Column("second_by", Id),
    # The person up to whom recipients have become deliveries.
    Column("cursor", Id, nullable=False, default=0),
    # Unused since `live_messages`; only processes of the version before read these two.
    Column("live_chat_id", Id),
    Column("live_message_id", Id),
    Column("problem", Text),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("started_at", Utc),
    Column("ended_at", Utc),
    Column("confirmed_at", Utc),
    Column("leaves_at", Utc),
    Column("expanded_at", Utc),
    Column("waved_at", Utc),
    # What the brake had seen when it was last let go.
    Column("judged", Document(dict), nullable=False),
    # Of its recipients, for windows in the reader's own time.
    Column("zones", Document(list, tuple), nullable=False),
    Column("moved_by", Id),
    Column("moved_at", Utc),
    sqlite_autoincrement=True,
)
Index(None, announcements.c.office_id)
Index(None, announcements.c.stage)

announcement_texts = Table(
    "announcement_texts",
    metadata,
    Column("announcement_id", ForeignKey(announcements.c.id, ondelete="CASCADE"), primary_key=True),
    Column("language", spelled(Language), primary_key=True),
    Column("content", Document(Content.packed, Content.unpacked), nullable=False),
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
    Column("texts", _texts(), nullable=False),
    Column("person_id", Id, nullable=False),
    Column("cursor", Id, nullable=False, default=0),
    Column("created_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("version", Integer, nullable=False),
    Column("was", _texts(), nullable=False),
    Column("problem", Text),
    Column("judged", Document(dict), nullable=False),
    sqlite_autoincrement=True,
)
Index(None, corrections.c.announcement_id)
Index(None, corrections.c.stage)

live_messages = Table(
    "live_messages",
    metadata,
    # What it shows: the batch of an announcement or a correction.
    Column("batch", String(32), primary_key=True),
    Column("chat_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    # None until it has arrived.
    Column("message_id", Id),
    # The key of the newest delivery that shows it.
    Column("shown_by", String(200)),
    Column("since", Utc, nullable=False),
)

opt_outs = Table(
    "opt_outs",
    metadata,
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("topic", spelled(Topic), primary_key=True),
    Column("since", Utc, nullable=False),
)
