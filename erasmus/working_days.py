"""Working days: when an office may be expected to answer.

Weekends are known here; public holidays are given by whoever asks. Those that follow the moon are
estimates until a government names the day, so what is told is an expectation and no promise.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

SATURDAY: Final = 5


def is_working(day: date, holidays: Collection[date] = ()) -> bool:
    """Tell whether offices are open on a day."""
    return day.weekday() < SATURDAY and day not in holidays


def working_day_after(day: date, number: int, holidays: Collection[date] = ()) -> date:
    """Return the day that is so many working days after a day."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working(day, holidays)
    return day


def working_days_between(first: date, last: date, holidays: Collection[date] = ()) -> int:
    """Count the working days after the first day, up to and with the last."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working(day, holidays) for day in days)
