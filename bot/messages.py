"""Messages: what a row of the ledger becomes in a chat."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from telegram import Bot, InlineKeyboardMarkup, InputFile
from telegram.error import TelegramError

from bot.outcomes import not_editable, unchanged
from bot.transport import Line

NO_PREVIEW: Final = {"is_disabled": True}
Body = Mapping[str, Any]


class Messages:
    """Shows the body of a delivery: answers the button, edits or sends."""

    def __init__(self, line: Line, bot: Bot, *, paid: bool = False) -> None:
        """Use `line` for the calls of every press and `bot` for files.

        `paid` lets bodies that say so leave at the price of a paid broadcast.
        """
        self._line, self._bot, self._paid = line, bot, paid

    async def show(self, chat_id: int, body: Body) -> int | None:
        """Show a body and return the id of the message; raises telegram.error.TelegramError.

        May be repeated: an edit that changes nothing is a success.
        """
        answer = asyncio.create_task(self._answer(body)) if body.get("callback") else None
        try:
            if body.get("delete"):
                await self._best_effort("deleteMessage", chat_id=chat_id, message_id=body["delete"])
            return await self._write(chat_id, body) if body.get("text") else None
        finally:
            if answer is not None:
                await answer

    async def _write(self, chat_id: int, body: Body) -> int:
        if body.get("file"):
            return await self._send_file(chat_id, body)
        if body.get("edit"):
            try:
                return await self._edit(chat_id, int(body["edit"]), body)
            except TelegramError as error:
                if not not_editable(error):
                    raise
        paid = True if self._paid and body.get("paid") else None
        sent = await self._line.call(
            "sendMessage", chat_id=chat_id, allow_paid_broadcast=paid, **_content(body)
        )
        return int(sent["message_id"])

    async def _edit(self, chat_id: int, message_id: int, body: Body) -> int:
        try:
            await self._line.call(
                "editMessageText", chat_id=chat_id, message_id=message_id, **_content(body)
            )
        except TelegramError as error:
            if not unchanged(error):
                raise
        return message_id

    async def _send_file(self, chat_id: int, body: Body) -> int:
        file, rows = body["file"], _rows(body)
        sent = await self._bot.send_document(
            chat_id,
            InputFile(file["content"].encode(), filename=file["name"]),
            caption=body["text"],
            parse_mode="HTML",
            reply_markup=InlineKeyboardMarkup.de_json({"inline_keyboard": rows}) if rows else None,
        )
        return sent.message_id

    async def _answer(self, body: Body) -> None:
        """Stop the button's waiting sign; it may be too late for that, and then it is nothing."""
        await self._best_effort(
            "answerCallbackQuery",
            callback_query_id=body["callback"],
            text=body.get("toast"),
            show_alert=body.get("alert"),
        )

    async def _best_effort(self, method: str, **parameters: Any) -> None:  # noqa: ANN401 - JSON
        try:
            await self._line.call(method, **parameters)
        except TelegramError:
            return


def _content(body: Body) -> dict[str, Any]:
    rows = _rows(body)
    return {
        "text": body["text"],
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
        "reply_markup": {"inline_keyboard": rows} if rows else None,
    }


def _rows(body: Body) -> list[list[dict[str, Any]]]:
    return [[_button(button) for button in row] for row in body.get("keyboard") or []]


def _button(button: Mapping[str, Any]) -> dict[str, Any]:
    copied = button.get("copy_text")
    return {**button, "copy_text": {"text": copied}} if isinstance(copied, str) else dict(button)
