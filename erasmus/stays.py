"""Stays: lengths, caps and teaching hours, the numbers behind the derived facts.

The letters I and T name rows of the research behind the rules, whose sources the rules cite.
"""

from __future__ import annotations

from erasmus.cases import Case, Unknown

CYCLES = ("bachelor", "master", "doctorate")
DAYS_A_MONTH = 30
DAYS_A_WEEK = 7
CAP, ONE_CYCLE_CAP = 12, 24
SHORTEST_STAY_MONTHS, LONGEST_STAY_MONTHS = 2, 12
SHORTEST_STAY_DAYS, LONGEST_SHORT_DAYS = 5, 30
TEACHING_HOURS_A_WEEK, COMBINED_HOURS_A_WEEK = 8, 4


def stay_months(case: Case) -> float | Unknown:
    """Length of the stay in months; a stay told in days counts 30 days a month."""
    months, days = number(case, "months_wanted"), number(case, "days_wanted")
    if months is not None:
        return months
    if days is not None:
        return days / DAYS_A_MONTH
    return Unknown(case.missing("months_wanted"))


def stay_days(case: Case) -> float | Unknown:
    """Length of the stay on site in days, without travel."""
    months, days = number(case, "months_wanted"), number(case, "days_wanted")
    if days is not None:
        return days
    if months is not None:
        return months * DAYS_A_MONTH
    return Unknown(case.missing("days_wanted"))


def cycle_caps(case: Case) -> tuple[int, int]:
    """Return the least and the greatest cap of months per study cycle that is possible (I6, I7)."""
    level, degree = case.known("enrolled_level"), case.known("degree_held")
    if level == "one_cycle":
        return ONE_CYCLE_CAP, ONE_CYCLE_CAP
    if level in CYCLES or (level == "none" and degree in CYCLES):
        return CAP, CAP
    return CAP, ONE_CYCLE_CAP


def months_in_cycle_fit(case: Case) -> bool | Unknown:
    """Months used and a long stay together keep within the cap of the cycle (I6, I7)."""
    return _fits_cycle(case, stay_months(case), SHORTEST_STAY_MONTHS, LONGEST_STAY_MONTHS)


def days_in_cycle_fit(case: Case) -> bool | Unknown:
    """Months used and a short stay together keep within the cap of the cycle (I6, I7)."""
    days = stay_days(case)
    stay = days if isinstance(days, Unknown) else days / DAYS_A_MONTH
    shortest, longest = SHORTEST_STAY_DAYS / DAYS_A_MONTH, LONGEST_SHORT_DAYS / DAYS_A_MONTH
    return _fits_cycle(case, stay, shortest, longest)


def _fits_cycle(
    case: Case, stay: float | Unknown, shortest: float, longest: float
) -> bool | Unknown:
    """Compare with the caps that are possible; `stay`, `shortest`, `longest` are months."""
    least_cap, greatest_cap = cycle_caps(case)
    used = number(case, "months_used")
    if isinstance(stay, Unknown):
        least, most, asks = shortest, longest, stay.asks
    else:
        least, most, asks = stay, stay, frozenset[str]()
    if _or(used, ONE_CYCLE_CAP) + most <= least_cap:
        return True
    if _or(used, 0) + least > greatest_cap:
        return False
    asks |= case.missing("months_used")
    level = "degree_held" if case.known("enrolled_level") == "none" else "enrolled_level"
    return Unknown(asks | (case.missing(level) if least_cap != greatest_cap else frozenset()))


def hours_needed(hours_a_week: int, days: float) -> float:
    """Return the least hours for a stay: a week's for any shorter one, then in proportion."""
    return hours_a_week * max(1.0, days / DAYS_A_WEEK)


def teaching_hours_fit(case: Case) -> bool | Unknown:
    """At least 8 teaching hours a week, in proportion for what goes beyond a week (T2)."""
    return _hours_fit(case, TEACHING_HOURS_A_WEEK)


def combined_hours_fit(case: Case) -> bool | Unknown:
    """At least 4 teaching hours a week when teaching is combined with training (T3)."""
    return _hours_fit(case, COMBINED_HOURS_A_WEEK)


def _hours_fit(case: Case, hours_a_week: int) -> bool | Unknown:
    hours, days = number(case, "teaching_hours"), stay_days(case)
    if hours is not None and hours < hours_a_week:
        return False
    if hours is None:
        return Unknown(case.missing("teaching_hours"))
    if isinstance(days, Unknown):
        return days
    return hours >= hours_needed(hours_a_week, days)


def number(case: Case, fact: str) -> float | None:
    """Return a told number, or None."""
    value = case.known(fact)
    return float(value) if isinstance(value, int | float) else None


def _or(value: float | None, default: float) -> float:
    return default if value is None else value
