"""Dates as people write them in four languages: every way to read one, none that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from erasmus.reading import Reading, small

APART = r"(?<![\w.,:/+-])"
FIGURE = r"(?:0?[1-9]|[12]\d|3[01])"
OF = r"(?:-|\s*(?:of\s+)?)"
ORDINAL = r"(?:\s?(?:st|nd|rd|th)\b|-?(?:го|е|ое)\b)?"
YEAR = r"(?P<year>20\d\d)(?!\d|\s?/\s?\d\d|\s?[–-]\s?20\d\d)"
LED_BY_YEAR = r"(?:(?P<led>(?<!\d)20\d\d)\s?-?\s?(?:жыл\w*|ж\.|г\.|год\w*|year)?,?\s*)?"
ISO = re.compile(
    r"(?<![\d./-])(?P<year>20\d\d)([./-])(?P<month>\d\d?)\2(?P<day>\d\d?)(?![\d/]|\.\d)"
)
FIGURES = re.compile(
    r"(?<![\d./-])(?P<first>\d\d?)(?P<sign>[./-])(?P<second>\d\d?)(?P=sign)"
    r"(?P<year>20\d\d|\d\d)(?![\d/]|[.-]\d)"
)
NO_YEAR = re.compile(r"(?<![\d.,:/-])(?P<first>\d\d)[./](?P<second>\d\d)(?![\d:/]|[.,]\d)")
BETWEEN = re.compile(r"\s*(?:[-–—]|по|до|мен|менен|to|and|until|till|\s)\s*")
"""What stands between the two ends of a period."""

CENTURY = 2000


class Parts(NamedTuple):
    """One way to read a date; what the text does not say is None."""

    year: int | None
    month: int
    day: int | None

    @property
    def complete(self) -> date | None:
        """The day, where all of it is said and there is such a day."""
        if self.year is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def possible(self) -> bool:
        """Whether some year has such a day."""
        leap = replace_year(self, 2028 if self.year is None else self.year)
        return 1 <= self.month <= 12 and (self.day is None or leap.complete is not None)  # noqa: PLR2004


def replace_year(parts: Parts, year: int | None) -> Parts:
    """Return the parts in another year."""
    return parts._replace(year=year)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: where it stands, and every way to read it.

    Two ways: the text does not say which figure is the month.
    """

    start: int
    end: int
    ways: tuple[Parts, ...]
    cased: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it may mean; none where a part is missing."""
        return tuple(day for parts in self.ways if (day := parts.complete))


def find_dates(text: str, words: Reading) -> list[FoundDate]:
    """Return the dates of a text in their order; one that no calendar has is left out."""
    folded = small(text)
    found: list[FoundDate] = []
    for one in _every(folded, words):
        if one.ways and not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    found.sort(key=lambda one: one.start)
    return _with_shared_years(folded, found)


def impossible_date(text: str, words: Reading) -> str | None:
    """Return what in a text reads like a date that no calendar has."""
    for one in _every(small(text), words):
        if not one.ways:
            return text[one.start : one.end].strip()
    return None


def _every(folded: str, words: Reading) -> Iterator[FoundDate]:
    """Yield dates, the surest pattern first; later ones may overlap them."""
    for match in ISO.finditer(folded):
        yield _found(match, [Parts(*(int(match[name]) for name in ("year", "month", "day")))])
    for match in FIGURES.finditer(folded):
        yield _found(match, _figures(match, int(match["year"])))
    for period, written in _patterns(words.month):
        for match in written.finditer(folded):
            yield from _of_name(match, words, period=period)
    for match in NO_YEAR.finditer(folded):
        yield _found(match, _figures(match, None))


def _figures(match: re.Match[str], year: int | None) -> list[Parts]:
    first, second = int(match["first"]), int(match["second"])
    if year is not None and year < CENTURY:
        year += CENTURY
    ways = [Parts(year, second, first), Parts(year, first, second)]
    return ways if first != second else ways[:1]


class _Pattern(NamedTuple):
    """How a date with a named month is written; a period has two days of that month."""

    period: bool
    written: re.Pattern[str]


@cache
def _patterns(month: str) -> tuple[_Pattern, ...]:
    name = rf"(?P<name>{month})\.?"
    until = r"\s*(?:[-–—]|по|to|until)\s*"
    # 1–31 March 2027, с 1 по 31 марта
    period = (
        rf"{LED_BY_YEAR}{APART}(?P<first>{FIGURE}){ORDINAL}{until}"
        rf"(?P<day>{FIGURE}){ORDINAL}{OF}{name}(?:[\s,-]*{YEAR})?"
    )
    # 15 марта 2027, 2027-жылдын 15-мартына, 15th of March
    day_first = rf"{LED_BY_YEAR}{APART}(?P<day>{FIGURE}){ORDINAL}{OF}{name}(?:[\s,-]*{YEAR})?"
    # March 15, 2027
    month_first = rf"{name}\s+(?P<day>{FIGURE})(?:st|nd|rd|th)?(?![\w:]|[.,]\d)(?:[\s,-]*{YEAR})?"
    # 2027-жылдын мартынын 15ине, наурыздың 15-іне
    in_case = rf"{LED_BY_YEAR}{name}\s+(?P<day>{FIGURE})-?(?:и|ы|у|е|а)\w{{0,4}}"
    # March 2027, 2027-жылдын мартында
    no_day = rf"{name}[\s,]*{YEAR}"
    no_day_led = rf"(?P<led>(?<!\d)20\d\d)\s?-?\s?(?:жыл\w*|ж\.|г\.)\s*{name}"
    single = (day_first, month_first, in_case, no_day, no_day_led)
    return (
        _Pattern(period=True, written=re.compile(period)),
        *(_Pattern(period=False, written=re.compile(source)) for source in single),
    )


def _of_name(match: re.Match[str], words: Reading, *, period: bool) -> Iterator[FoundDate]:
    said = match.groupdict()
    name = match["name"]
    month, year = words.month_named(name), said.get("year") or said.get("led")
    day = int(said["day"]) if said.get("day") else None
    parts = Parts(int(year) if year else None, month, day)
    if not period:
        yield replace(_found(match, [parts]), cased=name)
        return
    first = parts._replace(day=int(said["first"]))
    if parts.possible and first.possible:
        split = match.end("first")
        yield FoundDate(match.start(), split, (first,))
        yield FoundDate(match.start("day"), match.end(), (parts,), name)


def _found(match: re.Match[str], ways: list[Parts]) -> FoundDate:
    possible = tuple(parts for parts in ways if parts.possible)
    return FoundDate(match.start(), match.end(), possible)


def _with_shared_years(folded: str, found: list[FoundDate]) -> list[FoundDate]:
    """Let the two ends of a period share the year that only one of them says."""
    shared = list(found)
    for n, (one, other) in enumerate(pairwise(found)):
        if not is_period(folded, one, other) or len(one.ways) != 1 or len(other.ways) != 1:
            continue
        (first,), (second,) = one.ways, other.ways
        in_order = (first.month, first.day or 1) <= (second.month, second.day or 31)
        if in_order and (first.year is None) != (second.year is None):
            year = first.year or second.year
            shared[n] = replace(one, ways=(replace_year(first, year),))
            shared[n + 1] = replace(other, ways=(replace_year(second, year),))
    return shared


def is_period(folded: str, one: FoundDate, other: FoundDate) -> bool:
    """Tell whether two dates that follow each other are the ends of one period."""
    return BETWEEN.fullmatch(folded[one.end : other.start]) is not None
