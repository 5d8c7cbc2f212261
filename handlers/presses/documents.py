"""Presses of a document plan and of deadlines of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press


@dataclass(frozen=True, slots=True)
class Plans(Press):
    """The choice of a document plan."""

    tag: ClassVar[str] = "P1"


@dataclass(frozen=True, slots=True)
class ShowPlan(Press):
    """The plan of a call ("c." and its id) or of an action ("a." and its short id)."""

    tag: ClassVar[str] = "p1"
    plan: str


@dataclass(frozen=True, slots=True)
class AfterSelection(Press):
    """The documents of a plan that are needed only after selection."""

    tag: ClassVar[str] = "G1"
    plan: str


@dataclass(frozen=True, slots=True)
class ShowItem(Press):
    """One document of a plan."""

    tag: ClassVar[str] = "o1"
    plan: str
    item: str


@dataclass(frozen=True, slots=True)
class SetItem(Press):
    """How far a document is."""

    tag: ClassVar[str] = "t1"
    plan: str
    item: str
    state: str


@dataclass(frozen=True, slots=True)
class ChooseMonth(Press):
    """The month of a deadline of one's own, for a plan."""

    tag: ClassVar[str] = "u1"
    plan: str


@dataclass(frozen=True, slots=True)
class ChooseDay(Press):
    """The day of a deadline of one's own; the month as 2027-03."""

    tag: ClassVar[str] = "U1"
    plan: str
    month: str


@dataclass(frozen=True, slots=True)
class SetDate(Press):
    """A deadline of one's own; the day as 2027-03-15."""

    tag: ClassVar[str] = "X1"
    plan: str
    day: str
