"""Rules, and what was found when one was read in a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from erasmus.condition_tables import ContentCondition
from erasmus.conditions import Verdict, told_facts
from erasmus.sources import Citation, Entry
from erasmus.words import CompleteWords


class StaticChange(Entry):
    """A change of one fact that would turn the rule's no into a yes."""

    fact: str
    to: str


class Rule(Entry):
    """One condition of an action, in plain words, with its source.

    `decides` names who settles the rule when the facts do not. With `theirs` the matter is that
    body's own decision: not having asked the person leaves the verdict "depends", not "open".
    """

    id: str
    requires: ContentCondition
    says: CompleteWords
    remedy: CompleteWords
    decides: str | None = None
    theirs: bool = False
    changes: tuple[StaticChange, ...] = ()
    source: Citation
    also: tuple[Citation, ...] = ()

    @cached_property
    def told(self) -> frozenset[str]:
        """The told facts behind the rule."""
        return told_facts(self.requires)


@dataclass(frozen=True, slots=True)
class Change:
    """What would turn a no into a yes, and from when (None: at any time)."""

    fact: str
    to: str
    from_date: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule read in a case; `asks` are the facts still unasked that could decide it."""

    rule: Rule
    verdict: Verdict
    asks: frozenset[str]
    unsure: frozenset[str]
    changes: tuple[Change, ...] = ()
