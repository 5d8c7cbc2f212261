"""Digests: reminders wait for the morning, and one day's reminders come as one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from erasmus.reminders import MORNING, QUIET_FROM, waking_moment
from storage import Connection, deliveries, people
from storage.deliveries import Delivery
from storage.people import Person

REMINDER: Final = "reminder"
NOTICES: Final = frozenset({REMINDER, "change"})
"""Kinds of rows that are rendered when they leave."""


@dataclass(frozen=True, slots=True)
class Held:
    """A row that must wait, and why."""

    until: datetime
    reason: str


async def gather(c: Connection, leader: Delivery, now: datetime) -> list[Delivery] | Held:
    """Return the rows that leave together with a claimed one, or until when all must wait.

    Belongs into the transaction that claimed the leader.
    """
    person = await people.find(c, leader.chat_id)
    if person is None:
        return []
    held = held_until(leader, person, now)
    if held is not None:
        return held
    if leader.kind != REMINDER:
        return []  # each call's news is a message of its own
    tonight = _at(person, _today(person, now), QUIET_FROM)
    return await deliveries.claim_companions(c, leader, now, due_by=max(now, tonight))


def held_until(row: Delivery, person: Person, now: datetime) -> Held | None:
    """Tell until when a person's row waits: the end of the night, or tomorrow's digest.

    None: it leaves now. A row whose deadline comes earlier than the wait leaves at once.
    """
    awake = waking_moment(now, person.zone, row.valid_until)
    if awake > now:
        return Held(awake, "night")
    if row.kind != REMINDER or person.digest_day != _today(person, now).isoformat():
        return None
    tomorrow = _at(person, _today(person, now) + timedelta(days=1), MORNING)
    if row.valid_until is not None and row.valid_until <= tomorrow:
        return None
    return Held(tomorrow, "one digest a day")


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.zone)).date()


def _at(person: Person, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(person.zone)).astimezone(UTC)
