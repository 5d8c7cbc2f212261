"""When to remind: a ladder of days before the safe day, in the reader's morning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from erasmus.calls import Call

DEFAULT_LADDER: tuple[int, ...] = (30, 14, 7, 3, 1, 0)
"""Days before the safe day; 0 is the morning of the day itself."""

MORNING = time(10)
LAST_MORNING = time(9)
QUIET_FROM = time(21)
QUIET_UNTIL = time(9)
LAST_DAYS = frozenset({0, 1})


@dataclass(frozen=True, slots=True)
class Moment:
    """One reminder to be: `occasion` names it within person, call and revision; `at` is UTC."""

    occasion: str
    at: datetime
    valid_until: datetime


def _local(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def deadline_moments(call: Call, zone: str, ladder: Iterable[int]) -> list[Moment]:
    """Return the moments of the ladder before a call closes, oldest first.

    A projection never gets a "last day" reminder: nobody has confirmed that day.
    """
    safe = call.safe_day(zone)
    moments = [
        Moment(f"d{days}", _local(safe - timedelta(days), _morning(days), zone), call.closes)
        for days in sorted(set(ladder), reverse=True)
        if not (call.expected and days in LAST_DAYS)
    ]
    return [moment for moment in moments if moment.at < call.closes]


def _morning(days: int) -> time:
    return LAST_MORNING if days == 0 else MORNING


def start_by_moment(item: str, start_by: date, zone: str, closes: datetime) -> Moment:
    """Return the moment that says: begin with this document today."""
    return Moment(f"s:{item}", _local(start_by, MORNING, zone), closes)


def waking_moment(moment: datetime, zone: str, not_after: datetime | None = None) -> datetime:
    """Return a moment outside the reader's quiet hours (21:00 to 09:00), in UTC.

    A moment in the quiet hours waits for the morning; where that would be too late for
    `not_after`, it moves to the evening before instead.
    """
    local = moment.astimezone(ZoneInfo(zone))
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return moment.astimezone(UTC)
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    morning = _local(day, QUIET_UNTIL, zone)
    if not_after is None or morning < not_after:
        return morning
    return _local(day - timedelta(days=1), time(20, 30), zone)
