"""Settling deliveries: what became of each claim, and of those whose process died."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Update, bindparam, case, exists, literal, null, or_, select, update

from storage.columns import Utc
from storage.database import Connection
from storage.deliveries.claiming import CRASHES
from storage.deliveries.rows import PROCESS_ENDED, UNFINISHED, Delivery, Lane, State, reply_key
from storage.models import deliveries, in_state

PAUSE_AFTER_CRASH = timedelta(seconds=60)
"""What a crash left goes to the end of the queue, or a crash loop hammers the same chats."""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

NOW = bindparam("now", type_=Utc)

_leader = deliveries.alias("leader")

_THIS = (deliveries.c.id == bindparam("which"), deliveries.c.attempts == bindparam("attempt"))
# A settlement is believed until a later attempt begins, even when the lease ran out meanwhile:
# a row that was sent after all is then not sent again. Both set whichever columns they are given.
_SETTLE = update(deliveries).where(
    *_THIS, in_state(deliveries, State.SENDING, State.QUEUED, State.HELD, State.UNKNOWN)
)
_SETTLE_SENT = _SETTLE.values(
    state=State.SENT,
    settled_at=bindparam("now"),
    message_id=bindparam("number"),
    problem=null(),
    lease_until=null(),
)
_POSTPONE = update(deliveries).where(*_THIS, in_state(deliveries, State.SENDING))
# Another process may have made the same attempt, where this one's claim was undone.
_CLAIMED_UNTIL = (
    select(deliveries.c.id)
    .where(
        *_THIS,
        in_state(deliveries, State.SENDING),
        deliveries.c.lease_until == bindparam("until", type_=Utc),
    )
    .with_for_update()
)
_COMPANIONS = update(deliveries).where(
    in_state(deliveries, State.JOINED), deliveries.c.joined_to == bindparam("which")
)

_DUE_AGAIN = case(
    (deliveries.c.due_at > bindparam("earliest", type_=Utc), deliveries.c.due_at),
    else_=bindparam("earliest", type_=Utc),
)
_REQUEUE_REPLIES = (
    update(deliveries)
    .where(
        deliveries.c.key.in_(bindparam("keys", expanding=True)),
        in_state(deliveries, State.SENDING),
        deliveries.c.attempts == 1,
    )
    .values(state=State.QUEUED, lease_until=null())
)

# An announcement is never sent twice: nobody can know whether this one left.
_never_again = or_(deliveries.c.lane == Lane.ANNOUNCEMENT, deliveries.c.crashes + 1 >= CRASHES)
_RECOVER = (
    update(deliveries)
    .where(in_state(deliveries, State.SENDING), deliveries.c.lease_until <= bindparam("until"))
    .values(
        state=case(
            (_never_again, State.UNKNOWN),
            (deliveries.c.batch.is_not(None), State.HELD),
            else_=State.QUEUED,
        ),
        due_at=case(
            (deliveries.c.lane == Lane.REPLY, NOW),
            (deliveries.c.lane == Lane.STAFF, deliveries.c.due_at),
            else_=_DUE_AGAIN,
        ),
        settled_at=case((_never_again, NOW), else_=null()),
        problem=literal(PROCESS_ENDED),
        crashes=deliveries.c.crashes + 1,
        lease_until=null(),
    )
)
_RECOVER_COMPANIONS = (
    update(deliveries)
    .where(
        in_state(deliveries, State.JOINED),
        ~exists().where(in_state(_leader, State.SENDING), _leader.c.id == deliveries.c.joined_to),
    )
    .values(state=State.QUEUED, due_at=_DUE_AGAIN, joined_to=null())
)


async def settle(  # noqa: PLR0913 - an outcome has this many parts
    c: Connection,
    delivery: Delivery,
    state: State,
    now: datetime,
    *,
    message_id: int | None = None,
    problem: str | None = None,
) -> bool:
    """Write down how a claimed delivery ended, for its companions too.

    False, and nothing is written, when a later attempt has begun or the row was deleted. Raises
    ValueError for a state that is not final.
    """
    if state in UNFINISHED:
        raise ValueError(f"{state} is not a final state; to send later, postpone")
    outcome = {"state": state, "settled_at": now, "message_id": message_id, "problem": problem}
    return await _end_attempt(c, _SETTLE, delivery, outcome)


async def settle_sent(
    c: Connection, sent: Sequence[tuple[Delivery, int | None]], now: datetime
) -> None:
    """Do what `settle` does for deliveries without companions, all sent, in one go."""
    rows = [
        {"which": delivery.id, "attempt": delivery.attempts, "number": message_id, "now": now}
        for delivery, message_id in sent
    ]
    if rows:
        await c.execute(_SETTLE_SENT, rows)


async def postpone(c: Connection, delivery: Delivery, due_at: datetime, problem: str) -> bool:
    """Put a claimed delivery and its companions back into the queue, due later.

    One copy of a batch is held instead: what it belongs to may have been stopped meanwhile. False,
    and nothing is written, when the row is not on its way by this attempt any more.
    """
    back = State.QUEUED if delivery.batch is None else State.HELD
    outcome = {"state": back, "due_at": due_at, "problem": problem, "joined_to": None}
    return await _end_attempt(c, _POSTPONE, delivery, outcome)


async def take_back(c: Connection, claimed: Iterable[tuple[Delivery, datetime]]) -> None:
    """Put back what may have been claimed, each with the end of its lease.

    For commits that came through unheard: nobody has begun to send these. One that another process
    has claimed since then is known by its lease, and left alone.
    """
    for delivery, until in claimed:
        which = {"which": delivery.id, "attempt": delivery.attempts, "until": until}
        if (await c.execute(_CLAIMED_UNTIL, which)).one_or_none() is not None:
            await postpone(c, delivery, delivery.due_at, delivery.problem or "")


async def requeue_replies(c: Connection, update_ids: Iterable[int]) -> int:
    """Queue the first replies to some updates, put as sending; return how many there were.

    For a commit that came through unheard: nobody has begun to send them.
    """
    keys = [reply_key(update_id, 0) for update_id in update_ids]
    return (await c.execute(_REQUEUE_REPLIES, {"keys": keys})).rowcount if keys else 0


async def recover(c: Connection, now: datetime, *, everything: bool = False) -> int:
    """Take back what a dead process was sending; return how many rows it held.

    Rows keep their place in the queue; corrections are held. Announcements, and what was mid-send
    in three crashes, become UNKNOWN. `everything` does not wait for leases to end: for the start of
    the only process of a database; bulk then waits a minute, as it would have for its lease.
    """
    until = datetime.max.replace(tzinfo=UTC) if everything else now
    earliest = now + PAUSE_AFTER_CRASH if everything else LONG_AGO
    held = await c.execute(_RECOVER, {"now": now, "until": until, "earliest": earliest})
    await c.execute(_RECOVER_COMPANIONS, {"earliest": earliest})
    return held.rowcount


async def _end_attempt(
    c: Connection, statement: Update, delivery: Delivery, outcome: dict[str, Any]
) -> bool:
    values = outcome | {"which": delivery.id, "attempt": delivery.attempts, "lease_until": None}
    if (await c.execute(statement, values)).rowcount == 0:
        return False
    if delivery.lane is not Lane.REPLY:  # a reply leads no digest, and is in a hurry
        await c.execute(_COMPANIONS, outcome | {"which": delivery.id})
    return True
