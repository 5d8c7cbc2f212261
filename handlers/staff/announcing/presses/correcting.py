"""Presses that correct or recall what has arrived."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


class Change(StaffPress, frozen=True):
    """Correct or recall what has arrived."""

    tag: ClassVar[str] = "aG1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


class CorrectText(StaffPress, frozen=True):
    """The corrected text of one language: the next message becomes it."""

    tag: ClassVar[str] = "aH1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    language: str


class DropCorrection(StaffPress, frozen=True):
    """Forget the corrected texts."""

    tag: ClassVar[str] = "aI1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


class PreviewCorrection(StaffPress, frozen=True):
    """Every corrected language as it will look."""

    tag: ClassVar[str] = "aJ1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


class Correct(StaffPress, frozen=True):
    """Ask once more before every copy is corrected; with `sure`, do it."""

    tag: ClassVar[str] = "aK1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


class Recall(StaffPress, frozen=True):
    """Ask once more before every copy is withdrawn; with `sure`, do it."""

    tag: ClassVar[str] = "aL1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


class SteerCorrection(StaffPress, frozen=True):
    """Let a correction or a recall go on, or pause it."""

    tag: ClassVar[str] = "aO1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    correction: int
    on: bool
