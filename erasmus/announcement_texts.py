"""What Telegram would refuse of a formatted text, found while its author still looks at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Final

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
OWN_LINES: Final = 396
"""Signs kept for what is added to a text, where nobody counts what really is."""

_TAG: Final = re.compile(r'<(/?)([a-z-]+)((?: [a-z-]+(?:="[^"<>]*")?)*)>')
_LINK: Final = re.compile(r'<a href="([^>]*)')
_LINK_SHOWN: Final = 100
_TAGS: Final = frozenset(
    {"b", "i", "u", "s", "a", "code", "pre", "span", "blockquote", "tg-spoiler", "tg-emoji"}
    | {"tg-time"}
)
_UNSEEN: Final = re.compile("[\\s\u200b-\u200f\u2060-\u2064\u3164\ufeff\u2800]*")
_REFUSED_SIGN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_AROUND: Final = 30


class Problem(StrEnum):
    """Why a text cannot be sent."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    MARKUP = "markup"  # a tag that Telegram does not know, or one without its other half
    LINK = "link"  # a link with a sign that Telegram would take for its end
    SIGN = "sign"  # a sign that no message may hold


@dataclass(frozen=True, slots=True)
class Flaw:
    """One reason why a text cannot be sent; `place` quotes the link, or what stands before it.

    `length` and `most` count as Telegram counts: UTF-16 units of what the reader sees.
    """

    problem: Problem
    place: str
    length: int
    most: int


def find_flaw(html: str, *, caption: bool, kept: int = OWN_LINES) -> Flaw | None:
    """Return the first reason for which a text could not be sent, or None when it can.

    `kept` signs are for what is added to it.
    """
    most = (LONGEST_CAPTION if caption else LONGEST_TEXT) - kept
    text, sound = _read(html)
    length = signs(text)
    refused = _REFUSED_SIGN.search(text)
    link = None if sound else _broken_link(html)
    if link is not None:
        return Flaw(Problem.LINK, link, length, most)
    if not sound:
        return Flaw(Problem.MARKUP, _before(text, len(text)), length, most)
    if refused is not None:
        return Flaw(Problem.SIGN, _before(text, refused.start()), length, most)
    if not caption and _UNSEEN.fullmatch(text):
        return Flaw(Problem.EMPTY, "", length, most)
    if length > most:
        return Flaw(Problem.TOO_LONG, _before(text, _cut(text, most)), length, most)
    return None


def signs(text: str) -> int:
    """Count a text as Telegram does: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(html: str) -> str:
    """Return what a reader sees of a formatted text."""
    return _read(html)[0]


def _read(html: str) -> tuple[str, bool]:
    """Return what is visible and whether all of it could be read; else what is before the fault."""
    seen, at = list[str](), 0
    opened: list[str] = []
    while (begin := html.find("<", at)) >= 0:
        seen.append(html[at:begin])
        tag = _TAG.match(html, begin)
        if tag is None or tag[2] not in _TAGS:
            return unescape("".join(seen)), False
        if not tag[1]:
            opened.append(tag[2])
        elif not opened or opened.pop() != tag[2]:
            return unescape("".join(seen)), False
        at = tag.end()
    seen.append(html[at:])
    return unescape("".join(seen)), not opened


def _broken_link(html: str) -> str | None:
    """Return the first link whose tag cannot be read: a quotation mark in it ends it early."""
    for link in _LINK.finditer(html):
        if _TAG.match(html, link.start()) is None:
            return unescape(link[1].removesuffix('"'))[:_LINK_SHOWN]
    return None


def _before(text: str, end: int) -> str:
    return text[max(0, end - _AROUND) : end].strip()


def _cut(text: str, most: int) -> int:
    kept = text.encode("utf-16-le", "surrogatepass")[: most * 2]
    return len(kept.decode("utf-16-le", "ignore"))
