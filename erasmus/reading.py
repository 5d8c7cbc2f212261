"""Words by which typed texts are read: months, cues, zones, units, as the content lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Self
from zoneinfo import available_timezones

from pydantic import Field, model_validator

from erasmus.sources import Entry
from erasmus.words import FOLDED

ANY_ENDING = "*"
ENDING = r"[^\W\d_]{0,8}"
"""Letters of an ending; none is longer."""


class DateRole(StrEnum):
    """What a date in a text is of the call."""

    DEADLINE = "deadline"
    OPENING = "opening"
    OTHER = "other"
    UNKNOWN = "unknown"


class MonthWords(Entry):
    """The names of a month, in all languages and cases."""

    number: int = Field(ge=1, le=12)
    names: tuple[str, ...]


class Cues(Entry):
    """Words that tell what a date is: those that stand before it and those behind it."""

    role: DateRole
    before: tuple[str, ...]
    after: tuple[str, ...]


class ZoneWords(Entry):
    """How texts name a zone: by a city beside a word for time, or by a sign alone."""

    zone: str
    cities: tuple[str, ...]
    signs: tuple[str, ...]


class UnitWords(Entry):
    """How people name a unit behind a number; `days` is how long one is, where that is settled."""

    unit: str
    days: int | None = None
    names: tuple[str, ...]


class Reading(Entry):
    """All words by which typed texts are read."""

    from_endings: tuple[str, ...]
    clock: tuple[str, ...]
    noon: tuple[str, ...]
    time: tuple[str, ...]
    leading: tuple[str, ...]
    applying: tuple[str, ...]
    greetings: tuple[str, ...]
    general: tuple[str, ...]
    kyrgyz: tuple[str, ...]
    kazakh: tuple[str, ...]
    months: tuple[MonthWords, ...]
    cues: tuple[Cues, ...]
    zones: tuple[ZoneWords, ...]
    ago: tuple[str, ...]
    units: tuple[UnitWords, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if sorted(month.number for month in self.months) != list(range(1, 13)):
            msg = "the months 1 to 12 are expected, each once"
            raise ValueError(msg)
        unknown = {zone.zone for zone in self.zones} - available_timezones()
        if unknown:
            msg = f"{min(unknown)!r} is not an IANA time zone"
            raise ValueError(msg)
        return self

    @cached_property
    def month(self) -> str:
        """A pattern of one month's name."""
        return alternatives(name for month in self.months for name in month.names)

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """Months by their folded names, stems without the star."""
        return {
            small(name.removesuffix(ANY_ENDING)): month.number
            for month in self.months
            for name in month.names
        }

    def month_named(self, word: str) -> int:
        """Return the number of the month whose name, with its ending, this is."""
        known = [stem for stem in self.number_of if word.startswith(stem)]
        return self.number_of[max(known, key=len)]


def small(text: str) -> str:
    """Fold the letters of a text and keep its length, so that places in both are the same."""
    lowered = (letter.lower() for letter in text)
    kept = (low if len(low) == 1 else letter for low, letter in zip(lowered, text, strict=True))
    return "".join(kept).translate(FOLDED)


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, whole, the longest first."""
    patterns = sorted((_word(word) for word in words), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"


def _word(word: str) -> str:
    stem = r"\s+".join(re.escape(part) for part in small(word.removesuffix(ANY_ENDING)).split())
    return stem + ENDING if word.endswith(ANY_ENDING) else stem
