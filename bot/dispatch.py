"""Dispatch: an update that was written down goes through python-telegram-bot to its handler."""

from __future__ import annotations

from typing import Any, TypeAlias

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InaccessibleMessage,
    MaybeInaccessibleMessage,
    Message,
    Update,
    User,
)
from telegram.constants import ZERO_DATE
from telegram.ext import Application, ApplicationHandlerStop, ContextTypes

from bot.inbox import Payload
from storage.inbox import Arrival

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


class Dispatch:
    """Runs the handlers of an application and lets their errors rise to the caller."""

    def __init__(self, application: AnyApplication) -> None:
        """Become the application's error handler: it would swallow errors otherwise."""
        self._application = application
        self._errors: dict[int, Exception] = {}
        application.add_error_handler(self._note)

    async def handle(self, arrival: Arrival) -> None:
        """Handle an update; raises whatever its handler raised."""
        update = read_update(arrival.payload, self._application.bot)
        await self._application.process_update(update)
        error = self._errors.pop(arrival.update_id, None)
        if error is not None:
            raise error

    async def _note(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if isinstance(update, Update) and context.error is not None:
            self._errors[update.update_id] = context.error
        raise ApplicationHandlerStop  # no other handler gets what one has failed on


def read_update(payload: Payload, bot: Bot) -> Update:
    """Return an update as python-telegram-bot's handlers want it.

    Of the message above a pressed button only its place is known. The library's own reading makes
    a whole message of that all the same, which takes longer than to find and change a person.
    """
    query = payload.get("callback_query")
    if query is None:
        return Update.de_json(payload, bot)
    press = CallbackQuery(
        query["id"],
        User.de_json(query["from"], bot),
        query["chat_instance"],
        message=_place(query.get("message"), bot),
        data=query.get("data"),
    )
    return Update(payload["update_id"], callback_query=press)


def _place(message: Payload | None, bot: Bot) -> MaybeInaccessibleMessage | None:
    if message is None:
        return None
    chat, number = Chat.de_json(message["chat"], bot), message["message_id"]
    thread = message.get("message_thread_id")
    if thread is None:
        return InaccessibleMessage(chat, number)
    in_topic = message.get("is_topic_message")
    return Message(number, ZERO_DATE, chat, message_thread_id=thread, is_topic_message=in_topic)
