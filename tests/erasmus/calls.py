"""Calls for tests."""

from datetime import date, datetime

from erasmus.calls import Call, CallStatus, wall_time
from erasmus.words import Language, Words

BRUSSELS = "Europe/Brussels"
BISHKEK = "Asia/Bishkek"
ALMATY = "Asia/Almaty"


def call(
    closes: date | datetime,
    zone: str = BRUSSELS,
    status: CallStatus = CallStatus.OFFICIAL,
    opens: datetime | None = None,
) -> Call:
    """Return a call that closes at a wall time of a zone, or as a day ends there."""
    return Call(
        id="some-call",
        action="emjm_scholarship",
        field=None,
        title=Words(dict.fromkeys(Language, "Some call")),
        url=None,
        opens=opens,
        closes=wall_time(closes, zone, closing=True),
        zone=zone,
        date_only=not isinstance(closes, datetime),
        status=status,
        based_on=None,
        note=None,
        source_id="S1",
        section="",
    )


def wall(*parts: int) -> datetime:
    """Return a wall time, which the zone of a call makes a moment."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - as content writes it
