"""Copies of announcements in the ledger: frozen, let go a few at a time, counted.

A recipient is a delivery from the beginning, HELD until the announcement lets it go. So a pause
has to take back only the few that are queued, however many are still to come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Update,
    bindparam,
    func,
    literal,
    null,
    select,
    update,
)

from erasmus.announcements import Announcement
from storage.audiences import Recipient
from storage.columns import Utc
from storage.database import Connection, for_both
from storage.deliveries.ledger import get
from storage.deliveries.queue import put
from storage.deliveries.rows import Delivery, Draft, Lane, State
from storage.inline_sqlite import LONG
from storage.models import deliveries, in_state, people

KIND = "announcement"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many copies stand where."""

    by_state: Mapping[State, int]

    def of(self, *states: State) -> int:
        """Return how many are in one of some states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def waiting(self) -> int:
        """Those that have not left yet."""
        return self.of(State.HELD, State.QUEUED, State.SENDING)

    @property
    def settled(self) -> int:
        """Those that somebody tried to send, and whose outcome is written down."""
        return self.of(State.SENT, State.UNREACHABLE, State.FAILED, State.UNKNOWN)

    @property
    def bad(self) -> int:
        """Those that speak against going on: people who are gone, and refusals."""
        return self.of(State.UNREACHABLE, State.FAILED)


@dataclass(frozen=True, slots=True)
class UnknownCopy:
    """A copy that perhaps arrived."""

    delivery_id: int
    person_id: int
    at: datetime | None


_BATCH = deliveries.c.batch == bindparam("of")
_HELD = in_state(deliveries, State.HELD)
_QUEUED = in_state(deliveries, State.QUEUED)
_FREEZE = for_both(
    lambda insert: insert(deliveries).on_conflict_do_nothing(index_elements=[deliveries.c.key])
)
_HOLD = update(deliveries).where(_BATCH, _QUEUED).values(state=State.HELD).execution_options(**LONG)
_CANCEL_QUEUED = (
    update(deliveries)
    .where(_BATCH, _QUEUED)
    .values(state=State.CANCELLED, settled_at=bindparam("now", type_=Utc))
    .execution_options(**LONG)
)
_REVISE = (
    update(deliveries)
    .where(_BATCH, _QUEUED)
    .values(revision=bindparam("version"))
    .execution_options(**LONG)
)
_GONE = (
    update(deliveries)
    .where(
        _BATCH,
        _QUEUED,
        deliveries.c.chat_id.in_(
            select(people.c.id).where(people.c.unreachable_since.is_not(None))
        ),
    )
    .values(
        state=State.UNREACHABLE,
        settled_at=bindparam("now", type_=Utc),
        problem=literal("gone before it could leave"),
    )
    .execution_options(**LONG)
)
_PROGRESS = (
    select(deliveries.c.state, func.count())
    .where(_BATCH)
    .group_by(deliveries.c.state)
    .execution_options(**LONG)
)
_UNKNOWN = (
    select(deliveries.c.id, deliveries.c.chat_id, deliveries.c.settled_at)
    .where(_BATCH, in_state(deliveries, State.UNKNOWN))
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
)
_REFUSED = select(func.count()).where(
    _BATCH, in_state(deliveries, State.FAILED), deliveries.c.problem.like("refused:%")
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


async def freeze(
    c: Connection, announcement: Announcement, recipients: Iterable[Recipient], now: datetime
) -> None:
    """Make a held copy for each recipient; nobody gets a second one."""
    rows = [_row(announcement, recipient, now) for recipient in recipients]
    if rows:
        await c.execute(_FREEZE(c), rows)


def _row(announcement: Announcement, recipient: Recipient, now: datetime) -> dict[str, Any]:
    body = {"announcement": announcement.id, "language": recipient.language.value}
    return {
        "key": f"{announcement.batch}:{recipient.id}",
        "lane": Lane.ANNOUNCEMENT,
        "chat_id": recipient.id,
        "kind": KIND,
        "body": body | {"paid": True} if announcement.paid else body,
        "due_at": now,
        "state": State.HELD,
        "occasion": recipient.zone,
        "revision": announcement.version,
        "created_at": now,
        "batch": announcement.batch,
    }


async def release(  # noqa: PLR0913 - which, how many, when, in what text, where
    c: Connection,
    batch: str,
    number: int,
    now: datetime,
    *,
    version: int | None = None,
    zones: Collection[str] | None = None,
) -> int:
    """Let so many held copies go, in a version of the text; return how many there were.

    `zones`: only those of readers in these zones. `version` None: each as it is.
    """
    chosen = (
        select(deliveries.c.id)
        .where(deliveries.c.batch == batch, _HELD, *_in_zones(zones))
        .order_by(deliveries.c.id)
        .limit(number)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    new = {"state": State.QUEUED, "due_at": now}
    statement = (
        update(deliveries)
        .where(deliveries.c.id.in_(select(chosen.c.id)))
        .values(new if version is None else {**new, "revision": version})
        .returning(deliveries.c.id)
        .execution_options(**LONG)
    )
    # Python's sqlite3 counts no rows of a statement that begins with WITH.
    return len((await c.execute(statement)).all())


def _in_zones(zones: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if zones is None else [deliveries.c.occasion.in_(zones)]


async def hold(c: Connection, batch: str) -> int:
    """Take back what is queued; return how many. What a sender has claimed still leaves."""
    return await _change(c, _HOLD, of=batch)


async def hold_zones(c: Connection, batch: str, zones: Collection[str]) -> int:
    """Take back what is queued for readers in some zones."""
    statement = (
        update(deliveries)
        .where(deliveries.c.batch == batch, _QUEUED, *_in_zones(zones))
        .values(state=State.HELD)
        .execution_options(**LONG)
    )
    return (await c.execute(statement)).rowcount


async def cancel_queued(c: Connection, batch: str, now: datetime) -> int:
    """Withdraw what is queued."""
    return await _change(c, _CANCEL_QUEUED, of=batch, now=now)


async def cancel_held(c: Connection, batch: str, limit: int, now: datetime) -> int:
    """Withdraw some of what is held; return how many, 0 when nothing is left."""
    chosen = select(deliveries.c.id).where(deliveries.c.batch == batch, _HELD).limit(limit)
    statement = (
        update(deliveries)
        .where(deliveries.c.id.in_(chosen), _HELD)
        .values(state=State.CANCELLED, settled_at=now)
        .execution_options(**LONG)
    )
    return (await c.execute(statement)).rowcount


async def revise(c: Connection, batch: str, version: int) -> int:
    """Let what is queued carry a later version of the text."""
    return await _change(c, _REVISE, of=batch, version=version)


async def settle_gone(c: Connection, batch: str, now: datetime) -> int:
    """Give up what is queued for people who cannot be reached any more; return how many."""
    return await _change(c, _GONE, of=batch, now=now)


async def progress(c: Connection, batch: str) -> Progress:
    """Return how many copies of an announcement or a correction stand where."""
    return Progress(dict((await c.execute(_PROGRESS, {"of": batch})).all()))


async def refusals(c: Connection, batch: str) -> int:
    """Return how many copies Telegram found wrong."""
    return int((await c.execute(_REFUSED, {"of": batch})).scalar_one())


async def unknown(c: Connection, batch: str, limit: int = 100) -> list[UnknownCopy]:
    """Return the copies that perhaps arrived, and that are never sent again by themselves."""
    rows = await c.execute(_UNKNOWN, {"of": batch, "limit": limit})
    return [UnknownCopy(*row) for row in rows]


async def send_again(
    c: Connection, announcement: Announcement, delivery_id: int, now: datetime
) -> bool:
    """Send a copy again that perhaps arrived, because somebody decided so.

    The old row leaves the announcement's counts. False when it was sent again already, or is not
    unknown any more.
    """
    row = await get(c, delivery_id)
    if row is None or row.batch != announcement.batch:
        return False
    key = f"{announcement.batch}:{row.chat_id}:{delivery_id}"
    left = await _change(c, _LEAVE_BATCH, which=delivery_id, why=f"sent again as {key}")
    if not left:
        return False
    await put(c, replace(_draft(row, now), key=key, revision=announcement.version), now)
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


async def _change(c: Connection, statement: Update, **which: object) -> int:
    return (await c.execute(statement, which)).rowcount
