"""Questions: one fact each; which is next is computed from what could still change a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from erasmus.actions import Action
from erasmus.assessment import Assessment, conclude, find
from erasmus.cases import Case
from erasmus.condition_tables import ContentCondition
from erasmus.conditions import Verdict, told_facts
from erasmus.rules import Rule
from erasmus.sources import Citation, Entry
from erasmus.words import CompleteWords


class Option(Entry):
    """One answer on a button; `roles` limits who is offered it."""

    value: str
    label: CompleteWords
    roles: tuple[str, ...] = ()


class Question(Entry):
    """How a fact is asked. `presets` and `codes` are the buttons of numbers and countries.

    `clears` names facts that belong to the former answer and go with it.
    """

    fact: str
    short: str
    label: CompleteWords
    prompt: CompleteWords
    why: CompleteWords
    source: Citation | None = None
    options: tuple[Option, ...] = ()
    presets: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    when_asked: ContentCondition | None = None

    def wanted(self, case: Case) -> bool:
        """Tell whether the question makes sense for the person."""
        return self.when_asked is None or self.when_asked.read(case).verdict is not Verdict.UNMET


Pursued = Sequence[tuple[Action, Sequence[Rule]]]
"""The actions that a wizard is about, each with its rules."""


def pursued(actions: Pursued, case: Case) -> list[Assessment]:
    """Assess those of the actions that the person's wish does not rule out.

    A rule that stands in several of them is read once.
    """
    wished = [(action, rules) for action, rules in actions if _wished(action, case)]
    different = {rule.id: rule for _, rules in wished for rule in rules}
    found = {name: find(rule, case) for name, rule in different.items()}
    return [conclude(action, [found[rule.id] for rule in rules]) for action, rules in wished]


def _wished(action: Action, case: Case) -> bool:
    return action.interest is None or action.interest.read(case).verdict is not Verdict.UNMET


def asked_for(pursued: Iterable[Assessment], case: Case) -> frozenset[str]:
    """Return the unasked facts whose answer could still change a verdict."""
    facts: set[str] = set()
    for assessment in pursued:
        if assessment.outcome.refused:
            continue
        facts |= assessment.asks
        if assessment.action.interest is not None:
            facts |= assessment.action.interest.read(case).asks
    return frozenset(facts)


def next_question(
    questions: Iterable[Question], pursued: Iterable[Assessment], case: Case
) -> Question | None:
    """Return the first question, in the order of the content, that can still matter."""
    facts = asked_for(pursued, case)
    return next((q for q in questions if q.fact in facts and q.wanted(case)), None)


def longest_way(questions: Iterable[Question], pursued: Iterable[Assessment], case: Case) -> int:
    """Return at most how many questions are still to come; never grows as answers arrive."""
    reachable: set[str] = set()
    for assessment in pursued:
        if assessment.outcome.refused:
            continue
        for finding in assessment.findings:
            if finding.verdict is Verdict.OPEN:
                reachable |= finding.rule.told
        if assessment.action.interest is not None:
            reachable |= told_facts(assessment.action.interest)
    return sum(
        1 for q in questions if q.fact in reachable and q.fact not in case.facts and q.wanted(case)
    )
