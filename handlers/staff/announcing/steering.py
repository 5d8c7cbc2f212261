"""Steering what is being sent: pause, go on, stop; of two presses one has an effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from erasmus.announcements import LIVE, Announcement, By
from handlers.screens import Go, Screen, paragraphs
from handlers.staff.announcing import opening
from handlers.staff.announcing.describing import me
from handlers.staff.announcing.live import live_screen, numbers_of
from handlers.staff.announcing.presses import (
    Announcements,
    Beside,
    GoOn,
    Pause,
    ShowAnnouncement,
    Stop,
)
from handlers.staff.desk import Desk
from storage import Connection, announcements

Move: TypeAlias = Callable[[Connection, int, By], Awaitable[Announcement | None]]


async def beside(desk: Desk, _press: Beside) -> Screen:
    """Show the list in a message of its own: the live one stays."""
    screen = await opening.listing(desk, Announcements(desk.office.id, 0))
    return replace(screen, fresh=True)


async def pause(desk: Desk, announcement: Announcement, _press: Pause) -> Screen:
    """Let nothing more leave for now."""
    said = desk.t.label("alert", "Paused. Nothing more leaves.")
    return await _moved(desk, announcement, announcements.pause, "announcement.paused", said)


async def go_on(desk: Desk, announcement: Announcement, _press: GoOn) -> Screen:
    """Go on after a pause or the brake."""
    if announcement.needs_second and announcement.confirmed_by == desk.person_id:
        screen = await opening.present(desk, announcement)
        return screen.saying(desk.t.label("alert", "A colleague has to let it go on, not you."))
    said = desk.t.label("alert", "It goes on.")
    return await _moved(desk, announcement, announcements.resume, "announcement.resumed", said)


async def stop(desk: Desk, announcement: Announcement, press: Stop) -> Screen:
    """End it for good, after one more question, which comes beside the live message."""
    t = desk.t
    if press.sure or announcement.stage not in LIVE:
        said = t.label("alert", "Stopped. The rest is not sent.")
        return await _moved(desk, announcement, announcements.stop, "announcement.stopped", said)
    done = await announcements.progress(desk.c, announcement.id)
    text = paragraphs(
        t("<b>Stop announcement {number} for good?</b>", number=announcement.id),
        numbers_of(t, done),
        t("What is waiting will never be sent. What has arrived stays; you can recall it."),
    )
    which = (desk.office.id, announcement.id)
    yes = Go(t.label("button", "Yes, stop it"), Stop(*which, sure=True))
    return Screen(text, ((yes,), desk.turn.leave(ShowAnnouncement(*which))), fresh=True)


async def _moved(
    desk: Desk, announcement: Announcement, move: Move, what: str, said: str
) -> Screen:
    """Bring it to another stage; where somebody was quicker, tell who and when."""
    moved = await move(desk.c, announcement.id, me(desk))
    if moved is None:
        now = await announcements.get(desk.c, announcement.id) or announcement
        screen = await opening.present(desk, now)
        return screen.saying(await opening.already(desk, now))
    await desk.record(what, announcement.batch)
    if moved.stage not in LIVE:
        return (await opening.present(desk, moved)).saying(said)
    done = await announcements.progress(desk.c, moved.id)
    return live_screen(desk.t, desk.office, moved, done, desk.now).saying(said)
