"""Presses of a draft's texts, previews and buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class WriteText(StaffPress):
    """The text of one language: the next message becomes it."""

    tag: ClassVar[str] = "ad1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class RemoveText(StaffPress):
    """Take the text of one language away."""

    tag: ClassVar[str] = "ae1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class Preview(StaffPress):
    """Every language exactly as it will look."""

    tag: ClassVar[str] = "af1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int


@dataclass(frozen=True, slots=True)
class TryOnMyself(StaffPress):
    """Send all languages to the presser alone, as they will arrive."""

    tag: ClassVar[str] = "ag1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class UnderIt(StaffPress):
    """The buttons that readers will see under it."""

    tag: ClassVar[str] = "ah1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class ButtonChoices(StaffPress):
    """The choice of a button: `kind` is "c" (a call), "l" (a page) or "a" (an action)."""

    tag: ClassVar[str] = "ai1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    kind: str
    page: int


@dataclass(frozen=True, slots=True)
class AddButton(StaffPress):
    """Put a button under it: to follow a call, by its mark, or to check an action, by its id."""

    tag: ClassVar[str] = "aj1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class RemoveButton(StaffPress):
    """Take a button away, by its number; `count` is how many there were."""

    tag: ClassVar[str] = "ak1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class ToTranslate(StaffPress):
    """The drafts that lack a language."""

    tag: ClassVar[str] = "aP1"
    needs: ClassVar[Right] = Right.TRANSLATE


@dataclass(frozen=True, slots=True)
class FillText(StaffPress):
    """Write a language that is missing; with "-", choose one of them."""

    tag: ClassVar[str] = "aQ1"
    needs: ClassVar[Right] = Right.TRANSLATE
    announcement: int
    language: str
