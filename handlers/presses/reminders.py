"""Presses about reminders: all of them, and those of one call."""

from __future__ import annotations

from typing import ClassVar

from handlers.codec import Press


class Reminders(Press, frozen=True):
    """The settings of reminders."""

    tag: ClassVar[str] = "k1"


class SetRung(Press, frozen=True):
    """Remind, or don't, this many days before a deadline."""

    tag: ClassVar[str] = "T1"
    days: int
    on: bool


class SetReminders(Press, frozen=True):
    """Send reminders at all, or don't."""

    tag: ClassVar[str] = "S1"
    on: bool


class Fewer(Press, frozen=True):
    """Only two reminders a call."""

    tag: ClassVar[str] = "W1"
    on: bool


class CallReminders(Press, frozen=True):
    """What can be done about the reminders of one call."""

    tag: ClassVar[str] = "m1"
    call: str


class SetSubmitted(Press, frozen=True):
    """The application is handed in, or not after all."""

    tag: ClassVar[str] = "D1"
    call: str
    on: bool


class Snooze(Press, frozen=True):
    """Remind again in some days."""

    tag: ClassVar[str] = "N1"
    call: str
    days: int


class SetMuted(Press, frozen=True):
    """No reminders about this call, or again some."""

    tag: ClassVar[str] = "M1"
    call: str
    on: bool
