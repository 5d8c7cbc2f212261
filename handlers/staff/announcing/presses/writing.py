"""Presses of a draft's texts, previews and buttons."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


class WriteText(StaffPress, frozen=True):
    """The text of one language: the next message becomes it."""

    tag: ClassVar[str] = "ad1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    language: str


class RemoveText(StaffPress, frozen=True):
    """Take the text of one language away."""

    tag: ClassVar[str] = "ae1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    language: str


class Preview(StaffPress, frozen=True):
    """Every language exactly as it will look."""

    tag: ClassVar[str] = "af1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int


class TryOnMyself(StaffPress, frozen=True):
    """Send all languages to the presser alone, as they will arrive."""

    tag: ClassVar[str] = "ag1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


class UnderIt(StaffPress, frozen=True):
    """The buttons that readers will see under it."""

    tag: ClassVar[str] = "ah1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


class ButtonChoices(StaffPress, frozen=True):
    """The choice of a button: `kind` is "c" (a call), "l" (a page) or "a" (an action)."""

    tag: ClassVar[str] = "ai1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    kind: str
    page: int


class AddButton(StaffPress, frozen=True):
    """Put a button under it: to follow a call, by its mark, or to check an action, by its id."""

    tag: ClassVar[str] = "aj1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    kind: str
    value: str


class RemoveButton(StaffPress, frozen=True):
    """Take a button away, by its number; `count` is how many there were."""

    tag: ClassVar[str] = "ak1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    number: int
    count: int


class ToTranslate(StaffPress, frozen=True):
    """The drafts that lack a language."""

    tag: ClassVar[str] = "aP1"
    needs: ClassVar[Right] = Right.TRANSLATE


class FillText(StaffPress, frozen=True):
    """Write a language that is missing; with "-", choose one of them."""

    tag: ClassVar[str] = "aQ1"
    needs: ClassVar[Right] = Right.TRANSLATE
    announcement: int
    language: str
