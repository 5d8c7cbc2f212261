"""Writing calls of offices as a pack of TOML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from html import unescape
from zoneinfo import ZoneInfo

from erasmus.call_tables import TABLE
from erasmus.calls import Call
from erasmus.words import Language, Words


def write_pack(calls: Sequence[Call]) -> str:
    """Return calls of offices as a pack that is read back exactly."""
    return "\n".join(f"[[{TABLE}]]\n" + "".join(_written(call)) for call in calls)


def _written(call: Call) -> Iterator[str]:
    """Yield the lines of a call, in the order of the table's keys."""
    values = {
        "id": _text(call.id),
        "office": _text(call.office_id),
        "action": _text(call.action),
        "field": _text(call.field),
        "title": _table(call.title),
        "note": _table(call.note),
        "link": _text(call.url),
        "opens": _day_or_moment(call, call.opens),
        "closes": _closing(call),
        "zone": _text(call.zone),
        "published": _instant(call.published_at),
        "withdrawn": _instant(call.withdrawn_at),
    }
    for key, value in values.items():
        if value is not None:
            yield f"{key} = {value}\n"


def _text(text: str | None) -> str | None:
    # What JSON escapes, TOML escapes alike; DEL alone is refused there as it is.
    return None if text is None else json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(words: Words | None) -> str | None:
    if words is None:
        return None
    texts = (f"{code} = {_text(unescape(words[code]))}" for code in Language if code in words)
    return "{" + ", ".join(texts) + "}"


def _closing(call: Call) -> str:
    local = call.closes.astimezone(ZoneInfo(call.zone))
    return _local(local.date() if call.date_only else local)


def _day_or_moment(call: Call, moment: datetime | None) -> str | None:
    if moment is None:
        return None
    local = moment.astimezone(ZoneInfo(call.zone))
    return _local(local.date() if local.time() == time(0) else local)


def _local(value: date) -> str:
    return (value.replace(tzinfo=None) if isinstance(value, datetime) else value).isoformat()


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
