"""Messages of questions: which one on one side is the copy of which on the other.

What belongs together is found by these numbers, never by reading texts.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from erasmus.announcement_contents import Content
from erasmus.enquiries import Enquiry, EnquiryMessage
from storage.database import Connection
from storage.models import question_messages

_FIELDS = tuple(question_messages.c[field.name] for field in fields(EnquiryMessage))
_THIS = question_messages.c.id == bindparam("which")

_OF_QUESTION = (
    select(*_FIELDS)
    .where(question_messages.c.question_id == bindparam("question_id"))
    .order_by(question_messages.c.id)
)
_WRITTEN = select(*_FIELDS).where(
    question_messages.c.chat_id == bindparam("chat_id"),
    question_messages.c.message_id == bindparam("message_id"),
)
_CARRIED = select(*_FIELDS).where(question_messages.c.delivery_key == bindparam("key"))
_ADD = insert(question_messages).returning(*_FIELDS)
_SET = update(question_messages).where(_THIS)
_REWRITE = _SET.values(content=bindparam("said")).returning(*_FIELDS)


async def add(  # noqa: PLR0913 - a message has these parts
    c: Connection,
    question: Enquiry,
    content: Content,
    now: datetime,
    *,
    chat_id: int,
    message_id: int,
    from_office: bool = False,
) -> EnquiryMessage | None:
    """Keep a message of a question; None when it is there already."""
    if await written(c, chat_id, message_id) is not None:
        return None
    row = {
        "question_id": question.id,
        "from_office": from_office,
        "chat_id": chat_id,
        "message_id": message_id,
        "content": content,
        "delivery_key": "",
        "at": now,
    }
    return EnquiryMessage(*(await c.execute(_ADD, row)).one())


async def of_question(c: Connection, question_id: int) -> list[EnquiryMessage]:
    """Return the messages of a question in order."""
    rows = await c.execute(_OF_QUESTION, {"question_id": question_id})
    return [EnquiryMessage(*row) for row in rows]


async def written(c: Connection, chat_id: int, message_id: int) -> EnquiryMessage | None:
    """Return the message that was written somewhere."""
    which = {"chat_id": chat_id, "message_id": message_id}
    row = (await c.execute(_WRITTEN, which)).first()
    return None if row is None else EnquiryMessage(*row)


async def carried_by(c: Connection, key: str) -> EnquiryMessage | None:
    """Return the message that a delivery carries to the other side."""
    row = (await c.execute(_CARRIED, {"key": key})).first()
    return None if row is None else EnquiryMessage(*row)


async def rewrite(
    c: Connection, message: EnquiryMessage, content: Content
) -> EnquiryMessage | None:
    """Keep what a message says since it was edited; return it with where its copy is by now."""
    row = (await c.execute(_REWRITE, {"which": message.id, "said": content})).one_or_none()
    return None if row is None else EnquiryMessage(*row)


async def carry(c: Connection, message: EnquiryMessage, key: str) -> None:
    """Remember which delivery carries a message; its copy is not known yet."""
    await _set(c, message.id, delivery_key=key, copy_chat_id=None, copy_id=None)


async def arrived(c: Connection, message: EnquiryMessage, chat_id: int, copy_id: int) -> None:
    """Remember where the copy of a message is."""
    await _set(c, message.id, copy_chat_id=chat_id, copy_id=copy_id)


async def _set(c: Connection, which: int, **columns: object) -> None:
    await c.execute(_SET, {"which": which, **columns})
