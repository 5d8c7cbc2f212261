"""Keyboards: the buttons under a message and everything Telegram refuses about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from bot.telegram_double.entities import PROTOCOLS, checked_url
from bot.telegram_double.refusals import Refused, bad_request

MOST_BUTTONS: Final = 100
MOST_IN_ROW: Final = 8
LONGEST_DATA: Final = 64  # bytes
LONGEST_COPY: Final = 256
STYLES: Final = ("primary", "success", "danger")
KINDS: Final = (
    "url",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "web_app",
    "copy_text",
)

Rows = tuple[tuple["Button", ...], ...]


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button; ``value`` is its callback data, address or text to copy."""

    text: str
    kind: str
    value: str
    style: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return an InlineKeyboardButton of the Bot API."""
        value: object = self.value
        if self.kind == "copy_text":
            value = {"text": self.value}
        elif self.kind == "web_app":
            value = {"url": self.value}
        elif self.kind == "switch_inline_query_chosen_chat":
            value = {"query": self.value}
        shown: dict[str, Any] = {"text": self.text, self.kind: value}
        return shown | {"style": self.style} if self.style else shown


@dataclass(frozen=True, slots=True)
class Markup:
    """A ``reply_markup``: inline rows, or what takes the place of the phone's keyboard."""

    rows: Rows = ()
    reply: Mapping[str, Any] | None = None


def read_markup(value: object) -> Markup:
    """Return the markup, empty when none was given.

    Raises Refused for everything Telegram refuses, and for what it would silently drop.
    """
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return Markup(_checked(tuple(_rows(value["inline_keyboard"]))))
    if "keyboard" in value:
        return Markup(reply=_reply_keyboard(value))
    if value.get("remove_keyboard") or value.get("force_reply"):
        return Markup(reply=value)
    raise bad_request("object expected as reply markup")


def _rows(value: object) -> list[tuple[Button, ...]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    return [tuple(_button(item) for item in row) for row in value]


def _checked(rows: Rows) -> Rows:
    if any(not row for row in rows):
        raise bad_request("the keyboard has an empty row, which Telegram would drop")
    if any(len(row) > MOST_IN_ROW for row in rows):
        raise bad_request(f"the keyboard has a row of more than {MOST_IN_ROW} buttons")
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _button(item: object) -> Button:
    if not isinstance(item, dict):
        raise _unread("InlineKeyboardButton must be an Object")
    text = item.get("text")
    if not isinstance(text, str):
        raise _unread('Can\'t find field "text"')
    if not text.strip():
        raise bad_request("the keyboard has a button without text, which Telegram would drop")
    given = [kind for kind in KINDS if item.get(kind) not in (None, "")]
    if not given:
        raise _unread("Text buttons are unallowed in the inline keyboard")
    if len(given) > 1:
        raise bad_request(f"a button is of several kinds: {', '.join(given)}")
    style = item.get("style")
    if style is not None and style not in STYLES:
        raise _unread("invalid button style specified")
    button = Button(text, given[0], _value(item[given[0]]), style)
    _check_value(button)
    return button


def _unread(words: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {words}")


def _value(value: object) -> str:
    if isinstance(value, dict):
        inner = value.get("text") or value.get("url") or value.get("query") or ""
        return str(inner)
    return str(value)


def _check_value(button: Button) -> None:
    if button.kind == "callback_data" and len(button.value.encode()) > LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.kind == "copy_text" and not 0 < len(button.value) <= LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if button.kind in ("url", "web_app") and checked_url(button.value) is None:
        scheme = urlsplit(button.value).scheme
        known = scheme in PROTOCOLS or not scheme
        reason = "Wrong HTTP URL" if known else "Unsupported URL protocol"
        raise bad_request(f"inline keyboard button URL '{button.value}' is invalid: {reason}")


def _reply_keyboard(value: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = value["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    labels = [item if isinstance(item, str) else item.get("text") for row in rows for item in row]
    if not all(isinstance(label, str) and label.strip() for label in labels):
        raise bad_request("the keyboard has a button without text, which Telegram would drop")
    return value
