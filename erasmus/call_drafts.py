"""Drafts of calls: what is known, what is missing, what is wrong, and which dates are confirmed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from erasmus.call_text import Proposal, SaidDate
from erasmus.calls import wall_time
from erasmus.reading import DateRole
from erasmus.words import Language


class Part(StrEnum):
    """What a draft consists of, in the order in which it is asked."""

    TITLE = "title"
    ACTION = "action"
    CLOSES = "closes"
    TIME = "time"
    ZONE = "zone"
    OPENS = "opens"
    LINK = "link"
    FIELD = "field"
    NOTE = "note"


OFFERED = frozenset({Part.FIELD, Part.NOTE})
"""What is never asked: whoever wants it adds it."""

OPTIONAL = frozenset({Part.OPENS, Part.LINK}) | OFFERED
TEXTS = (Part.TITLE, Part.NOTE)
"""What is written in each of the languages."""

DATES = (Part.CLOSES, Part.OPENS)
"""What is confirmed before a call can be published."""


class Fault(StrEnum):
    """Why a draft cannot be published although nothing is missing."""

    PAST = "past"
    OPENS_AFTER = "opens_after"


@dataclass(frozen=True, slots=True)
class CallDraft:
    """What staff have written of a call. `title` and `note` are plain text, as they were typed.

    `dates` are those of the pasted text that were not decided yet. `skipped` are optional parts
    that were asked and left out; `confirmed` holds, by part, the sign of the date that somebody
    confirmed. `call` is the published call that is being changed, `base` the number of its
    newest revision when that began.
    """

    title: Mapping[Language, str] = dataclasses.field(default_factory=dict)
    action: str | None = None
    actions: tuple[str, ...] = ()
    closes: date | None = None
    at: time | None = None
    whole_day: bool = False
    zone: str | None = None
    opens: date | None = None
    link: str | None = None
    field: str | None = None
    note: Mapping[Language, str] = dataclasses.field(default_factory=dict)
    dates: tuple[SaidDate, ...] = ()
    skipped: frozenset[Part] = frozenset()
    confirmed: Mapping[Part, str] = dataclasses.field(default_factory=dict)
    call: str | None = None
    base: int | None = None

    def has(self, part: Part) -> bool:
        """Tell whether a part is known, or need not be asked."""
        if part in OFFERED:
            return True
        if part is Part.TIME:
            return self.whole_day or self.at is not None
        if part is Part.OPENS:
            asked = any(said.role is DateRole.OPENING for said in self.dates)
            return self.opens is not None or part in self.skipped or not asked
        return bool(getattr(self, part.value)) or part in self.skipped

    def missing(self) -> Part | None:
        """Return the next part to ask for; None when the draft is whole."""
        return next((part for part in Part if not self.has(part)), None)

    def texts(self, part: Part) -> Mapping[Language, str]:
        """Return the title or the note."""
        return self.note if part is Part.NOTE else self.title

    def with_text(self, part: Part, language: Language, text: str | None) -> CallDraft:
        """Return the draft with the title or the note in a language; None removes it."""
        others = {other: said for other, said in self.texts(part).items() if other is not language}
        texts = others if text is None else {**others, language: text}
        if not texts and part in OPTIONAL:
            return self.without(part)
        changed: dict[str, Any] = {part.value: texts}
        return replace(self, **changed)

    def without(self, part: Part) -> CallDraft:
        """Return the draft with an optional part left out."""
        left_out: dict[str, Any] = {part.value: {} if part is Part.NOTE else None}
        return replace(self, **left_out, skipped=self.skipped | {part})

    def choices(self, part: Part) -> tuple[SaidDate, ...]:
        """Return the dates of the text that may be the deadline, or the opening day."""
        role = DateRole.DEADLINE if part is Part.CLOSES else DateRole.OPENING
        sure = tuple(said for said in self.dates if said.role is role)
        if sure or part is Part.OPENS:
            return sure
        unknown = tuple(said for said in self.dates if said.role is DateRole.UNKNOWN)
        return unknown or self.dates

    def sign(self, part: Part) -> str:
        """Return a short sign of a date as it is now: a confirmation of another one is void."""
        day = self.closes if part is Part.CLOSES else self.opens
        at = self.at if part is Part.CLOSES else None
        return f"{crc32(f'{part} {day} {at} {self.zone}'.encode()):08x}"

    def stamp(self) -> str:
        """Return a short sign of everything that a card shows."""
        texts = [sorted(self.texts(part).items()) for part in TEXTS]
        shown = (texts, self.action, self.field, self.link, self.whole_day)
        return f"{crc32(f'{shown} {[self.sign(part) for part in DATES]}'.encode()):08x}"

    def to_confirm(self) -> tuple[Part, ...]:
        """Return the dates that nobody has confirmed as they are now."""
        there = [part for part in DATES if getattr(self, part.value) is not None]
        return tuple(part for part in there if self.confirmed.get(part) != self.sign(part))

    def confirm(self, part: Part) -> CallDraft:
        """Return the draft with a date confirmed."""
        return replace(self, confirmed={**self.confirmed, part: self.sign(part)})

    def faults(self, now: datetime) -> tuple[Fault, ...]:
        """Return what is wrong with the dates of a whole draft."""
        return tuple(self._faults(now))

    def _faults(self, now: datetime) -> Iterator[Fault]:
        closes = self.closing()
        if closes is None or self.zone is None:
            return
        if closes <= now:
            yield Fault.PAST
        if self.opens and wall_time(self.opens, self.zone, closing=False) >= closes:
            yield Fault.OPENS_AFTER

    def closing(self) -> datetime | None:
        """Return the moment of the deadline; None while its day or its zone is missing."""
        if self.closes is None or self.zone is None:
            return None
        if self.at is None:
            return wall_time(self.closes, self.zone, closing=True)
        return datetime.combine(self.closes, self.at, tzinfo=ZoneInfo(self.zone))


def proposed(proposal: Proposal, today: date) -> CallDraft:
    """Return the draft that a text proposes: only what can be read in one way is filled in."""
    draft = CallDraft(
        title={proposal.language: proposal.title} if proposal.title else {},
        action=proposal.actions[0] if len(proposal.actions) == 1 else None,
        actions=proposal.actions,
        link=proposal.link,
        dates=proposal.dates,
    )
    for part in DATES:
        said = draft.choices(part)
        if len(said) == 1 and len(said[0].ways) == 1 and said[0].days and said[0].days[0] >= today:
            draft = with_day(draft, part, said[0].days[0], said[0])
    return draft


def with_day(draft: CallDraft, part: Part, day: date, said: SaidDate | None = None) -> CallDraft:
    """Return the draft with the deadline or the opening day, and the time said beside it."""
    if part is Part.OPENS:
        return replace(draft, opens=day, skipped=draft.skipped - {Part.OPENS})
    draft = replace(draft, closes=day)
    if said is None:
        return draft
    at, zone = said.at or draft.at, said.zone or draft.zone
    return replace(draft, at=at, zone=zone, whole_day=draft.whole_day and at is None)


def said_of(draft: CallDraft, part: Part, day: date) -> SaidDate | None:
    """Return the date of the text that a chosen day is a reading of."""
    for said in draft.choices(part):
        for way in said.ways:
            if (way.year or day.year, way.month, way.day or day.day) == (
                day.year,
                day.month,
                day.day,
            ):
                return said
    return None
