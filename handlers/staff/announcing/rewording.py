"""Corrected texts: a normal message becomes the new text of a language that was sent before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from erasmus.announcement_contents import Content, ContentKind, in_language
from erasmus.announcements import Announcement
from erasmus.words import Language
from handlers.incoming import Incoming, Kind
from handlers.screens import Screen, paragraphs
from handlers.staff.announcing.awaiting import awaited, deleted, not_taken
from handlers.staff.announcing.changing import change
from handlers.staff.announcing.composing import how_to_send, read, refusal, spoken, under
from handlers.staff.announcing.correction_drafts import keep, written_for
from handlers.staff.announcing.presses import Change, CorrectText
from handlers.staff.desk import Desk
from locales import ENDONYMS
from storage import announcements

WAITING = "announce-correction"
"""The first word of `asking` while a corrected text is awaited; the rest as in `composing`."""

KEPT = "announce-corrected"
"""The same after it was kept, with the number of its message."""


async def correct_text(desk: Desk, announcement: Announcement, press: CorrectText) -> Screen:
    """Wait for the corrected text of one language, and show what its readers have now."""
    t, language = desk.t, spoken(press.language)
    await desk.turn.asking(f"{WAITING} {desk.office.id} {announcement.id} {language}")
    found = in_language(await announcements.texts(desk.c, announcement.id), language)
    text = paragraphs(
        t("<b>The corrected text: {language}</b>", language=ENDONYMS[language]),
        how_to_send(desk, language),
        t("Its readers have this now (above)."),
    )
    back = desk.turn.leave(Change(desk.office.id, announcement.id))
    return under(found[1] if found else None, Screen(text, (back,)))


async def receive(desk: Desk, more: str, sent: Incoming) -> Screen:
    """Keep what was sent as the corrected text of a language, not sent to anybody yet."""
    place = await awaited(desk, more, sent)
    if place is None:
        return deleted(desk)
    announcement, language, which, another = place
    if another:
        return await _unchanged(desk, announcement)
    was = await announcements.texts(desk.c, announcement.id)
    written, found = await written_for(desk, announcement), in_language(was, language)
    over = _over(was, written, language)
    content = fitted(read(sent), over)
    refused = refusal(desk, content, language) or _kind_problem(desk, content, found)
    if content is None or refused is not None:
        back = Change(desk.office.id, announcement.id)
        return await not_taken(desk, f"{WAITING} {which}", refused, back)
    await desk.turn.asking(f"{KEPT} {which}")
    texts = _with_new_file(was, {**written, language: content}, language)
    await keep(desk, announcement, texts)
    await desk.record("correction.text", announcement.batch, language=language.value)
    screen = await change(desk, announcement)
    kept = desk.t("✅ Kept: {language}. Nobody has got it yet.", language=ENDONYMS[language])
    stays = sent.kind is Kind.TEXT and content.kind is not ContentKind.TEXT
    caption = _caption(desk, over, found) if stays else None
    return replace(screen, text=paragraphs(kept, caption, screen.text), fresh=True)


def _over(
    was: Mapping[Language, Content], written: Mapping[Language, Content], language: Language
) -> Content | None:
    """Return what a caption alone belongs to: what its readers see, with a photo sent since."""
    found = in_language(was, language)
    if found is None:
        return None
    source, content = found
    return written.get(language) or written.get(source) or content


def _with_new_file(
    was: Mapping[Language, Content], written: Mapping[Language, Content], language: Language
) -> dict[Language, Content]:
    """Return corrected texts, new languages that stand under the old photo under the new one."""
    old, new = was.get(language), written[language]
    return {
        other: replace(text, file_id=new.file_id)
        if old is not None and other not in was and text.file_id == old.file_id
        else text
        for other, text in written.items()
    }


def _caption(desk: Desk, over: Content | None, found: tuple[Language, Content] | None) -> str:
    if over is None or found is None or over.file_id == found[1].file_id:
        return desk.t("The photo or document stays. Your text is its new caption.")
    return desk.t("Your text is the caption of the new photo or document.")


async def receive_again(desk: Desk, more: str, sent: Incoming) -> Screen | None:
    """Take an edit of the kept message; another message is told, once, what it would need."""
    if sent.edited:
        return await receive(desk, more, sent)
    await desk.turn.asking(None)
    announcement = await announcements.get(desk.c, int(more.split(maxsplit=1)[0]))
    if announcement is None or announcement.office_id != desk.office.id:
        return None
    return await _unchanged(desk, announcement)


async def _unchanged(desk: Desk, announcement: Announcement) -> Screen:
    screen = await change(desk, announcement)
    text = desk.t("Nothing was changed. To replace a text, tap its language and send the new text.")
    return replace(screen, text=paragraphs(text, screen.text), fresh=True)


def fitted(new: Content | None, old: Content | None) -> Content | None:
    """Return a new text as it can take the place of the old one: under a photo it is a caption."""
    if new is None or old is None or new.kind is not ContentKind.TEXT:
        return new
    return replace(old, html=new.html)


def _kind_problem(
    desk: Desk, content: Content | None, found: tuple[Language, Content] | None
) -> str | None:
    """Say why a message of another kind cannot take the place of the one that was sent."""
    if content is None or found is None or content.kind is found[1].kind:
        return None
    t = desk.t
    return {
        ContentKind.TEXT: t("Its readers have a text. Telegram can only put a text in its place."),
        ContentKind.PHOTO: t("Its readers have a photo. Send a photo, or the new caption alone."),
        ContentKind.DOCUMENT: t(
            "Its readers have a document. Send a document, or the new caption alone."
        ),
    }[found[1].kind]
