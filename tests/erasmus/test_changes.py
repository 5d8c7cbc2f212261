"""What would turn a no into a yes, counted from the person's own numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erasmus.assessment import Outcome
from erasmus.changes import changes_for, final_year_start
from erasmus.facts import Value
from erasmus.library import Library
from erasmus.loading import load_library
from erasmus.rules import Change
from tests.erasmus.cases import case, properties

LIBRARY = load_library()
STUDENT: dict[str, Value] = {
    "role": "student",
    "enrolled_level": "bachelor",
    "home_country": "KG",
    "agreement": True,
    "field_in_agreement": True,
    "home_criteria_met": True,
}


def said(library: Library, rule: str, on: date = date(2026, 11, 21), **facts: Value) -> list[str]:
    """Return the changes of a rule as short texts."""
    changes = changes_for(library.rules[rule], library.case(facts, on))
    return [f"{change.fact} = {change.to}" for change in changes]


@pytest.mark.parametrize(
    ("on", "year", "years", "start"),
    [
        (date(2026, 8, 31), 3, 4, date(2026, 9, 1)),
        (date(2026, 9, 1), 3, 4, date(2027, 9, 1)),
        (date(2026, 11, 21), 1, 4, date(2029, 9, 1)),
        (date(2026, 12, 31), 2, 3, date(2027, 9, 1)),
        (date(2027, 1, 1), 2, 3, date(2027, 9, 1)),
        (date(2027, 6, 30), 4, 6, date(2028, 9, 1)),
    ],
)
def test_the_last_year_starts_in_a_september(on: date, year: int, years: int, start: date) -> None:
    """The academic year that counts is the one in which the person is today."""
    assert start == final_year_start(case(on, year_of_study=year, programme_years=years))


@pytest.mark.parametrize(
    "facts",
    [
        {"year_of_study": 4, "programme_years": 4},
        {"year_of_study": 5, "programme_years": 4},
        {"year_of_study": 2},
        {"programme_years": 4},
        {"year_of_study": "unsure", "programme_years": 4},
        {},
    ],
)
def test_a_last_year_that_has_begun_or_is_not_known_has_no_start(facts: dict[str, Value]) -> None:
    assert final_year_start(case(**facts)) is None


@pytest.mark.parametrize("rule", ["icm-recent-selected", "emjm-degree"])
def test_a_student_before_the_last_year_waits_for_it(library: Library, rule: str) -> None:
    facts: dict[str, Value] = {**STUDENT, "year_of_study": 2, "programme_years": 4}
    changes = changes_for(library.rules[rule], library.case(facts, date(2026, 11, 21)))

    assert Change("year_of_study", "4", date(2028, 9, 1)) in changes


def test_a_graduate_who_was_not_selected_has_nothing_to_wait_for(library: Library) -> None:
    assert [] == said(
        library, "icm-recent-selected", enrolled_level="none", selected_while_enrolled=False
    )


@pytest.mark.parametrize(
    ("level", "used", "expected"),
    [
        ("bachelor", 8, ["months_wanted = 2–4", "enrolled_level = master"]),
        ("bachelor", 7.5, ["months_wanted = 2–4.5", "enrolled_level = master"]),
        ("bachelor", 11, ["enrolled_level = master"]),
        ("master", 12, ["enrolled_level = doctorate"]),
        ("one_cycle", 20, ["months_wanted = 2–4", "enrolled_level = master"]),
        ("doctorate", 12, []),
        ("unsure", 20, []),
    ],
)
def test_who_is_over_the_cap_shortens_the_stay_or_waits_for_the_next_cycle(
    library: Library, level: str, used: float, expected: list[str]
) -> None:
    found = said(library, "icm-cap", enrolled_level=level, months_used=used, months_wanted=10)

    assert expected == found


def test_exactly_two_months_left_are_said_plainly(library: Library) -> None:
    """Not as a range from 2 to 2."""
    found = said(library, "icm-cap", enrolled_level="master", months_used=10, months_wanted=3)

    assert ["months_wanted = 2", "enrolled_level = doctorate"] == found


def test_a_short_stay_over_the_cap_is_not_told_to_last_months(library: Library) -> None:
    found = said(
        library, "icm-cap-short", enrolled_level="master", months_used=11.5, days_wanted=20
    )

    assert ["days_wanted = 5–15", "enrolled_level = doctorate"] == found


def test_a_short_stay_is_told_to_last_thirty_days_at_most(library: Library) -> None:
    found = said(
        library, "icm-cap-short", enrolled_level="doctorate", months_used=10.5, days_wanted=61
    )

    assert ["days_wanted = 5–30"] == found


@pytest.mark.parametrize(
    ("since", "expected"),
    [(6, ["months_wanted = 2–6"]), (9.5, ["months_wanted = 2–2.5"]), (11, [])],
)
def test_a_graduate_shortens_the_stay_while_two_months_remain(
    library: Library, since: float, expected: list[str]
) -> None:
    found = said(
        library,
        "icm-recent-within-year",
        enrolled_level="none",
        months_since_graduation=since,
        months_wanted=12,
    )

    assert expected == found


@pytest.mark.parametrize(
    ("rule", "days", "expected"),
    [
        ("staff-teaching-hours", 5, "≥ 8"),
        ("staff-teaching-hours", 7, "≥ 8"),
        ("staff-teaching-hours", 8, "≥ 10"),
        ("staff-teaching-hours", 10, "≥ 12"),
        ("staff-teaching-hours", 14, "≥ 16"),
        ("staff-combined-hours", 5, "≥ 4"),
        ("staff-combined-hours", 10, "≥ 6"),
    ],
)
def test_the_hours_that_would_do_are_rounded_up(
    library: Library, rule: str, days: int, expected: str
) -> None:
    found = said(library, rule, days_wanted=days, teaching_hours=1)

    assert [f"teaching_hours = {expected}"] == found


def test_the_hours_of_a_week_are_said_where_the_days_are_not_known(library: Library) -> None:
    assert ["teaching_hours = ≥ 8"] == said(library, "staff-teaching-hours", teaching_hours=1)


def test_every_change_speaks_of_a_fact_that_is_known(library: Library) -> None:
    told = {change.fact for rule in library.rules.values() for change in rule.changes}

    assert told <= set(library.facts)


@pytest.mark.parametrize(
    ("rule", "change"),
    [(r, c) for r in LIBRARY.rules.values() for c in r.changes],
    ids=lambda value: getattr(value, "id", getattr(value, "fact", "")),
)
def test_every_written_change_meets_its_rule(
    library: Library, rule: object, change: object
) -> None:
    """The coach gives no advice that does not help."""
    names = {"true": True, "false": False}
    to = getattr(change, "to", "")
    value: Value = names.get(to, float(to.split("–")[0]) if to[0].isdigit() else to)
    told = library.case({getattr(change, "fact", ""): value}, date(2026, 11, 21))

    assert library.rules[getattr(rule, "id", "")].requires.read(told).verdict.value == "met"


@properties
@given(
    used=st.integers(0, 24),
    wanted=st.integers(2, 12),
    level=st.sampled_from(["bachelor", "one_cycle", "master", "doctorate"]),
)
def test_the_longest_stay_that_is_proposed_fits(used: int, wanted: int, level: str) -> None:
    action = LIBRARY.actions["icm_study"]
    facts: dict[str, Value] = {
        **STUDENT,
        "enrolled_level": level,
        "months_used": used,
        "months_wanted": wanted,
    }
    found = LIBRARY.assess(action, LIBRARY.case(facts, date(2026, 11, 21)))
    proposed = [change.to for change in found.changes if change.fact == "months_wanted"]

    for range_ in proposed:
        longest = float(range_.split("–")[-1])
        again = LIBRARY.case({**facts, "months_wanted": longest}, date(2026, 11, 21))
        assert LIBRARY.assess(action, again).outcome is Outcome.ELIGIBLE


@properties
@given(days=st.integers(5, 60), hours=st.integers(0, 7))
def test_the_hours_that_are_proposed_are_enough_and_one_less_is_not(days: int, hours: int) -> None:
    rule = LIBRARY.rules["staff-teaching-hours"]
    told = LIBRARY.case({"days_wanted": days, "teaching_hours": hours}, date(2026, 11, 21))
    proposed = int(changes_for(rule, told)[0].to.removeprefix("≥ "))

    def verdict(taught: int) -> str:
        again = LIBRARY.case({"days_wanted": days, "teaching_hours": taught}, date(2026, 11, 21))
        return rule.requires.read(again).verdict.value

    assert verdict(proposed) == "met"
    assert verdict(proposed - 1) == "unmet"
