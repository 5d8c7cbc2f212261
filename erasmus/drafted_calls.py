"""From a draft to the call that it is of, and from a published call to a draft that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from html import escape, unescape
from typing import Any
from zoneinfo import ZoneInfo

from erasmus.call_drafts import DATES, OPTIONAL, TEXTS, CallDraft, Part
from erasmus.calls import Call, CallStatus, wall_time
from erasmus.words import Language, Words


def as_call(
    draft: CallDraft, call_id: str, office_id: str, now: datetime, before: Call | None
) -> Call:
    """Return the call that a draft is of; raise ValueError while something is missing.

    `before` is the published call that it changes: what a draft does not hold stays.
    """
    closes = draft.closing()
    if closes is None or draft.zone is None or draft.action is None or not draft.title:
        raise ValueError(f"the draft lacks its {draft.missing()}")
    told = Call(
        id=call_id,
        action=draft.action,
        field=draft.field,
        title=_words(draft.title),
        url=draft.link,
        opens=_opening(draft, draft.zone, before),
        closes=closes,
        zone=draft.zone,
        date_only=draft.at is None,
        status=CallStatus.OFFICE,
        based_on=None,
        note=_words(draft.note) if draft.note else None,
        source_id="",
        section="",
        office_id=office_id,
        published_at=now,
    )
    return told if before is None else _over(told, draft, before)


def _opening(draft: CallDraft, zone: str, before: Call | None) -> datetime | None:
    if before is not None and before.opens and draft.opens == _day(before.opens, before.zone):
        return before.opens  # with the time of day that it may have
    return wall_time(draft.opens, zone, closing=False) if draft.opens else None


def _over(told: Call, draft: CallDraft, before: Call) -> Call:
    """Return what a draft says over the call that is published."""
    left = {
        part.value: getattr(before, part.value)
        for part in (Part.FIELD, Part.NOTE)
        if not getattr(draft, part.value) and part not in draft.skipped
    }
    return replace(
        told,
        published_at=before.published_at,
        withdrawn_at=before.withdrawn_at,
        revision=before.revision,
        **left,
    )


def _words(texts: Mapping[Language, str]) -> Words:
    return Words({language: escape(text, quote=False) for language, text in texts.items()})


def of_call(call: Call, base: int | None) -> CallDraft:
    """Return a draft to change a published call; its dates count as confirmed as they are."""
    closes = call.closes.astimezone(ZoneInfo(call.zone))
    draft = CallDraft(
        title=_typed(call.title),
        action=call.action,
        closes=closes.date(),
        at=None if call.date_only else closes.time(),
        whole_day=call.date_only,
        zone=call.zone,
        opens=call.opens and _day(call.opens, call.zone),
        link=call.url,
        field=call.field,
        note=_typed(call.note or {}),
        skipped=OPTIONAL,
        call=call.id,
        base=base,
    )
    return replace(draft, confirmed={part: draft.sign(part) for part in DATES})


_PARTS = ("action", "closes", "at", "whole_day", "zone", "opens", "link", "field")
"""What a draft says of a call beside its texts, each of which is one in every language."""


def moved_over(draft: CallDraft, was: CallDraft, now: CallDraft) -> CallDraft:
    """Return the change of a call over what others have made of the call since it was begun.

    What the draft itself changed stays, all else is as they left it; every date is to be confirmed
    once more. `was` and `now` are the drafts that the call came to then, and comes to now.
    """
    own = {name for name in _PARTS if getattr(draft, name) != getattr(was, name)}
    if not own and all(draft.texts(part) == was.texts(part) for part in TEXTS):
        return now
    both: dict[str, Any] = {
        part.value: _of_both(draft.texts(part), was.texts(part), now.texts(part)) for part in TEXTS
    }
    both |= {name: getattr(now, name) for name in _PARTS if name not in own}
    return replace(draft, **both, base=now.base, confirmed={})


def _of_both(
    own: Mapping[Language, str], was: Mapping[Language, str], now: Mapping[Language, str]
) -> dict[Language, str]:
    texts = {
        language: (own if own.get(language) != was.get(language) else now).get(language)
        for language in Language
    }
    return {language: text for language, text in texts.items() if text is not None}


def _typed(words: Mapping[Language, str]) -> dict[Language, str]:
    return {language: unescape(text) for language, text in words.items()}


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
