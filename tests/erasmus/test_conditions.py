"""Conditions: three values, what they ask for, and how content writes them."""

import pytest

from erasmus.condition_tables import parse_condition
from erasmus.conditions import Reading, Verdict
from erasmus.facts import Value
from tests.erasmus.cases import case

MET, UNMET, OPEN = Verdict.MET, Verdict.UNMET, Verdict.OPEN
TOLD: dict[Verdict, dict[str, Value]] = {
    MET: {"agreement": True},
    UNMET: {"agreement": False},
    OPEN: {},
}
FIRST = {"fact": "agreement", "is": True}
SECOND = {"fact": "virtual_part", "is": True}


def read(table: object, **facts: Value) -> Reading:
    return parse_condition(table).read(case(**facts))


def both(first: Verdict, second: Verdict) -> dict[str, Value]:
    """Return facts that give the two conditions these verdicts."""
    told = [{"virtual_part": value} for value in TOLD[second].values()]
    return {**TOLD[first], **(told[0] if told else {})}


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (MET, MET, MET),
        (MET, OPEN, OPEN),
        (MET, UNMET, UNMET),
        (OPEN, MET, OPEN),
        (OPEN, OPEN, OPEN),
        (OPEN, UNMET, UNMET),
        (UNMET, MET, UNMET),
        (UNMET, OPEN, UNMET),
        (UNMET, UNMET, UNMET),
    ],
)
def test_all_is_the_least_of_its_parts(first: Verdict, second: Verdict, together: Verdict) -> None:
    assert together is read({"all": [FIRST, SECOND]}, **both(first, second)).verdict


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (MET, MET, MET),
        (MET, OPEN, MET),
        (MET, UNMET, MET),
        (OPEN, MET, MET),
        (OPEN, OPEN, OPEN),
        (OPEN, UNMET, OPEN),
        (UNMET, MET, MET),
        (UNMET, OPEN, OPEN),
        (UNMET, UNMET, UNMET),
    ],
)
def test_any_is_the_greatest_of_its_parts(
    first: Verdict, second: Verdict, together: Verdict
) -> None:
    assert together is read({"any": [FIRST, SECOND]}, **both(first, second)).verdict


@pytest.mark.parametrize(("inner", "outer"), [(MET, UNMET), (UNMET, MET), (OPEN, OPEN)])
def test_not_turns_yes_and_no_and_leaves_what_is_open(inner: Verdict, outer: Verdict) -> None:
    assert outer is read({"not": FIRST}, **TOLD[inner]).verdict


def test_what_is_open_asks_for_every_fact_that_could_decide() -> None:
    assert Reading(OPEN, frozenset({"agreement", "virtual_part"})) == read({"all": [FIRST, SECOND]})
    assert Reading(OPEN, frozenset({"agreement"})) == read({"not": FIRST})


def test_a_part_that_is_met_is_not_asked_again() -> None:
    assert frozenset({"virtual_part"}) == read({"all": [FIRST, SECOND]}, agreement=True).asks


@pytest.mark.parametrize(
    ("table", "facts"),
    [({"all": [FIRST, SECOND]}, {"agreement": False}), ({"any": [FIRST, SECOND]}, TOLD[MET])],
)
def test_what_is_decided_asks_for_nothing(table: object, facts: dict[str, Value]) -> None:
    assert frozenset() == read(table, **facts).asks


def test_unsure_is_open_and_asks_for_nothing() -> None:
    """It was asked already."""
    assert Reading(OPEN) == read(FIRST, agreement="unsure")


def test_one_of_some_values() -> None:
    table = {"fact": "role", "in": ["student", "graduate"]}

    assert MET is read(table, role="graduate").verdict
    assert UNMET is read(table, role="staff").verdict
    assert Reading(OPEN, frozenset({"role"})) == read(table)


