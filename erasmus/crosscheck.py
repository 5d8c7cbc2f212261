"""Cross-checks: what one content file names, another has, and values are ones that can be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from erasmus.conditions import Between, Condition, InGroup, OneOf
from erasmus.derived import DERIVED
from erasmus.facts import Fact, FactType
from erasmus.library import Library
from erasmus.parsing import ContentError
from erasmus.plans import Checklist
from erasmus.questions import Question
from erasmus.sources import Citation

SHORT = re.compile(r"[a-z0-9]{1,3}")
ALIKE = {InGroup: {FactType.COUNTRY}, Between: {FactType.NUMBER}}
"""What a told fact must be to be looked at in this way."""


def crosscheck(library: Library, content: Path) -> None:
    """Raise ContentError for the first reference that leads nowhere."""
    check = _Check(library, content)
    check.facts()
    check.countries()
    check.rules()
    check.actions()
    check.questions()
    check.checklists()
    check.calls()
    check.universities()


class _Check:
    def __init__(self, library: Library, content: Path) -> None:
        self.library, self.content = library, content

    def fail(self, place: str, path: str, problem: str, allowed: str = "") -> None:
        raise ContentError(self.content / place, path, problem, allowed)

    def known(self, place: str, path: str, name: str, allowed: Collection[str]) -> None:
        if name not in allowed:
            self.fail(place, path, f"{name!r} is not known", ", ".join(sorted(allowed)))

    def cited(self, place: str, path: str, citations: Iterable[Citation | None]) -> None:
        for citation in citations:
            if citation is not None:
                self.known(place, f"{path}.source", citation.id, self.library.sources)

    def shorts(self, place: str, shorts: Iterable[str]) -> None:
        seen: set[str] = set()
        for short in shorts:
            if short in seen or not SHORT.fullmatch(short):
                problem = f"short id {short!r} is used twice or malformed"
                self.fail(place, short, problem, SHORT.pattern)
            seen.add(short)

    def value(self, place: str, path: str, fact: Fact, value: object) -> None:
        if not fact.accepts(value, self.library.iso):
            self.fail(place, path, f"{value!r} is no value of {fact.name}", fact.allowed())

    def condition(self, place: str, path: str, condition: Condition | None) -> None:
        if condition is None:
            return
        facts = {*self.library.facts, *DERIVED}
        for name in condition.mentions():
            self.known(place, path, name, facts)
        if isinstance(condition, InGroup):
            self.known(place, path, condition.group, self.library.groups)
        if isinstance(condition, OneOf | InGroup | Between):
            self.comparison(place, path, condition)
        parts = (*getattr(condition, "parts", ()), getattr(condition, "part", None))
        for part in parts:
            self.condition(place, path, part)

    def comparison(self, place: str, path: str, condition: OneOf | InGroup | Between) -> None:
        fact = self.library.facts.get(condition.fact)
        if fact is None:
            return  # derived facts are code, with tests of their own
        alike = ALIKE.get(type(condition))
        if alike is not None and fact.type not in alike:
            self.fail(place, path, f"{fact.name} cannot be compared like that", fact.allowed())
        if isinstance(condition, OneOf):
            if fact.type is FactType.COUNTRIES:
                self.fail(place, path, f"{fact.name} is a list and is never one of some values")
            for option in condition.options:
                self.value(place, path, fact, option)

    def facts(self) -> None:
        for name in sorted({"role", *(fact for d in DERIVED.values() for fact in d.uses)}):
            if name not in self.library.facts:
                self.fail("facts.toml", name, "is missing: rules are computed from it", f"[{name}]")
        for name, fact in self.library.facts.items():
            if fact.at_most is not None:
                self.known("facts.toml", f"{name}.at_most", fact.at_most, self.library.facts)

    def countries(self) -> None:
        place = "countries.toml"
        for code in self.library.countries:
            self.known(place, f"countries.{code}", code, self.library.iso)
        for name, codes in self.library.groups.items():
            for code in codes:
                self.known(place, f"groups.{name}", code, self.library.iso)

    def rules(self) -> None:
        for rule in self.library.rules.values():
            self.condition("rules", f"{rule.id}.requires", rule.requires)
            self.cited("rules", rule.id, (rule.source, *rule.also))
            if rule.decides is not None:
                self.known("rules", f"{rule.id}.decides", rule.decides, self.library.deciders)
            for change in rule.changes:
                path = f"{rule.id}.changes"
                self.known("rules", path, change.fact, self.library.facts)
                fact = self.library.facts[change.fact]
                if fact.type in {FactType.CHOICE, FactType.YESNO}:
                    to = {"true": True, "false": False}.get(change.to, change.to)
                    self.value("rules", path, fact, to)

    def actions(self) -> None:
        roles = self.library.facts["role"].values
        self.shorts("actions", (action.short for action in self.library.actions.values()))
        for action in self.library.actions.values():
            place = f"actions/{action.id}.toml"
            for rule in action.rules:
                self.known(place, f"{action.id}.rules", rule, self.library.rules)
            for role in action.audience:
                self.known(place, f"{action.id}.audience", role, roles)
            if action.checklist is not None:
                path = f"{action.id}.checklist"
                self.known(place, path, action.checklist, self.library.checklists)
            self.condition(place, f"{action.id}.interest", action.interest)
            self.cited(place, action.id, action.citations)

    def questions(self) -> None:
        self.shorts("questions.toml", (question.short for question in self.library.questions))
        for question in self.library.questions:
            self.known("questions.toml", f"{question.fact}.fact", question.fact, self.library.facts)
            self.question(question, self.library.facts[question.fact])

    def question(self, question: Question, fact: Fact) -> None:
        place, path = "questions.toml", question.fact
        self.condition(place, path, question.when_asked)
        self.cited(place, path, (question.source,))
        for cleared in question.clears:
            self.known(place, f"{path}.clears", cleared, self.library.facts)
        for value in (*question.presets, *question.codes):
            self.value(place, path, fact, value)
        for option in question.options:
            self.known(place, f"{path}.fact", option.value, fact.values)
            for role in option.roles:
                self.known(place, f"{path}.roles", role, self.library.facts["role"].values)

    def checklists(self) -> None:
        for checklist in self.library.checklists.values():
            self.checklist(checklist)

    def checklist(self, checklist: Checklist) -> None:
        place = f"checklists/{checklist.id}.toml"
        self.shorts(place, (item.short for item in checklist.items))
        ids = [item.id for item in checklist.items]
        for item in checklist.items:
            if ids.count(item.id) > 1:
                self.fail(place, f"items.{item.id}", "is there twice", "names that differ")
            self.condition(place, f"{item.id}.only_if", item.only_if)
            self.cited(place, item.id, (item.source,))
            for need in item.needs:
                self.known(place, f"{item.id}.needs", need, ids)
        self.no_circle(place, checklist)

    def no_circle(self, place: str, checklist: Checklist) -> None:
        waiting = {item.id: set(item.needs) for item in checklist.items}
        while waiting:
            ready = {name for name, needs in waiting.items() if not needs & waiting.keys()}
            if not ready:
                circle = ", ".join(sorted(waiting))
                self.fail(place, "items.needs", f"items need each other in a circle: {circle}")
            waiting = {name: needs for name, needs in waiting.items() if name not in ready}

    def calls(self) -> None:
        self.shorts("fields.toml", (field.short for field in self.library.fields.values()))
        for call in self.library.calls:
            place = "calls.toml"
            self.known(place, f"{call.id}.action", call.action, self.library.actions)
            self.known(place, f"{call.id}.source", call.source_id, self.library.sources)
            if call.field is not None:
                self.known(place, f"{call.id}.field", call.field, self.library.fields)

    def universities(self) -> None:
        for one in self.library.universities.values():
            place = "universities.toml"
            self.known(place, f"{one.id}.country", one.country, self.library.iso)
