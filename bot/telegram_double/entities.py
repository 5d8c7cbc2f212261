"""Marks on a text, counted in UTF-16 units, and the addresses Telegram finds in it by itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

from bot.telegram_double.refusals import bad_request

QUOTES: Final = ("blockquote", "expandable_blockquote")
BLOCKS: Final = ("pre", "code")
LINKS: Final = ("text_link", "text_mention")
# Of two marks over the same signs the one named first stands outside.
ORDER: Final = (
    *QUOTES,
    *LINKS,
    "date_time",
    *BLOCKS,
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
)
FOUND: Final = (
    ("url", re.compile(r"(?:https?|tg)://[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]]")),
    ("email", re.compile(r"\b[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\b")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
)
PROTOCOLS: Final = ("http", "https", "tg", "ton", "tonsite")


@dataclass(frozen=True, slots=True)
class Entity:
    """One mark: its type, where it is, and what belongs to the type (``url``, ``language``)."""

    type: str
    offset: int
    length: int
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def span(self) -> tuple[int, int]:
        """Offset and length."""
        return self.offset, self.length

    @property
    def end(self) -> int:
        """The first unit behind the mark."""
        return self.offset + self.length

    def of_type(self, kind: str) -> "Entity":
        """Return the same span with another meaning."""
        return replace(self, type=kind)

    def with_extra(self, extra: Mapping[str, Any]) -> "Entity":
        """Return the same mark with other particulars."""
        return replace(self, extra=dict(extra))

    def as_json(self) -> dict[str, Any]:
        """Return a MessageEntity of the Bot API."""
        shown = {key: value for key, value in self.extra.items() if key != "language_of_code"}
        if "user_id" in shown:
            shown = {"user": {"id": shown["user_id"], "is_bot": False, "first_name": "?"}}
        return {"type": self.type, "offset": self.offset, "length": self.length, **shown}


def utf16(text: str) -> int:
    """Return the length of the text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Return the marks outermost first, without those that Telegram throws away."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=_place):
        around = [other for other in kept if other.offset <= entity.offset < other.end]
        if not any(_swallows(other, entity) for other in around):
            kept.append(entity)
    return kept


def _place(entity: Entity) -> tuple[int, int, int]:
    rank = ORDER.index(entity.type) if entity.type in ORDER else len(ORDER)
    return entity.offset, -entity.length, rank


def _swallows(outer: Entity, inner: Entity) -> bool:
    return (
        outer.type == inner.type
        or (outer.type in BLOCKS and outer.span != inner.span)
        or (outer.type in QUOTES and inner.type in QUOTES)
    )


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut the space around the text, as Telegram does before it counts.

    Raises Refused when nothing is left.
    """
    right = text.rstrip()
    left = right.lstrip(" \n")
    if not left:
        raise bad_request("text must be non-empty")
    moved, end = utf16(right) - utf16(left), utf16(left)
    kept: list[Entity] = []
    for entity in entities:
        start = max(0, entity.offset - moved)
        stop = min(entity.end - moved, end)
        if stop > start:
            kept.append(replace(entity, offset=start, length=stop - start))
    return left, kept


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add the addresses, commands and names that Telegram itself recognises."""
    taken = [e.span for e in entities if e.type in BLOCKS + LINKS]
    added: list[Entity] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            start, length = utf16(text[: match.start()]), utf16(match[0])
            if all(start + length <= other or start >= other + n for other, n in taken):
                added.append(Entity(kind, start, length))
                taken.append((start, length))
    return sorted([*entities, *added], key=_place)


def checked_url(url: str) -> str | None:
    """Return the address as Telegram keeps it, or None when it would not take it."""
    url = url.strip()
    if not url or any(sign.isspace() for sign in url):
        return None
    if re.match(r"[a-z]+:", url, re.IGNORECASE) is None:
        url = f"http://{url}"
    parts = urlsplit(url)
    if parts.scheme.lower() not in PROTOCOLS:
        return None
    if not parts.scheme.lower().startswith("http"):
        return url
    if "." not in (parts.hostname or ""):
        return None
    return url if parts.path else parts._replace(path="/").geturl()
