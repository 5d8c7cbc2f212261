"""Presses of students about their questions to an office; tags are `e` and a letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press, kinds


@dataclass(frozen=True, slots=True)
class AskOffice(Press):
    """Ask an office, or see what was asked."""

    tag: ClassVar[str] = "ea1"


@dataclass(frozen=True, slots=True)
class AskAt(Press):
    """Begin a question to this office."""

    tag: ClassVar[str] = "eb1"
    office: str


@dataclass(frozen=True, slots=True)
class ShowAnswer(Press):
    """Read a prepared answer that may fit what is being asked."""

    tag: ClassVar[str] = "ec1"
    question: int
    entry: int


@dataclass(frozen=True, slots=True)
class ThisHelped(Press):
    """The prepared answer helped: nothing has to be sent."""

    tag: ClassVar[str] = "ed1"
    question: int
    entry: int


@dataclass(frozen=True, slots=True)
class Sharing(Press):
    """What the office may know about the person; `line` is turned over, empty: none."""

    tag: ClassVar[str] = "ee1"
    question: int
    line: str


@dataclass(frozen=True, slots=True)
class SendQuestion(Press):
    """Send what was written."""

    tag: ClassVar[str] = "ef1"
    question: int


@dataclass(frozen=True, slots=True)
class DropQuestion(Press):
    """Do not send what was written."""

    tag: ClassVar[str] = "eg1"


@dataclass(frozen=True, slots=True)
class ShowQuestion(Press):
    """How far a question is."""

    tag: ClassVar[str] = "eh1"
    question: int


@dataclass(frozen=True, slots=True)
class AddTo(Press):
    """Write one more message to a question."""

    tag: ClassVar[str] = "ei1"
    question: int


@dataclass(frozen=True, slots=True)
class CloseQuestion(Press):
    """No answer is needed any more."""

    tag: ClassVar[str] = "ej1"
    question: int


@dataclass(frozen=True, slots=True)
class RateAnswer(Press):
    """Whether the answer helped."""

    tag: ClassVar[str] = "ek1"
    question: int
    helped: bool


@dataclass(frozen=True, slots=True)
class AddKept(Press):
    """A message that was sent soon after a question belongs to it."""

    tag: ClassVar[str] = "el1"
    draft: int


@dataclass(frozen=True, slots=True)
class SearchKept(Press):
    """A message that was sent soon after a question is words to look for."""

    tag: ClassVar[str] = "em1"
    draft: int


PRESSES = kinds(globals(), Press)
