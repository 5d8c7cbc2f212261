"""What each tag of Telegram's HTML means once it is closed."""

import re
from dataclasses import dataclass
from typing import Any, Final

from bot.telegram_double.entities import Entity, checked_url, utf16
from bot.telegram_double.refusals import Refused, bad_request

KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
ARGUMENTS: Final = {
    "a": ("href", ""),
    "code": ("class", "language-"),
    "span": ("class", "tg-"),
    "tg-emoji": ("emoji-id", ""),
    "tg-time": ("format", ""),
    "blockquote": ("expandable", ""),
}
"""The one attribute of a tag that is kept, and how its value must begin."""

NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE: Final = re.compile(rb"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
LONGEST_REFERENCE: Final = 10
TIME_FORMAT: Final = re.compile(r"(?:r|w?[dD]?[tT]?)")
SURROGATES: Final = range(0xD800, 0xE000)
LAST_SIGN: Final = 0x10FFFF


@dataclass(frozen=True, slots=True)
class OpenTag:
    """A tag that still waits for its end; ``start`` counts UTF-16 units of the text so far."""

    tag: str
    argument: str
    unix: int
    start: int


def broken(words: str) -> Refused:
    """Return Telegram's complaint about markup."""
    return bad_request(f"can't parse entities: {words}")


def closed(tag: OpenTag, text: str, entities: list[Entity]) -> None:
    """Put the tag's entity, which ends where the text ends, behind the others."""
    kind = KINDS[tag.tag]
    made = Entity(kind, tag.start, utf16(text) - tag.start)
    if kind == "text_link":
        entities += _link(made, tag.argument or _tail(text, tag.start))
    elif kind in ("pre", "code"):
        _code(made, tag.argument, entities)
    elif kind == "blockquote":
        entities.append(made.of_type("expandable_blockquote") if tag.argument else made)
    elif kind == "custom_emoji":
        entities.append(made.with_extra(_emoji(tag.argument)))
    elif kind == "date_time":
        entities += _time(made, tag)
    else:
        entities.append(made)


def _tail(text: str, start: int) -> str:
    return text.encode("utf-16-le")[start * 2 :].decode("utf-16-le")


def _link(made: Entity, url: str) -> list[Entity]:
    if mention := re.fullmatch(r"tg://user\?id=(\d+)", url):
        return [made.of_type("text_mention").with_extra({"user_id": int(mention[1])})]
    good = checked_url(url)
    return [made.with_extra({"url": good})] if good else []


def _emoji(argument: str) -> dict[str, Any]:
    if not argument.isdecimal():
        raise bad_request("invalid custom emoji identifier specified")
    return {"custom_emoji_id": argument}


def _time(made: Entity, tag: OpenTag) -> list[Entity]:
    if TIME_FORMAT.fullmatch(tag.argument) is None:
        raise bad_request("invalid date format used")
    shown = {"date_time_format": tag.argument} if tag.argument else {}
    return [made.with_extra({"unix_time": tag.unix, **shown})] if tag.unix > 0 else []


def _code(made: Entity, language: str, entities: list[Entity]) -> None:
    """Join ``<pre><code class="language-…">`` into one entity, whichever tag is outside."""
    last = entities[-1] if entities else None
    if last is None or last.span != made.span or last.type == made.type:
        entities.append(made.with_extra({"language_of_code": language} if language else {}))
        return
    found = language or str(last.extra.get("language_of_code", ""))
    if found:
        entities[-1] = made.of_type("pre").with_extra({"language": found})
    else:
        entities.append(made)


def reference(source: bytes, position: int) -> tuple[str, int] | None:
    """Return the sign that the reference at ``position`` stands for, and where it ends.

    None when there is no reference, or one that Telegram leaves as it stands (``&nbsp;``).
    """
    found = REFERENCE.match(source, position)
    if found is None:
        return None
    if found[3] is not None:
        sign = NAMED.get(found[3].decode())
        return (sign, found.end()) if sign else None
    code = int(found[1], 16) if found[1] else int(found[2])
    if not 0 < code < LAST_SIGN or len(found[0].rstrip(b";")) >= LONGEST_REFERENCE:
        return None
    if code in SURROGATES:
        raise broken(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code), found.end()
