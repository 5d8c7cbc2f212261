"""Public holidays: days off are not counted as days on which an office could answer."""

from __future__ import annotations

from datetime import date

import pytest

from erasmus.working_days import working_day_after, working_days_between
from handlers.public_holidays import public_holidays


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("KZ", date(2026, 12, 16)),  # Independence Day
        ("KZ", date(2027, 3, 21)),  # Nowruz
        ("KZ", date(2027, 3, 22)),
        ("KZ", date(2027, 3, 23)),
        ("KZ", date(2027, 3, 24)),  # its Sunday is given back
        ("KZ", date(2027, 10, 25)),  # Republic Day
        ("KG", date(2027, 3, 21)),  # Nooruz
        ("KG", date(2027, 5, 5)),  # Constitution Day
        ("KG", date(2027, 8, 31)),  # Independence Day
    ],
)
def test_days_off_are_known(country: str, day: date) -> None:
    assert day in public_holidays(country)


@pytest.mark.parametrize("country", ["KG", "KZ"])
def test_an_ordinary_day_is_no_holiday(country: str) -> None:
    assert date(2026, 11, 20) not in public_holidays(country)


def test_countries_have_holidays_of_their_own() -> None:
    assert date(2026, 12, 16) not in public_holidays("KG")


@pytest.mark.parametrize(
    ("asked", "number", "answer"),
    [
        (date(2026, 12, 15), 1, date(2026, 12, 17)),
        (date(2027, 3, 19), 3, date(2027, 3, 29)),  # a Friday before four days of Nowruz
    ],
)
def test_an_answer_is_expected_after_the_holidays(asked: date, number: int, answer: date) -> None:
    assert working_day_after(asked, number, public_holidays("KZ")) == answer


def test_a_question_does_not_grow_old_on_holidays() -> None:
    before, after = date(2027, 3, 19), date(2027, 3, 25)

    assert working_days_between(before, after, public_holidays("KZ")) == 1
