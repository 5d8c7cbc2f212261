"""Conditions: a closed, three-valued language. Not knowing is never a no.

Arithmetic is never an operator here but a derived fact (`erasmus.derived`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, runtime_checkable

from erasmus.cases import Case, Unknown
from erasmus.derived import DERIVED
from erasmus.facts import Value


class Verdict(Enum):
    """Kleene's three values."""

    MET = "met"
    UNMET = "unmet"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Reading:
    """A verdict, and the facts whose answer could still decide it."""

    verdict: Verdict
    asks: frozenset[str] = frozenset()


MET = Reading(Verdict.MET)
UNMET = Reading(Verdict.UNMET)


def reading(holds: bool) -> Reading:  # noqa: FBT001 - the one positional flag is the meaning
    """Turn a plain truth into a reading."""
    return MET if holds else UNMET


@runtime_checkable
class Condition(Protocol):
    """Something that holds, does not hold, or cannot be told yet."""

    def read(self, case: Case) -> Reading:
        """Read the condition in a case."""
        ...

    def mentions(self) -> frozenset[str]:
        """Return every fact, told or derived, that the condition names."""
        ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact has one of these values."""

    fact: str
    options: frozenset[Value]

    def read(self, case: Case) -> Reading:
        """Read the condition in a case."""
        value = value_of(self.fact, case)
        if isinstance(value, Unknown):
            return Reading(Verdict.OPEN, value.asks)
        return reading(value in self.options)

    def mentions(self) -> frozenset[str]:
        """Return the fact."""
        return frozenset({self.fact})


@dataclass(frozen=True, slots=True)
class InGroup:
    """The fact is a country of a group."""

    fact: str
    group: str

    def read(self, case: Case) -> Reading:
        """Read the condition in a case."""
        value = value_of(self.fact, case)
        if isinstance(value, Unknown):
            return Reading(Verdict.OPEN, value.asks)
        return reading(value in case.groups[self.group])

    def mentions(self) -> frozenset[str]:
        """Return the fact."""
        return frozenset({self.fact})


@dataclass(frozen=True, slots=True)
class Between:
    """The fact is a number within inclusive bounds; None leaves a side open."""

    fact: str
    low: float | None
    high: float | None

    def read(self, case: Case) -> Reading:
        """Read the condition in a case."""
        value = value_of(self.fact, case)
        if isinstance(value, Unknown):
            return Reading(Verdict.OPEN, value.asks)
        number = float(value)  # type: ignore[arg-type]  # the library checks that it is a number
        return reading(
            (self.low is None or number >= self.low) and (self.high is None or number <= self.high)
        )

    def mentions(self) -> frozenset[str]:
        """Return the fact."""
        return frozenset({self.fact})


def _asks(readings: Sequence[Reading]) -> frozenset[str]:
    return frozenset().union(*(r.asks for r in readings if r.verdict is Verdict.OPEN))


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple[Condition, ...]

    def read(self, case: Case) -> Reading:
        """Read the condition in a case."""
        readings = [part.read(case) for part in self.parts]
        if UNMET in readings:
            return UNMET
        if all(r.verdict is Verdict.MET for r in readings):
            return MET
        return Reading(Verdict.OPEN, _asks(readings))

    def mentions(self) -> frozenset[str]:
        """Return the facts of all parts."""
        return frozenset().union(*(part.mentions() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def read(self, case: Case) -> Reading:
        """Read the condition in a case."""
        readings = [part.read(case) for part in self.parts]
        if MET in readings:
            return MET
        if all(r.verdict is Verdict.UNMET for r in readings):
            return UNMET
        return Reading(Verdict.OPEN, _asks(readings))

    def mentions(self) -> frozenset[str]:
        """Return the facts of all parts."""
        return frozenset().union(*(part.mentions() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition

    def read(self, case: Case) -> Reading:
        """Read the condition in a case."""
        inner = self.part.read(case)
        if inner.verdict is Verdict.OPEN:
            return inner
        return reading(inner.verdict is Verdict.UNMET)

    def mentions(self) -> frozenset[str]:
        """Return the facts of the part."""
        return self.part.mentions()


def value_of(fact: str, case: Case) -> Value | Unknown:
    """Return the value of a told or derived fact in a case, or what would tell it."""
    derived = DERIVED.get(fact)
    if derived is not None:
        return derived.value(case)
    known = case.known(fact)
    return Unknown(case.missing(fact)) if known is None else known


def told_facts(condition: Condition) -> frozenset[str]:
    """Return the told facts behind a condition, with those of its derived facts."""
    names: set[str] = set()
    for fact in condition.mentions():
        derived = DERIVED.get(fact)
        names.update(derived.uses if derived else (fact,))
    return frozenset(names)
