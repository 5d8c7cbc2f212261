"""Corrected texts until they are sent: one draft for each announcement, whoever writes it."""

from __future__ import annotations

from collections.abc import Mapping

from erasmus.announcement_contents import Content
from erasmus.announcements import Announcement
from erasmus.words import Language
from handlers.staff.desk import Desk
from storage import drafts
from storage.drafts import StoredDraft

KIND = "correction"


async def _stored(desk: Desk, announcement: Announcement) -> StoredDraft | None:
    known = await drafts.of_office(desk.c, desk.office.id, KIND)
    return next((d for d in known if d.body["announcement"] == announcement.id), None)


async def written_for(desk: Desk, announcement: Announcement) -> dict[Language, Content]:
    """Return the corrected texts so far."""
    draft = await _stored(desk, announcement)
    if draft is None:
        return {}
    return {Language(code): Content.unpacked(one) for code, one in draft.body["texts"].items()}


async def keep(desk: Desk, announcement: Announcement, texts: Mapping[Language, Content]) -> None:
    """Keep the corrected texts, all of them."""
    body = {
        "announcement": announcement.id,
        "texts": {language.value: content.packed() for language, content in texts.items()},
    }
    draft = await _stored(desk, announcement)
    if draft is None:
        who = desk.person_id
        await drafts.begin(desk.c, desk.office.id, who, KIND, body=body, now=desk.now)
    else:
        await drafts.save(desk.c, draft.id, body, desk.now)


async def forget(desk: Desk, announcement: Announcement) -> bool:
    """Drop the corrected texts; False where there were none."""
    draft = await _stored(desk, announcement)
    return draft is not None and await drafts.drop(desk.c, draft.id)
