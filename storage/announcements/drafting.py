"""Writing announcements; every edit voids what was confirmed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from erasmus.announcement_contents import Content, NewsButton
from erasmus.announcements import EDITABLE, Announcement, By, Stage, Topic, Window
from erasmus.audiences import Audience
from erasmus.words import Language
from storage.announcements.ledger import COLUMNS, get, lock
from storage.announcements.stages import UNCONFIRMED
from storage.database import Connection, InsertInto, for_both
from storage.models import announcement_texts, announcements

_THIS = announcements.c.id == bindparam("which")
_CREATE = insert(announcements).returning(*COLUMNS)


def _put_text(insert: InsertInto) -> Any:  # noqa: ANN401 - either dialect's
    row = insert(announcement_texts)
    return row.on_conflict_do_update(
        index_elements=[
            announcement_texts.c.announcement_id,
            announcement_texts.c.language,
        ],
        set_={name: row.excluded[name] for name in ("content", "person_id", "updated_at")},
    )


_PUT_TEXT = for_both(_put_text)
_DROP_TEXT = delete(announcement_texts).where(
    announcement_texts.c.announcement_id == bindparam("which"),
    announcement_texts.c.language == bindparam("spoken"),
)
_DROP = delete(announcements).where(
    _THIS, announcements.c.stage.in_([stage.value for stage in EDITABLE])
)
_DROP_TEXTS = delete(announcement_texts).where(
    announcement_texts.c.announcement_id == bindparam("which")
)


async def create(
    c: Connection, office_id: str, author_id: int, audience: Audience, now: datetime
) -> Announcement:
    """Begin an announcement without texts, about news."""
    row = {
        "office_id": office_id,
        "author_id": author_id,
        "stage": Stage.DRAFT,
        "topic": Topic.NEWS,
        "audience": audience,
        "buttons": (),
        "judged": {},
        "zones": (),
        "created_at": now,
        "updated_at": now,
    }
    return Announcement(*(await c.execute(_CREATE, row)).one())


async def set_text(
    c: Connection, announcement_id: int, language: Language, content: Content | None, by: By
) -> bool:
    """Write, or take away, one language; False when it cannot be edited any more."""
    if not await _edit(c, announcement_id, by.at):
        return False
    await write_text(c, announcement_id, language, content, by)
    return True


async def write_text(
    c: Connection, announcement_id: int, language: Language, content: Content | None, by: By
) -> None:
    """Write a text whatever the stage; only a correction may."""
    if content is None:
        await c.execute(_DROP_TEXT, {"which": announcement_id, "spoken": language})
        return
    row = {
        "announcement_id": announcement_id,
        "language": language,
        "content": content,
        "person_id": by.person_id,
        "updated_at": by.at,
    }
    await c.execute(_PUT_TEXT(c), row)


async def set_topic(c: Connection, announcement_id: int, topic: Topic, now: datetime) -> bool:
    """Say what it is about; False when it cannot be edited any more, here and below."""
    return await _edit(c, announcement_id, now, topic=topic)


async def set_audience(
    c: Connection, announcement_id: int, audience: Audience, now: datetime
) -> bool:
    """Say whom it is for."""
    return await _edit(c, announcement_id, now, audience=audience)


async def set_buttons(
    c: Connection, announcement_id: int, buttons: Collection[NewsButton], now: datetime
) -> bool:
    """Put buttons under it, at most MOST_BUTTONS."""
    return await _edit(c, announcement_id, now, buttons=tuple(buttons))


async def set_when(
    c: Connection,
    announcement_id: int,
    send_at: datetime | None,
    window: Window | None,
    now: datetime,
) -> bool:
    """Say when it leaves: at a time (None: at once) and within which hours (None: any)."""
    return await _edit(c, announcement_id, now, send_at=send_at, window=window)


async def set_paid(c: Connection, announcement_id: int, now: datetime, *, paid: bool) -> bool:
    """Pay Stars for speed, or not."""
    return await _edit(c, announcement_id, now, paid=paid)


async def discard(c: Connection, announcement_id: int) -> bool:
    """Throw away a draft; False when it is none any more."""
    if await lock(c, announcement_id) is None:
        return False
    draft = await get(c, announcement_id)
    if draft is None or draft.stage not in EDITABLE:
        return False
    await c.execute(_DROP_TEXTS, {"which": announcement_id})
    return (await c.execute(_DROP, {"which": announcement_id})).rowcount > 0


async def _edit(c: Connection, announcement_id: int, now: datetime, **columns: object) -> bool:
    statement = (
        update(announcements)
        .where(announcements.c.id == announcement_id, announcements.c.stage.in_(EDITABLE))
        .values(
            **{**UNCONFIRMED, **columns},
            stage=Stage.DRAFT,
            version=announcements.c.version + 1,
            updated_at=now,
        )
    )
    return (await c.execute(statement)).rowcount > 0
