"""Presses of the calls: their list, one card, what is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press


@dataclass(frozen=True, slots=True)
class Deadlines(Press):
    """The list of calls; "-" means every action, every field."""

    tag: ClassVar[str] = "d1"
    action: str
    field: str
    page: int


@dataclass(frozen=True, slots=True)
class Filters(Press):
    """The choice of a filter for the list of calls; `what` is "a" (action) or "f" (field)."""

    tag: ClassVar[str] = "f1"
    what: str
    action: str
    field: str


@dataclass(frozen=True, slots=True)
class ShowCall(Press):
    """The card of one call."""

    tag: ClassVar[str] = "c1"
    call: str


@dataclass(frozen=True, slots=True)
class SetFollow(Press):
    """Follow a call, or no longer."""

    tag: ClassVar[str] = "F1"
    call: str
    on: bool


@dataclass(frozen=True, slots=True)
class Following(Press):
    """The calls that the person follows."""

    tag: ClassVar[str] = "g1"
