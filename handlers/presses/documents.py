"""Presses of a document plan and of deadlines of one's own."""

from __future__ import annotations

from typing import ClassVar

from handlers.codec import Press


class Plans(Press, frozen=True):
    """The choice of a document plan."""

    tag: ClassVar[str] = "P1"


class ShowPlan(Press, frozen=True):
    """The plan of a call ("c." and its id) or of an action ("a." and its short id)."""

    tag: ClassVar[str] = "p1"
    plan: str


class AfterSelection(Press, frozen=True):
    """The documents of a plan that are needed only after selection."""

    tag: ClassVar[str] = "G1"
    plan: str


class ShowItem(Press, frozen=True):
    """One document of a plan."""

    tag: ClassVar[str] = "o1"
    plan: str
    item: str


class SetItem(Press, frozen=True):
    """How far a document is."""

    tag: ClassVar[str] = "t1"
    plan: str
    item: str
    state: str


class ChooseMonth(Press, frozen=True):
    """The month of a deadline of one's own, for a plan."""

    tag: ClassVar[str] = "u1"
    plan: str


class ChooseDay(Press, frozen=True):
    """The day of a deadline of one's own; the month as 2027-03."""

    tag: ClassVar[str] = "U1"
    plan: str
    month: str


class SetDate(Press, frozen=True):
    """A deadline of one's own; the day as 2027-03-15."""

    tag: ClassVar[str] = "X1"
    plan: str
    day: str
