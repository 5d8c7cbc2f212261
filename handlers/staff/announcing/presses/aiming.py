"""Presses that say about what, to whom, when and how fast an announcement goes."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


class ChooseTopic(StaffPress, frozen=True):
    """The choice of a topic."""

    tag: ClassVar[str] = "al1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


class SetTopic(StaffPress, frozen=True):
    """What it is about."""

    tag: ClassVar[str] = "am1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    topic: str


class ForWhom(StaffPress, frozen=True):
    """Who will get it, with the count."""

    tag: ClassVar[str] = "an1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


class Narrow(StaffPress, frozen=True):
    """The choices of one side of the audience, by its letter."""

    tag: ClassVar[str] = "ao1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    side: str
    page: int


class SetSide(StaffPress, frozen=True):
    """Choose, or no longer, a value of one side of the audience; "-" lets everyone in."""

    tag: ClassVar[str] = "ap1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    side: str
    value: str
    on: bool
    page: int


class When(StaffPress, frozen=True):
    """When it leaves."""

    tag: ClassVar[str] = "aq1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


class ChooseHour(StaffPress, frozen=True):
    """The choice of an hour; the day as 2027-03-15."""

    tag: ClassVar[str] = "ar1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    day: str


class SetMoment(StaffPress, frozen=True):
    """Leave at this hour of this day in the office's zone; the day "-": at once."""

    tag: ClassVar[str] = "as1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    day: str
    hour: int


class SetWindow(StaffPress, frozen=True):
    """Leave only between these local hours; both 0: at any."""

    tag: ClassVar[str] = "at1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    first: int
    last: int


class SetPaid(StaffPress, frozen=True):
    """Pay for speed, or don't."""

    tag: ClassVar[str] = "au1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    on: bool
