"""Situations: facts in, verdict out, with the rule behind it. See `reading_situations`."""

from collections import Counter

import pytest

from erasmus.assessment import Assessment
from erasmus.conditions import Verdict
from erasmus.facts import checked_facts
from erasmus.library import Library
from tests.erasmus.reading_situations import Situation, all_situations

SITUATIONS = all_situations()


def assessments(library: Library, situation: Situation) -> dict[str, Assessment]:
    facts = checked_facts(situation.facts, library.facts, library.iso)
    case = library.case(facts, situation.on)
    return {name: library.assess(library.actions[name], case) for name in situation.expect}


def deciding(assessment: Assessment) -> set[str]:
    """Return the ids of the rules that decide: the unmet ones of a refusal, else the open ones."""
    verdict = Verdict.UNMET if assessment.outcome.refused else Verdict.OPEN
    return {finding.rule.id for finding in assessment.with_verdict(verdict)}


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
def test_a_situation_gets_its_verdict_for_its_reason(
    library: Library, situation: Situation
) -> None:
    found = assessments(library, situation)

    assert situation.expect == {name: str(a.outcome) for name, a in found.items()}
    for name, assessment in found.items():
        expected = situation.rules_behind(name)
        assert expected in (None, deciding(assessment)), name


@pytest.mark.parametrize("situation", [s for s in SITUATIONS if s.would_change], ids=str)
def test_a_refusal_says_what_would_change_it(library: Library, situation: Situation) -> None:
    found = assessments(library, situation)
    said = {
        name: [f"{change.fact}: {change.to}" for change in found[name].changes]
        for name in situation.would_change
    }

    assert situation.would_change == said


@pytest.mark.parametrize("situation", [s for s in SITUATIONS if s.from_date], ids=str)
def test_a_not_yet_says_from_which_day(library: Library, situation: Situation) -> None:
    found = assessments(library, situation)

    assert situation.from_date == {name: found[name].from_date for name in situation.from_date}


@pytest.mark.parametrize("situation", [s for s in SITUATIONS if s.open_questions], ids=str)
def test_what_is_open_names_the_facts_that_are_missing(
    library: Library, situation: Situation
) -> None:
    found = assessments(library, situation)
    asked = {name: sorted(found[name].open_questions) for name in situation.open_questions}

    assert situation.open_questions == asked


def test_a_situation_without_a_plain_yes_always_says_why() -> None:
    """One that does not could pass for the wrong reason."""
    silent = [
        f"{situation}: {name}"
        for situation in SITUATIONS
        for name, verdict in situation.expect.items()
        if verdict != "eligible" and name not in situation.because
    ]

    assert silent == []


def test_no_situation_is_told_twice() -> None:
    told = Counter(str(situation) for situation in SITUATIONS)

    assert [name for name, times in told.items() if times > 1] == []


def test_every_rule_is_seen_to_decide(library: Library) -> None:
    seen = {rule for s in SITUATIONS for name in s.expect for rule in s.rules_behind(name) or ()}

    assert seen == set(library.rules)


def test_every_rule_is_seen_to_hold(library: Library) -> None:
    """Region rules never hold: what is open outside Central Asia is not ours to say."""
    met = {
        finding.rule.id
        for situation in SITUATIONS
        for assessment in assessments(library, situation).values()
        for finding in assessment.with_verdict(Verdict.MET)
    }
    never = {"cbvet-region", "virtual-exchange-region", "youth-region", "sport-region"}

    assert met == set(library.rules) - never


def test_every_action_is_seen_with_a_yes_or_a_depends_and_with_a_refusal(
    library: Library,
) -> None:
    seen = {name: set[str]() for name in (action.id for action in library.assessed)}
    for situation in SITUATIONS:
        for name, verdict in situation.expect.items():
            seen[name].add(verdict)

    assert [name for name, verdicts in seen.items() if not verdicts & {"eligible", "depends"}] == []
    assert [name for name, verdicts in seen.items() if "not_eligible" not in verdicts] == []
