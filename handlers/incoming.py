"""What somebody sent without pressing a button, as handlers see it: no type of Telegram's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was sent. Of a photo or a document only the number is known, never the content."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of one person.

    `text` is the text or the caption as it reads, `html` the same with its formatting, as
    Telegram takes it back. `file_id` names a photo or a document for sending it again.
    `reply_to` is the message that it answers and `thread_id` the topic of a group it stands in;
    `to_bot` says that a bot, in a group only this one, wrote that message or opened that topic.
    """

    chat_id: int
    message_id: int
    kind: Kind
    text: str = ""
    html: str = ""
    file_id: str | None = None
    file_name: str | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    to_bot: bool = False
    edited: bool = False
    update_id: int = 0
