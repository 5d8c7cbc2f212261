"""An announcement as its reader sees it: the same for a preview, a test, a copy, a correction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from erasmus.announcement_contents import ButtonKind, Content, ContentKind, in_language
from erasmus.announcement_texts import signs, visible
from erasmus.announcements import Announcement
from erasmus.charts import Chart
from erasmus.library import Library
from erasmus.offices import Office
from erasmus.words import Language
from handlers.presses import CheckAnnounced, FollowAnnounced, StopTopic
from handlers.screens import Button, Go, Link, Media, Screen, one_each, paragraphs
from locales import Texts, dates, moments, texts_for
from locales.markup import as_plain

ONE_SIGN: Final = "x"
LAST_DAY: Final = 28
"""A day of two digits that every month has."""

Contents = Mapping[Language, Content]


def announced(  # noqa: PLR0913 - what it says, for whom, and whether it was changed since
    language: Language,
    office: Office,
    announcement: Announcement,
    texts: Contents,
    library: Library,
    *,
    corrected_at: datetime | None = None,
) -> Screen:
    """Return the message that a reader of a language gets; LookupError where there is no text."""
    t, found = texts_for(language), in_language(texts, language)
    if found is None:
        raise LookupError(f"announcement {announcement.id} has no text")
    written_in, content = found
    text = _signed(t, office, content.html, written_in, corrected_at)
    buttons = [_button(t, library, b.kind, b.target) for b in announcement.buttons]
    quiet = Go(t.label("button", "No more of this kind"), StopTopic(announcement.topic.value))
    rows = one_each([*(b for b in buttons if b is not None), quiet])
    return Screen(text, rows, fresh=True, media=media_of(content))


def _signed(
    t: Texts, office: Office, html: str, written_in: Language, corrected_at: datetime | None
) -> str:
    """Return a text with what its reader is told besides."""
    untranslated = t("<i>There is no translation into your language yet.</i>")
    return paragraphs(
        None if written_in is t.language else untranslated,
        html,
        _corrected(t, office, corrected_at),
        f"<i>{t.words(office.name)}</i>",
    )


def signs_beside(office: Office, written_in: Language) -> int:
    """Return how many signs are added to a text at most: for any reader, corrected on any day."""
    dates = [datetime(2000, month, LAST_DAY, 12, tzinfo=UTC) for month in range(1, 13)]
    return max(
        signs(visible(_signed(texts_for(reader), office, ONE_SIGN, written_in, day))) - 1
        for reader in Language
        for day in dates
    )


def withdrawn(language: Language, office: Office) -> Screen:
    """Return what takes the place of a copy that was recalled and cannot be deleted any more.

    Its picture is for copies with a photo or a document, which must not stay either.
    """
    t = texts_for(language)
    cover = Chart(as_plain(t("Withdrawn")), as_plain(t.words(office.name)), ())
    text = paragraphs(
        t("<b>Withdrawn</b>"),
        t("The office has withdrawn this message. Please do not rely on what it said."),
        f"<i>{t.words(office.name)}</i>",
    )
    return Screen(text, fresh=True, media=cover)


def media_of(content: Content) -> Media | None:
    """Return the photo or document that goes with a text."""
    if content.file_id is None or content.kind is ContentKind.TEXT:
        return None
    return Media("photo" if content.kind is ContentKind.PHOTO else "document", content.file_id)


def _corrected(t: Texts, office: Office, at: datetime | None) -> str | None:
    if at is None:
        return None
    day = dates.day(t.language, moments.local_day(at, office.zone))
    return t("✏️ <i>Corrected on {day}.</i>", day=day)


def _button(t: Texts, library: Library, kind: ButtonKind, target: str) -> Button | None:
    """Return a button; None for an action that the content knows no more."""
    if kind is ButtonKind.LINK:
        return Link(t.label("button", "Open the page"), target)
    if kind is ButtonKind.FOLLOW:
        return Go(t.label("button", "Follow this call"), FollowAnnounced(target))
    action = library.actions.get(target)
    if action is None:
        return None
    return Go(t.label("button", "Can I apply?"), CheckAnnounced(action.short))
