"""Presses of the questionnaire and its verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press


@dataclass(frozen=True, slots=True)
class Check(Press):
    """Begin or go on with the questions of a goal: "all", or the short id of an action."""

    tag: ClassVar[str] = "w1"
    goal: str


@dataclass(frozen=True, slots=True)
class Ask(Press):
    """Show one question again; `change`: it is changed from the list of answers."""

    tag: ClassVar[str] = "q1"
    goal: str
    question: str
    change: bool


@dataclass(frozen=True, slots=True)
class Answer(Press):
    """Answer a question."""

    tag: ClassVar[str] = "a1"
    goal: str
    question: str
    value: str
    change: bool


@dataclass(frozen=True, slots=True)
class Review(Press):
    """The list "Check your answers"."""

    tag: ClassVar[str] = "z1"
    goal: str


@dataclass(frozen=True, slots=True)
class Result(Press):
    """The verdicts of a goal."""

    tag: ClassVar[str] = "v1"
    goal: str


@dataclass(frozen=True, slots=True)
class Card(Press):
    """The verdict on one action with all its rules, reached from a goal's result."""

    tag: ClassVar[str] = "V1"
    goal: str
    action: str


@dataclass(frozen=True, slots=True)
class About(Press):
    """What an action is, what it pays and how to apply."""

    tag: ClassVar[str] = "i1"
    goal: str
    action: str


@dataclass(frozen=True, slots=True)
class Closed(Press):
    """The actions that are not open to Central Asia."""

    tag: ClassVar[str] = "n1"


@dataclass(frozen=True, slots=True)
class StartAgain(Press):
    """Forget the answers of the questionnaire and begin again."""

    tag: ClassVar[str] = "x1"
    goal: str
