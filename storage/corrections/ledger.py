"""Looking at corrections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from erasmus.announcements import LIVE, Correction, Stage
from storage import copies
from storage.columns import Utc
from storage.database import Connection
from storage.models import corrections

COLUMNS = tuple(corrections.c[field.name] for field in fields(Correction))
_GET = select(*COLUMNS).where(corrections.c.id == bindparam("which"))
_OF = (
    select(*COLUMNS)
    .where(corrections.c.announcement_id == bindparam("which"))
    .order_by(corrections.c.id.desc())
)
_IN_STAGE = (
    select(*COLUMNS)
    .where(corrections.c.stage.in_(bindparam("stages", expanding=True)))
    .order_by(corrections.c.id)
)
_WATCHED = (
    select(*COLUMNS)
    .where(
        or_(
            corrections.c.stage.in_([stage.value for stage in LIVE]),
            corrections.c.ended_at >= bindparam("since", type_=Utc),
        )
    )
    .order_by(corrections.c.id)
)
_LOCKED = _GET.with_for_update()


async def get(c: Connection, correction_id: int) -> Correction | None:
    """Return a correction."""
    row = (await c.execute(_GET, {"which": correction_id})).one_or_none()
    return None if row is None else Correction(*row)


async def lock(c: Connection, correction_id: int) -> Correction | None:
    """Return a correction, and let nobody change it until the transaction ends."""
    row = (await c.execute(_LOCKED, {"which": correction_id})).one_or_none()
    return None if row is None else Correction(*row)


async def of_announcement(c: Connection, announcement_id: int) -> list[Correction]:
    """Return an announcement's corrections, newest first."""
    return [Correction(*row) for row in await c.execute(_OF, {"which": announcement_id})]


async def in_stage(c: Connection, stages: Collection[Stage]) -> list[Correction]:
    """Return all corrections that are in some stages, oldest first."""
    rows = await c.execute(_IN_STAGE, {"stages": list(stages)})
    return [Correction(*row) for row in rows]


async def watched(c: Connection, since: datetime) -> list[Correction]:
    """Return what somebody may watch: under way, or ended since a moment."""
    return [Correction(*row) for row in await c.execute(_WATCHED, {"since": since})]


async def progress(c: Connection, correction_id: int) -> copies.Progress:
    """Return how many edits stand where; copies not looked at yet are not among them."""
    return await copies.progress(c, f"k{correction_id}")
