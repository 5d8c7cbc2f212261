"""The report of a case: the exact JSON that office staff get."""

import json
from datetime import date
from typing import Any, TypeAlias

import pytest

from erasmus.facts import Value
from erasmus.library import Library
from erasmus.report import case_report
from erasmus.words import Language

ON = date(2026, 11, 21)
AIDANA: dict[str, Value] = {
    "role": "student",
    "enrolled_level": "bachelor",
    "home_country": "KG",
    "months_used": 0,
    "months_wanted": 5,
    "agreement": True,
    "field_in_agreement": True,
}
ASSESSMENT = {"action", "verdict", "because", "would_change", "open_questions"}
BECAUSE = {"rule", "verdict", "says", "remedy", "decides", "source"}
SOURCE = {"title", "url", "section", "status", "checked"}
CHANGE = {"fact", "to", "from_date"}
VERDICTS = {"eligible", "not_yet", "not_eligible", "depends", "open"}
PEOPLE: list[dict[str, Value]] = [
    {},
    AIDANA,
    {**AIDANA, "agreement": False, "year_of_study": 2, "programme_years": 4},
    {"role": "staff", "kind": "conference", "employer": "vocational_college"},
    {"role": "graduate", "residence": "DE", "degree_held": "specialist"},
    dict.fromkeys(AIDANA, "unsure"),
]


Json: TypeAlias = Any


def report(library: Library, facts: dict[str, Value], language: Language = Language.EN) -> Json:
    """Return a report as it comes out of JSON."""
    return json.loads(json.dumps(case_report(library, library.case(facts, ON), language)))


def assessed(
    library: Library, action: str, language: Language = Language.EN, **facts: Value
) -> Json:
    told = report(library, {**AIDANA, **facts}, language)["assessments"]
    return next(found for found in told if found["action"] == action)


def test_a_report_names_its_language_and_its_day(library: Library) -> None:
    told = report(library, AIDANA, Language.KY)

    assert {"lang", "as_of", "assessments"} == set(told)
    assert "ky" == told["lang"]
    assert "2026-11-21" == told["as_of"]


def test_a_report_assesses_every_action_that_has_rules_in_their_order(library: Library) -> None:
    told = report(library, AIDANA)["assessments"]

    assert [action.id for action in library.assessed] == [found["action"] for found in told]


@pytest.mark.parametrize("facts", PEOPLE, ids=lambda facts: str(len(facts)))
@pytest.mark.parametrize("language", Language)
def test_every_report_has_exactly_the_agreed_keys(
    library: Library, facts: dict[str, Value], language: Language
) -> None:
    for found in report(library, facts, language)["assessments"]:
        assert set(found) == ASSESSMENT
        assert found["verdict"] in VERDICTS
        assert all(fact in library.facts for fact in found["open_questions"])
        for because in found["because"]:
            assert set(because) == BECAUSE
            assert set(because["source"]) == SOURCE
            assert because["verdict"] in {"met", "unmet", "open"}
        for change in found["would_change"]:
            assert set(change) == CHANGE
            assert change["fact"] in library.facts
            assert isinstance(change["to"], str)


def test_a_rule_that_others_decide_is_open_with_its_decider(library: Library) -> None:
    found = assessed(library, "icm_study")
    criteria = found["because"][-1]
    source = library.sources["S52"]

    assert "depends" == found["verdict"]
    assert ["home_criteria_met"] == found["open_questions"]
    assert {
        "rule": "icm-home-criteria",
        "verdict": "open",
        "says": library.rules["icm-home-criteria"].says[Language.EN],
        "remedy": None,
        "decides": library.deciders["home_university"].name[Language.EN],
        "source": {
            "title": source.title,
            "url": source.url,
            "section": "",
            "status": "official",
            "checked": "2026-11-21",
        },
    } == criteria


def test_a_rule_that_is_met_has_neither_remedy_nor_decider(library: Library) -> None:
    cap = next(b for b in assessed(library, "icm_study")["because"] if b["rule"] == "icm-cap")

    assert ("met", None, None) == (cap["verdict"], cap["remedy"], cap["decides"])


def test_a_rule_that_is_not_met_says_what_to_do(library: Library) -> None:
    found = assessed(library, "icm_study", agreement=False)
    unmet = [because for because in found["because"] if because["verdict"] == "unmet"]

    assert "not_eligible" == found["verdict"]
    assert ["icm-agreement"] == [because["rule"] for because in unmet]
    assert library.rules["icm-agreement"].remedy[Language.EN] == unmet[0]["remedy"]
    assert unmet[0]["decides"] is None
    assert [{"fact": "agreement", "to": "true", "from_date": None}] == found["would_change"]
    assert [] == found["open_questions"]


def test_a_not_yet_says_from_when(library: Library) -> None:
    found = assessed(
        library,
        "icm_traineeship_recent_graduate",
        kind="traineeship",
        traineeship_host="company",
        home_criteria_met=True,
        year_of_study=2,
        programme_years=4,
    )

    assert "not_yet" == found["verdict"]
    assert [{"fact": "year_of_study", "to": "4", "from_date": "2028-09-01"}] == found[
        "would_change"
    ]


def test_open_questions_stand_in_the_order_of_the_alphabet(library: Library) -> None:
    asked = assessed(library, "icm_traineeship", months_used="unsure")["open_questions"]

    assert ["home_criteria_met", "months_used", "traineeship_host"] == asked


def test_every_language_has_the_same_verdicts_and_its_own_words(library: Library) -> None:
    told = {language: report(library, AIDANA, language)["assessments"] for language in Language}
    verdicts = {tuple(found["verdict"] for found in all_) for all_ in told.values()}
    words = {all_[0]["because"][0]["says"] for all_ in told.values()}

    assert 1 == len(verdicts)
    assert 4 == len(words)


def test_rules_are_told_in_the_order_of_the_action(library: Library) -> None:
    rules = [because["rule"] for because in assessed(library, "icm_study")["because"]]

    assert list(library.actions["icm_study"].rules) == rules


def test_a_report_is_the_same_every_time(library: Library) -> None:
    assert report(library, AIDANA) == report(library, dict(reversed(AIDANA.items())))
