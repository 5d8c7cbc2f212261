"""What staff write in lines like `ru: Бишкек`: the four languages of a text, and what lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from erasmus.words import Language, Words


class Incomplete(ValueError):
    """What somebody wrote lacks lines; `missing` are their keys."""

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(", ".join(self.missing))


def lines_of(text: str) -> Mapping[str, str]:
    """Return the values by their keys, in small letters.

    What is shown as content is must be HTML, and plain signs must stay what they are.
    """
    pairs = (line.partition(":") for line in text.splitlines())
    return {
        key.strip().lower(): escape(value.strip(), quote=False)
        for key, _, value in pairs
        if value.strip()
    }


def read_words(text: str) -> Words:
    """Return a text of four lines, one a language; raise Incomplete for fewer."""
    told = lines_of(text)
    missing = [language.value for language in Language if language.value not in told]
    if missing:
        raise Incomplete(missing)
    return Words({language: told[language.value] for language in Language})
