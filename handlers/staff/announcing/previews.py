"""Previews: each language exactly as it will look, and a test that comes like the real thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from erasmus.announcement_contents import Content
from erasmus.announcements import Announcement
from erasmus.words import Language
from handlers.announced import announced
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.announcing.drafting import draft, languages
from handlers.staff.announcing.presses import Preview, ShowAnnouncement, TryOnMyself
from handlers.staff.desk import Desk
from locales import ENDONYMS
from storage import announcements


async def preview(desk: Desk, announcement: Announcement, _press: Preview) -> Screen:
    """Show every language, each in a message of its own under a line that names it."""
    t = desk.t
    texts = await announcements.texts(desk.c, announcement.id)
    if not texts:
        return (await draft(desk, announcement)).saying(_no_text(desk))
    text = paragraphs(
        t("<b>Preview of announcement {number}</b>", number=announcement.id),
        languages(desk, texts),
        t("Below, as readers will see it, in this order: {languages}.", languages=in_order()),
    )
    return Screen(
        text,
        (_back(desk, announcement),),
        fresh=True,
        also=(*copies(desk, announcement, texts), _below(desk, announcement)),
    )


def copies(
    desk: Desk, announcement: Announcement, texts: Mapping[Language, Content]
) -> tuple[Screen, ...]:
    """Return what readers of each language will get."""
    library = desk.turn.library
    return tuple(
        announced(language, desk.office, announcement, texts, library) for language in Language
    )


async def try_on_myself(desk: Desk, announcement: Announcement, _press: TryOnMyself) -> Screen:
    """Send what readers of each language will get to the presser alone."""
    t = desk.t
    texts = await announcements.texts(desk.c, announcement.id)
    if not texts:
        return (await draft(desk, announcement)).saying(_no_text(desk))
    await desk.record("announcement.tested", announcement.batch, version=announcement.version)
    screen = await draft(desk, announcement)
    return replace(
        screen.saying(t.label("alert", "Sent to you alone, in four languages.")),
        also=(*copies(desk, announcement, texts), _below(desk, announcement)),
    )


def in_order() -> str:
    """Name the languages in the order of previews."""
    return ", ".join(ENDONYMS[language] for language in Language)


def _no_text(desk: Desk) -> str:
    return desk.t.label("alert", "There is no text yet. Tap a language first.")


def _below(desk: Desk, announcement: Announcement) -> Screen:
    """Return the way on, under everything, where the thumb is."""
    t = desk.t
    show = ShowAnnouncement(desk.office.id, announcement.id)
    text = t("That was everything. Nobody but you has got it.")
    buttons = [Go(t.label("button", "Back to the announcement"), show)]
    return Screen(text, (*one_each(buttons), desk.turn.leave()), fresh=True)


def _back(desk: Desk, announcement: Announcement) -> tuple[Go, ...]:
    return desk.turn.leave(ShowAnnouncement(desk.office.id, announcement.id))
