"""Derived facts of students: the arithmetic at both sides of every boundary."""

import pytest

from erasmus import derived, stays
from erasmus.cases import Unknown
from erasmus.facts import Value
from tests.erasmus.cases import asks, case


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"enrolled_level": "bachelor"}, True),
        ({"enrolled_level": "doctorate"}, True),
        ({"enrolled_level": "none"}, False),
        ({"role": "graduate"}, False),
        ({"role": "staff"}, False),
        ({"role": "staff", "enrolled_level": "doctorate"}, True),
        ({"role": "student"}, asks("enrolled_level")),
        ({"enrolled_level": "unsure"}, asks()),
    ],
)
def test_studying_goes_by_the_level_and_then_by_the_role(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    assert expected == derived.studying(case(**facts))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"enrolled_level": "doctorate"}, True),
        ({"enrolled_level": "master"}, False),
        ({"enrolled_level": "none"}, False),
        ({"role": "graduate"}, False),
        ({"role": "student"}, asks("enrolled_level")),
    ],
)
def test_doctoral_students_study_for_a_doctorate(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    assert expected == derived.doctoral(case(**facts))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"home_country": "KG"}, "central_asia"),
        ({"home_country": "PL"}, "participating"),
        ({"home_country": "US"}, asks()),
        ({"home_country": "unsure"}, asks()),
        ({"residence": "KG"}, asks("home_country")),
    ],
)
def test_the_home_region_is_the_one_of_the_institution(
    facts: dict[str, Value], expected: str | Unknown
) -> None:
    assert expected == derived.home_region(case(**facts))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"home_country": "KG", "residence": "DE"}, "central_asia"),
        ({"home_country": "DE", "nationality": "KG"}, asks()),
        ({"home_country": "unsure", "residence": "KZ"}, "central_asia"),
        ({"residence": "US", "nationality": "KG"}, asks()),
        ({"nationality": "KG"}, "central_asia"),
        ({}, asks("home_country")),
    ],
)
def test_the_own_region_is_institution_then_residence_then_passport(
    facts: dict[str, Value], expected: str | Unknown
) -> None:
    assert expected == derived.own_region(case(**facts))


@pytest.mark.parametrize(
    ("facts", "months", "days"),
    [
        ({"months_wanted": 2}, 2, 60),
        ({"days_wanted": 60}, 2, 60),
        ({"days_wanted": 45}, 1.5, 45),
        ({"months_wanted": 3, "days_wanted": 20}, 3, 20),
        ({}, asks("months_wanted"), asks("days_wanted")),
        ({"months_wanted": "unsure"}, asks(), asks("days_wanted")),
    ],
)
def test_a_stay_told_in_days_counts_thirty_a_month_and_the_other_way_round(
    facts: dict[str, Value], months: float | Unknown, days: float | Unknown
) -> None:
    assert months == stays.stay_months(case(**facts))
    assert days == stays.stay_days(case(**facts))


