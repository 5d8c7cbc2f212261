"""Drafts of calls: what is known, what is missing, what is wrong, and which dates are confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from html import escape, unescape
from zlib import crc32
from zoneinfo import ZoneInfo

from erasmus.call_text import Proposal, SaidDate
from erasmus.calls import Call, CallStatus, wall_time
from erasmus.reading import DateRole
from erasmus.words import Language, Words


class Part(StrEnum):
    """What a draft consists of, in the order in which it is asked."""

    TITLE = "title"
    ACTION = "action"
    CLOSES = "closes"
    TIME = "time"
    ZONE = "zone"
    OPENS = "opens"
    LINK = "link"


OPTIONAL = frozenset({Part.OPENS, Part.LINK})
DATES = (Part.CLOSES, Part.OPENS)
"""What is confirmed before a call can be published."""


class Fault(StrEnum):
    """Why a draft cannot be published although nothing is missing."""

    PAST = "past"
    OPENS_AFTER = "opens_after"


@dataclass(frozen=True, slots=True)
class CallDraft:
    """What staff have written of a call. `title` is plain text, as it was typed.

    `dates` are those of the pasted text that were not decided yet. `skipped` are optional parts
    that were asked and left out; `confirmed` holds, by part, the sign of the date that somebody
    confirmed. `call` is the published call that is being changed, `base` the number of its
    newest revision when that began.
    """

    title: Mapping[Language, str] = field(default_factory=dict)
    action: str | None = None
    actions: tuple[str, ...] = ()
    closes: date | None = None
    at: time | None = None
    whole_day: bool = False
    zone: str | None = None
    opens: date | None = None
    link: str | None = None
    dates: tuple[SaidDate, ...] = ()
    skipped: frozenset[Part] = frozenset()
    confirmed: Mapping[Part, str] = field(default_factory=dict)
    call: str | None = None
    base: int | None = None

    def has(self, part: Part) -> bool:
        """Tell whether a part is known, or optional and left out."""
        if part is Part.TIME:
            return self.whole_day or self.at is not None
        if part is Part.OPENS:
            asked = any(said.role is DateRole.OPENING for said in self.dates)
            return self.opens is not None or part in self.skipped or not asked
        return bool(getattr(self, part.value)) or part in self.skipped

    def missing(self) -> Part | None:
        """Return the next part to ask for; None when the draft is whole."""
        return next((part for part in Part if not self.has(part)), None)

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
        shown = (sorted(self.title.items()), self.action, self.link, self.whole_day)
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
        closes = self._closes()
        if closes is None or self.zone is None:
            return
        if closes <= now:
            yield Fault.PAST
        if self.opens and wall_time(self.opens, self.zone, closing=False) >= closes:
            yield Fault.OPENS_AFTER

    def _closes(self) -> datetime | None:
        if self.closes is None or self.zone is None:
            return None
        if self.at is None:
            return wall_time(self.closes, self.zone, closing=True)
        return datetime.combine(self.closes, self.at, tzinfo=ZoneInfo(self.zone))

    def as_call(self, call_id: str, office_id: str, now: datetime, before: Call | None) -> Call:
        """Return the call that the draft is of; raise ValueError while something is missing.

        `before` is the published call that it changes: what a draft does not hold stays.
        """
        closes = self._closes()
        if closes is None or self.zone is None or self.action is None or not self.title:
            raise ValueError(f"the draft lacks its {self.missing()}")
        opens = wall_time(self.opens, self.zone, closing=False) if self.opens else None
        if before is not None and before.opens and self.opens == _day(before.opens, before.zone):
            opens = before.opens  # with the time of day that it may have
        whole = {language: escape(text, quote=False) for language, text in self.title.items()}
        told = Call(
            id=call_id,
            action=self.action,
            field=None,
            title=Words(whole),
            url=self.link,
            opens=opens,
            closes=closes,
            zone=self.zone,
            date_only=self.at is None,
            status=CallStatus.OFFICE,
            based_on=None,
            note=None,
            source_id="",
            section="",
            office_id=office_id,
            published_at=now,
        )
        if before is None:
            return told
        return replace(
            told,
            field=before.field if before.action == told.action else None,
            note=before.note,
            published_at=before.published_at,
            withdrawn_at=before.withdrawn_at,
            revision=before.revision,
        )


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


def of_call(call: Call, base: int | None) -> CallDraft:
    """Return a draft to change a published call; its dates count as confirmed as they are."""
    closes = call.closes.astimezone(ZoneInfo(call.zone))
    draft = CallDraft(
        title={language: unescape(text) for language, text in call.title.items()},
        action=call.action,
        closes=closes.date(),
        at=None if call.date_only else closes.time(),
        whole_day=call.date_only,
        zone=call.zone,
        opens=call.opens and _day(call.opens, call.zone),
        link=call.url,
        skipped=OPTIONAL,
        call=call.id,
        base=base,
    )
    return replace(draft, confirmed={part: draft.sign(part) for part in DATES})


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
