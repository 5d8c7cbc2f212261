"""After a text was kept: its author edits the message, or sends another one unasked."""

from __future__ import annotations

from erasmus.announcements import EDITABLE
from handlers.incoming import Incoming
from handlers.screens import Screen
from handlers.staff.announcing import composing
from handlers.staff.desk import Desk
from storage import announcements


async def receive(desk: Desk, more: str, sent: Incoming) -> Screen | None:
    """Take an edit of the kept message; nothing else replaces a text that nobody asked for.

    A second message is answered so once, since the next one may be a search again.
    """
    if sent.edited:
        return await composing.receive_text(desk, more, sent)
    await desk.turn.asking(None)
    announcement = await announcements.get(desk.c, int(more.split(maxsplit=1)[0]))
    mine = announcement is not None and announcement.office_id == desk.office.id
    if announcement is None or not mine or announcement.stage not in EDITABLE:
        return None
    return await composing.unchanged(desk, announcement)
