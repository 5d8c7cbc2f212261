"""Presses of the desk's calls: a draft step by step, a published call, titles to translate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class OfficeCalls(StaffPress):
    """The office's calls and drafts."""

    tag: ClassVar[str] = "cl1"
    needs: ClassVar[Right] = Right.SEE
    page: int = 0


@dataclass(frozen=True, slots=True)
class NewCall(StaffPress):
    """Ask for the text of a new call."""

    tag: ClassVar[str] = "cn1"
    needs: ClassVar[Right] = Right.WRITE


@dataclass(frozen=True, slots=True)
class StartEmpty(StaffPress):
    """A new call without a text."""

    tag: ClassVar[str] = "ce1"
    needs: ClassVar[Right] = Right.WRITE


@dataclass(frozen=True, slots=True)
class OpenDraft(StaffPress):
    """Go on with a draft: what is missing next, or its card."""

    tag: ClassVar[str] = "cg1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int


@dataclass(frozen=True, slots=True)
class EditDraft(StaffPress):
    """The parts of a draft, each to be changed."""

    tag: ClassVar[str] = "ch1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int


@dataclass(frozen=True, slots=True)
class AskPart(StaffPress):
    """Ask for one part of a draft again."""

    tag: ClassVar[str] = "ca1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str


@dataclass(frozen=True, slots=True)
class SkipPart(StaffPress):
    """Leave out a part that need not be there."""

    tag: ClassVar[str] = "co1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str


@dataclass(frozen=True, slots=True)
class AskTitle(StaffPress):
    """Ask for the title in one language."""

    tag: ClassVar[str] = "cj1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    language: str


@dataclass(frozen=True, slots=True)
class SetCallAction(StaffPress):
    """What the call is for; "*" shows all of them."""

    tag: ClassVar[str] = "cb1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    action: str


@dataclass(frozen=True, slots=True)
class CallMonths(StaffPress):
    """The months of the deadline or the opening."""

    tag: ClassVar[str] = "cm1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str


@dataclass(frozen=True, slots=True)
class CallDays(StaffPress):
    """The days of a month, written as 2027-03."""

    tag: ClassVar[str] = "cy1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str
    month: str


@dataclass(frozen=True, slots=True)
class SetCallDay(StaffPress):
    """The day of the deadline or the opening, written as 2027-03-15."""

    tag: ClassVar[str] = "cd1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str
    day: str


@dataclass(frozen=True, slots=True)
class SetCallTime(StaffPress):
    """The time of the deadline, written as 2359; "-" is the whole day."""

    tag: ClassVar[str] = "ct1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    at: str


@dataclass(frozen=True, slots=True)
class SetCallZone(StaffPress):
    """Whose time that is; "*" shows more cities."""

    tag: ClassVar[str] = "cz1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    zone: str


@dataclass(frozen=True, slots=True)
class ConfirmDate(StaffPress):
    """A date is right as the card with this sign shows it."""

    tag: ClassVar[str] = "ck1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    part: str
    sign: str


@dataclass(frozen=True, slots=True)
class PublishCall(StaffPress):
    """Publish the draft whose card has this stamp; followers hear of it quietly or not."""

    tag: ClassVar[str] = "cp1"
    needs: ClassVar[Right] = Right.PUBLISH
    draft: int
    stamp: str
    quietly: bool


@dataclass(frozen=True, slots=True)
class AskPublishers(StaffPress):
    """Ask those who may publish to look at the draft whose card has this stamp."""

    tag: ClassVar[str] = "cq1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    stamp: str


@dataclass(frozen=True, slots=True)
class DropDraft(StaffPress):
    """Delete a draft; asks once more before it is sure."""

    tag: ClassVar[str] = "cx1"
    needs: ClassVar[Right] = Right.WRITE
    draft: int
    sure: bool


@dataclass(frozen=True, slots=True)
class OfficeCall(StaffPress):
    """A published call as the office sees it."""

    tag: ClassVar[str] = "cs1"
    needs: ClassVar[Right] = Right.SEE
    call: str


@dataclass(frozen=True, slots=True)
class CallHistory(StaffPress):
    """Who changed what of a call."""

    tag: ClassVar[str] = "cr1"
    needs: ClassVar[Right] = Right.SEE
    call: str


@dataclass(frozen=True, slots=True)
class ChangeCall(StaffPress):
    """Begin to change a published call, or go on with it; `part` is what to begin with, or "-"."""

    tag: ClassVar[str] = "cc1"
    needs: ClassVar[Right] = Right.WRITE
    call: str
    part: str


@dataclass(frozen=True, slots=True)
class WithdrawCall(StaffPress):
    """Take a call back: "?" asks first, "l" tells followers, "q" tells them without a sound."""

    tag: ClassVar[str] = "cw1"
    needs: ClassVar[Right] = Right.PUBLISH
    call: str
    how: str


@dataclass(frozen=True, slots=True)
class Untranslated(StaffPress):
    """The titles that lack a language."""

    tag: ClassVar[str] = "cu1"
    needs: ClassVar[Right] = Right.TRANSLATE


@dataclass(frozen=True, slots=True)
class TranslateTitle(StaffPress):
    """Ask for a call's title in a language; "-" shows which are missing."""

    tag: ClassVar[str] = "ci1"
    needs: ClassVar[Right] = Right.TRANSLATE
    call: str
    language: str


PRESSES = kinds(globals(), StaffPress)
