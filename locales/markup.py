"""Telegram HTML and plain text: how a value enters each."""

from __future__ import annotations

import re
from html import escape, unescape

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class Safe(str):
    """A text that is Telegram HTML already and must not be escaped again."""

    __slots__ = ()


def as_html(value: object) -> Safe:
    """Escape a value for Telegram HTML; quotes stay, they stand in no attribute."""
    return value if isinstance(value, Safe) else Safe(escape(str(value), quote=False))


def as_plain(value: object) -> str:
    """Return a value for a button or a toast, which show `&amp;` and tags as they are written."""
    return unescape(without_tags(value)) if isinstance(value, Safe) else str(value)


def without_tags(html: str) -> str:
    """Return what a reader sees between the tags, entities untouched."""
    return _TAG.sub("", html)
