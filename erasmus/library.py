"""The library: all content, loaded once, cross-checked, immutable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

from erasmus.actions import Action
from erasmus.assessment import Assessment, assess
from erasmus.calls import Call
from erasmus.cases import Case, Groups
from erasmus.content_calls import SeededCall
from erasmus.crosscheck import crosscheck
from erasmus.facts import Fact, Facts
from erasmus.parsing import ContentError, entries, entry, read_tables
from erasmus.places import Country, StudyField
from erasmus.plans import Checklist
from erasmus.questions import Question
from erasmus.rules import Rule
from erasmus.sources import Decider, Source

CONTENT = Path(__file__).parent / "content"


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

    def source_of(self, call: Call) -> Source:
        """Return the source of a call's date."""
        return self.sources[call.source_id]

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


def load_library(content: Path = CONTENT) -> Library:
    """Load and cross-check all content; raise ContentError at the first thing that is wrong."""
    countries = content / "countries.toml"
    tables = read_tables(countries)
    calls = _by_id(entries(SeededCall, content / "calls.toml", "calls"))
    questions = _by(lambda q: q.fact, entries(Question, content / "questions.toml", "questions"))
    library = Library(
        facts=_facts(content / "facts.toml"),
        countries=_by(lambda c: c.code, _countries(countries, tables)),
        iso=frozenset(str(tables.get("iso", "")).split()),
        groups={name: frozenset(codes) for name, codes in tables.get("groups", {}).items()},
        sources=_by_id(entries(Source, content / "sources.toml", "sources")),
        deciders=_by_id(entries(Decider, content / "deciders.toml", "deciders")),
        rules=_by_id(entries(Rule, content / "rules", "rules")),
        actions=_actions(content / "actions"),
        questions=tuple(questions.values()),
        checklists=_checklists(content / "checklists"),
        fields=_by_id(entries(StudyField, content / "fields.toml", "fields")),
        calls=tuple(call.call() for call in calls.values()),
    )
    crosscheck(library, content)
    return library


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Identified)
_Entry = TypeVar("_Entry")


def _by_id(found: Iterable[tuple[Path, _Item]]) -> dict[str, _Item]:
    return _by(lambda item: item.id, found)


def _by(name: Callable[[_Entry], str], found: Iterable[tuple[Path, _Entry]]) -> dict[str, _Entry]:
    by_name: dict[str, _Entry] = {}
    for file, item in found:
        if name(item) in by_name:
            raise ContentError(file, name(item), "is there twice", "names that differ")
        by_name[name(item)] = item
    return by_name


def _countries(file: Path, tables: Mapping[str, Any]) -> Iterator[tuple[Path, Country]]:
    for number, table in enumerate(tables.get("countries", [])):
        yield file, entry(Country, table, file, f"countries[{number}]")


def _facts(file: Path) -> dict[str, Fact]:
    facts = {}
    for name, table in read_tables(file).items():
        if not isinstance(table, dict):
            raise ContentError(file, name, "is not a table", f"[{name}]")
        facts[name] = entry(Fact, {"name": name, **table}, file, name)
    return facts


def _actions(folder: Path) -> dict[str, Action]:
    found = [
        (file, entry(Action, read_tables(file), file, "")) for file in sorted(folder.glob("*.toml"))
    ]
    return _by_id(sorted(found, key=lambda pair: pair[1].order))


def _checklists(folder: Path) -> dict[str, Checklist]:
    return _by_id(
        (file, entry(Checklist, read_tables(file), file, ""))
        for file in sorted(folder.glob("*.toml"))
    )
