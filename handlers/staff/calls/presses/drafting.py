"""Presses on a draft of a call: each part of it, its dates, and what becomes of it."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


class OpenDraft(StaffPress, frozen=True):
    """Go on with a draft: what is missing next, or its card."""

    tag: ClassVar[str] = "cg1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int


class EditDraft(StaffPress, frozen=True):
    """The parts of a draft, each to be changed."""

    tag: ClassVar[str] = "ch1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int


class AskPart(StaffPress, frozen=True):
    """Ask for one part of a draft again."""

    tag: ClassVar[str] = "ca1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str


class SkipPart(StaffPress, frozen=True):
    """Leave out a part that need not be there."""

    tag: ClassVar[str] = "co1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str


class AskText(StaffPress, frozen=True):
    """Ask for the title or the note in one language."""

    tag: ClassVar[str] = "cj2"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str
    language: str


class SetCallAction(StaffPress, frozen=True):
    """What the call is for; "*" shows all of them."""

    tag: ClassVar[str] = "cb1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    action: str


class SetCallField(StaffPress, frozen=True):
    """The field of study that the call is about."""

    tag: ClassVar[str] = "cf1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    field: str


class CallMonths(StaffPress, frozen=True):
    """The months of the deadline or the opening."""

    tag: ClassVar[str] = "cm1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str


class CallDays(StaffPress, frozen=True):
    """The days of a month, written as 2027-03."""

    tag: ClassVar[str] = "cy1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str
    month: str


class SetCallDay(StaffPress, frozen=True):
    """The day of the deadline or the opening, written as 2027-03-15."""

    tag: ClassVar[str] = "cd1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str
    day: str


class SetCallTime(StaffPress, frozen=True):
    """The time of the deadline, written as 2359; "-" is the whole day."""

    tag: ClassVar[str] = "ct1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    at: str


class SetCallZone(StaffPress, frozen=True):
    """Whose time that is; "*" shows more cities."""

    tag: ClassVar[str] = "cz1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    zone: str


class ConfirmDate(StaffPress, frozen=True):
    """A date is right as the card with this sign shows it."""

    tag: ClassVar[str] = "ck1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str
    sign: str


class PublishCall(StaffPress, frozen=True):
    """Publish the draft whose card has this stamp; followers hear of it quietly or not."""

    tag: ClassVar[str] = "cp1"
    needs: ClassVar[Right] = Right.PUBLISH
    draft: int
    stamp: str
    quietly: bool


class AskPublishers(StaffPress, frozen=True):
    """Ask those who may publish to look at the draft whose card has this stamp."""

    tag: ClassVar[str] = "cq1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    stamp: str


class DropDraft(StaffPress, frozen=True):
    """Delete a draft; asks once more before it is sure."""

    tag: ClassVar[str] = "cx1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    sure: bool


PRESSES = kinds(globals(), StaffPress)
