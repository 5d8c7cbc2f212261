"""Revisions of calls: who changed what at the desk, from what to what, and how it was told."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, insert, select

from erasmus.calls import Call
from erasmus.words import Language, Words
from storage.database import Connection
from storage.models import call_revisions


class Change(StrEnum):
    """What was done to a call."""

    PUBLISHED = "published"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class CallRevision:
    """One change. `person_id` is nobody for what the command line did.

    `revision` is the call's afterwards: it stays the same where only texts changed. `before` and
    `after` are the call's fields as JSON data. `quietly`: followers were told without a sound.
    """

    id: int
    call_id: str
    revision: int
    what: Change
    person_id: int | None
    at: datetime
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    quietly: bool


_COLUMNS = tuple(call_revisions.c[field.name] for field in fields(CallRevision))
_OF_CALL = (
    select(*_COLUMNS)
    .where(call_revisions.c.call_id == bindparam("which"))
    .order_by(call_revisions.c.id)
)
_NEWEST = (
    select(*_COLUMNS)
    .where(call_revisions.c.call_id == bindparam("which"))
    .order_by(call_revisions.c.id.desc())
    .limit(1)
)
_SINCE = (
    select(*_COLUMNS)
    .where(call_revisions.c.call_id == bindparam("which"), call_revisions.c.id > bindparam("known"))
    .order_by(call_revisions.c.id)
)
_WRITE = insert(call_revisions)


async def write(  # noqa: PLR0913 - a change has these parts
    c: Connection,
    what: Change,
    before: Call | None,
    after: Call,
    *,
    person_id: int | None,
    now: datetime,
    quietly: bool = False,
) -> None:
    """Write a change down, in the transaction that makes it."""
    row = {
        "call_id": after.id,
        "revision": after.revision,
        "what": what.value,
        "person_id": person_id,
        "at": now,
        "before": None if before is None else plain(before),
        "after": plain(after),
        "quietly": quietly,
    }
    await c.execute(_WRITE, row)


async def of_call(c: Connection, call_id: str) -> list[CallRevision]:
    """Return the changes of a call, the first one first."""
    return [_read(row) for row in await c.execute(_OF_CALL, {"which": call_id})]


async def newest(c: Connection, call_id: str) -> CallRevision | None:
    """Return the last change of a call."""
    row = (await c.execute(_NEWEST, {"which": call_id})).one_or_none()
    return None if row is None else _read(row)


async def since(c: Connection, call_id: str, known: int) -> list[CallRevision]:
    """Return the changes of a call after the one of that number, the first one first."""
    return [_read(row) for row in await c.execute(_SINCE, {"which": call_id, "known": known})]


def call_before(revision: CallRevision, call: Call) -> Call:
    """Return a call with what staff can change of it as it was before a change."""
    was = revision.before or {}
    return replace(
        call,
        title=_words(was["title"]),
        note=_words(was["note"]) if was.get("note") else None,
        closes=datetime.fromisoformat(was["closes"]),
        opens=datetime.fromisoformat(was["opens"]) if was["opens"] else None,
        zone=was["zone"],
        date_only=was["date_only"],
        action=was["action"],
        field=was.get("field"),
        url=was["url"],
    )


def _words(texts: dict[str, str]) -> Words:
    return Words({Language(code): text for code, text in texts.items()})


def plain(call: Call) -> dict[str, Any]:
    """Return the fields of a call as JSON data; moments as ISO 8601 with their offset."""
    return {field.name: _plain(getattr(call, field.name)) for field in fields(Call)}


def _plain(value: object) -> object:
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    return dict(value) if isinstance(value, Words) else value


def _read(row: Any) -> CallRevision:  # noqa: ANN401 - a row of the database
    number, call_id, revision, what, *rest = row
    return CallRevision(number, call_id, revision, Change(what), *rest)
