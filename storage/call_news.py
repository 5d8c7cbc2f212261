"""News of a call: everybody who follows it hears once that its dates changed or it is withdrawn.

One statement for all followers: a country's call may have tens of thousands.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    String,
    bindparam,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
    update,
)

from erasmus.calls import Call
from storage import calls
from storage.columns import Numbered, Utc
from storage.database import Connection, Insert, InsertInto, for_both
from storage.deliveries.queue import cancel_stale
from storage.deliveries.rows import Lane, State
from storage.inline_sqlite import LONG
from storage.models import deliveries, follows, in_state, people

NEWS: Final = "change"
"""The kind of these deliveries."""

QUIET: Final = "quiet"
"""The occasion of news that comes without a sound."""

_tail = bindparam("tail", type_=String)
_newest = bindparam("newest", type_=deliveries.c.revision.type)
_occasion = bindparam("told", type_=String)
_now, _until = bindparam("now", type_=Utc), bindparam("until", type_=Utc)

# What was not sent yet keeps its body: it says the date that its reader knows.
_CARRY = (
    update(deliveries)
    .where(
        in_state(deliveries, State.QUEUED),
        deliveries.c.call_id == bindparam("which"),
        deliveries.c.kind == NEWS,
        deliveries.c.revision < _newest,
    )
    .values(
        key=literal("c") + cast(deliveries.c.chat_id, String) + _tail,
        revision=_newest,
        due_at=_now,
        valid_until=_until,
    )
    .execution_options(**LONG)
)
_ALOUD = (
    update(deliveries)
    .where(
        in_state(deliveries, State.QUEUED),
        deliveries.c.call_id == bindparam("which"),
        deliveries.c.kind == NEWS,
    )
    .values(occasion=None)
    .execution_options(**LONG)
)

_drafted: Mapping[str, ColumnElement[Any]] = {
    "key": literal("c") + cast(follows.c.person_id, String) + _tail,
    "lane": bindparam("lane", type_=Numbered(Lane)),
    "chat_id": follows.c.person_id,
    "kind": literal(NEWS),
    "body": bindparam("body", type_=deliveries.c.body.type),
    "due_at": _now,
    "valid_until": _until,
    "call_id": follows.c.call_id,
    "revision": _newest,
    "occasion": _occasion,
    "created_at": _now,
}
# Who has applied needs no new date, but must hear that there is nothing to apply for any more.
_WHO = (
    follows.c.call_id == bindparam("which"),
    people.c.reminders_on,
    people.c.unreachable_since.is_(None),
    follows.c.muted == false(),
    or_(follows.c.submitted_at.is_(None), bindparam("withdrawn") == true()),
)
_HEARING = (
    select(*(value.label(name) for name, value in _drafted.items()))
    .join_from(follows, people, follows.c.person_id == people.c.id)
    .where(*_WHO)
)
_COUNT = (
    select(func.count())
    .select_from(follows)
    .join(people, follows.c.person_id == people.c.id)
    .where(*_WHO)
)


def _tell(insert: InsertInto) -> Insert:
    news = insert(deliveries).from_select(list(_drafted), _HEARING)
    return news.on_conflict_do_nothing().execution_options(**LONG)


_TELL = for_both(_tell)


async def hearers(c: Connection, call_id: str, *, withdrawn: bool) -> int:
    """Return how many would be told now that a call has changed, or is withdrawn."""
    which = {"which": call_id, "withdrawn": withdrawn}
    count: int = (await c.execute(_COUNT, which)).scalar_one()
    return count


async def tell(c: Connection, before: Call, now: datetime, *, quietly: bool = False) -> None:
    """Tell followers what became of a call, after `calls.put` said that its revision was raised.

    Reminders for what it was are withdrawn. News that was not sent yet is carried over, so that
    several changes in a row are one message.
    """
    call = await calls.get(c, before.id)
    if call is None:
        return
    # News that was on its way at the last change, and came back, has a newer twin by now.
    await cancel_stale(c, call.id, before.revision, now)
    if not call.closed(now):
        await _put_news(c, before, call, now, quietly=quietly)
    await cancel_stale(c, call.id, call.revision, now)


async def _put_news(
    c: Connection, before: Call, call: Call, now: datetime, *, quietly: bool
) -> None:
    which = {
        "which": call.id,
        "newest": call.revision,
        "tail": f":{call.id}:{call.revision}",
        "now": now,
        "until": call.closes,
    }
    await c.execute(_CARRY, which)
    if not quietly:
        await c.execute(_ALOUD, {"which": call.id})
    news = {
        "lane": Lane.REMINDER,
        "body": {"was": before.closes.isoformat(), "was_status": before.status.value},
        "told": QUIET if quietly else None,
        "withdrawn": call.withdrawn,
    }
    await c.execute(_TELL(c), which | news)
