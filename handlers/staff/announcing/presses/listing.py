"""Presses that find an announcement: lists, one of them, a new one, one to throw away."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


class Announcements(StaffPress, frozen=True):
    """The list of an office's announcements."""

    tag: ClassVar[str] = "aa1"
    needs: ClassVar[Right] = Right.SEE
    page: int


class Beside(StaffPress, frozen=True):
    """The list of announcements, beside the live message, which stays."""

    tag: ClassVar[str] = "aN1"
    needs: ClassVar[Right] = Right.SEE


class NewAnnouncement(StaffPress, frozen=True):
    """Begin to write one."""

    tag: ClassVar[str] = "ab1"
    needs: ClassVar[Right] = Right.WRITE


class ShowAnnouncement(StaffPress, frozen=True):
    """One announcement as it is now: a draft, on its way, or its report."""

    tag: ClassVar[str] = "ac1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int


class DeleteDraft(StaffPress, frozen=True):
    """Ask once more before a draft is thrown away; with `sure`, do it."""

    tag: ClassVar[str] = "aC1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    sure: bool
