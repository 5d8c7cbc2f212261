"""A draft: what is there already, what is missing, and the way to each part of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from erasmus.announcement_contents import Content, in_language
from erasmus.announcements import Announcement, Window
from erasmus.offices import Right
from erasmus.words import Language
from handlers.screens import Go, Rows, Screen, lines, one_each, paragraphs, per_row
from handlers.staff.announcing.audience import conditions
from handlers.staff.announcing.describing import at_office, count_lines, counted, title
from handlers.staff.announcing.presses import (
    Announcements,
    ChooseTopic,
    Confirm,
    DeleteDraft,
    ForWhom,
    Preview,
    ShowAnnouncement,
    TryOnMyself,
    UnderIt,
    When,
    WriteText,
)
from handlers.staff.desk import Desk
from handlers.topics import topic_labels
from locales import ENDONYMS
from storage import announcements

KEPT = "announce-kept"
"""The first word of `asking` after a text was kept, until something else is asked.

Then office, announcement, language, and the message that may be edited yet.
"""


async def draft(desk: Desk, announcement: Announcement) -> Screen:
    """Show a draft with everything that is decided so far."""
    t = desk.t
    texts = await announcements.texts(desk.c, announcement.id)
    text = paragraphs(
        t("<b>Announcement {number}, draft</b>", number=announcement.id),
        title(t, announcement, texts) if texts else None,
        languages(desk, texts),
        lines(
            t("Topic: {topic}", topic=topic_labels(t)[announcement.topic]),
            when_line(desk, announcement.send_at, announcement.window),
            t("Buttons under it: {n}", n=len(announcement.buttons)),
        ),
        await conditions(desk, announcement),
        count_lines(t, await counted(desk, announcement)),
        t("Tap a language and send me the text.") if desk.may(Right.WRITE) and not texts else None,
        None if desk.may(Right.PUBLISH) else t("A publisher of your office can send it."),
    )
    rows = (*_tabs(desk, announcement, texts), *_parts(desk, announcement, ready=bool(texts)))
    return Screen(text, (*rows, desk.turn.leave(Announcements(desk.office.id, 0))))


def languages(desk: Desk, texts: Mapping[Language, Content]) -> str | None:
    """Say which languages are there, and what readers of the others will see."""
    if not texts:
        return None
    return lines(*(_language_line(desk, texts, language) for language in Language))


def _language_line(desk: Desk, texts: Mapping[Language, Content], language: Language) -> str:
    t, found = desk.t, in_language(texts, language)
    if language in texts or found is None:
        return f"✓ {ENDONYMS[language]}"
    return t(
        "✗ {language}: missing, readers see {other}",
        language=ENDONYMS[language],
        other=ENDONYMS[found[0]],
    )


def when_line(desk: Desk, send_at: datetime | None, window: Window | None) -> str:
    """Say when it leaves, and within which hours."""
    t = desk.t
    when = t("When: {moment}", moment=at_office(desk, send_at)) if send_at else t("When: at once")
    if window is None:
        return when
    hours = f"{window.opens:02}:00–{window.closes:02}:00"
    return lines(when, t("Only between {hours}, the readers’ time", hours=hours))


def _tabs(desk: Desk, announcement: Announcement, texts: Mapping[Language, Content]) -> Rows:
    return tabs(desk, announcement, frozenset(texts)) if desk.may(Right.WRITE) else ()


def tabs(desk: Desk, announcement: Announcement, written: frozenset[Language]) -> Rows:
    """Return a button for each language, ticked where it is written."""
    return per_row(
        [
            Go(
                f"✓ {name}" if language in written else name,
                WriteText(desk.office.id, announcement.id, language.value),
            )
            for language, name in ENDONYMS.items()
        ],
        2,
    )


def _parts(desk: Desk, announcement: Announcement, *, ready: bool) -> Rows:
    t, which = desk.t, (desk.office.id, announcement.id)
    preview = Go(t.label("button", "Preview"), Preview(*which))
    if not desk.may(Right.WRITE):
        return one_each([preview] if ready else [])
    parts: Rows = (
        (
            Go(t.label("button2", "For whom"), ForWhom(*which)),
            Go(t.label("button2", "When"), When(*which)),
        ),
        (
            Go(t.label("button2", "Topic"), ChooseTopic(*which)),
            Go(t.label("button2", "Buttons"), UnderIt(*which)),
        ),
    )
    if ready:
        parts += one_each([preview, Go(t.label("button", "Test to myself"), TryOnMyself(*which))])
    if ready and desk.may(Right.PUBLISH):
        parts += one_each([Go(t.label("button", "Check and send"), Confirm(*which))])
    return (*parts, (Go(t.label("button", "Delete the draft"), DeleteDraft(*which, sure=False)),))


async def delete(desk: Desk, announcement: Announcement, press: DeleteDraft) -> Screen:
    """Throw a draft away, after one more question."""
    t = desk.t
    if not press.sure:
        texts = await announcements.texts(desk.c, announcement.id)
        text = paragraphs(
            t("<b>Delete this draft?</b>"), title(t, announcement, texts), t("It cannot come back.")
        )
        yes = DeleteDraft(desk.office.id, announcement.id, sure=True)
        back = desk.turn.leave(ShowAnnouncement(desk.office.id, announcement.id))
        return Screen(text, ((Go(t.label("button", "Yes, delete it"), yes),), back))
    await announcements.discard(desk.c, announcement.id)
    await desk.record("announcement.deleted", announcement.batch)
    new = Announcements(desk.office.id, 0)
    text = t("The draft is deleted.")
    return Screen(
        text, (one_each([Go(t.label("button", "Announcements"), new)])[0], desk.turn.leave())
    )
