"""The library: all content, loaded once, cross-checked, immutable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from erasmus.actions import Action
from erasmus.assessment import Assessment, assess
from erasmus.calls import Call
from erasmus.cases import Case, Groups
from erasmus.facts import Fact, Facts, Value, contradicted
from erasmus.places import Country, StudyField
from erasmus.plans import Checklist
from erasmus.questions import Question
from erasmus.reading import Reading
from erasmus.rules import Rule
from erasmus.sources import Decider, Source
from erasmus.universities import University


@dataclass(frozen=True)
class Library:
    """Everything that the assistant knows about Erasmus+, by id."""

    facts: Mapping[str, Fact]
    countries: Mapping[str, Country]
    iso: frozenset[str]
    groups: Groups
    sources: Mapping[str, Source]
    deciders: Mapping[str, Decider]
    rules: Mapping[str, Rule]
    actions: Mapping[str, Action]
    questions: tuple[Question, ...]
    checklists: Mapping[str, Checklist]
    fields: Mapping[str, StudyField]
    calls: tuple[Call, ...]
    universities: Mapping[str, University]
    reading: Reading

    def case(self, facts: Facts, on: date) -> Case:
        """Return a person's case on a day."""
        return Case(facts, on, self.groups)

    def rules_of(self, action: Action) -> tuple[Rule, ...]:
        """Return the rules of an action in the order in which they are shown."""
        return tuple(self.rules[rule] for rule in action.rules)

    def assess(self, action: Action, case: Case) -> Assessment:
        """Read an action in a case."""
        return assess(action, self.rules_of(action), case)

    def with_rules(self, actions: Iterable[Action]) -> list[tuple[Action, Sequence[Rule]]]:
        """Pair actions with their rules, as the questionnaire wants them."""
        return [(action, self.rules_of(action)) for action in actions]

    def question(self, fact: str) -> Question:
        """Return the question that asks for a fact; raise KeyError where there is none."""
        return self._questions_by_fact[fact]

    def told(self, facts: Facts, fact: str, value: Value) -> dict[str, Value]:
        """Return the facts with a new answer.

        What belonged to another answer, or cannot be true beside the new one, goes.
        """
        kept = dict(facts)
        if kept.get(fact) != value:
            outdated = contradicted(self.facts, kept, fact, value)
            for cleared in (*self.question(fact).clears, *outdated):
                kept.pop(cleared, None)
        kept[fact] = value
        return kept

    @cached_property
    def assessed(self) -> tuple[Action, ...]:
        """The actions that have rules, in the order in which people meet them."""
        return tuple(action for action in self.actions.values() if action.rules)

    @cached_property
    def action_by_short(self) -> Mapping[str, Action]:
        """Actions by the short id that buttons carry."""
        return {action.short: action for action in self.actions.values()}

    @cached_property
    def question_by_short(self) -> Mapping[str, Question]:
        """Questions by the short id that buttons carry."""
        return {question.short: question for question in self.questions}

    @cached_property
    def field_by_short(self) -> Mapping[str, StudyField]:
        """Fields of study by the short id that buttons carry."""
        return {field.short: field for field in self.fields.values()}

    @cached_property
    def _questions_by_fact(self) -> Mapping[str, Question]:
        return {question.fact: question for question in self.questions}
