"""Presses of the desk: its buttons, on one page.

A tag is two letters and the version of the fields: `o` offices and members, `c` calls,
`a` announcements, `f` questions and answers, `n` numbers. The office always comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class ShowDesk(StaffPress):
    """The desk of an office."""

    tag: ClassVar[str] = "od1"
    needs: ClassVar[Right] = Right.TRANSLATE


STAFF_PRESSES = kinds(globals(), StaffPress)
