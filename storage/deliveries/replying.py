"""Replying: a reply is put into the ledger as on its way already, where its chat is free.

So it costs one statement, and none of what it says is read back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, or_
from sqlalchemy.sql.dml import ReturningInsert

from storage.columns import Utc
from storage.database import Collision, Connection, InsertInto, for_both, may_collide
from storage.deliveries.queue import drafted, put
from storage.deliveries.rows import Delivery, Draft, Lane, State
from storage.models import deliveries, in_state
from storage.rests import resting

_other = deliveries.alias("other")
_busy = exists().where(
    _other.c.chat_id == bindparam("whose"),
    or_(
        in_state(_other, State.SENDING),
        # Added to, the lane cannot tempt SQLite to walk all replies instead of one chat.
        and_(in_state(_other, State.QUEUED), _other.c.lane + 0 == Lane.REPLY),
    ),
)
_taken = or_(_busy, resting(bindparam("whose"), bindparam("moment", type_=Utc)))


def _put_sending(insert: InsertInto) -> ReturningInsert[Any]:
    row = insert(deliveries).values(
        state=case((_taken, State.QUEUED), else_=State.SENDING),
        attempts=case((_taken, 0), else_=1),
        lease_until=case((_taken, None), else_=bindparam("lease_end", type_=Utc)),
    )
    # Only a known key is nothing: where the chat has been taken meanwhile, the referee must speak.
    return row.on_conflict_do_nothing(index_elements=[deliveries.c.key]).returning(
        deliveries.c.id, deliveries.c.state
    )


_PUT_SENDING = for_both(_put_sending)


async def put_sending(
    c: Connection, draft: Draft, now: datetime, lease_until: datetime
) -> Delivery | None:
    """Put a reply and return it as claimed; None when it must wait in the queue, or is known.

    It waits for what is on its way to its chat, for earlier replies and while the chat rests.
    Hand it to the sender after the commit.
    """
    values = drafted(draft) | {"created_at": now, "moment": now}
    values |= {"whose": draft.chat_id, "lease_end": lease_until}
    try:
        async with may_collide(c):
            row = (await c.execute(_PUT_SENDING(c), values)).one_or_none()
    except Collision:  # another process began to send to this chat
        await put(c, draft, now)
        return None
    if row is None or row.state is not State.SENDING:
        return None
    return Delivery(
        **drafted(draft),
        id=row.id,
        state=State.SENDING,
        attempts=1,
        message_id=None,
        created_at=now,
        problem=None,
        settled_at=None,
    )
