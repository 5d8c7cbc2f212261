"""A call of an office as a table of TOML, with what is allowed for each of its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Annotated, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator

from erasmus.calls import Call, CallStatus, wall_time
from erasmus.content_calls import WallMoment
from erasmus.sources import Entry
from erasmus.words import Language, Words

TABLE: Final = "calls"
IDS: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
SECURE: Final = re.compile(r"https://[^\s/.]+(\.[^\s/.]+)+(/\S*)?")
LONGEST_TITLE: Final = 200


def _id(value: str) -> str:
    if IDS.fullmatch(value) is None:
        raise ValueError(f"{value!r} is no id; allowed: up to 32 of a-z, 0-9 and -")
    return value


def _words(value: object) -> Words:
    """Read plain texts in one language or more."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError('a table is expected, such as {ru = "…", ky = "…"}')
    allowed = ", ".join(Language)
    for code, text in value.items():
        if code not in set(Language):
            raise ValueError(f"{code!r} is no language; allowed: {allowed}")
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"the text in {code} is empty")
    return Words({Language(code): escape(text, quote=False) for code, text in value.items()})


def _title(value: Words) -> Words:
    if any(len(text) > LONGEST_TITLE for text in value.values()):
        raise ValueError(f"a title has at most {LONGEST_TITLE} signs")
    return value


def _link(value: str) -> str:
    if SECURE.fullmatch(value) is None:
        raise ValueError(f"{value!r} is no link; allowed: https://example.org/call")
    return value


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"{value!r} is no IANA time zone; allowed: Asia/Bishkek …")
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("a moment with an offset is expected, such as 2026-11-21T06:00:00Z")
    return value.astimezone(UTC)


Texts = Annotated[Words, BeforeValidator(_words)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class OfficeCallTable(Entry):
    """A call as a pack tells it; texts are plain, dates are wall times of `zone`."""

    id: Annotated[str, AfterValidator(_id)]
    office: str | None = None
    action: str
    field: str | None = None
    title: Annotated[Texts, AfterValidator(_title)]
    note: Texts | None = None
    link: Annotated[str, AfterValidator(_link)] | None = None
    opens: WallMoment | None = None
    closes: WallMoment
    zone: Annotated[str, AfterValidator(_zone)]
    published: Moment | None = None
    withdrawn: Moment | None = None

    def call(self, office_id: str, now: datetime) -> Call:
        """Return the call, as published now where the pack does not say when."""
        opens = None if self.opens is None else wall_time(self.opens, self.zone, closing=False)
        return Call(
            id=self.id,
            action=self.action,
            field=self.field,
            title=self.title,
            url=self.link,
            opens=opens,
            closes=wall_time(self.closes, self.zone, closing=True),
            zone=self.zone,
            date_only=not isinstance(self.closes, datetime),
            status=CallStatus.OFFICE,
            based_on=None,
            note=self.note,
            source_id="",
            section="",
            office_id=office_id,
            published_at=self.published or now,
            withdrawn_at=self.withdrawn,
        )
