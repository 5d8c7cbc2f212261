"""Calls: what closes when, in whose zone, and the date that is safe for the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from erasmus.words import Words


class CallStatus(StrEnum):
    """Where a date comes from. A projection is never stated as a fact; OWN is a person's word.

    OFFICE is the word of the office that published the call: it needs no other source.
    """

    OFFICIAL = "official"
    PROGRAMME_PAGE = "programme_page"
    PROJECTION = "projection"
    OWN = "own"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Call:
    """One opportunity with a closing moment.

    `opens` and `closes` are aware; `zone` is the IANA zone in which the call states them.
    With `date_only` the source names a day without a time: the call closes as that day ends.
    `owner` is the person who set the date for themselves (their university's competition, say);
    nobody else sees such a call, and it has no source. `office_id` is the office that published the
    call, at `published_at`; one that it withdrew at `withdrawn_at` takes no applications any more.
    """

    id: str
    action: str
    field: str | None
    title: Words
    url: str | None
    opens: datetime | None
    closes: datetime
    zone: str
    date_only: bool
    status: CallStatus
    based_on: date | None
    note: Words | None
    source_id: str
    section: str
    revision: int = 1
    owner: int | None = None
    office_id: str | None = None
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def expected(self) -> bool:
        """Whether the date is only a projection from earlier years."""
        return self.status is CallStatus.PROJECTION

    @property
    def withdrawn(self) -> bool:
        """Whether its office took it back."""
        return self.withdrawn_at is not None

    def closed(self, now: datetime) -> bool:
        """Tell whether nothing can be handed in any more."""
        return now > self.closes

    def opened(self, now: datetime) -> bool:
        """Tell whether the call already takes applications."""
        return self.opens is None or self.opens <= now

    def closing_day(self) -> date:
        """Return the closing day as the call states it, in its own zone."""
        return self.closes.astimezone(ZoneInfo(self.zone)).date()

    def safe_day(self, reader_zone: str) -> date:
        """Return the last day on which a reader can hand in without counting hours.

        A call that closes at 23:59 in Brussels closes at 04:59 of the next day in Bishkek: the
        evening before is what a reader should plan with.
        """
        return min(self.closing_day(), self.closes.astimezone(ZoneInfo(reader_zone)).date())

    def days_differ(self, reader_zone: str) -> bool:
        """Tell whether the call closes on another calendar day where the reader is."""
        return self.closing_day() != self.closes.astimezone(ZoneInfo(reader_zone)).date()

    def days_left(self, reader_zone: str, now: datetime) -> int:
        """Return whole days from the reader's today to the safe day; negative when it is over."""
        today = now.astimezone(ZoneInfo(reader_zone)).date()
        return (self.safe_day(reader_zone) - today).days


def end_of_day(day: date, zone: str) -> datetime:
    """Return the last minute of a day in a zone: when a call that names only a day closes."""
    return datetime.combine(day, time(23, 59), tzinfo=ZoneInfo(zone))


def wall_time(moment: date | datetime, zone: str, *, closing: bool) -> datetime:
    """Make a content date (local wall time, or a day only) an aware moment."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=ZoneInfo(zone))
    if closing:
        return end_of_day(moment, zone)
    return datetime.combine(moment, time(0), tzinfo=ZoneInfo(zone))
