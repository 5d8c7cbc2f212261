"""Walks of the questionnaire: a person who answers every question that is asked."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from erasmus.actions import Action
from erasmus.assessment import Assessment
from erasmus.cases import Case
from erasmus.conditions import Verdict, told_facts
from erasmus.facts import UNSURE, FactType, Value
from erasmus.library import Library
from erasmus.questions import Pursued, Question, longest_way, next_question, pursued

ON = date(2026, 11, 21)
SURE = 0.0

NUMBERS: Mapping[str, tuple[int | float, ...]] = {
    "year_of_study": (2, 4),
    "programme_years": (4, 5, 1),
    "months_used": (0, 9, 12, 24),
    "months_wanted": (3, 1, 1.5, 12),
    "days_wanted": (10, 4, 45, 61),
    "months_since_graduation": (2, 9, 11),
    "teaching_hours": (8, 70, 4, 3),
}
"""Values on both sides of what the rules ask, for every number that is asked."""

COUNTRIES = ("KG", "DE", "AL")


@dataclass(frozen=True)
class Goal:
    """What a walk is about: some actions, and what the person has told before."""

    name: str
    actions: Pursued
    told: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Place:
    """A place in a walk: what was told so far, and what comes of it."""

    walker: "Walker"
    facts: Mapping[str, Value]
    before: "Place | None" = None
    day: date = ON

    @cached_property
    def question(self) -> Question | None:
        """The question that is asked here; None at the end."""
        return next_question(self.walker.questions, self.found.values(), self._case)

    @cached_property
    def asked(self) -> int:
        """How many questions were answered before this place."""
        return 0 if self.before is None else self.before.asked + 1

    @cached_property
    def still(self) -> int:
        """How many questions are still to come at most."""
        return longest_way(self.walker.questions, self.found.values(), self._case)

    @cached_property
    def found(self) -> Mapping[str, Assessment]:
        """The assessments of the actions that are pursued."""
        return {a.action.id: a for a in pursued(self.walker.goal.actions, self._case)}

    @cached_property
    def refused(self) -> frozenset[str]:
        """The actions that are refused here."""
        return frozenset(name for name, a in self.found.items() if a.outcome.refused)

    @property
    def _case(self) -> Case:
        return self.walker.library.case(self.facts, self.day)

    def told(self, fact: str, value: Value) -> "Place":
        """Return the place after one more answer."""
        return Place(self.walker, {**self.facts, fact: value}, self)


class Walker:
    """Answers questions within one goal."""

    def __init__(self, library: Library, goal: Goal) -> None:
        self.library, self.goal = library, goal
        self.questions = library.questions

    @property
    def start(self) -> Place:
        """The place where nothing was asked yet."""
        return Place(self, self.goal.told)

    def answers(self, question: Question, role: Value | None) -> tuple[Value, ...]:
        """Return what may be answered, without "unsure"."""
        fact = self.library.facts[question.fact]
        match fact.type:
            case FactType.YESNO:
                return True, False
            case FactType.NUMBER:
                return NUMBERS[question.fact]
            case FactType.COUNTRY:
                return COUNTRIES
            case _:
                offered = (o for o in question.options if not o.roles or role in (None, *o.roles))
                return tuple(option.value for option in offered)

    def random_walk(self, choice: random.Random, unsure: float) -> Iterator[Place]:
        """Answer at random, `unsure` being the share of "not sure"; yield every place."""
        place = self.start
        yield place
        while (question := place.question) is not None:
            answers = self.answers(question, place.facts.get("role"))
            answer = UNSURE if choice.random() < unsure else choice.choice(answers)
            place = place.told(question.fact, answer)
            yield place

    def every_walk(self) -> Iterator[Place]:
        """Answer in every way, surely; yield every place once."""
        waiting = [self.start]
        while waiting:
            place = waiting.pop()
            yield place
            if (question := place.question) is not None:
                answers = self.answers(question, place.facts.get("role"))
                waiting.extend(place.told(question.fact, answer) for answer in answers)

    def can_matter(self, place: Place, choice: random.Random, ways: int = 400) -> bool:
        """Tell whether the answer ever changes a finding, however the rest is told."""
        question = place.question
        assert question is not None
        named = self.named_facts - set(place.facts) - {question.fact}
        role = place.facts.get("role")
        others = [other for other in self.questions if other.fact in named]
        for _ in range(ways):
            rest = {
                other.fact: choice.choice(self.answers(other, role)[: choice.choice((1, None))])
                for other in others
                if choice.random() < 0.8
            }
            findings = [
                self.findings({**place.facts, **rest, question.fact: answer})
                for answer in self.answers(question, role)
            ]
            if any(found != findings[0] for found in findings[1:]):
                return True
        return False

    def findings(self, facts: Mapping[str, Value]) -> dict[str, object]:
        """Return the verdicts, with those of every rule where the action is not refused."""
        return {
            name: (a.outcome, () if a.outcome.refused else verdicts_of_rules(a))
            for name, a in Place(self, facts).found.items()
        }

    @cached_property
    def named_facts(self) -> frozenset[str]:
        """The told facts that the goal's rules and wishes speak of."""
        conditions = [rule.requires for _, rules in self.goal.actions for rule in rules]
        conditions += [a.interest for a, _ in self.goal.actions if a.interest is not None]
        return frozenset().union(*map(told_facts, conditions))


def verdicts_of_rules(assessment: Assessment) -> tuple[Verdict, ...]:
    """Return the verdict of every rule, in their order."""
    return tuple(finding.verdict for finding in assessment.findings)


def everything_open(library: Library, role: str) -> Goal:
    """Return the goal "what may I apply for", after the role was told."""
    actions = [a for a in library.assessed if a.open_to_region and role in a.audience]
    return Goal(f"everything for a {role}", library.with_rules(actions), {"role": role})


def single(library: Library, action: Action) -> Goal:
    """Return the goal of one action, which is pursued whatever the wish."""
    alone = action.model_copy(update={"interest": None})
    return Goal(action.id, library.with_rules([alone]))
