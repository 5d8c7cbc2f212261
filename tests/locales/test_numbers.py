"""Numbers, money and lists in four languages."""

import pytest

from erasmus.words import Language
from locales.markup import Safe
from locales.numbers import listing, money, number

KY, KK, RU, EN = Language.KY, Language.KK, Language.RU, Language.EN


@pytest.mark.parametrize(
    ("language", "text"),
    [(KY, "1\u00a0234,5"), (KK, "1\u00a0234,5"), (RU, "1\u00a0234,5"), (EN, "1,234.5")],
)
def test_thousands_are_grouped(language: Language, text: str) -> None:
    assert number(language, 1234.5) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (KY, "1\u00a0400\u00a0€"),
        (KK, "1\u00a0400\u00a0€"),
        (RU, "1\u00a0400\u00a0€"),
        (EN, "€1,400"),
    ],
)
def test_money_is_whole_euros(language: Language, text: str) -> None:
    assert money(language, 1400) == text


@pytest.mark.parametrize(
    ("language", "all_of", "one_of"),
    [
        (KY, "A, B жана C", "A, B же C"),
        (KK, "A, B және C", "A, B немесе C"),
        (RU, "A, B и C", "A, B или C"),
        (EN, "A, B and C", "A, B or C"),
    ],
)
def test_a_list_ends_with_a_conjunction(language: Language, all_of: str, one_of: str) -> None:
    assert listing(language, ["A", "B", "C"]) == all_of
    assert listing(language, ["A", "B", "C"], either=True) == one_of


def test_short_lists() -> None:
    assert listing(EN, []) == ""
    assert listing(EN, ["A"]) == "A"
    assert listing(EN, ["A", "B"]) == "A and B"


def test_items_are_escaped_unless_they_are_safe() -> None:
    assert listing(EN, ["R&D", Safe("<b>B</b>")]) == "R&amp;D and <b>B</b>"
