"""Facts: the words in which a person's situation is told, and what values they may have."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self, TypeAlias

from pydantic import model_validator

from erasmus.sources import Entry

Value: TypeAlias = str | int | float | bool | list[str]
Facts: TypeAlias = Mapping[str, Value]

UNSURE = "unsure"
"""An answer like any other: asked, and not known."""


class FactType(StrEnum):
    """What kind of value a fact has."""

    CHOICE = "choice"
    NUMBER = "number"
    YESNO = "yesno"
    COUNTRY = "country"
    COUNTRIES = "countries"
    TEXT = "text"


class Holds(StrEnum):
    """How long an answer can be believed, where time changes it."""

    MONTH = "month"
    ACADEMIC_YEAR = "academic_year"


ALLOWED = {
    FactType.YESNO: "true, false",
    FactType.COUNTRY: "a two-letter ISO 3166-1 code",
    FactType.COUNTRIES: "a list of two-letter ISO 3166-1 codes",
    FactType.TEXT: "a text",
}


class FactError(ValueError):
    """A fact has an unknown name or a value that is not allowed."""


class Fact(Entry):
    """One word of the vocabulary.

    `min` and `max` are inclusive, in `unit`. `at_most` names the fact whose number this one cannot
    exceed: nobody is in the fifth year of a programme of four. An answer that `holds` for a time
    only is asked for again after it.
    """

    name: str
    type: FactType
    values: tuple[str, ...] = ()
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    whole: bool = False
    at_most: str | None = None
    holds: Holds | None = None

    @model_validator(mode="after")
    def _shape(self) -> Self:
        if (self.type is FactType.CHOICE) != bool(self.values):
            msg = "a choice, and only a choice, lists its values"
            raise ValueError(msg)
        if self.type is FactType.NUMBER and (self.min is None or self.max is None):
            msg = "a number needs unit, min and max"
            raise ValueError(msg)
        if self.min is not None and self.max is not None and self.min > self.max:
            msg = f"min {self.min:g} is greater than max {self.max:g}"
            raise ValueError(msg)
        return self

    def allowed(self) -> str:
        """Say in words which values are allowed, for people who write facts files."""
        if self.type is FactType.CHOICE:
            return ", ".join(self.values)
        if self.type is FactType.NUMBER:
            kind = "a whole number" if self.whole else "a number"
            return f"{kind} from {self.min:g} to {self.max:g}"
        return ALLOWED[self.type]

    def accepts(self, value: object, iso: frozenset[str]) -> bool:
        """Tell whether a value is allowed; `iso` holds the known country codes."""
        if value == UNSURE:
            return True
        return {
            FactType.CHOICE: lambda: isinstance(value, str) and value in self.values,
            FactType.NUMBER: lambda: self._accepts_number(value),
            FactType.YESNO: lambda: isinstance(value, bool),
            FactType.COUNTRY: lambda: isinstance(value, str) and value in iso,
            FactType.COUNTRIES: lambda: _are_countries(value, iso),
            FactType.TEXT: lambda: isinstance(value, str),
        }[self.type]()

    def _accepts_number(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        within = (self.min or 0) <= value <= (self.max or 0)
        return within and (not self.whole or value == int(value))


def _are_countries(value: object, iso: frozenset[str]) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v in iso for v in value)


def contradicted(
    vocabulary: Mapping[str, Fact], facts: Facts, name: str, value: Value
) -> frozenset[str]:
    """Return the facts that cannot be true any more when another one has this value."""
    most = vocabulary[name].at_most
    smaller = [most] if most is not None and _less(facts.get(most), value) else []
    greater = [
        other
        for other, fact in vocabulary.items()
        if fact.at_most == name and _less(value, facts.get(other))
    ]
    return frozenset([*smaller, *greater])


def _less(one: Value | None, other: Value | None) -> bool:
    """Tell whether both are numbers and the first is smaller."""
    return isinstance(one, int | float) and isinstance(other, int | float) and one < other


def checked_facts(
    raw: Mapping[str, object], vocabulary: Mapping[str, Fact], iso: frozenset[str]
) -> dict[str, Value]:
    """Return the facts if every name and value is known.

    Raises FactError with one line for each that is not, naming what is allowed.
    """
    problems = []
    for name, value in raw.items():
        fact = vocabulary.get(name)
        if fact is None:
            problems.append(f"unknown fact {name!r}; allowed: {', '.join(vocabulary)}")
        elif not fact.accepts(value, iso):
            problems.append(f"{name}: {value!r} is not allowed; allowed: {fact.allowed()}, unsure")
    if problems:
        raise FactError("\n".join(problems))
    return dict(raw)  # type: ignore[arg-type]  # every value was accepted by its fact
