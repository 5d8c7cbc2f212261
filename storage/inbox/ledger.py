"""Writing updates down, finishing them, and looking at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, not_, select, update

from storage.database import Connection, for_both
from storage.inbox.arrivals import State
from storage.inline_sqlite import LONG
from storage.models import in_state, inbox

_NEW = in_state(inbox, State.NEW)

_RECEIVE = for_both(lambda insert: insert(inbox).on_conflict_do_nothing())

_DEPTH = select(func.count(), func.min(inbox.c.received_at)).where(_NEW)
# Sets whichever columns it is given.
_FINISH = update(inbox).where(_NEW, inbox.c.update_id == bindparam("which"))
_PURGE = (
    delete(inbox)
    .where(not_(_NEW), inbox.c.received_at < bindparam("before"))
    .execution_options(**LONG)
)


async def receive(
    c: Connection, updates: Iterable[tuple[int, int, Mapping[str, Any]]], now: datetime
) -> None:
    """Store updates, each as update id, chat id and payload. Known ids change nothing."""
    rows = [
        {"update_id": update_id, "chat_id": chat_id, "payload": payload, "received_at": now}
        for update_id, chat_id, payload in updates
    ]
    if rows:
        await c.execute(_RECEIVE(c), rows)


async def depth(c: Connection) -> tuple[int, datetime | None]:
    """Return how many updates are new, and when the oldest of them came."""
    number, oldest = (await c.execute(_DEPTH)).one()
    return number, oldest


async def handled(c: Connection, update_id: int, now: datetime) -> bool:
    """Mark an update as done and wipe what it said; False when it was not new any more.

    Then another process did it, and this transaction must be rolled back: raise Overtaken.
    """
    return await _finish(c, update_id, state=State.HANDLED, handled_at=now, payload={})


async def ignored(c: Connection, update_id: int, now: datetime) -> bool:
    """Mark an update as none of ours and wipe what it said; False when it was not new."""
    return await _finish(c, update_id, state=State.IGNORED, handled_at=now, payload={})


async def failed(c: Connection, update_id: int, problem: str, now: datetime) -> bool:
    """Set an update aside with what went wrong; False when it was not new any more.

    Its payload stays for whoever looks into the problem, until `purge`.
    """
    return await _finish(c, update_id, state=State.FAILED, handled_at=now, problem=problem)


async def purge(c: Connection, before: datetime) -> int:
    """Delete what was received before a moment and is not new; return how many.

    Telegram repeats an update for at most 24 hours; a row is needed that long to know it again.
    """
    return (await c.execute(_PURGE, {"before": before})).rowcount


async def _finish(c: Connection, update_id: int, **columns: object) -> bool:
    values = {"which": update_id, "holder": None, "held_until": None, **columns}
    return (await c.execute(_FINISH, values)).rowcount > 0
