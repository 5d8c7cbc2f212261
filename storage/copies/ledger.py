"""Looking at copies: counted, listed, judged by the brake."""

from __future__ import annotations

from sqlalchemy import (
    bindparam,
    func,
    select,
)

from erasmus.waves import Seen
from storage.copies.rows import OF_BATCH, Copy, Progress
from storage.database import Connection
from storage.deliveries.rows import State
from storage.inline_sqlite import LONG
from storage.models import deliveries, in_state, people

_PROGRESS = (
    select(deliveries.c.state, func.count())
    .where(OF_BATCH)
    .group_by(deliveries.c.state)
    .execution_options(**LONG)
)
_COPY = select(
    deliveries.c.id,
    deliveries.c.chat_id,
    deliveries.c.state,
    deliveries.c.settled_at,
    deliveries.c.problem,
    deliveries.c.body,
)
_UNKNOWN = (
    _COPY.add_columns(people.c.university)
    .outerjoin(people, people.c.id == deliveries.c.chat_id)
    .where(OF_BATCH, in_state(deliveries, State.UNKNOWN))
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
)
_IN = (
    _COPY.where(
        OF_BATCH, deliveries.c.state == bindparam("state"), deliveries.c.id > bindparam("after")
    )
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
    .execution_options(**LONG)
)
_REFUSED = select(func.count()).where(
    OF_BATCH, in_state(deliveries, State.FAILED), deliveries.c.problem.like("refused:%")
)


async def progress(c: Connection, batch: str) -> Progress:
    """Return how many copies of an announcement or a correction stand where."""
    return Progress(dict((await c.execute(_PROGRESS, {"of": batch})).all()))


async def seen(c: Connection, batch: str) -> Seen:
    """Return the outcomes so far, for the brake."""
    now = await progress(c, batch)
    refused = int((await c.execute(_REFUSED, {"of": batch})).scalar_one())
    return Seen(now.settled, now.bad, refused)


async def unknown(c: Connection, batch: str, limit: int = 100) -> list[Copy]:
    """Return the copies that perhaps arrived, and that are never sent again by themselves."""
    rows = await c.execute(_UNKNOWN, {"of": batch, "limit": limit})
    return [Copy(*row) for row in rows]


async def listing(c: Connection, batch: str, state: State, after: int, limit: int) -> list[Copy]:
    """Return copies in a state by their ids, which is how their index has them, `after` an id."""
    rows = await c.execute(_IN, {"of": batch, "state": state, "after": after, "limit": limit})
    return [Copy(*row) for row in rows]
