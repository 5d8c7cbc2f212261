"""Putting deliveries into the queue, and withdrawing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, delete, update

from storage.database import Connection, Insert, InsertInto, for_both
from storage.deliveries.rows import Draft, Lane, State
from storage.inline_sqlite import LONG
from storage.models import deliveries, in_state

_DRAFTED = [field.name for field in fields(Draft)]
_QUEUED = in_state(deliveries, State.QUEUED)


def _put(insert: InsertInto) -> Insert:
    row = insert(deliveries)
    # A row withdrawn before anyone claimed it comes back when its reason does: a call followed
    # again, reminders switched on again. Whatever a sender has touched stays as it is.
    return row.on_conflict_do_update(
        index_elements=[deliveries.c.key],
        set_={
            **{name: row.excluded[name] for name in _DRAFTED if name != "key"},
            "state": State.QUEUED,
            "problem": None,
            "settled_at": None,
        },
        where=in_state(deliveries, State.CANCELLED) & (deliveries.c.attempts == 0),
    )


_PUT_ALL = for_both(_put)
_PUT = for_both(lambda insert: _put(insert).returning(deliveries.c.id))

_CANCELLED = {"state": State.CANCELLED, "settled_at": bindparam("now")}
_CANCEL = (
    update(deliveries)
    .where(_QUEUED, deliveries.c.key.in_(bindparam("keys", expanding=True)))
    .values(_CANCELLED)
)
_CANCEL_STALE = (
    update(deliveries)
    .where(
        _QUEUED,
        deliveries.c.call_id == bindparam("which"),
        deliveries.c.revision < bindparam("newest"),
    )
    .values(_CANCELLED)
)
_CANCEL_FOR_FOLLOW = (
    update(deliveries)
    .where(
        _QUEUED,
        deliveries.c.chat_id == bindparam("whose"),
        deliveries.c.call_id == bindparam("which"),
    )
    .values(_CANCELLED)
)
_CANCEL_FOR_PERSON = (
    update(deliveries)
    .where(
        _QUEUED,
        deliveries.c.chat_id == bindparam("whose"),
        deliveries.c.kind == bindparam("of_kind"),
    )
    .values(_CANCELLED)
)
_WITHDRAW_PLANNED = (
    update(deliveries)
    .where(
        _QUEUED,
        # Revived by put() only when no sender has touched it, so nothing else is withdrawn.
        deliveries.c.attempts == 0,
        deliveries.c.due_at > bindparam("now"),
        deliveries.c.kind == bindparam("of_kind"),
        # Added to, the call cannot tempt SQLite to walk all its followers instead of one chat.
        deliveries.c.call_id + "" == bindparam("which"),
        deliveries.c.chat_id == bindparam("whose"),
    )
    .values(_CANCELLED)
)
_EXPIRE = (
    update(deliveries)
    .where(_QUEUED, deliveries.c.valid_until <= bindparam("now"))
    .values(state=State.EXPIRED, settled_at=bindparam("now"))
)
_PURGE = (
    delete(deliveries)
    .where(
        deliveries.c.settled_at < bindparam("before"),
        deliveries.c.lane.in_(bindparam("lanes", expanding=True)),
    )
    .execution_options(**LONG)
)


async def put(c: Connection, draft: Draft, now: datetime) -> int | None:
    """Queue a draft and return its id; None when its key is in the ledger already.

    A row that was withdrawn before any attempt is queued again with what the draft says now.
    """
    queued: int | None = (await c.execute(_PUT(c), _row(draft, now))).scalar_one_or_none()
    return queued


async def put_all(c: Connection, drafts: Iterable[Draft], now: datetime) -> None:
    """Do the same as `put` for many drafts in one go, without telling which were known."""
    rows = [_row(draft, now) for draft in drafts]
    if rows:
        await c.execute(_PUT_ALL(c), rows)


async def cancel(c: Connection, keys: Collection[str], now: datetime) -> int:
    """Withdraw queued rows by key; return how many. What a sender holds is not touched."""
    return await _change(c, _CANCEL, keys=list(keys), now=now)


async def cancel_stale(c: Connection, call_id: str, revision: int, now: datetime) -> int:
    """Withdraw what was queued for lower revisions of a call; return how many."""
    return await _change(c, _CANCEL_STALE, which=call_id, newest=revision, now=now)


async def cancel_for_follow(c: Connection, person_id: int, call_id: str, now: datetime) -> int:
    """Withdraw what is queued for a person about one call; return how many."""
    return await _change(c, _CANCEL_FOR_FOLLOW, whose=person_id, which=call_id, now=now)


async def cancel_for_person(c: Connection, person_id: int, kind: str, now: datetime) -> int:
    """Withdraw everything of one kind that is queued for a person; return how many."""
    return await _change(c, _CANCEL_FOR_PERSON, whose=person_id, of_kind=kind, now=now)


async def withdraw_planned(
    c: Connection, follows: Iterable[tuple[int, str]], kind: str, now: datetime
) -> None:
    """Withdraw what is queued for later about pairs of a person and a call.

    To plan anew, put afterwards what still holds: it is queued again, due when the draft says.
    """
    each = [
        {"whose": person, "which": call, "of_kind": kind, "now": now} for person, call in follows
    ]
    if each:
        await c.execute(_WITHDRAW_PLANNED, each)


async def expire(c: Connection, now: datetime) -> int:
    """Give up queued rows that are no longer true; return how many. A claim never takes those."""
    return await _change(c, _EXPIRE, now=now)


async def purge(c: Connection, lanes: Collection[Lane], before: datetime) -> int:
    """Delete rows of some lanes that were settled before a moment; return how many."""
    return (await c.execute(_PURGE, {"lanes": list(lanes), "before": before})).rowcount


def drafted(draft: Draft) -> dict[str, Any]:
    """Return what a draft says, by column."""
    return {name: getattr(draft, name) for name in _DRAFTED}


def _row(draft: Draft, now: datetime) -> dict[str, Any]:
    return drafted(draft) | {"created_at": now}


async def _change(c: Connection, statement: Update, **which: object) -> int:
    return (await c.execute(statement, which)).rowcount
