"""Presses of members about questions of students and prepared answers; tags begin with `f`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class Connect(StaffPress):
    """Answer this office's questions in the group in which it is pressed."""

    tag: ClassVar[str] = "fa1"
    needs: ClassVar[Right] = Right.MANAGE


@dataclass(frozen=True, slots=True)
class Queue(StaffPress):
    """What waits for an answer."""

    tag: ClassVar[str] = "fb1"
    needs: ClassVar[Right] = Right.ANSWER


@dataclass(frozen=True, slots=True)
class TakeOver(StaffPress):
    """Answer this question oneself."""

    tag: ClassVar[str] = "fc1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int


@dataclass(frozen=True, slots=True)
class Prepared(StaffPress):
    """Prepared answers that may fit a question."""

    tag: ClassVar[str] = "fd1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int


@dataclass(frozen=True, slots=True)
class SendEntry(StaffPress):
    """Send a prepared answer in the student's language."""

    tag: ClassVar[str] = "fe1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int
    entry: int


@dataclass(frozen=True, slots=True)
class ToEntry(StaffPress):
    """Make a prepared answer out of a question and its answer."""

    tag: ClassVar[str] = "ff1"
    needs: ClassVar[Right] = Right.WRITE
    question: int


@dataclass(frozen=True, slots=True)
class KeepAnswer(StaffPress):
    """Make a prepared answer out of this one of several answers."""

    tag: ClassVar[str] = "fn1"
    needs: ClassVar[Right] = Right.WRITE
    question: int
    message: int


@dataclass(frozen=True, slots=True)
class Entries(StaffPress):
    """The prepared answers of the office."""

    tag: ClassVar[str] = "fg1"
    needs: ClassVar[Right] = Right.TRANSLATE


@dataclass(frozen=True, slots=True)
class ShowEntry(StaffPress):
    """One prepared answer in all languages."""

    tag: ClassVar[str] = "fh1"
    needs: ClassVar[Right] = Right.TRANSLATE
    entry: int


@dataclass(frozen=True, slots=True)
class WriteEntry(StaffPress):
    """Write a prepared answer in one language."""

    tag: ClassVar[str] = "fi1"
    needs: ClassVar[Right] = Right.TRANSLATE
    entry: int
    language: str


@dataclass(frozen=True, slots=True)
class PublishEntry(StaffPress):
    """Let students see a prepared answer that somebody else wrote; `stamp` is of what was read."""

    tag: ClassVar[str] = "fj2"
    needs: ClassVar[Right] = Right.PUBLISH
    entry: int
    stamp: int


@dataclass(frozen=True, slots=True)
class DeleteEntry(StaffPress):
    """Take a prepared answer away."""

    tag: ClassVar[str] = "fk1"
    needs: ClassVar[Right] = Right.WRITE
    entry: int


@dataclass(frozen=True, slots=True)
class HandOver(StaffPress):
    """Choose a colleague who answers a question instead."""

    tag: ClassVar[str] = "fl1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int


@dataclass(frozen=True, slots=True)
class HandTo(StaffPress):
    """Let this colleague answer a question."""

    tag: ClassVar[str] = "fm1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int
    colleague: int


PRESSES = kinds(globals(), StaffPress)
