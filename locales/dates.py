"""Calendar days, written as each language writes them.

All functions take plain dates: a moment is a different day in Brussels and in Bishkek, see
`locales.moments.local_day`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from babel.dates import format_date

from erasmus.words import Language
from locales.catalogues import ROOM
from locales.languages import cldr


class _Month(NamedTuple):
    """The name of a month in the forms that a date needs."""

    name: str
    with_year: str
    with_year_until: str


class _Order(NamedTuple):
    """How a day joins its month, and both their year."""

    day: str
    year: str


# Babel's own patterns give «2026-ж., 21-ноябрь» in Kyrgyz and «2026 ж. 21 қараша» in Kazakh.
_ORDERS: Mapping[Language, _Order] = {
    Language.KY: _Order("{day}-{month}", "{year}-жылдын {day}"),
    Language.KK: _Order("{day} {month}", "{year} жылғы {day}"),
    Language.RU: _Order("{day} {month}", "{day} {year}\u00a0г."),
    Language.EN: _Order("{day} {month}", "{day} {year}"),
}


def day(language: Language, value: date) -> str:
    """Write a day with its year: 21 November 2026."""
    month = _month(language, value).with_year
    return _dated(language, value.year, _joined(language, value.day, month))


def day_short(language: Language, value: date) -> str:
    """Write a day without its year: 21 November."""
    return _joined(language, value.day, _month(language, value).name)


def day_near(language: Language, value: date, today: date) -> str:
    """Write a day for a list: with its year only where that is another than today's."""
    return (day_short if value.year == today.year else day)(language, value)


def until_day(language: Language, value: date) -> str:
    """Write a day with its year in the case that чейин and дейін govern; for {until}."""
    month = _month(language, value).with_year_until
    return _dated(language, value.year, _joined(language, value.day, month))


def weekday(language: Language, value: date) -> str:
    """Name the day of the week; a small letter in all languages but English."""
    return str(cldr(language).days["format"]["wide"][value.weekday()])


def month(language: Language, value: date) -> str:
    """Name the month and year of a day for a label: July 2027."""
    name: str = format_date(value, "LLLL y", locale=cldr(language))
    return name[0].upper() + name[1:]


def day_range(language: Language, start: date, end: date) -> str:
    """Write the days from start to end without a year: 21–25 November."""
    first, last = (_month(language, value).name for value in (start, end))
    return _span(language, (start, first), (end, last))


def _span(language: Language, start: tuple[date, str], end: tuple[date, str]) -> str:
    (first, first_month), (last, last_month) = start, end
    if first == last:
        return _joined(language, first.day, first_month)
    if first_month == last_month:
        return _joined(language, f"{first.day}–{last.day}", first_month)
    pieces = (_joined(language, first.day, first_month), _joined(language, last.day, last_month))
    return " – ".join(pieces)


def _joined(language: Language, days: int | str, month: str) -> str:
    return _ORDERS[language].day.format(day=days, month=month)


def _dated(language: Language, year: int, text: str) -> str:
    return _ORDERS[language].year.format(year=year, day=text)


def _month(language: Language, value: date) -> _Month:
    if isinstance(value, datetime):
        raise TypeError("a moment has a day only in a zone: moments.local_day(moment, zone)")
    return _months()[language, value.month]


@cache
def _months() -> Mapping[tuple[Language, int], _Month]:
    with (ROOM / "months.csv").open(encoding="utf-8", newline="") as file:
        return {
            (Language(row["lang"]), int(row["month"])): _Month(*(row[f] for f in _Month._fields))
            for row in csv.DictReader(file)
        }
