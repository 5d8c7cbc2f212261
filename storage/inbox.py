"""The inbox: every update is a row before Telegram is told that it arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, not_, select, update

from storage.database import Connection, for_both
from storage.models import ArrivalState as State
from storage.models import in_state, inbox

__all__ = [
    "Arrival",
    "State",
    "backlog",
    "failed",
    "handled",
    "ignored",
    "max_update_id",
    "purge",
    "receive",
    "take",
    "waiting",
]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update. `payload` is what Telegram sent; `attempts` counts how often it was taken."""

    update_id: int
    chat_id: int
    payload: dict[str, Any]
    received_at: datetime
    state: State
    attempts: int


_COLUMNS = list(inbox.c)[:6]
_NEW = in_state(inbox, State.NEW)

_RECEIVE = for_both(lambda insert: insert(inbox).on_conflict_do_nothing())

_earlier = inbox.alias("earlier")
_WAITING = (
    select(*_COLUMNS)
    .where(
        _NEW,
        inbox.c.chat_id.not_in(bindparam("busy", expanding=True)),
        ~exists().where(
            in_state(_earlier, State.NEW),
            _earlier.c.chat_id == inbox.c.chat_id,
            _earlier.c.update_id < inbox.c.update_id,
        ),
    )
    .order_by(inbox.c.update_id)
    .limit(bindparam("limit"))
)
_TAKE = (
    update(inbox)
    .where(_NEW, inbox.c.update_id.in_(bindparam("update_ids", expanding=True)))
    .values(attempts=inbox.c.attempts + 1)
    .returning(inbox.c.update_id, inbox.c.attempts)
)
# Sets whichever columns it is given.
_FINISH = update(inbox).where(_NEW, inbox.c.update_id == bindparam("which"))
_BACKLOG = select(func.count()).select_from(inbox).where(_NEW)
_MAX = select(func.max(inbox.c.update_id)).where(inbox.c.received_at >= bindparam("since"))
_PURGE = delete(inbox).where(not_(_NEW), inbox.c.received_at < bindparam("before"))


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


async def waiting(c: Connection, busy: Collection[int], limit: int) -> list[Arrival]:
    """Return the oldest new update of each chat that is not busy, in order of update id.

    One update a chat keeps what a person does in order while many chats go side by side.
    """
    rows = await c.execute(_WAITING, {"busy": list(busy), "limit": limit})
    return [Arrival(*row) for row in rows]


async def take(c: Connection, update_ids: Collection[int]) -> dict[int, int]:
    """Count one more attempt at each; return the attempts, this one included, by update id.

    Commit before handling: an update that kills the process then shows by its count. One that is
    no longer new is left out.
    """
    rows = await c.execute(_TAKE, {"update_ids": list(update_ids)})
    return dict(rows.all())


async def handled(c: Connection, update_id: int, now: datetime) -> bool:
    """Mark an update as done and wipe what it said; False when it was not new any more."""
    return await _finish(c, update_id, state=State.HANDLED, handled_at=now, payload={})


async def ignored(c: Connection, update_id: int, now: datetime) -> bool:
    """Mark an update as none of ours and wipe what it said; False when it was not new."""
    return await _finish(c, update_id, state=State.IGNORED, handled_at=now, payload={})


async def failed(c: Connection, update_id: int, problem: str, now: datetime) -> bool:
    """Set an update aside with what went wrong; False when it was not new any more.

    Its payload stays for whoever looks into the problem, until `purge`.
    """
    return await _finish(c, update_id, state=State.FAILED, handled_at=now, problem=problem)


async def backlog(c: Connection) -> int:
    """Return how many updates are still new."""
    return (await c.execute(_BACKLOG)).scalar_one()


async def max_update_id(c: Connection, since: datetime) -> int | None:
    """Return the highest id received since a moment, for the next offset.

    Ask for the last day or two only: after a week without updates Telegram goes on from a random
    id, perhaps a lower one, and an old offset would throw those updates away.
    """
    highest: int | None = (await c.execute(_MAX, {"since": since})).scalar_one()
    return highest


async def purge(c: Connection, before: datetime) -> int:
    """Delete what was received before a moment and is not new; return how many.

    Telegram repeats an update for at most 24 hours; a row is needed that long to know it again.
    """
    return (await c.execute(_PURGE, {"before": before})).rowcount


async def _finish(c: Connection, update_id: int, **columns: object) -> bool:
    return (await c.execute(_FINISH, {"which": update_id, **columns})).rowcount > 0
