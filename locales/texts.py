"""Texts: what the interface says, in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from erasmus.words import Language, Words
from locales.catalogues import ROOM, SOURCE, Translation, plural_form, translations
from locales.markup import Safe, as_html, as_plain
from locales.numbers import number

PLAIN = frozenset({"button", "button2", "button3", "command", "alert", "plain"})


def N_(message: str) -> str:  # noqa: N802 - gettext's name, known to translators' tools
    """Mark a message for the translators where it is not said yet; later `t(message)` says it."""
    return message


class Texts:
    """Says messages in one language.

    Messages and translations are trusted HTML; values are escaped unless they are `Safe`. Whole
    numbers are shown as digits (2026 is a year), fractions and counts as the language writes them.
    """

    __slots__ = ("_translations", "language")

    def __init__(self, language: Language, room: Path = ROOM) -> None:
        """Read the catalogues below a room; `texts_for` does it once a language."""
        self.language = language
        self._translations = translations(language, room)

    def __call__(self, message: str, /, **values: object) -> Safe:
        """Say a message, its {placeholders} filled. Raises KeyError for a value that lacks."""
        return Safe(_filled(self._find(None, message), values, self._html))

    def plural(self, singular: str, plural: str, n: float, /, **values: object) -> Safe:
        """Say a message about a count, which is always there as {n}."""
        found = self._translations.get((None, singular))
        translation = found or Translation(SOURCE, (singular, plural))
        text = translation.forms[plural_form(translation.language, n)]
        return Safe(_filled(text, {"n": number(self.language, n)} | values, self._html))

    def label(self, context: str, english: str, /, **values: object) -> str:
        """Say a message that the context tells from the same English elsewhere.

        Buttons, commands and alerts are plain text, where nothing is escaped; other contexts
        are HTML as every message is.
        """
        text = self._find(context, english)
        if context in PLAIN:
            return _filled(text, values, self._plain)
        return Safe(_filled(text, values, self._html))

    def words(self, words: Words) -> Safe:
        """Return a text of the content, which is trusted HTML."""
        return Safe(words.in_(self.language))

    def _find(self, context: str | None, message: str) -> str:
        found = self._translations.get((context, message))
        return found.forms[0] if found else message

    def _html(self, value: object) -> str:
        return as_html(number(self.language, value) if isinstance(value, float) else value)

    def _plain(self, value: object) -> str:
        return as_plain(number(self.language, value) if isinstance(value, float) else value)


@cache
def texts_for(language: Language) -> Texts:
    """Return the texts of a language, read at the first call."""
    return Texts(language)


def _filled(text: str, values: Mapping[str, object], shown: Callable[[object], str]) -> str:
    pieces = {name: shown(value) for name, value in values.items()}
    filled = text.format_map(pieces)
    for piece in pieces.values():
        if piece.endswith("."):  # «2026 г.» at the end of a sentence needs no second full stop
            filled = re.sub(rf"({re.escape(piece)}(?:</\w+>)*)\.", r"\1", filled)
    return filled
