"""Presses of members about questions of students and prepared answers; tags begin with `f`."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


class Connect(StaffPress, frozen=True):
    """Answer this office's questions in the group in which it is pressed."""

    tag: ClassVar[str] = "fa1"
    needs: ClassVar[Right] = Right.MANAGE


class Queue(StaffPress, frozen=True):
    """What waits for an answer."""

    tag: ClassVar[str] = "fb1"
    needs: ClassVar[Right] = Right.ANSWER


class TakeOver(StaffPress, frozen=True):
    """Answer this question oneself."""

    tag: ClassVar[str] = "fc1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int


class Prepared(StaffPress, frozen=True):
    """Prepared answers that may fit a question."""

    tag: ClassVar[str] = "fd1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int


class SendEntry(StaffPress, frozen=True):
    """Send a prepared answer in the student's language."""

    tag: ClassVar[str] = "fe1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int
    entry: int


class ToEntry(StaffPress, frozen=True):
    """Make a prepared answer out of a question and its answer."""

    tag: ClassVar[str] = "ff1"
    needs: ClassVar[Right] = Right.WRITE
    question: int


class KeepAnswer(StaffPress, frozen=True):
    """Make a prepared answer out of this one of several answers."""

    tag: ClassVar[str] = "fn1"
    needs: ClassVar[Right] = Right.WRITE
    question: int
    message: int


class Entries(StaffPress, frozen=True):
    """The prepared answers of the office."""

    tag: ClassVar[str] = "fg1"
    needs: ClassVar[Right] = Right.TRANSLATE


class ShowEntry(StaffPress, frozen=True):
    """One prepared answer in all languages."""

    tag: ClassVar[str] = "fh1"
    needs: ClassVar[Right] = Right.TRANSLATE
    entry: int


class WriteEntry(StaffPress, frozen=True):
    """Write a prepared answer in one language."""

    tag: ClassVar[str] = "fi1"
    needs: ClassVar[Right] = Right.TRANSLATE
    entry: int
    language: str


class PublishEntry(StaffPress, frozen=True):
    """Let students see a prepared answer that somebody else wrote; `stamp` is of what was read."""

    tag: ClassVar[str] = "fj2"
    needs: ClassVar[Right] = Right.PUBLISH
    entry: int
    stamp: int


class DeleteEntry(StaffPress, frozen=True):
    """Take a prepared answer away."""

    tag: ClassVar[str] = "fk1"
    needs: ClassVar[Right] = Right.WRITE
    entry: int


class HandOver(StaffPress, frozen=True):
    """Choose a colleague who answers a question instead."""

    tag: ClassVar[str] = "fl1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int


class HandTo(StaffPress, frozen=True):
    """Let this colleague answer a question."""

    tag: ClassVar[str] = "fm1"
    needs: ClassVar[Right] = Right.ANSWER
    question: int
    colleague: int


PRESSES = kinds(globals(), StaffPress)
