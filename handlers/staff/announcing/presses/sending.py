"""Presses that confirm an announcement, steer its sending and report on it."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


class Confirm(StaffPress, frozen=True):
    """The last look before it is sent."""

    tag: ClassVar[str] = "av1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


class Send(StaffPress, frozen=True):
    """Send the version that was looked at."""

    tag: ClassVar[str] = "aw1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    version: int


class Second(StaffPress, frozen=True):
    """Confirm what a colleague wrote, or refuse it, in the version that was looked at."""

    tag: ClassVar[str] = "ax1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    version: int
    yes: bool


class TakeBack(StaffPress, frozen=True):
    """Make it a draft again: it waits for a colleague, or for its time."""

    tag: ClassVar[str] = "ay1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


class Pause(StaffPress, frozen=True):
    """Stop sending for now."""

    tag: ClassVar[str] = "az1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


class GoOn(StaffPress, frozen=True):
    """Go on sending after a pause or the brake."""

    tag: ClassVar[str] = "aA1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


class Stop(StaffPress, frozen=True):
    """Ask once more before the rest is never sent; with `sure`, stop."""

    tag: ClassVar[str] = "aB1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


class Uncertain(StaffPress, frozen=True):
    """Those of whom nobody knows whether it arrived."""

    tag: ClassVar[str] = "aD1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    page: int


class SendAgain(StaffPress, frozen=True):
    """Send one of those copies again, or all (0); first asked, with `sure` done."""

    tag: ClassVar[str] = "aE1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    copy: int
    sure: bool


class ReportFile(StaffPress, frozen=True):
    """The report as a table."""

    tag: ClassVar[str] = "aF1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


class ReportPicture(StaffPress, frozen=True):
    """The report as a picture."""

    tag: ClassVar[str] = "aM1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int
