"""Dispatch: an update that was written down goes through python-telegram-bot to its handler."""

from __future__ import annotations

from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import Application, ApplicationHandlerStop, ContextTypes

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
        update = Update.de_json(arrival.payload, self._application.bot)
        await self._application.process_update(update)
        error = self._errors.pop(arrival.update_id, None)
        if error is not None:
            raise error

    async def _note(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if isinstance(update, Update) and context.error is not None:
            self._errors[update.update_id] = context.error
        raise ApplicationHandlerStop  # no other handler gets what one has failed on
