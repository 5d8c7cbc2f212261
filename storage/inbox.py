"""The inbox: every update is a row before Telegram is told that it arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, not_, select, update

from storage.database import Collision, Connection, for_both, may_collide
from storage.inline_sqlite import LONG
from storage.models import in_state, inbox
from storage.states import ArrivalState as State

__all__ = [
    "Arrival",
    "Overtaken",
    "State",
    "backlog",
    "claim",
    "depth",
    "failed",
    "free",
    "handled",
    "ignored",
    "max_update_id",
    "purge",
    "receive",
    "recover",
]


class Overtaken(Exception):
    """Another process dealt with an update meanwhile: nothing of this one's work may stay."""


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

_candidate = inbox.alias("candidate")
_of_chat = inbox.alias("of_chat")
_CLAIM = (
    update(inbox)
    .where(
        inbox.c.update_id.in_(
            select(
                select(_candidate.c.update_id)
                .where(
                    # Said of the row itself, PostgreSQL asks again once it has the row's lock.
                    in_state(_candidate, State.NEW),
                    _candidate.c.holder.is_(None),
                    _candidate.c.chat_id.not_in(bindparam("busy", expanding=True)),
                    ~exists().where(
                        in_state(_of_chat, State.NEW),
                        _of_chat.c.chat_id == _candidate.c.chat_id,
                        _of_chat.c.update_id < _candidate.c.update_id,
                    ),
                    ~exists().where(
                        _of_chat.c.holder.is_not(None), _of_chat.c.chat_id == _candidate.c.chat_id
                    ),
                )
                .order_by(_candidate.c.update_id)
                .limit(bindparam("limit"))
                .with_for_update(skip_locked=True, of=_candidate)
                .cte("chosen")
                .c.update_id
            )
        )
    )
    .values(holder=bindparam("owner"), held_until=bindparam("until"), attempts=inbox.c.attempts + 1)
    .returning(*_COLUMNS)
)
_FREED = {"holder": None, "held_until": None}
_FREE = (
    update(inbox)
    .where(_NEW, inbox.c.update_id == bindparam("which"), inbox.c.holder == bindparam("owner"))
    .values(_FREED)
)
_HELD = inbox.c.holder.is_not(None)
_RECOVER_ALL = update(inbox).where(_HELD).values(_FREED)
_RECOVER = _RECOVER_ALL.where(inbox.c.held_until <= bindparam("now"))
_DEPTH = select(func.count(), func.min(inbox.c.received_at)).where(_NEW)
# Sets whichever columns it is given.
_FINISH = update(inbox).where(_NEW, inbox.c.update_id == bindparam("which"))
_BACKLOG = select(func.count()).select_from(inbox).where(_NEW)
_MAX = select(func.max(inbox.c.update_id)).where(inbox.c.received_at >= bindparam("since"))
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


async def claim(
    c: Connection, owner: str, until: datetime, limit: int, busy: Collection[int] = ()
) -> list[Arrival]:
    """Take the oldest new update of each chat that nobody holds; each counts one more attempt.

    Commit before handling: an update that kills the process then shows by its count. It is held
    until it is handled, ignored, failed or freed, or until `recover` after the lease.
    """
    values = {"owner": owner, "until": until, "limit": limit, "busy": list(busy)}
    try:
        async with may_collide(c):
            rows = (await c.execute(_CLAIM, values)).all()
    except Collision:
        return []  # another process began with one of these chats; the next look will tell
    return sorted((Arrival(*row) for row in rows), key=lambda arrival: arrival.update_id)


async def free(c: Connection, update_id: int, owner: str) -> bool:
    """Give an update back, for the next attempt; False when it is not held by this owner."""
    return (await c.execute(_FREE, {"which": update_id, "owner": owner})).rowcount > 0


async def recover(c: Connection, now: datetime, *, everything: bool = False) -> int:
    """Give back what processes held longer than their lease; return how much.

    `everything` does not wait for leases: for the start of the only process of a database.
    """
    statement, values = (_RECOVER_ALL, {}) if everything else (_RECOVER, {"now": now})
    return (await c.execute(statement, values)).rowcount


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
    values = {"which": update_id, **_FREED, **columns}
    return (await c.execute(_FINISH, values)).rowcount > 0
