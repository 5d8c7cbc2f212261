"""Admission to the desk: rights are looked up at every press, command and text, by who sends it.

A button proves nothing: it may be old, forwarded or forged, and its owner may be a member no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from erasmus.offices import Office, Right, Role, may
from handlers.codec import Press
from handlers.turn import Turn
from locales import Texts
from storage import Connection, audit, members, offices


class NotAllowed(Exception):
    """Somebody asked for what their role, or no role at all, does not allow."""


class StaffPress(Press, frozen=True):
    """A button of an office's desk; `needs` is the right without which it does nothing."""

    needs: ClassVar[Right]
    office: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A turn of a member who was admitted to their office."""

    turn: Turn
    office: Office
    role: Role

    @property
    def t(self) -> Texts:
        """The interface in the member's language."""
        return self.turn.t

    @property
    def c(self) -> Connection:
        """The open transaction."""
        return self.turn.c

    @property
    def now(self) -> datetime:
        """The moment of the turn, aware UTC."""
        return self.turn.now

    @property
    def person_id(self) -> int:
        """Who acts."""
        return self.turn.person.id

    async def record(self, what: str, subject: str, **details: object) -> None:
        """Write into the audit what was done; the last thing a handler does to the ledger."""
        await audit.write(
            self.c, self.now, self.person_id, self.office.id, what, subject, **details
        )

    def may(self, right: Right) -> bool:
        """Tell whether to offer what needs a right."""
        return may(self.role, right)


async def admit(turn: Turn, office_id: str, right: Right) -> Desk:
    """Return the desk of an office; raise NotAllowed without the right."""
    office = await offices.get(turn.c, office_id)
    role = await members.role_of(turn.c, office_id, turn.person.id)
    if office is None or role is None or not may(role, right):
        raise NotAllowed(right)
    return Desk(turn, office, role)
