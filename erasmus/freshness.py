"""How long what a person told holds: nobody stays in the third year of study for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from erasmus.facts import Fact, Facts, Holds, Value

FIRST_MONTH: Final = 9
"""The academic year starts in September in Kyrgyzstan and in Kazakhstan."""

DAYS_A_MONTH: Final = 30


def academic_year(day: date) -> int:
    """Return the calendar year in which the academic year of a day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def still_true(
    vocabulary: Mapping[str, Fact], facts: Facts, told_on: Mapping[str, str], today: date
) -> dict[str, Value]:
    """Return the facts without those that were told too long ago; `told_on` has ISO dates.

    What has no date was told before dates were kept, and stays.
    """
    return {
        name: value
        for name, value in facts.items()
        if name not in told_on
        or not _over(vocabulary.get(name), date.fromisoformat(told_on[name]), today)
    }


def _over(fact: Fact | None, told: date, today: date) -> bool:
    match fact.holds if fact else None:
        case Holds.MONTH:
            return (today - told).days >= DAYS_A_MONTH
        case Holds.ACADEMIC_YEAR:
            return academic_year(told) != academic_year(today)
    return False
