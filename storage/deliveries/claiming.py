"""Claiming deliveries: what is to be sent now, each with a lease.

A claim is one statement on both databases. PostgreSQL passes over rows that another claimer has
locked; on SQLite a writing transaction is alone anyway.

A row that was on its way when a process ended is a *suspect*: it may be what ended it. Fresh rows
are claimed many at a time, suspects one by one, so company can die with a killer only once. After
`CRASHES` of these ends a row is not sent again; its last try is left to a steady process, as with
the updates of the inbox.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage.columns import Utc
from storage.database import Collision, Connection, may_collide
from storage.deliveries.rows import COLUMNS, Delivery, Lane, State
from storage.models import deliveries, in_state, is_suspect, people
from storage.rests import resting

CRASHES = 3
"""A row found mid-send by so many ends of processes is what causes them."""

PATIENCE = 3
"""So many failed tries of a message to a group, half a minute, hold back what comes after it."""

TRIES = 5
"""A claim is tried again when another process claims in the same chats at the same moment."""

NOW = bindparam("now", type_=Utc)

_candidate = deliveries.alias("candidate")
_other = deliveries.alias("other")


def _still_true(row: FromClause) -> ColumnElement[bool]:
    return or_(row.c.valid_until.is_(None), row.c.valid_until > NOW)


_being_sent_to = exists().where(
    in_state(_other, State.SENDING), _other.c.chat_id == _candidate.c.chat_id
)
_unreachable = exists().where(
    people.c.id == _candidate.c.chat_id, people.c.unreachable_since.is_not(None)
)


def _is_tried_again(row: FromClause) -> ColumnElement[bool]:
    return and_(row.c.lane == Lane.STAFF, row.c.attempts.between(1, PATIENCE))


def _goes_first() -> ColumnElement[bool]:
    """Say that `other` goes before `candidate` in their chat.

    Replies go in the order of their ids, even where an earlier one was postponed; what passes
    between people and offices keeps its place so for a few tries. Other lanes go by due time, after
    what is due in more urgent lanes.
    """
    by_time = tuple_(_other.c.due_at, _other.c.id) < tuple_(_candidate.c.due_at, _candidate.c.id)
    is_reply = _candidate.c.lane == Lane.REPLY
    is_again, other_again = _is_tried_again(_candidate), _is_tried_again(_other)
    return or_(
        and_(_other.c.lane < _candidate.c.lane, _other.c.due_at <= NOW),
        and_(is_reply, _other.c.lane == Lane.REPLY, _other.c.id < _candidate.c.id),
        and_(
            ~is_reply,
            _other.c.lane == _candidate.c.lane,
            or_(and_(other_again, ~is_again), and_(or_(other_again, ~is_again), by_time)),
        ),
    )


# Said so, PostgreSQL can only use the index by chat. Before it has counted the rows of a new table,
# it took any index of queued rows and compared each with all: half a second for two thousand.
_still_queued = and_(
    in_state(_other, State.QUEUED, State.SENDING),
    _other.c.state != literal_column(f"'{State.SENDING.value}'"),
)
_behind_another = exists().where(
    _still_queued,
    _other.c.chat_id == _candidate.c.chat_id,
    _goes_first(),
    _still_true(_other),
)


_may_leave = and_(
    in_state(_candidate, State.QUEUED),
    _candidate.c.due_at <= NOW,
    _still_true(_candidate),
    ~_being_sent_to,
    ~_behind_another,
    ~_unreachable,
    ~resting(_candidate.c.chat_id, NOW),
)
_is_fresh = _candidate.c.crashes == 0
# With the number of crashes that `waits`, a suspect is not claimed now.
_is_suspect = and_(is_suspect(_candidate.c.crashes), _candidate.c.crashes != bindparam("waits"))


_fresh = select(_candidate).where(_may_leave, _is_fresh)
# SQLite, which does not count rows, would look among everything that waits.
_suspects = (
    select(_candidate)
    .where(_may_leave, _is_suspect)
    .with_hint(_candidate, "INDEXED BY ix_deliveries_suspects", "sqlite")
)


def _claim(of: Select[Any]) -> ReturningUpdate[Any]:
    # In a CTE the rows are chosen once; as a plain subquery PostgreSQL may choose again for each
    # row it updates, and claim more than the limit.
    chosen = (
        of.with_only_columns(_candidate.c.id)
        .where(_candidate.c.lane.in_(bindparam("lanes", expanding=True)))
        .order_by(_candidate.c.lane, _candidate.c.due_at, _candidate.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=_candidate)
        .cte("chosen")
    )
    return (
        update(deliveries)
        .where(deliveries.c.id.in_(select(chosen.c.id)))
        .values(
            state=State.SENDING,
            attempts=deliveries.c.attempts + 1,
            lease_until=bindparam("lease_end"),
        )
        .returning(*COLUMNS)
    )


_CLAIM = _claim(_fresh)
_CLAIM_SUSPECT = _claim(_suspects)
_LANES_OF_SUSPECTS = _suspects.with_only_columns(_candidate.c.lane).distinct()
_JOIN = (
    update(deliveries)
    .where(
        in_state(deliveries, State.QUEUED),
        deliveries.c.chat_id == bindparam("whose"),
        deliveries.c.kind == bindparam("of_kind"),
        deliveries.c.due_at <= bindparam("due_by"),
        _still_true(deliveries),
    )
    .values(
        state=State.JOINED, attempts=deliveries.c.attempts + 1, joined_to=bindparam("leader_id")
    )
    .returning(*COLUMNS)
)


async def claim(
    c: Connection, now: datetime, lease_until: datetime, limit: int, lanes: Collection[Lane]
) -> list[Delivery]:
    """Take what is to be sent now, at most one row a chat, in order of lane and due time.

    Commit before the first request leaves: what is claimed counts as on its way until `settle`,
    `postpone`, or `recover` after the lease. Chats that something is on its way to, people who
    cannot be reached, and suspects are passed over.
    """
    values = {"now": now, "lease_end": lease_until, "limit": limit, "lanes": list(lanes)}
    return await _claimed(c, _CLAIM, values)


async def claim_suspect(
    c: Connection, now: datetime, lease_until: datetime, lanes: Collection[Lane], *, steady: bool
) -> list[Delivery]:
    """Take one suspect, as `claim` takes the others; empty when there is none for now."""
    values = {"now": now, "lease_end": lease_until, "limit": 1, "lanes": list(lanes)}
    return await _claimed(c, _CLAIM_SUSPECT, values | {"waits": _waits(steady)})


async def lanes_of_suspects(c: Connection, now: datetime, *, steady: bool) -> frozenset[Lane]:
    """Return the lanes in which suspects may be claimed."""
    rows = await c.execute(_LANES_OF_SUSPECTS, {"now": now, "waits": _waits(steady)})
    return frozenset(rows.scalars())


async def claim_companions(
    c: Connection, leader: Delivery, now: datetime, due_by: datetime | None = None
) -> list[Delivery]:
    """Join what else of the leader's kind its chat is due to get, for one digest.

    Belongs into the transaction of the claim. `due_by` (now, unless given) may lie later to take
    the rest of a day along. The companions share the leader's fate: settled, postponed, recovered.
    """
    values = {
        "whose": leader.chat_id,
        "of_kind": leader.kind,
        "leader_id": leader.id,
        "now": now,
        "due_by": due_by or now,
    }
    return _ordered(Delivery(*row) for row in await c.execute(_JOIN, values))


async def _claimed(
    c: Connection, statement: ReturningUpdate[Any], values: dict[str, Any]
) -> list[Delivery]:
    for _ in range(TRIES):
        try:
            async with may_collide(c):
                return _ordered(Delivery(*row) for row in await c.execute(statement, values))
        except Collision:
            continue  # another process began to send to one of these chats: look again
    return []


def _ordered(rows: Iterable[Delivery]) -> list[Delivery]:
    return sorted(rows, key=lambda row: (row.lane, row.due_at, row.id))


def _waits(steady: bool) -> int:  # noqa: FBT001 - a translation
    return 0 if steady else CRASHES - 1
