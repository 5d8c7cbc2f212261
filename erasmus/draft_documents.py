"""Drafts as documents: what the ledger keeps of them, as JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from erasmus.call_dates import Parts
from erasmus.call_drafts import CallDraft, Part
from erasmus.call_text import SaidDate
from erasmus.reading import DateRole
from erasmus.words import Language


def written(draft: CallDraft) -> dict[str, Any]:
    """Return a draft as JSON data."""
    return {
        "title": _texts(draft.title),
        "action": draft.action,
        "actions": list(draft.actions),
        "closes": draft.closes and draft.closes.isoformat(),
        "at": draft.at and draft.at.isoformat("minutes"),
        "whole_day": draft.whole_day,
        "zone": draft.zone,
        "opens": draft.opens and draft.opens.isoformat(),
        "link": draft.link,
        "field": draft.field,
        "note": _texts(draft.note),
        "dates": [_said(said) for said in draft.dates],
        "skipped": sorted(draft.skipped),
        "confirmed": {part.value: sign for part, sign in draft.confirmed.items()},
        "call": draft.call,
        "base": draft.base,
    }


def read(body: Mapping[str, Any]) -> CallDraft:
    """Return the draft of JSON data, also of that from before a call could have a note."""
    return CallDraft(
        title=_read_texts(body["title"]),
        action=body["action"],
        actions=tuple(body["actions"]),
        closes=body["closes"] and date.fromisoformat(body["closes"]),
        at=body["at"] and time.fromisoformat(body["at"]),
        whole_day=body["whole_day"],
        zone=body["zone"],
        opens=body["opens"] and date.fromisoformat(body["opens"]),
        link=body["link"],
        field=body.get("field"),
        note=_read_texts(body.get("note", {})),
        dates=tuple(_read_said(said) for said in body["dates"]),
        skipped=frozenset(Part(name) for name in body["skipped"]),
        confirmed={Part(name): sign for name, sign in body["confirmed"].items()},
        call=body["call"],
        base=body["base"],
    )


def _texts(texts: Mapping[Language, str]) -> dict[str, str]:
    return {language.value: text for language, text in texts.items()}


def _read_texts(texts: Mapping[str, str]) -> dict[Language, str]:
    return {Language(code): text for code, text in texts.items()}


def _said(said: SaidDate) -> dict[str, Any]:
    return {
        "text": said.text,
        "ways": [list(way) for way in said.ways],
        "role": said.role.value,
        "at": said.at and said.at.isoformat("minutes"),
        "zone": said.zone,
    }


def _read_said(said: Mapping[str, Any]) -> SaidDate:
    return SaidDate(
        text=said["text"],
        ways=tuple(Parts(*way) for way in said["ways"]),
        role=DateRole(said["role"]),
        at=said["at"] and time.fromisoformat(said["at"]),
        zone=said["zone"],
    )
