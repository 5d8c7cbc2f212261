"""Presses of students about their questions to an office; tags are `e` and a letter."""

from __future__ import annotations

from typing import ClassVar

from handlers.codec import Press, kinds


class AskOffice(Press, frozen=True):
    """Ask an office, or see what was asked."""

    tag: ClassVar[str] = "ea1"


class AskAt(Press, frozen=True):
    """Begin a question to this office."""

    tag: ClassVar[str] = "eb1"
    office: str


class ShowAnswer(Press, frozen=True):
    """Read a prepared answer that may fit what is being asked."""

    tag: ClassVar[str] = "ec1"
    question: int
    entry: int


class ThisHelped(Press, frozen=True):
    """The prepared answer helped: nothing has to be sent."""

    tag: ClassVar[str] = "ed1"
    question: int
    entry: int


class Sharing(Press, frozen=True):
    """What the office may know about the person; `line` is turned over, empty: none."""

    tag: ClassVar[str] = "ee1"
    question: int
    line: str


class SendQuestion(Press, frozen=True):
    """Send what was written."""

    tag: ClassVar[str] = "ef1"
    question: int


class DropQuestion(Press, frozen=True):
    """Do not send what was written."""

    tag: ClassVar[str] = "eg1"


class ShowQuestion(Press, frozen=True):
    """How far a question is."""

    tag: ClassVar[str] = "eh1"
    question: int


class AddTo(Press, frozen=True):
    """Write one more message to a question."""

    tag: ClassVar[str] = "ei1"
    question: int


class CloseQuestion(Press, frozen=True):
    """No answer is needed any more."""

    tag: ClassVar[str] = "ej1"
    question: int


class RateAnswer(Press, frozen=True):
    """Whether the answer helped."""

    tag: ClassVar[str] = "ek1"
    question: int
    helped: bool


class AddKept(Press, frozen=True):
    """A message that was sent soon after a question belongs to it."""

    tag: ClassVar[str] = "el1"
    draft: int


class SearchKept(Press, frozen=True):
    """A message that was sent soon after a question is words to look for."""

    tag: ClassVar[str] = "em1"
    draft: int


PRESSES = kinds(globals(), Press)
