"""Looking at announcements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select

from erasmus.announcement_contents import Content
from erasmus.announcements import LIVE, Announcement, CorrectionKind, Stage, Topic
from erasmus.words import Language
from storage.columns import Utc
from storage.database import Connection
from storage.models import announcement_texts, announcements, corrections

COLUMNS = tuple(announcements.c[field.name] for field in fields(Announcement))
NOW = bindparam("now", type_=Utc)
_THIS = announcements.c.id == bindparam("which")
_GET = select(*COLUMNS).where(_THIS)
_LOCKED = _GET.with_for_update()
_OF_OFFICE = (
    select(*COLUMNS)
    .where(announcements.c.office_id == bindparam("office_id"))
    .order_by(announcements.c.id.desc())
    .limit(bindparam("limit"))
)
_IN_STAGE = (
    select(*COLUMNS)
    .where(announcements.c.stage.in_(bindparam("stages", expanding=True)))
    .order_by(announcements.c.id)
)
_TO_DO = (
    select(*COLUMNS)
    .where(
        or_(
            and_(announcements.c.stage == Stage.SCHEDULED, announcements.c.leaves_at <= NOW),
            announcements.c.stage == Stage.SENDING,
            and_(announcements.c.stage == Stage.STOPPED, announcements.c.ended_at.is_(None)),
        )
    )
    .order_by(announcements.c.id)
)
_WATCHED = (
    select(*COLUMNS)
    .where(
        or_(
            announcements.c.stage.in_([stage.value for stage in LIVE]),
            and_(
                announcements.c.stage.in_([Stage.DONE.value, Stage.STOPPED.value]),
                announcements.c.moved_at >= bindparam("since", type_=Utc),
            ),
        ),
    )
    .order_by(announcements.c.id)
)
_NUMBERS = select(announcements.c.stage, func.count()).group_by(announcements.c.stage)
_RECALLED = select(
    exists().where(
        corrections.c.announcement_id == bindparam("which"),
        corrections.c.kind == CorrectionKind.RECALL,
    )
)
_TEXTS = select(announcement_texts.c.language, announcement_texts.c.content).where(
    announcement_texts.c.announcement_id == bindparam("which")
)


async def get(c: Connection, announcement_id: int) -> Announcement | None:
    """Return an announcement."""
    row = (await c.execute(_GET, {"which": announcement_id})).one_or_none()
    return None if row is None else Announcement(*row)


async def lock(c: Connection, announcement_id: int) -> Announcement | None:
    """Return an announcement, and let nobody change it until the transaction ends."""
    row = (await c.execute(_LOCKED, {"which": announcement_id})).one_or_none()
    return None if row is None else Announcement(*row)


async def of_office(c: Connection, office_id: str, limit: int = 20) -> list[Announcement]:
    """Return an office's announcements, newest first."""
    rows = await c.execute(_OF_OFFICE, {"office_id": office_id, "limit": limit})
    return [Announcement(*row) for row in rows]


async def in_stage(c: Connection, stages: Collection[Stage]) -> list[Announcement]:
    """Return the announcements of all offices that are in some stages, oldest first."""
    rows = await c.execute(_IN_STAGE, {"stages": list(stages)})
    return [Announcement(*row) for row in rows]


async def to_do(c: Connection, now: datetime) -> list[Announcement]:
    """Return what the engine has to bring further: due, being sent, or stopped and not cleared."""
    return [Announcement(*row) for row in await c.execute(_TO_DO, {"now": now})]


async def watched(c: Connection, since: datetime) -> list[Announcement]:
    """Return what somebody may watch: under way, or ended since a moment."""
    return [Announcement(*row) for row in await c.execute(_WATCHED, {"since": since})]


async def numbers(c: Connection) -> dict[Stage, int]:
    """Return how many announcements are in each stage that occurs."""
    return dict((await c.execute(_NUMBERS)).all())


async def texts(c: Connection, announcement_id: int) -> dict[Language, Content]:
    """Return what an announcement says, by language."""
    return dict((await c.execute(_TEXTS, {"which": announcement_id})).all())


async def recalled(c: Connection, announcement_id: int) -> bool:
    """Tell whether its copies are being taken back, or were."""
    return bool((await c.execute(_RECALLED, {"which": announcement_id})).scalar_one())


async def live_ids(c: Connection, topic: Topic) -> list[int]:
    """Return the announcements about a topic that are under way."""
    statement = select(announcements.c.id).where(
        announcements.c.topic == topic, announcements.c.stage.in_(LIVE)
    )
    return list((await c.execute(statement)).scalars())
