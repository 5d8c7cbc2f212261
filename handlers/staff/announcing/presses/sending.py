"""Presses that confirm an announcement, steer its sending and report on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class Confirm(StaffPress):
    """The last look before it is sent."""

    tag: ClassVar[str] = "av1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class Send(StaffPress):
    """Send the version that was looked at."""

    tag: ClassVar[str] = "aw1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    version: int


@dataclass(frozen=True, slots=True)
class Second(StaffPress):
    """Confirm what a colleague wrote, or refuse it, in the version that was looked at."""

    tag: ClassVar[str] = "ax1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    version: int
    yes: bool


@dataclass(frozen=True, slots=True)
class TakeBack(StaffPress):
    """Make it a draft again: it waits for a colleague, or for its time."""

    tag: ClassVar[str] = "ay1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class Pause(StaffPress):
    """Stop sending for now."""

    tag: ClassVar[str] = "az1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class GoOn(StaffPress):
    """Go on sending after a pause or the brake."""

    tag: ClassVar[str] = "aA1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class Stop(StaffPress):
    """Ask once more before the rest is never sent; with `sure`, stop."""

    tag: ClassVar[str] = "aB1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Uncertain(StaffPress):
    """Those of whom nobody knows whether it arrived."""

    tag: ClassVar[str] = "aD1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    page: int


@dataclass(frozen=True, slots=True)
class SendAgain(StaffPress):
    """Send one of those copies again, or all (0); first asked, with `sure` done."""

    tag: ClassVar[str] = "aE1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    copy: int
    sure: bool


@dataclass(frozen=True, slots=True)
class ReportFile(StaffPress):
    """The report as a table."""

    tag: ClassVar[str] = "aF1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class ReportPicture(StaffPress):
    """The report as a picture."""

    tag: ClassVar[str] = "aM1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int
