"""Writing: a normal message becomes the text of one language, or is refused at once with why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcement_texts import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    Problem,
    find_flaw,
    signs,
    visible,
)
from erasmus.announcements import Announcement
from erasmus.words import Language
from handlers.announced import media_of, signs_beside
from handlers.codec import StaleButton
from handlers.incoming import Incoming, Kind
from handlers.screens import Go, Rows, Screen, lines, one_each, paragraphs
from handlers.staff.announcing import opening, waiting
from handlers.staff.announcing.awaiting import awaited, deleted, not_taken
from handlers.staff.announcing.describing import me
from handlers.staff.announcing.drafting import KEPT, draft, languages, tabs
from handlers.staff.announcing.presses import Preview, RemoveText, ShowAnnouncement, WriteText
from handlers.staff.desk import Desk
from handlers.staff.flaws import told
from locales import ENDONYMS
from storage import announcements

WAITING = "announce"
"""The first word of `asking` while a text is awaited; then office, announcement, language.

The number of a message that was refused stands last: edited, it is taken.
"""

_KINDS: Mapping[Kind, ContentKind] = {
    Kind.TEXT: ContentKind.TEXT,
    Kind.PHOTO: ContentKind.PHOTO,
    Kind.DOCUMENT: ContentKind.DOCUMENT,
}


async def write_text(desk: Desk, announcement: Announcement, press: WriteText) -> Screen:
    """Wait for the text of one language, and show the present one."""
    language = spoken(press.language)
    await desk.turn.asking(f"{WAITING} {desk.office.id} {announcement.id} {language}")
    texts = await announcements.texts(desk.c, announcement.id)
    return _awaiting_text(desk, announcement, texts, language)


def _awaiting_text(
    desk: Desk, announcement: Announcement, texts: Mapping[Language, Content], language: Language
) -> Screen:
    t = desk.t
    there = texts.get(language)
    text = paragraphs(
        t(
            "<b>Announcement {number}: {language}</b>",
            number=announcement.id,
            language=name(language),
        ),
        how_to_send(desk, language),
        t("There is a text already (above). A new one replaces it.") if there else None,
    )
    rows: Rows = tabs(desk, announcement, frozenset(texts))
    if there is not None:
        press = RemoveText(desk.office.id, announcement.id, language.value)
        rows += one_each([Go(t.label("button", "Remove this text"), press)])
    back = desk.turn.leave(ShowAnnouncement(desk.office.id, announcement.id))
    return under(there, Screen(text, (*rows, back)))


async def receive_text(desk: Desk, more: str, sent: Incoming) -> Screen:
    """Keep what was sent as the text of the language that is waited for."""
    place = await awaited(desk, more, sent)
    if place is None:
        return deleted(desk)
    announcement, language, which, another = place
    if another:
        return await unchanged(desk, announcement)
    content = read(sent)
    refused = refusal(desk, content, language)
    if content is None or refused is not None:
        back = ShowAnnouncement(desk.office.id, announcement.id)
        return await not_taken(desk, f"{WAITING} {which}", refused, back)
    await desk.turn.asking(f"{KEPT} {which}")
    return await _keep(desk, announcement, language, content)


async def unchanged(desk: Desk, announcement: Announcement) -> Screen:
    """Say that a message without a place changed nothing, and what would."""
    written = frozenset(await announcements.texts(desk.c, announcement.id))
    text = desk.t("Nothing was changed. To replace a text, tap its language and send the new text.")
    back = desk.turn.leave(ShowAnnouncement(desk.office.id, announcement.id))
    return Screen(text, (*tabs(desk, announcement, written), back), fresh=True)


async def _keep(
    desk: Desk, announcement: Announcement, language: Language, content: Content
) -> Screen:
    t = desk.t
    if not await announcements.set_text(desk.c, announcement.id, language, content, me(desk)):
        screen = await opening.present(desk, announcement)
        late = t("It can’t be changed any more. What you sent was not kept.")
        return replace(screen, text=paragraphs(late, screen.text))
    await desk.record("announcement.text", announcement.batch, language=language.value)
    await waiting.tell_if_voided(desk, announcement)
    texts = await announcements.texts(desk.c, announcement.id)
    text = paragraphs(
        lines(
            t("✅ Kept: {language}.", language=name(language)),
            signs_left(desk, language, content),
        ),
        languages(desk, texts),
        t("Tap another language, or look at the preview."),
        t("To change this text, edit your message."),
    )
    preview = Preview(desk.office.id, announcement.id)
    rows = (
        *tabs(desk, announcement, frozenset(texts)),
        (Go(t.label("button", "Preview"), preview),),
        desk.turn.leave(ShowAnnouncement(desk.office.id, announcement.id)),
    )
    return Screen(text, rows)


async def remove_text(desk: Desk, announcement: Announcement, press: RemoveText) -> Screen:
    """Take the text of one language away."""
    language = spoken(press.language)
    await announcements.set_text(desk.c, announcement.id, language, None, me(desk))
    await desk.record("announcement.text_removed", announcement.batch, language=language.value)
    now = await announcements.get(desk.c, announcement.id) or announcement
    removed = desk.t.label("alert", "Removed: {language}.", language=name(language))
    return (await draft(desk, now)).saying(removed)


def spoken(code: str) -> Language:
    """Return the language of a press; StaleButton where it is none."""
    try:
        return Language(code)
    except ValueError as error:
        raise StaleButton(code) from error


def name(language: Language) -> str:
    """Name a language in itself."""
    return ENDONYMS[language]


def how_to_send(desk: Desk, language: Language) -> str:
    """Say what can be sent as a text, and how long it may be."""
    t, kept = desk.t, signs_beside(desk.office, language)
    return lines(
        t(
            "Send me the text as a normal message: with bold, italics and links as you like, or a"
            " photo or a document with a caption."
        ),
        t(
            "At most {most} signs fit, {caption} under a photo or a document.",
            most=LONGEST_TEXT - kept,
            caption=LONGEST_CAPTION - kept,
        ),
    )


def signs_left(desk: Desk, language: Language, content: Content) -> str:
    """Say how many signs would still fit."""
    longest = LONGEST_TEXT if content.kind is ContentKind.TEXT else LONGEST_CAPTION
    left = longest - signs_beside(desk.office, language) - signs(visible(content.html))
    return desk.t.plural("{n} more sign would fit.", "{n} more signs would fit.", left)


def read(sent: Incoming) -> Content | None:
    """Return what was sent as a content; None for a sticker, a voice message and the like."""
    kind = _KINDS.get(sent.kind)
    if kind is None:
        return None
    return Content(kind, sent.html or escape(sent.text), sent.file_id)


def under(content: Content | None, screen: Screen) -> Screen:
    """Show a content as it was sent, and a screen under it, where the thumb is."""
    if content is None:
        return screen
    below = replace(screen, fresh=True)
    return Screen(content.html, fresh=True, media=media_of(content), also=(below,))


def refusal(desk: Desk, content: Content | None, language: Language) -> str | None:
    """Say why something cannot be the text of an announcement, where, and what would do."""
    t = desk.t
    if content is None:
        return paragraphs(t("I can’t send this to others."), how_to_send(desk, language))
    caption, kept = content.kind is not ContentKind.TEXT, signs_beside(desk.office, language)
    flaw = find_flaw(content.html, caption=caption, kept=kept)
    if flaw is None:
        return None
    long = caption and flaw.problem is Problem.TOO_LONG
    most = LONGEST_TEXT - kept
    room = t("Without a photo or document, {most} signs fit.", most=most) if long else None
    return paragraphs(told(t, flaw), room, t("Nothing was changed. Please send it again."))
