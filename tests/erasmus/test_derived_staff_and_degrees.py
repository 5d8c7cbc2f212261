"""Derived facts of staff, and of the degree and residence that Erasmus Mundus asks for."""

import pytest

from erasmus import derived, stays
from erasmus.cases import Unknown
from erasmus.facts import Value
from tests.erasmus.cases import asks, case


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"employer": "university"}, "university"),
        ({"employer": "vocational_college", "role": "staff"}, "vocational_college"),
        ({"role": "staff"}, asks("employer")),
        ({"role": "student"}, "none"),
        ({"role": "student", "employer": "university"}, "university"),
        ({"employer": "unsure", "role": "staff"}, asks()),
    ],
)
def test_only_staff_are_asked_where_they_work(
    facts: dict[str, Value], expected: str | Unknown
) -> None:
    assert expected == derived.staff_employer(case(**facts))


@pytest.mark.parametrize(
    ("days", "teaching", "combined"),
    [
        (5, 8, 4),
        (7, 8, 4),
        (8, 64 / 7, 32 / 7),
        (10, 80 / 7, 40 / 7),
        (14, 16, 8),
        (60, 480 / 7, 240 / 7),
    ],
)
def test_hours_grow_in_proportion_after_the_first_week(
    days: int, teaching: float, combined: float
) -> None:
    assert pytest.approx(teaching) == stays.hours_needed(8, days)
    assert pytest.approx(combined) == stays.hours_needed(4, days)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"teaching_hours": 7}, False),
        ({"teaching_hours": 8}, asks("days_wanted")),
        ({"days_wanted": 5}, asks("teaching_hours")),
        ({"days_wanted": 14, "teaching_hours": 16}, True),
        ({"days_wanted": 14, "teaching_hours": 15}, False),
        ({"days_wanted": "unsure", "teaching_hours": 20}, asks()),
    ],
)
def test_too_few_hours_for_a_week_are_too_few_for_any_stay(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    assert expected == stays.teaching_hours_fit(case(**facts))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"degree_held": "bachelor"}, True),
        ({"degree_held": "bachelor", "enrolled_level": "bachelor", "year_of_study": 1}, True),
        ({"enrolled_level": "master"}, True),
        ({"degree_held": "specialist"}, asks()),
        ({"degree_held": "none", "enrolled_level": "none"}, False),
        ({"degree_held": "none"}, asks("enrolled_level")),
        ({"enrolled_level": "none"}, asks("degree_held")),
        ({}, asks("degree_held")),
    ],
)
def test_a_first_degree_is_there_or_is_asked_for(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    assert expected == derived.first_degree(case(**facts))


@pytest.mark.parametrize(
    ("year", "in_time", "expected"),
    [
        (4, True, asks()),
        (4, False, False),
        (4, None, asks("degree_before_enrolment")),
        (4, "unsure", asks()),
        (3, None, False),
        ("unsure", True, asks()),
        ("unsure", None, asks("degree_before_enrolment")),
        (None, None, asks("year_of_study")),
    ],
)
def test_a_degree_to_come_is_for_the_consortium_if_it_comes_in_time(
    year: Value | None, in_time: Value | None, expected: bool | Unknown
) -> None:
    answers = {"year_of_study": year, "degree_before_enrolment": in_time}
    told = {name: value for name, value in answers.items() if value is not None}
    student = case(enrolled_level="bachelor", degree_held="none", programme_years=4, **told)

    assert expected == derived.first_degree(student)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"residence": "KG"}, True),
        ({"residence": "US"}, True),
        ({"residence": "PL"}, asks()),
        ({}, asks("residence")),
    ],
)
def test_residence_inside_a_consortium_is_for_the_consortium(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    assert expected == derived.residence_fits(case(**facts))
