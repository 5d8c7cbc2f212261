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

from erasmus.announcements import Announcement, Stage
from erasmus.waves import Seen
from erasmus.words import Language
from storage.audiences import Recipient
from storage.columns import Utc
from storage.database import Connection, for_both
from storage.deliveries.ledger import get
from storage.deliveries.queue import put
from storage.deliveries.rows import COLUMNS, Delivery, Draft, Lane, State
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
class Copy:
    """One recipient's copy; `at` is when its state became final, `problem` why it is no better."""

    delivery_id: int
    person_id: int
    state: State
    at: datetime | None
    problem: str | None
    body: Mapping[str, Any]

    @property
    def language(self) -> Language:
        """The language that its reader has chosen."""
        return Language(self.body["language"])


_BATCH = deliveries.c.batch == bindparam("of")
_HELD = in_state(deliveries, State.HELD)
_QUEUED = in_state(deliveries, State.QUEUED)
_FREEZE = for_both(
    lambda insert: insert(deliveries).on_conflict_do_nothing(index_elements=[deliveries.c.key])
)
_HOLD = update(deliveries).where(_BATCH, _QUEUED).values(state=State.HELD).execution_options(**LONG)
_CANCELLED = {"state": State.CANCELLED, "settled_at": bindparam("now", type_=Utc)}
_CANCEL_QUEUED = (
    update(deliveries).where(_BATCH, _QUEUED).values(_CANCELLED).execution_options(**LONG)
)
_CANCEL_WAITING = (
    update(deliveries)
    .where(_BATCH, in_state(deliveries, State.HELD, State.QUEUED))
    .values(_CANCELLED)
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
_COPY = select(
    deliveries.c.id,
    deliveries.c.chat_id,
    deliveries.c.state,
    deliveries.c.settled_at,
    deliveries.c.problem,
    deliveries.c.body,
)
_UNKNOWN = (
    _COPY.where(_BATCH, in_state(deliveries, State.UNKNOWN))
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
)
_ALL = (
    _COPY.where(_BATCH, deliveries.c.id > bindparam("after"))
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
    .execution_options(**LONG)
)
_REFUSED = select(func.count()).where(
    _BATCH, in_state(deliveries, State.FAILED), deliveries.c.problem.like("refused:%")
)
_OLDER = deliveries.c.revision < bindparam("version")
_TO_REVISE = (
    select(*COLUMNS)
    .where(
        _BATCH,
        in_state(deliveries, State.SENT),
        deliveries.c.id > bindparam("after"),
        _OLDER,
        deliveries.c.message_id.is_not(None),
    )
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
    .execution_options(**LONG)
)
_ON_THEIR_WAY = (
    select(func.count())
    .where(_BATCH, in_state(deliveries, State.QUEUED, State.SENDING), _OLDER)
    .execution_options(**LONG)
)
_REVISED = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("which"))
    .values(revision=bindparam("version"))
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
        .where(
            deliveries.c.batch == batch,
            _HELD,
            deliveries.c.due_at <= now,  # one that came back may have to wait
            *_in_zones(zones),
        )
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


async def cancel_waiting(c: Connection, batch: str, now: datetime) -> int:
    """Withdraw what is queued or held, all at once: for the few of a correction."""
    return await _change(c, _CANCEL_WAITING, of=batch, now=now)


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


async def seen(c: Connection, batch: str) -> Seen:
    """Return the outcomes so far, for the brake."""
    now = await progress(c, batch)
    refused = int((await c.execute(_REFUSED, {"of": batch})).scalar_one())
    return Seen(now.settled, now.bad, refused)


async def to_revise(
    c: Connection, batch: str, version: int, *, after: int, limit: int
) -> list[Delivery]:
    """Return copies that arrived with a text older than a version, by their ids."""
    which = {"of": batch, "version": version, "after": after, "limit": limit}
    return [Delivery(*row) for row in await c.execute(_TO_REVISE, which)]


async def on_their_way(c: Connection, batch: str, version: int) -> int:
    """Return how many copies with an older text than a version may still arrive."""
    which = {"of": batch, "version": version}
    return int((await c.execute(_ON_THEIR_WAY, which)).scalar_one())


async def revised(c: Connection, delivery_ids: Iterable[int], version: int) -> None:
    """Note that copies are being brought to a version."""
    rows = [{"which": one, "version": version} for one in delivery_ids]
    if rows:
        await c.execute(_REVISED, rows)


async def unknown(c: Connection, batch: str, limit: int = 100) -> list[Copy]:
    """Return the copies that perhaps arrived, and that are never sent again by themselves."""
    rows = await c.execute(_UNKNOWN, {"of": batch, "limit": limit})
    return [Copy(*row) for row in rows]


async def listing(c: Connection, batch: str, after: int, limit: int) -> list[Copy]:
    """Return copies by their ids, whatever became of them; a page begins `after` an id."""
    rows = await c.execute(_ALL, {"of": batch, "after": after, "limit": limit})
    return [Copy(*row) for row in rows]


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


async def _change(c: Connection, statement: Update, **which: object) -> int:
    return (await c.execute(statement, which)).rowcount
