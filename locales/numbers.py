"""Numbers, money and lists, as each language writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from babel.numbers import format_currency, format_decimal

from erasmus.words import Language
from locales.languages import cldr
from locales.markup import Safe, as_html

_AMOUNT_FIRST = "#,##0\u00a0¤"
_EURO: Mapping[Language, str] = {
    Language.KY: _AMOUNT_FIRST,
    Language.KK: _AMOUNT_FIRST,
    Language.RU: _AMOUNT_FIRST,
    Language.EN: "¤#,##0",
}
# Not the CLDR's: its Kazakh list has no conjunction and «не болмаса» for "or".
_AND: Mapping[Language, str] = {
    Language.KY: "жана",
    Language.KK: "және",
    Language.RU: "и",
    Language.EN: "and",
}
_OR: Mapping[Language, str] = {
    Language.KY: "же",
    Language.KK: "немесе",
    Language.RU: "или",
    Language.EN: "or",
}


def number(language: Language, value: float) -> str:
    """Write a count: groups of thousands, at most three decimals, no-break spaces."""
    return format_decimal(value, locale=cldr(language))


def money(language: Language, euros: float) -> str:
    """Write an amount of euros, rounded to whole ones."""
    return format_currency(
        euros, "EUR", _EURO[language], locale=cldr(language), currency_digits=False
    )


def listing(language: Language, items: Iterable[object], *, either: bool = False) -> Safe:
    """Join items as `A, B and C`, or `A, B or C`; each is escaped unless it is Safe."""
    shown = [as_html(item) for item in items]
    if len(shown) < 2:  # noqa: PLR2004 - one item needs no conjunction
        return Safe("".join(shown))
    conjunction = (_OR if either else _AND)[language]
    return Safe(f"{', '.join(shown[:-1])} {conjunction} {shown[-1]}")
