"""Presses that find an announcement: lists, one of them, a new one, one to throw away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class Announcements(StaffPress):
    """The list of an office's announcements."""

    tag: ClassVar[str] = "aa1"
    needs: ClassVar[Right] = Right.SEE
    page: int


@dataclass(frozen=True, slots=True)
class Beside(StaffPress):
    """The list of announcements, beside the live message, which stays."""

    tag: ClassVar[str] = "aN1"
    needs: ClassVar[Right] = Right.SEE


@dataclass(frozen=True, slots=True)
class NewAnnouncement(StaffPress):
    """Begin to write one."""

    tag: ClassVar[str] = "ab1"
    needs: ClassVar[Right] = Right.WRITE


@dataclass(frozen=True, slots=True)
class ShowAnnouncement(StaffPress):
    """One announcement as it is now: a draft, on its way, or its report."""

    tag: ClassVar[str] = "ac1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int


@dataclass(frozen=True, slots=True)
class DeleteDraft(StaffPress):
    """Ask once more before a draft is thrown away; with `sure`, do it."""

    tag: ClassVar[str] = "aC1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    sure: bool
