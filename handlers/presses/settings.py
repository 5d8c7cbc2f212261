"""Presses of the settings, of help, and of what is kept about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press


@dataclass(frozen=True, slots=True)
class Settings(Press):
    """The settings."""

    tag: ClassVar[str] = "s1"


@dataclass(frozen=True, slots=True)
class Zones(Press):
    """The choice of a time zone; `more` shows the cities further away."""

    tag: ClassVar[str] = "Z1"
    more: bool


@dataclass(frozen=True, slots=True)
class SetZone(Press):
    """Live in this time zone."""

    tag: ClassVar[str] = "K1"
    zone: str


@dataclass(frozen=True, slots=True)
class Help(Press):
    """What the assistant can do."""

    tag: ClassVar[str] = "j1"


@dataclass(frozen=True, slots=True)
class Privacy(Press):
    """What is kept about the person."""

    tag: ClassVar[str] = "y1"


@dataclass(frozen=True, slots=True)
class Forget(Press):
    """Ask once more before everything is deleted; with `sure`, delete."""

    tag: ClassVar[str] = "Y1"
    sure: bool


@dataclass(frozen=True, slots=True)
class MyData(Press):
    """Everything that is kept about the person, as a file."""

    tag: ClassVar[str] = "O1"
