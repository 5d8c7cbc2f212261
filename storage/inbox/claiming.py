"""Claiming updates: who handles what, for how long, and what a death of the process means.

An update that was being handled when a process ended is a *suspect*: it may be what ended it. Each
such death is counted. Fresh updates are claimed many at a time, a suspect alone, so company can die
with a killer only once; after `DEATHS` deaths an update is not tried again. Somebody who ends
processes again and again, soon after each start, could still hit one innocent three times. So its
last try is left to a process that is steady: one that has run for a while.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from storage.database import Collision, Connection, may_collide
from storage.inbox.arrivals import COLUMNS, Arrival, State
from storage.models import in_state, inbox, is_suspect

DEATHS: Final = 3
"""So many deaths are an update's own doing: all but the first found it alone."""

_candidate = inbox.alias("candidate")
_of_chat = inbox.alias("of_chat")
_is_fresh = _candidate.c.deaths == 0
# With the number of deaths that `waits`, a suspect is not claimed now.
_is_suspect = and_(is_suspect(_candidate.c.deaths), _candidate.c.deaths != bindparam("waits"))
_is_free = and_(
    # Said of the row itself, PostgreSQL asks again once it has the row's lock.
    in_state(_candidate, State.NEW),
    _candidate.c.holder.is_(None),
)


def _claim(which: ColumnElement[bool]) -> ReturningUpdate[Any]:
    chosen = (
        select(_candidate.c.update_id)
        .where(
            _is_free,
            which,
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
    )
    return (
        update(inbox)
        .where(inbox.c.update_id.in_(select(chosen.c.update_id)))
        .values(
            holder=bindparam("owner"), held_until=bindparam("until"), attempts=inbox.c.attempts + 1
        )
        .returning(*COLUMNS)
    )


_CLAIM = _claim(_is_fresh)
_CLAIM_SUSPECT = _claim(_is_suspect)

_FREED = {"holder": None, "held_until": None}
_HELD = inbox.c.holder.is_not(None)
_OWN = inbox.c.holder == bindparam("owner")
_LET_GO = (
    update(inbox)
    .where(_HELD, _OWN, inbox.c.chat_id.not_in(bindparam("busy", expanding=True)))
    .values(_FREED)
)
_RECOVER_ALL = update(inbox).where(_HELD).values(_FREED | {"deaths": inbox.c.deaths + 1})
_RECOVER = _RECOVER_ALL.where(inbox.c.held_until <= bindparam("now"))

_SUSPECTS = select(func.count()).select_from(_candidate).where(_is_free, _is_suspect)
_BACKLOG = select(func.count(), _SUSPECTS.scalar_subquery()).where(in_state(inbox, State.NEW))


async def claim(
    c: Connection, owner: str, until: datetime, limit: int, busy: Collection[int] = ()
) -> list[Arrival]:
    """Take the oldest new update of each chat that nobody holds; each counts one more attempt.

    Suspects are left, and what is behind them in their chats. Commit before handling: an update is
    held until it is handled, ignored, failed or let go, or until `recover` after the lease.
    """
    values = {"owner": owner, "until": until, "limit": limit, "busy": list(busy)}
    return await _claimed(c, _CLAIM, values)


async def claim_suspect(
    c: Connection, owner: str, until: datetime, *, steady: bool
) -> Arrival | None:
    """Take one suspect, to be handled while nothing else is; None when there is none for now.

    One that has died `DEATHS` times comes, too: to be set aside.
    """
    values = {"owner": owner, "until": until, "limit": 1, "busy": [], "waits": _waits(steady)}
    claimed = await _claimed(c, _CLAIM_SUSPECT, values)
    return claimed[0] if claimed else None


async def backlog(c: Connection, *, steady: bool) -> tuple[int, int]:
    """Return how many updates are new, and how many suspects among them may be claimed."""
    new, suspects = (await c.execute(_BACKLOG, {"waits": _waits(steady)})).one()
    return new, suspects


async def let_go(c: Connection, owner: str, busy: Collection[int]) -> int:
    """Give back what this owner holds in chats that it is not busy with; return how much.

    For the next attempt at what has failed, and after trouble with the database: a process may hold
    what it claimed without hearing of the commit.
    """
    return (await c.execute(_LET_GO, {"owner": owner, "busy": list(busy)})).rowcount


async def recover(c: Connection, now: datetime, *, everything: bool = False) -> int:
    """Give back what processes held longer than their lease, as suspects; return how much.

    `everything` does not wait for leases: for the start of the only process of a database.
    """
    statement, values = (_RECOVER_ALL, {}) if everything else (_RECOVER, {"now": now})
    return (await c.execute(statement, values)).rowcount


async def _claimed(
    c: Connection, statement: ReturningUpdate[Any], values: dict[str, Any]
) -> list[Arrival]:
    try:
        async with may_collide(c):
            rows = (await c.execute(statement, values)).all()
    except Collision:
        return []  # another process began with one of these chats; the next look will tell
    return sorted((Arrival(*row) for row in rows), key=lambda arrival: arrival.update_id)


def _waits(steady: bool) -> int:  # noqa: FBT001 - a translation
    return 0 if steady else DEATHS - 1
