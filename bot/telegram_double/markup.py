"""A marked text written back as Telegram HTML: what tests and the sandbox compare and show."""

from html import escape
from typing import Final

from bot.telegram_double.entities import Entity

TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "text_link": "a",
}


def to_html(text: str, entities: list[Entity]) -> str:
    """Write the text with its marks; what Telegram found by itself stays plain."""
    units = text.encode("utf-16-le", "surrogatepass")
    return _span(units, 0, len(units) // 2, [e for e in entities if e.type in TAGS])


def _span(units: bytes, start: int, end: int, entities: list[Entity]) -> str:
    written = ""
    while entities:
        first, *rest = entities
        inside = [other for other in rest if other.offset < first.end]
        written += _plain(units, start, first.offset)
        written += f"<{TAGS[first.type]}{_attribute(first)}>"
        written += _span(units, first.offset, first.end, inside)
        written += f"</{TAGS[first.type]}>"
        start = first.end
        entities = [other for other in rest if other.offset >= first.end]
    return written + _plain(units, start, end)


def _attribute(entity: Entity) -> str:
    if entity.type == "text_link":
        return f' href="{escape(str(entity.extra["url"]))}"'
    return " expandable" if entity.type == "expandable_blockquote" else ""


def _plain(units: bytes, start: int, end: int) -> str:
    return escape(units[start * 2 : end * 2].decode("utf-16-le", "surrogatepass"), quote=False)