@pytest.mark.parametrize(
    ("level", "used", "wanted", "fits"),
    [
        ("bachelor", 0, 12, True),
        ("bachelor", 10, 2, True),
        ("bachelor", 10, 2.1, False),
        ("master", 7, 5, True),
        ("master", 7.1, 5, False),
        ("doctorate", 12, 2, False),
        ("one_cycle", 12, 12, True),
        ("one_cycle", 12.1, 12, False),
        ("one_cycle", 22, 2, True),
        ("one_cycle", 22, 2.1, False),
    ],
)
def test_twelve_months_a_cycle_and_twenty_four_in_one_cycle_programmes(
    level: str, used: float, wanted: float, fits: bool
) -> None:
    told = case(enrolled_level=level, months_used=used, months_wanted=wanted)

    assert fits == stays.months_in_cycle_fit(told)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"months_used": 0}, True),
        ({"months_used": 1}, asks("months_wanted", "enrolled_level")),
        ({"months_used": 0, "enrolled_level": "master"}, True),
        ({"months_used": 9, "enrolled_level": "master"}, asks("months_wanted")),
        ({"months_used": 12, "enrolled_level": "master"}, False),
        ({"months_used": 9, "months_wanted": 3}, True),
        ({"months_used": 9, "months_wanted": 4}, asks("enrolled_level")),
        ({"months_used": 22, "months_wanted": 3}, False),
        ({"enrolled_level": "master", "months_wanted": 3}, asks("months_used")),
        ({"enrolled_level": "none", "months_used": 9, "months_wanted": 4}, asks("degree_held")),
        (
            {
                "enrolled_level": "none",
                "degree_held": "specialist",
                "months_used": 9,
                "months_wanted": 4,
            },
            asks(),
        ),
        (
            {
                "enrolled_level": "none",
                "degree_held": "bachelor",
                "months_used": 9,
                "months_wanted": 4,
            },
            False,
        ),
    ],
)
def test_the_cap_is_decided_as_early_as_it_can_be(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    """A long stay takes twelve months at most; a student who used none is within any cap."""
    assert expected == stays.months_in_cycle_fit(case(**facts))


@pytest.mark.parametrize(
    ("year", "years", "last"), [(1, 4, False), (3, 4, False), (4, 4, True), (5, 4, True)]
)
def test_the_last_year_is_the_one_that_equals_the_length(year: int, years: int, last: bool) -> None:
    assert last == derived.in_last_year(case(year_of_study=year, programme_years=years))


def test_an_unsure_year_asks_for_no_length() -> None:
    """The length alone cannot tell whether the year is the last."""
    assert asks() == derived.in_last_year(case(year_of_study="unsure"))
    assert asks() == derived.in_last_year(case(programme_years="unsure"))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"enrolled_level": "none", "selected_while_enrolled": True}, True),
        ({"enrolled_level": "none", "selected_while_enrolled": False}, False),
        ({"enrolled_level": "none"}, asks("selected_while_enrolled")),
        ({"enrolled_level": "none", "selected_while_enrolled": "unsure"}, asks()),
        ({"enrolled_level": "master", "year_of_study": 2, "programme_years": 2}, True),
        ({"enrolled_level": "master", "year_of_study": 1, "programme_years": 2}, False),
        ({"enrolled_level": "master"}, asks("year_of_study", "programme_years")),
        ({}, asks("enrolled_level")),
    ],
)
def test_graduates_were_selected_while_enrolled_or_still_can_be(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    assert expected == derived.last_year_or_selected(case(**facts))


@pytest.mark.parametrize(
    ("since", "wanted", "fits"),
    [(0, 12, True), (10, 2, True), (10, 2.1, False), (10.1, 2, False), (11, 2, False)],
)
def test_a_graduate_comes_home_within_twelve_months_after_graduation(
    since: float, wanted: float, fits: bool
) -> None:
    told = case(role="graduate", months_since_graduation=since, months_wanted=wanted)

    assert fits == derived.graduate_months_fit(told)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"enrolled_level": "master"}, True),
        ({"role": "graduate"}, asks("months_since_graduation", "months_wanted")),
        ({"role": "graduate", "months_since_graduation": 3}, asks("months_wanted")),
        ({"role": "graduate", "months_since_graduation": 11}, False),
        ({}, asks("enrolled_level")),
    ],
)
def test_the_year_after_graduation_is_decided_as_early_as_it_can_be(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    assert expected == derived.graduate_months_fit(case(**facts))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"months_used": 11}, True),
        ({"months_used": 11.5}, asks("days_wanted", "enrolled_level")),
        ({"months_used": 11.5, "enrolled_level": "one_cycle"}, True),
        ({"months_used": 11.5, "enrolled_level": "master"}, asks("days_wanted")),
        ({"months_used": 11.82, "enrolled_level": "master"}, asks("days_wanted")),
        ({"months_used": 11.85, "enrolled_level": "master"}, False),
        ({"months_used": 11.5, "enrolled_level": "master", "days_wanted": 15}, True),
        ({"months_used": 11.5, "enrolled_level": "master", "days_wanted": 16}, False),
        ({"months_used": 12, "enrolled_level": "master"}, False),
        ({"enrolled_level": "master"}, asks("months_used", "days_wanted")),
    ],
)
def test_a_short_stay_counts_towards_the_cap_in_days(
    facts: dict[str, Value], expected: bool | Unknown
) -> None:
    """It takes thirty days at most, so with eleven months used it always fits."""
    assert expected == stays.days_in_cycle_fit(case(**facts))
