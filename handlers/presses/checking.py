"""Presses of the questionnaire and its verdicts."""

from __future__ import annotations

from typing import ClassVar

from handlers.codec import Press


class Check(Press, frozen=True):
    """Begin or go on with the questions of a goal: "all", or the short id of an action."""

    tag: ClassVar[str] = "w1"
    goal: str


class Ask(Press, frozen=True):
    """Show one question again; `change`: it is changed from the list of answers."""

    tag: ClassVar[str] = "q1"
    goal: str
    question: str
    change: bool


class Answer(Press, frozen=True):
    """Answer a question."""

    tag: ClassVar[str] = "a1"
    goal: str
    question: str
    value: str
    change: bool


class Review(Press, frozen=True):
    """The list "Check your answers"."""

    tag: ClassVar[str] = "z1"
    goal: str


class Result(Press, frozen=True):
    """The verdicts of a goal."""

    tag: ClassVar[str] = "v1"
    goal: str


class Card(Press, frozen=True):
    """The verdict on one action with all its rules, reached from a goal's result."""

    tag: ClassVar[str] = "V1"
    goal: str
    action: str


class About(Press, frozen=True):
    """What an action is, what it pays and how to apply."""

    tag: ClassVar[str] = "i1"
    goal: str
    action: str


class Closed(Press, frozen=True):
    """The actions that are not open to Central Asia."""

    tag: ClassVar[str] = "n1"


class StartAgain(Press, frozen=True):
    """Forget the answers of the questionnaire and begin again."""

    tag: ClassVar[str] = "x1"
    goal: str
