"""Texts and captions of a call: parsed, trimmed, measured."""

from typing import Any, Final

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.entities import Entity, in_order, trimmed, utf16, with_found
from bot.telegram_double.html import parse_html
from bot.telegram_double.refusals import bad_request

LONGEST_TEXT: Final = 4096  # UTF-16 units, after the entities were parsed
LONGEST_CAPTION: Final = 1024
LONGEST_PREMIUM_CAPTION: Final = 2048
"""Of a person who pays Telegram; a bot may write no longer one than before."""
LONGEST_SOURCE: Final = 1 << 15  # bytes, before


def read_text(call: Arguments) -> tuple[str, list[Entity]]:
    """Return the text of a message and its marks."""
    if not call.text("text"):
        raise bad_request("message text is empty")
    text, entities = trimmed(*_parsed(call, "text", "entities"))
    if utf16(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, with_found(text, entities)


def read_caption(call: Arguments) -> tuple[str, list[Entity]]:
    """Return the caption of a file and its marks; no caption is fine."""
    if not call.text("caption").strip():
        return "", []
    text, entities = trimmed(*_parsed(call, "caption", "caption_entities"))
    if utf16(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text, with_found(text, entities)


def _parsed(call: Arguments, name: str, entities: str) -> tuple[str, list[Entity]]:
    source, mode = call.text(name), call.text("parse_mode").lower()
    if len(source.encode("utf-8", "surrogatepass")) > LONGEST_SOURCE:
        raise bad_request("text is too long")
    if mode == "html":
        return parse_html(source)
    if mode:
        raise bad_request("unsupported parse_mode: the double reads HTML only")
    given = call.json(entities, "can't parse entities JSON object") or []
    return source, in_order(_entity(item) for item in given)


def _entity(item: Any) -> Entity:  # noqa: ANN401 - a MessageEntity of the Bot API
    fixed = ("type", "offset", "length")
    if not isinstance(item, dict) or not all(name in item for name in fixed):
        raise bad_request("can't parse MessageEntity: expected an Object")
    extra = {key: value for key, value in item.items() if key not in fixed}
    return Entity(str(item["type"]), int(item["offset"]), int(item["length"]), extra)
