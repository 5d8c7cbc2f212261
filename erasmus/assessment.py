"""Assessments: what a person's facts say about an action, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from erasmus.actions import Action
from erasmus.cases import Case
from erasmus.changes import changes_for
from erasmus.conditions import Verdict
from erasmus.rules import Change, Finding, Rule


class Outcome(StrEnum):
    """The verdict on an action."""

    ELIGIBLE = "eligible"
    NOT_YET = "not_yet"
    NOT_ELIGIBLE = "not_eligible"
    DEPENDS = "depends"
    OPEN = "open"

    @property
    def refused(self) -> bool:
        """Whether no further answer can help today."""
        return self in {Outcome.NOT_YET, Outcome.NOT_ELIGIBLE}


@dataclass(frozen=True, slots=True)
class Assessment:
    """An action read in a case: the verdict, and every rule behind it."""

    action: Action
    outcome: Outcome
    findings: tuple[Finding, ...]

    def with_verdict(self, verdict: Verdict) -> tuple[Finding, ...]:
        """Return the findings of one verdict, in the order of the action's rules."""
        return tuple(finding for finding in self.findings if finding.verdict is verdict)

    @property
    def asks(self) -> frozenset[str]:
        """The unasked facts that could still change the verdict."""
        if self.outcome.refused:
            return frozenset()
        return frozenset().union(*(finding.asks for finding in self.findings))

    @property
    def open_questions(self) -> frozenset[str]:
        """The facts that are missing or "unsure" in the rules that are open."""
        if self.outcome.refused:
            return frozenset()
        return frozenset().union(*(finding.asks | finding.unsure for finding in self.findings))

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would turn the no into a yes."""
        return tuple(dict.fromkeys(c for finding in self.findings for c in finding.changes))

    @property
    def from_date(self) -> date | None:
        """The day from which a "not yet" becomes possible."""
        dates = [change.from_date for change in self.changes if change.from_date]
        return max(dates) if self.outcome is Outcome.NOT_YET and dates else None


def find(rule: Rule, case: Case) -> Finding:
    """Read one rule in a case."""
    read = rule.requires.read(case)
    if read.verdict is Verdict.UNMET:
        return Finding(rule, read.verdict, frozenset(), frozenset(), changes_for(rule, case))
    unsure = frozenset[str]()
    if read.verdict is Verdict.OPEN:
        unsure = case.unsure & rule.told
    return Finding(rule, read.verdict, read.asks, unsure)


def assess(action: Action, rules: Iterable[Rule], case: Case) -> Assessment:
    """Read all rules of an action in a case and draw the verdict."""
    return conclude(action, (find(rule, case) for rule in rules))


def conclude(action: Action, found: Iterable[Finding]) -> Assessment:
    """Draw the verdict on an action from what was found of its rules."""
    findings = tuple(found)
    return Assessment(action, _outcome(findings), findings)


def _outcome(findings: tuple[Finding, ...]) -> Outcome:
    unmet = [finding for finding in findings if finding.verdict is Verdict.UNMET]
    if unmet:
        dated = all(any(change.from_date for change in finding.changes) for finding in unmet)
        return Outcome.NOT_YET if dated else Outcome.NOT_ELIGIBLE
    pending = [finding for finding in findings if finding.verdict is Verdict.OPEN]
    if not pending:
        return Outcome.ELIGIBLE
    return Outcome.DEPENDS if all(map(decided_by_others, pending)) else Outcome.OPEN


def decided_by_others(finding: Finding) -> bool:
    """Tell whether nothing that the person could say would settle an open rule."""
    rule = finding.rule
    return rule.decides is not None and (rule.theirs or not finding.asks)
