"""What would turn a no into a yes, and when: the near-miss coach behind every refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from erasmus.cases import Case, Unknown
from erasmus.derived import MONTHS_AFTER_GRADUATION, in_last_year
from erasmus.freshness import FIRST_MONTH, academic_year
from erasmus.rules import Change, Rule
from erasmus.stays import (
    COMBINED_HOURS_A_WEEK,
    DAYS_A_MONTH,
    LONGEST_SHORT_DAYS,
    LONGEST_STAY_MONTHS,
    SHORTEST_STAY_DAYS,
    SHORTEST_STAY_MONTHS,
    TEACHING_HOURS_A_WEEK,
    cycle_caps,
    hours_needed,
    stay_days,
    stay_months,
)

NEXT_CYCLE = {"bachelor": "master", "one_cycle": "master", "master": "doctorate"}


def final_year_start(case: Case) -> date | None:
    """Return the first day of the last year of study, counted from the present year."""
    year, years = case.known("year_of_study"), case.known("programme_years")
    if not isinstance(year, int | float) or not isinstance(years, int | float) or year >= years:
        return None
    return date(academic_year(case.on) + int(years - year), FIRST_MONTH, 1)


def _reach_last_year(case: Case) -> list[Change]:
    start = final_year_start(case)
    if start is None or in_last_year(case) is not False:
        return []
    return [Change("year_of_study", f"{case.known('programme_years'):g}", start)]


def _fewer_months(case: Case) -> list[Change]:
    return _up_to("months_wanted", SHORTEST_STAY_MONTHS, _months_left(case)) + _next_cycle(case)


def _fewer_days(case: Case) -> list[Change]:
    most = min(LONGEST_SHORT_DAYS, _months_left(case) * DAYS_A_MONTH)
    return _up_to("days_wanted", SHORTEST_STAY_DAYS, most) + _next_cycle(case)


def _months_left(case: Case) -> float:
    used = case.known("months_used")
    return cycle_caps(case)[0] - used if isinstance(used, int | float) else 0


def _next_cycle(case: Case) -> list[Change]:
    stay = stay_months(case)
    if not isinstance(stay, Unknown) and stay > LONGEST_STAY_MONTHS:
        return []  # too long for any cycle
    following = NEXT_CYCLE.get(str(case.known("enrolled_level")))
    return [Change("enrolled_level", following)] if following else []


def _end_within_a_year(case: Case) -> list[Change]:
    since = case.known("months_since_graduation")
    left = MONTHS_AFTER_GRADUATION - since if isinstance(since, int | float) else 0
    return _up_to("months_wanted", SHORTEST_STAY_MONTHS, left)


def _get_degree(case: Case) -> list[Change]:
    if in_last_year(case) is True and case.known("degree_before_enrolment") is False:
        next_year = date(academic_year(case.on) + 1, FIRST_MONTH, 1)
        return [Change("degree_before_enrolment", "true", next_year)]
    return _reach_last_year(case)


def _up_to(fact: str, least: float, most: float) -> list[Change]:
    if most < least:
        return []
    return [Change(fact, f"{least:g}" if most == least else f"{least:g}–{most:g}")]


def _teach_more(hours_a_week: int) -> Callable[[Case], list[Change]]:
    def changes(case: Case) -> list[Change]:
        days = stay_days(case)
        needed = hours_needed(hours_a_week, 1 if isinstance(days, Unknown) else days)
        return [Change("teaching_hours", f"≥ {-(-needed // 1):g}")]

    return changes


COMPUTED: dict[str, Callable[[Case], list[Change]]] = {
    "last_year_or_selected": _reach_last_year,
    "first_degree": _get_degree,
    "months_in_cycle_fit": _fewer_months,
    "days_in_cycle_fit": _fewer_days,
    "graduate_months_fit": _end_within_a_year,
    "teaching_hours_fit": _teach_more(TEACHING_HOURS_A_WEEK),
    "combined_hours_fit": _teach_more(COMBINED_HOURS_A_WEEK),
}
"""By derived fact: the changes that depend on the person's own numbers."""


def changes_for(rule: Rule, case: Case) -> tuple[Change, ...]:
    """Return what would meet a rule that is not met, the computed changes first."""
    computed = [
        change
        for fact in sorted(rule.requires.mentions())
        if fact in COMPUTED
        for change in COMPUTED[fact](case)
    ]
    return (*computed, *(Change(change.fact, change.to) for change in rule.changes))
