"""Messages: what a row of the ledger becomes in a chat."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Final

from telegram import Bot, InlineKeyboardMarkup, InputFile, InputMediaPhoto, Message
from telegram.error import TelegramError

from bot.drawing import draw
from bot.outcomes import missing, not_editable, too_old, unchanged, without_text
from bot.threads import Threads
from bot.transport import Line
from erasmus.charts import Chart

SENDING: Final = {"photo": "sendPhoto", "document": "sendDocument"}
NO_PREVIEW: Final = {"is_disabled": True}
Body = Mapping[str, Any]


class Messages:
    """Shows the body of a delivery: answers the button, edits or sends."""

    def __init__(self, line: Line, bot: Bot, *, paid: bool = False) -> None:
        """Use `line` for the calls of every press and `bot` for files.

        `paid` lets bodies that say so leave at the price of a paid broadcast.
        """
        self._line, self._bot, self._paid = line, bot, paid
        self._threads = Threads(line)
        self._covers: dict[tuple[str, str], str] = {}

    async def show(self, chat_id: int, body: Body) -> int | None:
        """Show a body and return the id of the message; raises telegram.error.TelegramError.

        May be repeated: an edit that changes nothing is a success.
        """
        if body.get("deed"):
            return await self._threads.carry_out(chat_id, body)
        answer = asyncio.create_task(self._answer(body)) if body.get("callback") else None
        try:
            if body.get("delete"):
                await self._best_effort("deleteMessage", chat_id=chat_id, message_id=body["delete"])
            if body.get("copy"):
                return await self._revise(chat_id, int(body["copy"]), body)
            shown = body.get("text") or body.get("media") or body.get("image") or body.get("chart")
            return await self._write(chat_id, body) if shown else None
        finally:
            if answer is not None:
                await answer

    async def _write(self, chat_id: int, body: Body) -> int:
        if body.get("file") or body.get("image") or body.get("chart"):
            return await self._send_file(chat_id, body)
        if body.get("edit"):
            try:
                return await self._edit(chat_id, int(body["edit"]), body)
            except TelegramError as error:
                if not not_editable(error):
                    raise
        return await self._send(chat_id, body)

    async def _send(self, chat_id: int, body: Body) -> int:
        media = body.get("media")
        method = SENDING[media["kind"]] if media else "sendMessage"
        sent = await self._line.call(
            method,
            chat_id=chat_id,
            allow_paid_broadcast=True if self._paid and body.get("paid") else None,
            disable_notification=True if body.get("silent") else None,
            **_place(body),
            **(_caption(body) | {media["kind"]: media["file_id"]} if media else _content(body)),
        )
        return int(sent["message_id"])

    async def _edit(self, chat_id: int, message_id: int, body: Body) -> int:
        method, content = _edited(body)
        try:
            await self._line.call(method, chat_id=chat_id, message_id=message_id, **content)
        except TelegramError as error:
            if not unchanged(error):
                raise
        return message_id

    async def _edit_caption(self, chat_id: int, message_id: int, body: Body) -> int:
        try:
            await self._line.call(
                "editMessageCaption", chat_id=chat_id, message_id=message_id, **_caption(body)
            )
        except TelegramError as error:
            if not unchanged(error):
                raise
        return message_id

    async def _revise(self, chat_id: int, message_id: int, body: Body) -> int | None:
        """Write a copy anew where it is, or take it away; None for one that is not there."""
        try:
            if body.get("erase") and await self._erased(chat_id, message_id):
                return message_id
            if body.get("covers"):
                return await self._cover(chat_id, message_id, body)
            return await self._edit(chat_id, message_id, body)
        except TelegramError as error:
            if without_text(error) and body.get("chart"):
                return await self._cover(chat_id, message_id, body)
            if without_text(error):
                return await self._edit_caption(chat_id, message_id, body)
            if not missing(error):
                raise
            return None

    async def _cover(self, chat_id: int, message_id: int, body: Body) -> int:
        """Put a picture over a photo or a document; Telegram lets a bot do so at any time.

        A picture is uploaded once and then named, however many copies there are.
        """
        chart = Chart.unpacked(body["chart"])
        known: str | bytes | None = self._covers.get((chart.title, chart.about))
        photo = known if known is not None else await asyncio.to_thread(draw, chart)
        media = InputMediaPhoto(photo, caption=body["text"], parse_mode="HTML")
        try:
            done = await self._bot.edit_message_media(media, chat_id, message_id)
        except TelegramError as error:
            if not unchanged(error):
                raise
            return message_id
        if isinstance(done, Message) and done.photo:
            self._covers[chart.title, chart.about] = done.photo[-1].file_id
        return message_id

    async def _erased(self, chat_id: int, message_id: int) -> bool:
        """Delete a message; False when it is too late for that."""
        try:
            await self._line.call("deleteMessage", chat_id=chat_id, message_id=message_id)
        except TelegramError as error:
            if not too_old(error):
                raise
            return False
        return True

    async def _send_file(self, chat_id: int, body: Body) -> int:
        rows = _rows(body)
        told = {
            "caption": body["text"],
            "parse_mode": "HTML",
            "reply_markup": (
                InlineKeyboardMarkup.de_json({"inline_keyboard": rows}) if rows else None
            ),
        }
        if body.get("chart"):
            # Drawn now and aside: rows stay small, and neither a transaction nor the loop waits.
            drawn = await asyncio.to_thread(draw, Chart.unpacked(body["chart"]))
            picture = InputFile(drawn, filename="numbers.png")
            return (await self._bot.send_photo(chat_id, picture, **told)).message_id
        if body.get("image"):
            image = body["image"]
            picture = InputFile(b64decode(image["base64"]), filename=image["name"])
            return (await self._bot.send_photo(chat_id, picture, **told)).message_id
        file = body["file"]
        document = InputFile(file["content"].encode(), filename=file["name"])
        return (await self._bot.send_document(chat_id, document, **told)).message_id

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


def _place(body: Body) -> dict[str, Any]:
    """Return the topic of a group, or the message that is answered, if the body names one."""
    placed: dict[str, Any] = {}
    if body.get("thread"):
        placed["message_thread_id"] = body["thread"]
    if body.get("reply"):
        reply = {"message_id": body["reply"], "allow_sending_without_reply": True}
        placed["reply_parameters"] = reply
    return placed


def _edited(body: Body) -> tuple[str, dict[str, Any]]:
    """Return the method that writes a body over a message, and its parameters."""
    media = body.get("media")
    if media is None:
        return "editMessageText", _content(body)
    caption = _caption(body)
    keyboard = {"reply_markup": caption.pop("reply_markup")}
    kept = {"type": media["kind"], "media": media["file_id"]}
    return "editMessageMedia", {"media": kept | caption, **keyboard}


def _content(body: Body) -> dict[str, Any]:
    return {
        "text": body["text"],
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
        "reply_markup": _keyboard(body),
    }


def _caption(body: Body) -> dict[str, Any]:
    return {"caption": body["text"], "parse_mode": "HTML", "reply_markup": _keyboard(body)}


def _keyboard(body: Body) -> dict[str, Any] | None:
    rows = _rows(body)
    return {"inline_keyboard": rows} if rows else None


def _rows(body: Body) -> list[list[dict[str, Any]]]:
    return [[_button(button) for button in row] for row in body.get("keyboard") or []]


def _button(button: Mapping[str, Any]) -> dict[str, Any]:
    copied = button.get("copy_text")
    return {**button, "copy_text": {"text": copied}} if isinstance(copied, str) else dict(button)
