"""Presses of the settings, of help, and of what is kept about a person."""

from __future__ import annotations

from typing import ClassVar

from handlers.codec import Press


class Settings(Press, frozen=True):
    """The settings."""

    tag: ClassVar[str] = "s1"


class Zones(Press, frozen=True):
    """The choice of a time zone; `more` shows the cities further away."""

    tag: ClassVar[str] = "Z1"
    more: bool


class SetZone(Press, frozen=True):
    """Live in this time zone."""

    tag: ClassVar[str] = "K1"
    zone: str


class Help(Press, frozen=True):
    """What the assistant can do."""

    tag: ClassVar[str] = "j1"


class Privacy(Press, frozen=True):
    """What is kept about the person."""

    tag: ClassVar[str] = "y1"


class Forget(Press, frozen=True):
    """Ask once more before everything is deleted; with `sure`, delete."""

    tag: ClassVar[str] = "Y1"
    sure: bool


class MyData(Press, frozen=True):
    """Everything that is kept about the person, as a file."""

    tag: ClassVar[str] = "O1"
