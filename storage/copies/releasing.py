"""Copies are let go a few at a time, and taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    bindparam,
    select,
    update,
)

from storage.copies.rows import IS_HELD, IS_QUEUED, OF_BATCH, change
from storage.database import Connection
from storage.deliveries.rows import State
from storage.inline_sqlite import LONG
from storage.models import deliveries

_HOLD = (
    update(deliveries).where(OF_BATCH, IS_QUEUED).values(state=State.HELD).execution_options(**LONG)
)
_REVISE = (
    update(deliveries)
    .where(OF_BATCH, IS_QUEUED)
    .values(revision=bindparam("version"))
    .execution_options(**LONG)
)


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
            IS_HELD,
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
    return await change(c, _HOLD, of=batch)


async def hold_zones(c: Connection, batch: str, zones: Collection[str]) -> int:
    """Take back what is queued for readers in some zones."""
    statement = (
        update(deliveries)
        .where(deliveries.c.batch == batch, IS_QUEUED, *_in_zones(zones))
        .values(state=State.HELD)
        .execution_options(**LONG)
    )
    return (await c.execute(statement)).rowcount


async def revise(c: Connection, batch: str, version: int) -> int:
    """Let what is queued carry a later version of the text."""
    return await change(c, _REVISE, of=batch, version=version)
