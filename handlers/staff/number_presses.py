"""Presses about an office's numbers."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


class ShowNumbers(StaffPress, frozen=True):
    """The office's numbers, as text; `picture`: also drawn."""

    tag: ClassVar[str] = "ns1"
    needs: ClassVar[Right] = Right.SEE
    picture: bool


PRESSES = kinds(globals(), StaffPress)
