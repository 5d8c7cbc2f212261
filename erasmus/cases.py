"""A case: one person's facts on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

from erasmus.facts import UNSURE, Facts, Value

Groups: TypeAlias = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Case:
    """One person's facts on one day, with the country groups in which they are read."""

    facts: Facts
    on: date
    groups: Groups = field(default_factory=dict)

    def known(self, name: str) -> Value | None:
        """Return a fact that was told and is not "unsure", else None."""
        value = self.facts.get(name)
        return None if value == UNSURE else value

    @cached_property
    def unsure(self) -> frozenset[str]:
        """The facts that were asked and are not known."""
        return frozenset(name for name, value in self.facts.items() if value == UNSURE)

    def missing(self, *names: str) -> frozenset[str]:
        """Return those of the facts that nobody has asked yet ("unsure" counts as asked)."""
        return frozenset(names).difference(self.facts)


@dataclass(frozen=True, slots=True)
class Unknown:
    """The value of a fact that cannot be told yet; `asks` are the facts that would tell it."""

    asks: frozenset[str]
