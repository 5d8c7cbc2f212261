"""Numbers that nobody should send, working days, and answers that were given before."""

from datetime import UTC, date, datetime

import pytest

from erasmus.enquiries import Entry, matching
from erasmus.private_numbers import PrivateNumber, find_private_number
from erasmus.words import Language, Words
from erasmus.working_days import working_day_after, working_days_between

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ИИН 010215500123", PrivateNumber.PERSON),
        ("my PIN is 21502200112345.", PrivateNumber.PERSON),
        ("паспорт ID1234567", PrivateNumber.PASSPORT),
        ("AN 1234567", PrivateNumber.PASSPORT),
        ("N12345678", PrivateNumber.PASSPORT),
        ("4111 1111 1111 1111", PrivateNumber.CARD),
        ("5555-5555-5555-4444", PrivateNumber.CARD),
        ("+996 555 123456", None),
        ("+77011234567", None),
        ("from 2027-01-15 to 2027-06-30", None),
        ("4111 1111 1111 1112", None),  # not the number of a card
        ("my average is 3.85 of 4, 240 ECTS, 2 years", None),
        ("project 101234567, call EAC/A08/2026", None),
        ("", None),
    ],
)
def test_private_numbers_are_told_from_others(text: str, found: PrivateNumber | None) -> None:
    assert find_private_number(text) is found


@pytest.mark.parametrize(
    ("number", "day"), [(1, date(2026, 11, 23)), (3, date(2026, 11, 25)), (6, date(2026, 11, 30))]
)
def test_weekends_are_not_working_days(number: int, day: date) -> None:
    assert working_day_after(FRIDAY, number) == day
    assert working_days_between(FRIDAY, day) == number


def test_known_holidays_are_not_working_days_either() -> None:
    monday = date(2026, 11, 23)
    assert working_day_after(FRIDAY, 1, {monday}) == date(2026, 11, 24)
    assert working_days_between(FRIDAY, monday, {monday}) == 0


def entry(number: int, **questions: str) -> Entry:
    texts = Words({Language(code): text for code, text in questions.items()})
    now = datetime(2026, 11, 21, tzinfo=UTC)
    return Entry(number, "kg", texts, texts, True, 0, 0, 1, now)  # noqa: FBT003 - a row


GRADE = entry(1, en="Which grade average do I need?", ru="Какой нужен средний балл?")
VISA = entry(2, en="Who helps with the visa?", ky="Виза алууга ким жардам берет?")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("What grade average is needed for Poland?", [GRADE]),
        ("скажите, какой средний бал нужен", [GRADE]),
        ("визага ким жардам берет", [VISA]),
        ("Is there a dormitory?", []),
        ("?", []),
    ],
)
def test_entries_are_found_in_any_language_and_spelling(asked: str, found: list[Entry]) -> None:
    assert matching([GRADE, VISA], asked) == found
