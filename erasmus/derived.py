"""Derived facts: the arithmetic behind the rules, each function with its source.

A derived fact is computed from told facts. It returns `Unknown` with the facts that would tell
it; an empty set there means that everything was asked and somebody else must decide.
The letters I, T, E name rows of the research behind the rules, whose sources the rules cite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from erasmus.cases import Case, Unknown
from erasmus.facts import Value
from erasmus.stays import (
    CYCLES,
    SHORTEST_STAY_MONTHS,
    combined_hours_fit,
    days_in_cycle_fit,
    months_in_cycle_fit,
    number,
    stay_days,
    stay_months,
    teaching_hours_fit,
)

MONTHS_AFTER_GRADUATION = 12


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed fact and the told facts that it may need."""

    uses: tuple[str, ...]
    value: Callable[[Case], Value | Unknown]


def studying(case: Case) -> bool | Unknown:
    """Enrolled towards a recognised degree (I3); the level says more than the role."""
    level = case.known("enrolled_level")
    if level is not None:
        return level != "none"
    if case.known("role") in {"graduate", "staff", "institution"}:
        return False
    return Unknown(case.missing("enrolled_level"))


def doctoral(case: Case) -> bool | Unknown:
    """Enrolled in a doctorate (I8)."""
    level = case.known("enrolled_level")
    if level is not None:
        return level == "doctorate"
    studies = studying(case)
    return False if studies is False else Unknown(case.missing("enrolled_level"))


def home_region(case: Case) -> str | Unknown:
    """Region of the home institution: central_asia, participating, or not ours to say."""
    return _region(case, "home_country")


def own_region(case: Case) -> str | Unknown:
    """Region of the home institution, else of residence, else of the passport.

    Only Central Asia is answered here: what holds elsewhere, nobody checked.
    """
    told = next(
        (f for f in ("home_country", "residence", "nationality") if case.known(f)), "home_country"
    )
    region = _region(case, told)
    return Unknown(frozenset()) if region == "participating" else region


def _region(case: Case, fact: str) -> str | Unknown:
    country = case.known(fact)
    if country is None:
        return Unknown(case.missing(fact))
    return next(
        (group for group in ("central_asia", "participating") if country in case.groups[group]),
        Unknown(frozenset()),
    )


def last_year_or_selected(case: Case) -> bool | Unknown:
    """Selected while enrolled, or in the last year and so still able to be selected (I11)."""
    if case.known("selected_while_enrolled") is True:
        return True
    studies = studying(case)
    if studies is False:
        told = case.known("selected_while_enrolled")
        return Unknown(case.missing("selected_while_enrolled")) if told is None else bool(told)
    if isinstance(studies, Unknown):
        return studies
    return in_last_year(case)


def in_last_year(case: Case) -> bool | Unknown:
    """Whether the year of study is the last one of the programme."""
    year, years = number(case, "year_of_study"), number(case, "programme_years")
    if year is not None and years is not None:
        return year >= years
    unsure = any(fact in case.facts and case.known(fact) is None for fact in _LAST_YEAR)
    return Unknown(frozenset() if unsure else case.missing(*_LAST_YEAR))


def graduate_months_fit(case: Case) -> bool | Unknown:
    """The traineeship ends within twelve months after graduation (I11)."""
    studies = studying(case)
    if studies is True and not _between_degrees(case):
        return True
    since, stay = number(case, "months_since_graduation"), stay_months(case)
    least = SHORTEST_STAY_MONTHS if isinstance(stay, Unknown) else stay
    if since is not None and since + least > MONTHS_AFTER_GRADUATION:
        return False
    if isinstance(studies, Unknown):
        return studies
    asks = stay.asks if isinstance(stay, Unknown) else frozenset()
    if since is None or isinstance(stay, Unknown):
        return Unknown(case.missing("months_since_graduation") | asks)
    return True


def _between_degrees(case: Case) -> bool:
    """Selected before an earlier graduation, and not yet in the last year of new studies."""
    selected = case.known("selected_while_enrolled") is True
    return selected and "months_since_graduation" in case.facts and in_last_year(case) is not True


def staff_employer(case: Case) -> str | Unknown:
    """The institution a staff member works for (T5); "none" for people who are not staff."""
    employer = case.known("employer")
    if employer is not None:
        return str(employer)
    if case.known("role") in {"student", "graduate", "institution"}:
        return "none"
    return Unknown(case.missing("employer"))


def first_degree(case: Case) -> bool | Unknown:
    """A first degree, or one that comes in time: consortia differ on the latter (E1, E2)."""
    held, level = case.known("degree_held"), case.known("enrolled_level")
    if held in CYCLES or (held is None and level in {"master", "doctorate"}):
        return True
    if held == "specialist":
        return Unknown(frozenset())
    if held != "none":
        return Unknown(case.missing("degree_held"))  # an earlier diploma would do
    if level in {"bachelor", "one_cycle"}:
        return _degree_to_come(case)
    return False if level == "none" else Unknown(case.missing("enrolled_level"))


def _degree_to_come(case: Case) -> bool | Unknown:
    in_time = case.known("degree_before_enrolment")
    if in_time is False:
        return False
    last_year = in_last_year(case)
    if last_year is False:
        return False
    if isinstance(last_year, Unknown) and last_year.asks and in_time is None:
        return last_year
    return Unknown(case.missing("degree_before_enrolment"))


def residence_fits(case: Case) -> bool | Unknown:
    """Residence outside the countries of the consortia; inside them each consortium looks (E7)."""
    residence = case.known("residence")
    if residence is None:
        return Unknown(case.missing("residence"))
    return Unknown(frozenset()) if residence in case.groups["participating"] else True


_CYCLE = ("enrolled_level", "degree_held")
_LAST_YEAR = ("year_of_study", "programme_years")

DERIVED: dict[str, Derived] = {
    "studying": Derived(("enrolled_level",), studying),
    "doctoral": Derived(("enrolled_level",), doctoral),
    "base_region": Derived(("home_country",), home_region),
    "own_region": Derived(("home_country",), own_region),
    "stay_months": Derived(("months_wanted",), stay_months),
    "stay_days": Derived(("days_wanted",), stay_days),
    "months_in_cycle_fit": Derived(("months_used", "months_wanted", *_CYCLE), months_in_cycle_fit),
    "days_in_cycle_fit": Derived(("months_used", "days_wanted", *_CYCLE), days_in_cycle_fit),
    "last_year_or_selected": Derived(
        ("enrolled_level", *_LAST_YEAR, "selected_while_enrolled"), last_year_or_selected
    ),
    "graduate_months_fit": Derived(
        ("enrolled_level", "months_since_graduation", "months_wanted"), graduate_months_fit
    ),
    "staff_employer": Derived(("employer",), staff_employer),
    "teaching_hours_fit": Derived(("teaching_hours", "days_wanted"), teaching_hours_fit),
    "combined_hours_fit": Derived(("teaching_hours", "days_wanted"), combined_hours_fit),
    "first_degree": Derived(
        ("degree_held", "enrolled_level", *_LAST_YEAR, "degree_before_enrolment"), first_degree
    ),
    "residence_fits": Derived(("residence",), residence_fits),
}
