"""Numbers as people type them: any unit that can be turned into the one asked for, no guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erasmus.amounts import amount
from erasmus.library import Library
from tests.erasmus.cases import properties


@pytest.mark.parametrize(
    ("typed", "unit", "meant"),
    [
        ("5", "months", 5),
        (" 2,5 ", "months", 2.5),
        ("5 месяцев", "months", 5),
        ("5мес.", "months", 5),
        ("5 ай", "months", 5),
        ("5 months ago", "months", 5),
        ("2 года назад", "months", 24),
        ("2 жыл мурун", "months", 24),
        ("1 жыл бұрын", "months", 12),
        ("1 год 3 месяца", "months", 15),
        ("59 дней", "months", 1.97),
        ("8 недель", "months", 1.87),
        ("2 недели", "days", 14),
        ("2 апта", "days", 14),
        ("2 жума", "days", 14),
        ("1 месяц", "days", 30),
        ("10 күн", "days", 10),
        ("8 сағат", "hours", 8),
        ("8 саат", "hours", 8),
        ("4 курс", "year", 4),
        ("4-й курс", "year", 4),
        ("4-курс", "year", 4),
        ("3rd", "year", 3),
        ("4 года", "years", 4),
        ("5 жылдык", "years", 5),
    ],
)
def test_a_number_is_read_in_the_unit_that_is_asked_for(
    library: Library, typed: str, unit: str, meant: float | None
) -> None:
    """Two years are not two months: who graduated two years ago would be told to apply."""
    assert amount(typed, unit, library.reading) == meant


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("8 часов в неделю", "hours"),
        ("8 hours a week", "hours"),
        ("2 дня", "hours"),
        ("1 семестр", "months"),
        ("2 с половиной года", "years"),
        ("3-4 месяца", "months"),
        ("5–6", "days"),
        ("-5", "days"),
        ("меньше 5 дней", "days"),
        ("5 из 6", "year"),
        ("quite a few", "months"),
        ("", "months"),
    ],
)
def test_what_says_more_than_a_number_is_not_guessed(
    library: Library, typed: str, unit: str
) -> None:
    assert amount(typed, unit, library.reading) is None


@properties
@given(st.text(max_size=40), st.sampled_from(["days", "months", "year", "hours", None]))
def test_whatever_is_typed_is_a_number_or_nothing(
    library: Library, typed: str, unit: str | None
) -> None:
    number = amount(typed, unit, library.reading)
    assert number is None or number >= 0


def test_a_plain_number_is_itself_in_every_unit_of_the_facts(library: Library) -> None:
    units = {fact.unit for fact in library.facts.values()}
    assert {amount("7", unit, library.reading) for unit in units} == {7}
