"""Calls as content files tell them, before they become rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, model_validator

from erasmus.calls import Call, CallStatus, wall_time
from erasmus.sources import Citation, Entry
from erasmus.words import CompleteWords


def _moment(value: object) -> date | datetime:
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            msg = "a wall time without an offset is expected; `zone` says whose it is"
            raise ValueError(msg)
        return value
    if isinstance(value, date):
        return value
    msg = f"a TOML date or local date-time is expected, found {value!r}"
    raise ValueError(msg)


WallMoment = Annotated[date | datetime, BeforeValidator(_moment)]


class SeededCall(Entry):
    """A call of the content pack; dates are wall times of `zone`, a date alone means that day."""

    id: str
    action: str
    field: str | None = None
    title: CompleteWords
    url: str | None = None
    opens: WallMoment | None = None
    closes: WallMoment
    zone: str
    status: CallStatus
    based_on: date | None = None
    note: CompleteWords | None = None
    source: Citation

    @model_validator(mode="after")
    def _zone_is_known(self) -> Self:
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as error:
            msg = f"{self.zone!r} is not an IANA time zone"
            raise ValueError(msg) from error
        return self

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        call = self.call()
        if call.opens is not None and call.opens >= call.closes:
            msg = f"opens {self.opens} is not before closes {self.closes}"
            raise ValueError(msg)
        return self

    def call(self) -> Call:
        """Return the call with aware moments."""
        date_only = not isinstance(self.closes, datetime)
        opens = None if self.opens is None else wall_time(self.opens, self.zone, closing=False)
        return Call(
            id=self.id,
            action=self.action,
            field=self.field,
            title=self.title,
            url=self.url,
            opens=opens,
            closes=wall_time(self.closes, self.zone, closing=True),
            zone=self.zone,
            date_only=date_only,
            status=self.status,
            based_on=self.based_on,
            note=self.note,
            source_id=self.source.id,
            section=self.source.section,
        )
