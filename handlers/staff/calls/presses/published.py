"""Presses on the office's calls: the list, a published one, what is to be translated."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


class OfficeCalls(StaffPress, frozen=True):
    """The office's calls and drafts."""

    tag: ClassVar[str] = "cl1"
    needs: ClassVar[Right] = Right.SEE
    page: int = 0


class NewCall(StaffPress, frozen=True):
    """Ask for the text of a new call."""

    tag: ClassVar[str] = "cn1"
    needs: ClassVar[Right] = Right.WRITE


class StartEmpty(StaffPress, frozen=True):
    """A new call without a text."""

    tag: ClassVar[str] = "ce1"
    needs: ClassVar[Right] = Right.WRITE


class OfficeCall(StaffPress, frozen=True):
    """A published call as the office sees it."""

    tag: ClassVar[str] = "cs1"
    needs: ClassVar[Right] = Right.SEE
    call: str


class CallHistory(StaffPress, frozen=True):
    """Who changed what of a call."""

    tag: ClassVar[str] = "cr1"
    needs: ClassVar[Right] = Right.SEE
    call: str


class ChangeCall(StaffPress, frozen=True):
    """Begin to change a published call, or go on with it; `part` is what to begin with, or "-"."""

    tag: ClassVar[str] = "cc1"
    needs: ClassVar[Right] = Right.WRITE
    call: str
    part: str


class WithdrawCall(StaffPress, frozen=True):
    """Take a call back: "?" asks first, "l" tells followers, "q" tells them without a sound."""

    tag: ClassVar[str] = "cw1"
    needs: ClassVar[Right] = Right.PUBLISH
    call: str
    how: str


class Untranslated(StaffPress, frozen=True):
    """The titles and notes that lack a language."""

    tag: ClassVar[str] = "cu1"
    needs: ClassVar[Right] = Right.TRANSLATE


class TranslateText(StaffPress, frozen=True):
    """Ask for a call's title or note in a language; "-" shows what is missing."""

    tag: ClassVar[str] = "ci2"
    needs: ClassVar[Right] = Right.TRANSLATE
    call: str
    part: str
    language: str


PRESSES = kinds(globals(), StaffPress)
