"""Looking at the ledger of deliveries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.columns import Numbered
from storage.database import Connection
from storage.deliveries.rows import COLUMNS, UNFINISHED, Delivery, Fate, Lane, State
from storage.models import deliveries, in_state

_QUEUED = in_state(deliveries, State.QUEUED)

_GET = select(*COLUMNS).where(deliveries.c.id == bindparam("delivery_id"))
_FATE = select(deliveries.c.state, deliveries.c.message_id).where(
    deliveries.c.key == bindparam("named")
)
_QUEUED_FOR = (
    select(*COLUMNS)
    .where(
        _QUEUED,
        deliveries.c.chat_id == bindparam("chat_id"),
        # Added to, the lane cannot tempt SQLite to walk a whole lane instead of one chat.
        deliveries.c.lane + 0 == bindparam("lane", type_=Numbered(Lane)),
    )
    .order_by(deliveries.c.due_at, deliveries.c.id)
)
_SENT_LIST = (
    select(*COLUMNS)
    .where(in_state(deliveries, State.SENT))
    .order_by(deliveries.c.settled_at.desc(), deliveries.c.id.desc())
    .limit(bindparam("limit"))
)
_NEXT_DUE = select(func.min(deliveries.c.due_at)).where(
    _QUEUED,
    deliveries.c.lane == bindparam("lane"),
    deliveries.c.due_at > bindparam("after"),
)
_COUNTS = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
_DEPTH = select(func.count(), func.min(deliveries.c.due_at)).where(
    _QUEUED, deliveries.c.lane == bindparam("lane"), deliveries.c.due_at <= bindparam("now")
)
_UNKNOWN_LIST = (
    select(*COLUMNS)
    .where(in_state(deliveries, State.UNKNOWN))
    .order_by(deliveries.c.lane.desc(), deliveries.c.id)
    .limit(bindparam("limit"))
)


async def get(c: Connection, delivery_id: int) -> Delivery | None:
    """Return one row of the ledger."""
    row = (await c.execute(_GET, {"delivery_id": delivery_id})).one_or_none()
    return None if row is None else Delivery(*row)


async def fate_of(c: Connection, key: str) -> Fate:
    """Return what became of a row; one that is not there any more is over."""
    row = (await c.execute(_FATE, {"named": key})).one_or_none()
    if row is None:
        return Fate(over=True, message_id=None)
    return Fate(row.state not in UNFINISHED, row.message_id)


async def queued_for(c: Connection, chat_id: int, lane: Lane) -> list[Delivery]:
    """Return what waits for one chat in a lane, by due time."""
    rows = await c.execute(_QUEUED_FOR, {"chat_id": chat_id, "lane": lane})
    return [Delivery(*row) for row in rows]


async def sent_list(c: Connection, limit: int) -> list[Delivery]:
    """Return what was sent last, newest first."""
    return [Delivery(*row) for row in await c.execute(_SENT_LIST, {"limit": limit})]


async def next_due(c: Connection, after: datetime, lane: Lane = Lane.REMINDER) -> datetime | None:
    """Return when the next row of a lane falls due, later than a moment; None for never."""
    due: datetime | None = (await c.execute(_NEXT_DUE, {"after": after, "lane": lane})).scalar_one()
    return due


async def counts(c: Connection) -> dict[State, int]:
    """Return how many rows there are in each state that occurs."""
    return dict((await c.execute(_COUNTS)).all())


async def depths(c: Connection, now: datetime) -> dict[Lane, tuple[int, datetime | None]]:
    """Return how many rows of each lane are due, and since when the first of them is.

    Rows that are due later cost nothing, however many there are.
    """
    found: dict[Lane, tuple[int, datetime | None]] = {}
    for lane in Lane:
        number, oldest = (await c.execute(_DEPTH, {"lane": lane, "now": now})).one()
        found[lane] = number, oldest
    return found


async def unknown_list(c: Connection, limit: int) -> list[Delivery]:
    """Return what perhaps arrived and is not sent again by itself, announcements first."""
    return [Delivery(*row) for row in await c.execute(_UNKNOWN_LIST, {"limit": limit})]
