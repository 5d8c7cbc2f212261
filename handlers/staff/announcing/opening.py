"""The way to an announcement: the list, a new one, and each as its stage asks for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from typing import Any, TypeAlias

from erasmus.announcements import EDITABLE, LIVE, Announcement, Stage
from erasmus.audiences import Audience
from erasmus.offices import Right
from erasmus.words import Language
from handlers.pages import page_of
from handlers.screens import Go, Screen, digits, lines, one_each, paragraphs
from handlers.staff.announcing import drafting, reports, running, waiting
from handlers.staff.announcing.describing import day_here, moved_by, name_of, stage_name, title
from handlers.staff.announcing.presses import Announcements, NewAnnouncement, ShowAnnouncement
from handlers.staff.desk import Desk, StaffPress
from handlers.staff.office_presses import ShowDesk
from locales import ENDONYMS
from storage import announcements

PAGE = 5
MOST = 500

Handler: TypeAlias = Callable[[Desk, Announcement, Any], Awaitable[Screen]]
DeskHandler: TypeAlias = Callable[[Desk, Any], Awaitable[Screen]]


def opened(handler: Handler) -> DeskHandler:
    """Find the announcement that a press is about; a deleted one, or another office's, is none."""

    async def found(desk: Desk, press: Any) -> Screen:  # noqa: ANN401 - each handler knows its own
        if not (desk.turn.person.asking or "").startswith(drafting.KEPT):
            await desk.turn.asking(None)
        announcement = await announcements.get(desk.c, press.announcement)
        if announcement is None or announcement.office_id != desk.office.id:
            screen = await listing(desk, Announcements(desk.office.id, 0))
            return screen.saying(desk.t.label("alert", "This announcement was deleted."))
        return await handler(desk, announcement, press)

    return found


def edited(handler: Handler) -> DeskHandler:
    """Let a press change what may still be changed; colleagues who were to confirm are told.

    Locked, it stays so until the change is written.
    """

    async def found(desk: Desk, seen: Announcement, press: StaffPress) -> Screen:
        announcement = await announcements.lock(desk.c, seen.id) or seen
        if announcement.stage not in EDITABLE:
            screen = await present(desk, announcement)
            return screen.saying(await already(desk, announcement))
        screen = await handler(desk, announcement, press)
        await waiting.tell_if_voided(desk, announcement)
        return screen

    return opened(found)


async def already(desk: Desk, announcement: Announcement) -> str:
    """Say, as a toast, how far an announcement is, by whom and when."""
    who = await moved_by(desk, announcement)
    stage = stage_name(desk.t, announcement.stage)
    return desk.t.label("alert", "Already: {stage} ({who}).", stage=stage, who=who)


async def show(desk: Desk, announcement: Announcement, _press: ShowAnnouncement) -> Screen:
    """Show an announcement as it is now."""
    return await present(desk, announcement)


async def present(desk: Desk, announcement: Announcement) -> Screen:
    """Show an announcement as its stage asks for."""
    if announcement.stage is Stage.DRAFT:
        return await drafting.draft(desk, announcement)
    if announcement.stage is Stage.AWAITING:
        return await waiting.awaiting(desk, announcement)
    if announcement.stage is Stage.SCHEDULED:
        return await waiting.scheduled(desk, announcement)
    if announcement.stage in LIVE:
        return await running.progress(desk, announcement)
    return await reports.report(desk, announcement)


async def begin(desk: Desk, _press: NewAnnouncement) -> Screen:
    """Begin an announcement; one of the presser's that is still empty is taken first."""
    known = await announcements.of_office(desk.c, desk.office.id, MOST)
    mine = [a for a in known if a.author_id == desk.person_id and a.stage is Stage.DRAFT]
    for draft in mine:
        if not await announcements.texts(desk.c, draft.id):
            return await drafting.draft(desk, draft)
    audience = Audience.of(desk.office)
    made = await announcements.create(desk.c, desk.office.id, desk.person_id, audience, desk.now)
    await desk.record("announcement.begun", made.batch)
    return await drafting.draft(desk, made)


async def listing(desk: Desk, press: Announcements) -> Screen:
    """List the office's announcements, newest first."""
    await desk.turn.asking(None)
    t = desk.t
    known = await announcements.of_office(desk.c, desk.office.id, MOST)
    page = page_of(known, press.page, PAGE)
    told = [await _line(desk, n, one) for n, one in enumerate(page.items, start=page.first + 1)]
    text = paragraphs(
        t("<b>Announcements</b>"),
        *told,
        None if told else t("Your office has not written any announcements yet."),
    )
    rows = (
        *digits([ShowAnnouncement(desk.office.id, one.id) for one in page.items], page.first + 1),
        *page.turning(
            t.label("button2", "← Newer"),
            t.label("button2", "Older →"),
            lambda number: Announcements(desk.office.id, number),
        ),
        *one_each(_new(desk)),
        desk.turn.leave(ShowDesk(desk.office.id)),
    )
    return Screen(text, rows)


async def _line(desk: Desk, number: int, announcement: Announcement) -> str:
    t = desk.t
    texts = await announcements.texts(desk.c, announcement.id)
    about = [stage_name(t, announcement.stage), day_here(desk, announcement.updated_at)]
    if announcement.stage in EDITABLE:  # drafts may begin with the same words
        about.append(escape(await name_of(desk, announcement.author_id)))
        about.append(", ".join(ENDONYMS[one] for one in Language if one in texts))
    return lines(
        f"{number}. <b>{title(t, announcement, texts)}</b>", " · ".join(filter(None, about))
    )


def _new(desk: Desk) -> list[Go]:
    if not desk.may(Right.WRITE):
        return []
    label = desk.t.label("button", "Write an announcement")
    return [Go(label, NewAnnouncement(desk.office.id))]
