"""Presses about reminders: all of them, and those of one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press


@dataclass(frozen=True, slots=True)
class Reminders(Press):
    """The settings of reminders."""

    tag: ClassVar[str] = "k1"


@dataclass(frozen=True, slots=True)
class SetRung(Press):
    """Remind, or don't, this many days before a deadline."""

    tag: ClassVar[str] = "T1"
    days: int
    on: bool


@dataclass(frozen=True, slots=True)
class SetReminders(Press):
    """Send reminders at all, or don't."""

    tag: ClassVar[str] = "S1"
    on: bool


@dataclass(frozen=True, slots=True)
class Fewer(Press):
    """Only two reminders a call."""

    tag: ClassVar[str] = "W1"
    on: bool


@dataclass(frozen=True, slots=True)
class CallReminders(Press):
    """What can be done about the reminders of one call."""

    tag: ClassVar[str] = "m1"
    call: str


@dataclass(frozen=True, slots=True)
class SetSubmitted(Press):
    """The application is handed in, or not after all."""

    tag: ClassVar[str] = "D1"
    call: str
    on: bool


@dataclass(frozen=True, slots=True)
class Snooze(Press):
    """Remind again in some days."""

    tag: ClassVar[str] = "N1"
    call: str
    days: int


@dataclass(frozen=True, slots=True)
class SetMuted(Press):
    """No reminders about this call, or again some."""

    tag: ClassVar[str] = "M1"
    call: str
    on: bool
