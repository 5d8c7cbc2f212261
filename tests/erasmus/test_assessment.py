"""Assessments: how the verdicts of rules add up, and what is still asked."""

from datetime import date

import pytest

from erasmus.assessment import Assessment, Outcome
from erasmus.condition_tables import parse_condition
from erasmus.conditions import Verdict, told_facts
from erasmus.facts import Value
from erasmus.library import Library
from erasmus.rules import Change

ON = date(2026, 11, 21)
GULNARA: dict[str, Value] = {
    "role": "student",
    "kind": "traineeship",
    "enrolled_level": "bachelor",
    "year_of_study": 4,
    "programme_years": 4,
    "home_country": "KG",
    "traineeship_host": "company",
    "months_used": 0,
    "months_wanted": 3,
    "agreement": True,
    "field_in_agreement": True,
    "home_criteria_met": True,
}


def assessed(library: Library, **facts: Value) -> Assessment:
    action = library.actions["icm_traineeship_recent_graduate"]
    return library.assess(action, library.case({**GULNARA, **facts}, ON))


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({}, Outcome.ELIGIBLE),
        ({"home_criteria_met": "unsure"}, Outcome.DEPENDS),
        ({"traineeship_host": "unsure"}, Outcome.OPEN),
        ({"traineeship_host": "unsure", "home_criteria_met": "unsure"}, Outcome.OPEN),
        ({"year_of_study": 2}, Outcome.NOT_YET),
        ({"year_of_study": 2, "traineeship_host": "unsure"}, Outcome.NOT_YET),
        ({"agreement": False}, Outcome.NOT_ELIGIBLE),
        ({"agreement": False, "traineeship_host": "unsure"}, Outcome.NOT_ELIGIBLE),
        ({"agreement": False, "year_of_study": 2}, Outcome.NOT_ELIGIBLE),
    ],
)
def test_no_weighs_more_than_not_yet_then_open_then_depends_then_yes(
    library: Library, facts: dict[str, Value], outcome: Outcome
) -> None:
    assert outcome is assessed(library, **facts).outcome


@pytest.mark.parametrize("outcome", Outcome)
def test_no_and_not_yet_are_refusals(outcome: Outcome) -> None:
    assert outcome.refused is (outcome in {Outcome.NOT_YET, Outcome.NOT_ELIGIBLE})


def test_only_a_not_yet_has_a_day(library: Library) -> None:
    """A date beside another no would be a false promise."""
    assert date(2028, 9, 1) == assessed(library, year_of_study=2).from_date
    assert assessed(library, year_of_study=2, agreement=False).from_date is None
    assert assessed(library).from_date is None


def test_a_refusal_asks_nothing(library: Library) -> None:
    refused = assessed(library, agreement=False, traineeship_host="unsure")

    assert frozenset() == refused.asks
    assert frozenset() == refused.open_questions


def test_what_is_unsure_is_open_but_not_asked_again(library: Library) -> None:
    unsure = assessed(library, traineeship_host="unsure")

    assert frozenset() == unsure.asks
    assert frozenset({"traineeship_host"}) == unsure.open_questions


def test_findings_come_by_verdict_in_the_order_of_the_rules(library: Library) -> None:
    found = assessed(library, agreement=False, field_in_agreement=False, traineeship_host="unsure")
    unmet = [finding.rule.id for finding in found.with_verdict(Verdict.UNMET)]

    assert ["icm-agreement", "icm-agreement-field"] == unmet
    assert ["icm-traineeship-host"] == [f.rule.id for f in found.with_verdict(Verdict.OPEN)]
    assert len(found.action.rules) == 3 + len(found.with_verdict(Verdict.MET))


def test_only_what_is_not_met_proposes_changes(library: Library) -> None:
    found = assessed(library, agreement=False, traineeship_host="eu_institution")

    assert (Change("traineeship_host", "company"), Change("agreement", "true")) == found.changes
    assert () == assessed(library, agreement="unsure").changes


def test_a_change_that_meets_two_rules_is_said_once(library: Library) -> None:
    """A stay that is too long is also over the cap."""
    found = assessed(library, enrolled_level="master", year_of_study=2, months_wanted=13)
    said = [change for change in found.changes if change.to == "2–12"]

    assert [Change("months_wanted", "2–12")] == said


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        ({"fact": "agreement", "is": True}, {"agreement"}),
        ({"fact": "studying", "is": True}, {"enrolled_level"}),
        (
            {
                "any": [
                    {"fact": "teaching_hours_fit", "is": True},
                    {"not": {"fact": "role", "in": ["staff"]}},
                ]
            },
            {"teaching_hours", "days_wanted", "role"},
        ),
    ],
)
def test_behind_a_derived_fact_stand_the_facts_that_people_tell(
    condition: object, facts: set[str]
) -> None:
    assert facts == told_facts(parse_condition(condition))
