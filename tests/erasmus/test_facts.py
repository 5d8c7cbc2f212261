"""Facts: names and values that staff may write, and an error that names what is allowed."""

import json

import pytest

from erasmus.facts import UNSURE, Fact, FactError, FactType, Value, checked_facts, contradicted
from erasmus.library import Library

GOOD: dict[str, list[Value]] = {
    "role": ["student", "institution"],
    "enrolled_level": ["none", "one_cycle"],
    "home_country": ["KG", "XK", "US"],
    "months_used": [0, 2.5, 60],
    "year_of_study": [1, 8, 4.0],
    "agreement": [True, False],
    "consortium": [["KG", "DE", "DE"], []],
    "home_university": ["jaiu", ""],
}
BAD: dict[str, list[object]] = {
    "role": ["teacher", "", "Student", 1, None, True, ["student"], {"student": 1}],
    "home_country": ["KGZ", "kg", "UK", "", 996, None, ["KG"]],
    "months_used": [-0.1, 60.1, "3", True, None, [3], float("inf"), float("-inf"), float("nan")],
    "year_of_study": [0, 9, 2.5, "2", False, float("inf"), float("nan")],
    "agreement": ["true", "yes", 1, 0, None, []],
    "consortium": ["KG", ["KG", "XX"], [["KG"]], [{"code": "KG"}], [1], {"KG": 1}, None],
    "home_university": [1, None, True, ["jaiu"]],
}


def pairs(table: dict[str, list[Value]] | dict[str, list[object]]) -> list[tuple[str, object]]:
    return [(name, value) for name, values in table.items() for value in values]


def check(library: Library, **facts: object) -> dict[str, Value]:
    return checked_facts(facts, library.facts, library.iso)


@pytest.mark.parametrize(("name", "value"), pairs(GOOD), ids=str)
def test_a_value_that_is_allowed_comes_back_as_it_was(
    library: Library, name: str, value: object
) -> None:
    assert {name: value} == check(library, **{name: value})


@pytest.mark.parametrize(("name", "value"), pairs(BAD), ids=str)
def test_a_value_that_is_not_allowed_is_refused_with_those_that_are(
    library: Library, name: str, value: object
) -> None:
    """Whatever JSON can hold: the error is always the same kind."""
    with pytest.raises(FactError) as caught:
        check(library, **{name: value})

    assert str(caught.value).startswith(f"{name}: ")
    assert "allowed: " in str(caught.value)
    assert str(caught.value).endswith(", unsure")


def test_unsure_is_allowed_for_every_fact(library: Library) -> None:
    unsure = dict.fromkeys(library.facts, UNSURE)

    assert unsure == check(library, **unsure)


def test_an_unknown_fact_is_refused_with_those_that_are_known(library: Library) -> None:
    with pytest.raises(FactError) as caught:
        check(library, citizenship="KG")

    assert "unknown fact 'citizenship'" in str(caught.value)
    assert all(name in str(caught.value) for name in library.facts)


def test_every_problem_is_named_on_a_line_of_its_own(library: Library) -> None:
    with pytest.raises(FactError) as caught:
        check(library, role="teacher", months_used=99, agreement=True, colour="red")

    lines = str(caught.value).splitlines()
    assert 3 == len(lines)
    assert ["role", "months_used", "unknown fact 'colour'"] == [
        line.split(":" if ":" in line.split(";")[0] else ";")[0] for line in lines
    ]


def test_what_is_allowed_is_said_in_words(library: Library) -> None:
    assert "student, graduate, staff, institution" == library.facts["role"].allowed()
    assert "a number from 0 to 60" == library.facts["months_used"].allowed()
    assert "a whole number from 1 to 8" == library.facts["year_of_study"].allowed()
    assert "true, false" == library.facts["agreement"].allowed()
    assert "a two-letter ISO 3166-1 code" == library.facts["residence"].allowed()


def test_facts_come_from_json_as_they_are(library: Library) -> None:
    told = '{"role": "student", "months_used": 2.5, "agreement": false, "residence": "unsure"}'

    assert json.loads(told) == check(library, **json.loads(told))


def test_the_facts_that_were_told_stay_untouched(library: Library) -> None:
    told: dict[str, object] = {"role": "student"}
    checked = checked_facts(told, library.facts, library.iso)
    checked["role"] = "staff"

    assert {"role": "student"} == told


def test_a_choice_and_only_a_choice_lists_values() -> None:
    with pytest.raises(ValueError, match="lists its values"):
        Fact(name="x", type=FactType.CHOICE)
    with pytest.raises(ValueError, match="lists its values"):
        Fact(name="x", type=FactType.TEXT, values=("a",))


def test_a_number_needs_bounds() -> None:
    with pytest.raises(ValueError, match="min and max"):
        Fact(name="x", type=FactType.NUMBER, min=1)


VOCABULARY = {
    "role": "student graduate staff institution",
    "enrolled_level": "none bachelor one_cycle master doctorate",
    "degree_held": "none bachelor specialist master doctorate",
    "kind": "study traineeship short teaching training teaching_and_training conference",
    "traineeship_host": "company university other eu_institution",
    "employer": "university vocational_college other",
    "staff_kind": "teaching administrative",
    "institution_type": (
        "university vocational_college ministry ngo company sport_federation other"
    ),
}
COUNTRIES = {"nationality", "residence", "home_country"}
YES_OR_NO = {
    "virtual_part",
    "agreement",
    "field_in_agreement",
    "home_criteria_met",
    "selected_while_enrolled",
    "emjm_scholarship_before",
    "other_eu_scholarship",
    "full_time",
    "degree_before_enrolment",
    "has_pic",
    "has_eche",
    "lead",
    "ministry_in_consortium",
    "centre_running",
}
NUMBERS = {
    "year_of_study",
    "programme_years",
    "months_used",
    "months_wanted",
    "days_wanted",
    "months_since_graduation",
    "teaching_hours",
    "strand",
    "grant_eur",
    "hours_per_year",
    "professors",
    "call_year",
}


def test_the_vocabulary_is_the_one_that_was_agreed(library: Library) -> None:
    """Office staff replay cases with these words: none may be renamed or lost."""
    by_type = {
        kind: {name for name, fact in library.facts.items() if fact.type is kind}
        for kind in FactType
    }

    assert {name: values.split() for name, values in VOCABULARY.items()} == {
        name: list(library.facts[name].values) for name in by_type[FactType.CHOICE]
    }
    assert COUNTRIES == by_type[FactType.COUNTRY]
    assert YES_OR_NO == by_type[FactType.YESNO]
    assert NUMBERS == by_type[FactType.NUMBER]
    assert {"consortium"} == by_type[FactType.COUNTRIES]
    assert {"home_university"} == by_type[FactType.TEXT]


@pytest.mark.parametrize(
    ("told", "name", "value", "gone"),
    [
        ({"programme_years": 4}, "year_of_study", 5, {"programme_years"}),
        ({"programme_years": 4}, "year_of_study", 4, set()),
        ({"year_of_study": 5}, "programme_years", 4, {"year_of_study"}),
        ({"year_of_study": UNSURE}, "programme_years", 4, set()),
        ({"year_of_study": 5}, "programme_years", UNSURE, set()),
        ({}, "year_of_study", 5, set()),
        ({"months_used": 30}, "year_of_study", 5, set()),
    ],
)
def test_nobody_is_in_a_later_year_than_the_programme_has(
    library: Library, told: dict[str, Value], name: str, value: Value, gone: set[str]
) -> None:
    assert gone == contradicted(library.facts, told, name, value)
