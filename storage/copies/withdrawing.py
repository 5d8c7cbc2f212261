"""Copies that will never leave: withdrawn, or for people who are gone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    bindparam,
    literal,
    select,
    update,
)

from erasmus.announcements import Topic
from storage.columns import Utc
from storage.copies.rows import IS_HELD, IS_QUEUED, OF_BATCH, OPTED_OUT, change
from storage.database import Connection
from storage.deliveries.rows import State
from storage.inline_sqlite import LONG
from storage.models import deliveries, in_state, opt_outs, people

_CANCELLED = {"state": State.CANCELLED, "settled_at": bindparam("now", type_=Utc)}
_CANCEL_QUEUED = (
    update(deliveries).where(OF_BATCH, IS_QUEUED).values(_CANCELLED).execution_options(**LONG)
)
_CANCEL_WAITING = (
    update(deliveries)
    .where(OF_BATCH, in_state(deliveries, State.HELD, State.QUEUED))
    .values(_CANCELLED)
    .execution_options(**LONG)
)
_GONE = (
    update(deliveries)
    .where(
        OF_BATCH,
        IS_QUEUED,
        deliveries.c.chat_id.in_(
            select(people.c.id).where(people.c.unreachable_since.is_not(None))
        ),
    )
    .values(
        state=State.UNREACHABLE,
        settled_at=bindparam("now", type_=Utc),
        problem=literal("gone before it could leave"),
    )
    .execution_options(**LONG)
)


_OPTED_OUT = (
    update(deliveries)
    .where(
        OF_BATCH,
        IS_QUEUED,
        deliveries.c.chat_id.in_(
            select(opt_outs.c.person_id).where(opt_outs.c.topic == bindparam("about"))
        ),
    )
    .values({**_CANCELLED, "problem": OPTED_OUT})
    .execution_options(**LONG)
)


async def withdraw_opted_out(c: Connection, batch: str, topic: Topic, now: datetime) -> int:
    """Withdraw what was queued for people who do not want to hear of a topic any more.

    Opting out withdraws by itself what it finds; what was on its way then may have come back.
    """
    return await change(c, _OPTED_OUT, of=batch, about=topic, now=now)


async def cancel_queued(c: Connection, batch: str, now: datetime) -> int:
    """Withdraw what is queued."""
    return await change(c, _CANCEL_QUEUED, of=batch, now=now)


async def cancel_waiting(c: Connection, batch: str, now: datetime) -> int:
    """Withdraw what is queued or held, all at once: for the few of a correction."""
    return await change(c, _CANCEL_WAITING, of=batch, now=now)


async def cancel_held(c: Connection, batch: str, limit: int, now: datetime) -> int:
    """Withdraw some of what is held; return how many, 0 when nothing is left."""
    chosen = select(deliveries.c.id).where(deliveries.c.batch == batch, IS_HELD).limit(limit)
    statement = (
        update(deliveries)
        .where(deliveries.c.id.in_(chosen), IS_HELD)
        .values(state=State.CANCELLED, settled_at=now)
        .execution_options(**LONG)
    )
    return (await c.execute(statement)).rowcount


async def settle_gone(c: Connection, batch: str, now: datetime) -> int:
    """Give up what is queued for people who cannot be reached any more; return how many."""
    return await change(c, _GONE, of=batch, now=now)
