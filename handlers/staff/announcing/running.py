"""While it is being sent: how far it is, for whoever opens it."""

from __future__ import annotations

from html import escape

from erasmus.announcements import Announcement, Stage
from erasmus.offices import Right
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.announcing.describing import moved_by, title
from handlers.staff.announcing.live import live_screen
from handlers.staff.announcing.presses import Announcements, Change, ShowAnnouncement
from handlers.staff.desk import Desk
from storage import announcements, holds


async def progress(desk: Desk, announcement: Announcement) -> Screen:
    """Show how far it is at this moment."""
    t = desk.t
    done = await announcements.progress(desk.c, announcement.id)
    screen = live_screen(t, desk.office, announcement, done, desk.now)
    texts = await announcements.texts(desk.c, announcement.id)
    which = (desk.office.id, announcement.id)
    buttons = [Go(t.label("button", "How far is it?"), ShowAnnouncement(*which))]
    controls = screen.rows[:-1] if desk.may(Right.PUBLISH) else ()
    if desk.may(Right.PUBLISH):
        buttons.append(Go(t.label("button", "Correct or recall"), Change(*which)))
    who = await moved_by(desk, announcement)
    since = None if announcement.stage is Stage.SENDING else escape(who)
    text = paragraphs(title(t, announcement, texts), screen.text, since, await held_line(desk))
    back = desk.turn.leave(Announcements(desk.office.id, 0))
    return Screen(text, (*controls, *one_each(buttons), back))


async def held_line(desk: Desk) -> str | None:
    """Say that everything is held by an emergency stop, whatever the stage."""
    if await holds.held(desk.c, holds.BULK) is None:
        return None
    return desk.t("⛔ Everything that goes to many is held by an emergency stop.")
