"""Renaming a chat: a group that became a supergroup has another id from then on."""

from __future__ import annotations

from sqlalchemy import bindparam, null, update

from storage.database import Connection
from storage.deliveries.rows import State
from storage.models import deliveries, in_state, inbox

# What is on its way to the old id was refused, so it is queued again. That also keeps it from
# meeting a row on its way to the new id.
_QUEUE_AGAIN = (
    update(deliveries)
    .where(in_state(deliveries, State.SENDING), deliveries.c.chat_id == bindparam("old"))
    .values(state=State.QUEUED, lease_until=null())
)
_LEAVE = (
    update(deliveries)
    .where(in_state(deliveries, State.JOINED), deliveries.c.chat_id == bindparam("old"))
    .values(state=State.QUEUED, joined_to=null())
)
_RENAME = (
    update(deliveries)
    .where(deliveries.c.chat_id == bindparam("old"))
    .values(chat_id=bindparam("new"))
)
# An update that is being handled keeps its chat until then; its reply is renamed in its turn.
_RENAME_ARRIVALS = (
    update(inbox)
    .where(inbox.c.holder.is_(None), inbox.c.chat_id == bindparam("old"))
    .values(chat_id=bindparam("new"))
)


async def rename_chat(c: Connection, old: int, new: int) -> int:
    """Give a group's rows its new id, in one transaction; return how many messages moved.

    They keep their keys. The one whose refusal told the new id is queued again by this: do not
    settle it. People are not touched, for their ids never change.
    """
    for statement in (_QUEUE_AGAIN, _LEAVE):
        await c.execute(statement, {"old": old})
    renamed = await c.execute(_RENAME, {"old": old, "new": new})
    await c.execute(_RENAME_ARRIVALS, {"old": old, "new": new})
    return renamed.rowcount
