"""Presses that correct or recall what has arrived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class Change(StaffPress):
    """Correct or recall what has arrived."""

    tag: ClassVar[str] = "aG1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class CorrectText(StaffPress):
    """The corrected text of one language: the next message becomes it."""

    tag: ClassVar[str] = "aH1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class DropCorrection(StaffPress):
    """Forget the corrected texts."""

    tag: ClassVar[str] = "aI1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class PreviewCorrection(StaffPress):
    """Every corrected language as it will look."""

    tag: ClassVar[str] = "aJ1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class Correct(StaffPress):
    """Ask once more before every copy is corrected; with `sure`, do it."""

    tag: ClassVar[str] = "aK1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Recall(StaffPress):
    """Ask once more before every copy is withdrawn; with `sure`, do it."""

    tag: ClassVar[str] = "aL1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


@dataclass(frozen=True, slots=True)
class SteerCorrection(StaffPress):
    """Let a correction or a recall go on, or pause it."""

    tag: ClassVar[str] = "aO1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    correction: int
    on: bool
