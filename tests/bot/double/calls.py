"""Calls to the Telegram double as bots make them, below any library."""

from __future__ import annotations

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram_double import TelegramDouble


def ask(double: TelegramDouble, method: str, **params: object) -> Any:  # noqa: ANN401 - JSON
    """Return the result of a call that works."""
    status, body = double.call(method, params)
    assert status == 200, body
    return body["result"]


def refused(double: TelegramDouble, method: str, **params: object) -> str:
    """Return Telegram's words to a call that does not."""
    status, body = double.call(method, params)
    assert status != 200, body
    return str(body["description"])


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    """Return a column of buttons whose data are their labels."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(x, callback_data=x)] for x in labels])
