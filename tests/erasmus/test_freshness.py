"""How long an answer holds."""

from datetime import date

import pytest

from erasmus.facts import Facts
from erasmus.freshness import academic_year, still_true
from erasmus.library import Library

TOLD: Facts = {
    "role": "student",
    "year_of_study": 3,
    "months_since_graduation": 5,
    "months_wanted": 4,
}


@pytest.mark.parametrize(
    ("told", "today", "gone"),
    [
        ("2026-11-22", "2026-11-22", set()),
        ("2026-11-22", "2026-12-21", set()),
        ("2026-11-22", "2026-12-22", {"months_since_graduation"}),
        ("2026-11-22", "2027-08-31", {"months_since_graduation"}),
        ("2026-11-22", "2027-09-01", {"months_since_graduation", "year_of_study"}),
        ("2027-08-31", "2027-09-01", {"year_of_study"}),
        ("2026-09-01", "2027-08-31", {"months_since_graduation"}),
    ],
)
def test_what_time_changes_is_forgotten_when_its_time_is_over(
    library: Library, told: str, today: str, gone: set[str]
) -> None:
    """The year of study in September; months since graduation after thirty days."""
    days = dict.fromkeys(TOLD, told)
    kept = still_true(library.facts, TOLD, days, date.fromisoformat(today))

    assert TOLD.keys() - kept.keys() == gone


def test_what_was_told_before_days_were_kept_stays(library: Library) -> None:
    assert still_true(library.facts, TOLD, {}, date(2040, 1, 1)) == TOLD


@pytest.mark.parametrize(
    ("day", "year"), [("2026-08-31", 2025), ("2026-09-01", 2026), ("2027-01-10", 2026)]
)
def test_an_academic_year_begins_in_september(day: str, year: int) -> None:
    assert academic_year(date.fromisoformat(day)) == year
