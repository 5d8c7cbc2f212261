"""Telegram's updates read into the house's own words."""

from __future__ import annotations

from telegram import Message, Update, User

from erasmus.words import Language
from handlers.incoming import Incoming, Kind
from locales import language_of


def guess(user: User | None) -> Language | None:
    """Return the language of somebody's phone, where it is one of ours."""
    return language_of(user.language_code) if user is not None else None


def incoming(message: Message, update_id: int = 0) -> Incoming:
    """Return what a message says, in the house's own words."""
    kind, file_id, name = Kind.OTHER, None, None
    if message.text:
        kind = Kind.TEXT
    elif message.photo:
        kind, file_id = Kind.PHOTO, message.photo[-1].file_id
    elif message.document:
        kind, file_id, name = Kind.DOCUMENT, message.document.file_id, message.document.file_name
    replied = message.reply_to_message
    answered = replied.from_user if replied is not None else None
    return Incoming(
        chat_id=message.chat.id,
        message_id=message.message_id,
        kind=kind,
        text=message.text or message.caption or "",
        html=message.text_html if message.text else message.caption_html or "",
        file_id=file_id,
        file_name=name,
        reply_to=replied.message_id if replied is not None else None,
        thread_id=message.message_thread_id if message.is_topic_message else None,
        to_bot=answered is not None and answered.is_bot,
        edited=message.edit_date is not None,
        update_id=update_id,
    )


def message_of(update: Update) -> Message:
    """Return the message of an update that has one; raise TypeError for another."""
    message = update.effective_message
    if message is None:
        detail = f"update {update.update_id} has no message"
        raise TypeError(detail)
    return message
