"""When a call opens and closes, as tables of TOML tell it: wall times of a zone they name."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator

from erasmus.calls import wall_time
from erasmus.sources import Entry


def _wall_moment(value: object) -> date | datetime:
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            msg = "a wall time without an offset is expected; `zone` says whose it is"
            raise ValueError(msg)
        return value
    if isinstance(value, date):
        return value
    msg = f"a TOML date or local date-time is expected, found {value!r}"
    raise ValueError(msg)


@cache  # the list of zones is read anew each time, and all calls together name three
def _zone(value: str) -> str:
    if value not in available_timezones():
        msg = f"{value!r} is not an IANA time zone; allowed: Asia/Bishkek …"
        raise ValueError(msg)
    return value


WallMoment = Annotated[date | datetime, BeforeValidator(_wall_moment)]


class WallTimes(Entry):
    """What tables of calls have in common; a date alone means that whole day."""

    opens: WallMoment | None = None
    closes: WallMoment
    zone: Annotated[str, AfterValidator(_zone)]

    @property
    def date_only(self) -> bool:
        """Whether a day is named without a time."""
        return not isinstance(self.closes, datetime)

    def opening(self) -> datetime | None:
        """Return when it opens, if that is said."""
        return None if self.opens is None else wall_time(self.opens, self.zone, closing=False)

    def closing(self) -> datetime:
        """Return when it closes."""
        return wall_time(self.closes, self.zone, closing=True)

    def misordered(self) -> str | None:
        """Say what is wrong where it does not open before it closes."""
        opening = self.opening()
        if opening is None or opening < self.closing():
            return None
        return f"opens {self.opens} is not before closes {self.closes}"
