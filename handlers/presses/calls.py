"""Presses of the calls: their list, one card, what is followed."""

from __future__ import annotations

from typing import ClassVar

from handlers.codec import Press


class Deadlines(Press, frozen=True):
    """The list of calls; "-" means every action, every field."""

    tag: ClassVar[str] = "d1"
    action: str
    field: str
    page: int


class Filters(Press, frozen=True):
    """The choice of a filter for the list of calls; `what` is "a" (action) or "f" (field)."""

    tag: ClassVar[str] = "f1"
    what: str
    action: str
    field: str


class ShowCall(Press, frozen=True):
    """The card of one call."""

    tag: ClassVar[str] = "c1"
    call: str


class SetFollow(Press, frozen=True):
    """Follow a call, or no longer."""

    tag: ClassVar[str] = "F1"
    call: str
    on: bool


class Following(Press, frozen=True):
    """The calls that the person follows."""

    tag: ClassVar[str] = "g1"
