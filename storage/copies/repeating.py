"""A copy that perhaps arrived is sent again, because somebody decided so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    bindparam,
    exists,
    null,
    select,
    update,
)

from erasmus.announcements import Announcement, Stage
from storage.copies.releasing import hold
from storage.copies.rows import change
from storage.database import Connection
from storage.deliveries.ledger import get
from storage.deliveries.queue import put
from storage.deliveries.rows import Delivery, Draft, State
from storage.models import deliveries, in_state, opt_outs

_OPTED_OUT = select(
    exists().where(
        opt_outs.c.person_id == bindparam("whose"), opt_outs.c.topic == bindparam("about")
    )
)
_LEAVE_BATCH = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("which"),
        in_state(deliveries, State.UNKNOWN),
        deliveries.c.batch.is_not(None),
    )
    .values(batch=null(), problem=bindparam("why"))
)


async def send_again(
    c: Connection, announcement: Announcement, delivery_id: int, now: datetime
) -> bool:
    """Send a copy again that perhaps arrived, because somebody decided so.

    The old row leaves the announcement's counts. False when it was sent again already, is not
    unknown any more, or its reader has opted out meanwhile.
    """
    row = await get(c, delivery_id)
    if row is None or row.batch != announcement.batch:
        return False
    about = {"whose": row.chat_id, "about": announcement.topic}
    if (await c.execute(_OPTED_OUT, about)).scalar_one():
        return False
    key = f"{announcement.batch}:{row.chat_id}:{delivery_id}"
    left = await change(c, _LEAVE_BATCH, which=delivery_id, why=f"sent again as {key}")
    if not left:
        return False
    await put(c, replace(_draft(row, now), key=key, revision=announcement.version), now)
    if announcement.stage in {Stage.PAUSED, Stage.BRAKED}:
        await hold(c, announcement.batch)
    return True


def _draft(row: Delivery, now: datetime) -> Draft:
    return Draft(
        key=row.key,
        lane=row.lane,
        chat_id=row.chat_id,
        kind=row.kind,
        body=row.body,
        due_at=now,
        revision=row.revision,
        occasion=row.occasion,
        batch=row.batch,
    )