def test_a_no_is_an_answer_like_a_yes() -> None:
    table = {"fact": "emjm_scholarship_before", "is": False}

    assert MET is read(table, emjm_scholarship_before=False).verdict
    assert UNMET is read(table, emjm_scholarship_before=True).verdict


def test_a_country_of_a_group() -> None:
    table = {"fact": "home_country", "in_group": "central_asia"}

    assert MET is read(table, home_country="KG").verdict
    assert UNMET is read(table, home_country="DE").verdict
    assert OPEN is read(table, home_country="unsure").verdict


@pytest.mark.parametrize(
    ("days", "verdict"), [(4, UNMET), (4.9, UNMET), (5, MET), (30, MET), (30.1, UNMET), (31, UNMET)]
)
def test_both_bounds_belong_to_the_range(days: float, verdict: Verdict) -> None:
    assert verdict is read({"fact": "days_wanted", "min": 5, "max": 30}, days_wanted=days).verdict


def test_a_range_may_be_open_on_one_side() -> None:
    assert MET is read({"fact": "days_wanted", "min": 5}, days_wanted=400).verdict
    assert UNMET is read({"fact": "days_wanted", "min": 5}, days_wanted=4).verdict
    assert MET is read({"fact": "days_wanted", "max": 30}, days_wanted=0).verdict
    assert UNMET is read({"fact": "days_wanted", "max": 30}, days_wanted=31).verdict


def test_a_range_may_hold_a_single_number() -> None:
    assert MET is read({"fact": "days_wanted", "min": 5, "max": 5}, days_wanted=5).verdict


def test_zero_is_a_number_and_not_a_missing_answer() -> None:
    assert MET is read({"fact": "months_used", "max": 12}, months_used=0).verdict


def test_a_condition_may_speak_of_a_derived_fact() -> None:
    table = {"fact": "studying", "is": True}

    assert MET is read(table, enrolled_level="master").verdict
    assert Reading(OPEN, frozenset({"enrolled_level"})) == read(table)


def test_a_condition_names_the_facts_of_all_its_parts() -> None:
    table = {"all": [FIRST, {"any": [SECOND, {"not": {"fact": "role", "in": ["staff"]}}]}]}

    assert frozenset({"agreement", "virtual_part", "role"}) == parse_condition(table).mentions()


def test_a_condition_that_is_read_already_stays_as_it_is() -> None:
    condition = parse_condition(FIRST)

    assert parse_condition(condition) is condition


@pytest.mark.parametrize(
    "table",
    [
        "agreement",
        ["agreement"],
        None,
        {},
        {"fact": "agreement"},
        {"is": True},
        {"fact": "agreement", "equals": True},
        {"fact": "role", "in": ["student"], "is": True},
        {"fact": "days_wanted", "min": 5, "in": [5]},
        {"all": []},
        {"any": []},
        {"all": FIRST},
        {"all": [FIRST], "any": [SECOND]},
        {"not": [FIRST]},
        {"not": {"fact": "agreement"}},
        {"all": [FIRST, {"fakt": "role", "in": ["student"]}]},
    ],
    ids=str,
)
def test_an_unknown_form_is_refused(table: object) -> None:
    with pytest.raises(ValueError, match=r"allowed|needs a list"):
        parse_condition(table)


@pytest.mark.parametrize(
    "table",
    [
        {"fact": "agreement", "is": "false"},
        {"fact": "role", "in": "student"},
        {"fact": "role", "in": 5},
        {"fact": "role", "in": []},
        {"fact": "days_wanted", "min": "five"},
        {"fact": "days_wanted", "min": True},
        {"fact": "days_wanted", "min": 5, "max": "thirty"},
        {"fact": "days_wanted", "min": 30, "max": 5},
    ],
    ids=str,
)
def test_a_known_form_with_a_wrong_value_is_refused(table: object) -> None:
    """Read as it stands, each of these would silently mean something else."""
    with pytest.raises(ValueError):  # noqa: PT011 - the type is what pydantic turns into a report
        parse_condition(table)
