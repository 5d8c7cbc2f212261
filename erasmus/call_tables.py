"""A call of an office as a table of TOML, with what is allowed for each of its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape, unescape
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator

from erasmus.call_limits import LONGEST_LINK, LONGEST_NOTE, LONGEST_TITLE, SECURE_LINK
from erasmus.calls import Call, CallStatus
from erasmus.wall_times import WallTimes
from erasmus.words import Language, Words

TABLE: Final = "calls"
IDS: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


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


def _at_most(most: int) -> AfterValidator:
    """Return a check of each language's text, as it was typed."""

    def check(value: Words) -> Words:
        for language, text in value.items():
            if len(unescape(text)) > most:
                raise ValueError(f"the text in {language} is too long; allowed: {most} signs")
        return value

    return AfterValidator(check)


def _link(value: str) -> str:
    if SECURE_LINK.fullmatch(value) is None:
        raise ValueError(f"{value!r} is no link; allowed: https://example.org/call")
    if len(value) > LONGEST_LINK:
        raise ValueError(f"the link is too long; allowed: {LONGEST_LINK} signs")
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("a moment with an offset is expected, such as 2026-11-21T06:00:00Z")
    return value.astimezone(UTC)


Texts = Annotated[Words, BeforeValidator(_words)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class OfficeCallTable(WallTimes):
    """A call as a pack tells it; texts are plain, dates are wall times of `zone`."""

    id: Annotated[str, AfterValidator(_id)]
    office: str | None = None
    action: str
    field: str | None = None
    title: Annotated[Texts, _at_most(LONGEST_TITLE)]
    note: Annotated[Texts, _at_most(LONGEST_NOTE)] | None = None
    link: Annotated[str, AfterValidator(_link)] | None = None
    published: Moment | None = None
    withdrawn: Moment | None = None

    def call(self, office_id: str, now: datetime) -> Call:
        """Return the call, as published now where the pack does not say when."""
        return Call(
            id=self.id,
            action=self.action,
            field=self.field,
            title=self.title,
            url=self.link,
            opens=self.opening(),
            closes=self.closing(),
            zone=self.zone,
            date_only=self.date_only,
            status=CallStatus.OFFICE,
            based_on=None,
            note=self.note,
            source_id="",
            section="",
            office_id=office_id,
            published_at=self.published or now,
            withdrawn_at=self.withdrawn,
        )
