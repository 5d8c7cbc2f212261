"""Drafts that lack a language: a to-do for whoever may translate, and nothing else."""

from __future__ import annotations

from erasmus.announcement_contents import in_language
from erasmus.announcements import Announcement, Stage
from erasmus.words import Language
from handlers.incoming import Incoming
from handlers.screens import Go, Screen, digits, lines, paragraphs, per_row
from handlers.staff.announcing.composing import how_to_send, read, refusal, spoken, under
from handlers.staff.announcing.describing import me, title
from handlers.staff.announcing.presses import FillText, ToTranslate
from handlers.staff.desk import Desk
from handlers.staff.office_presses import ShowDesk
from locales import ENDONYMS
from storage import announcements

WAITING = "announce-fill"
"""The first word of `asking` while a translation is awaited."""

WHICH = "-"
SHOWN = 10
LATEST = 100


async def to_translate(desk: Desk, _press: ToTranslate | None = None) -> Screen:
    """List the drafts that say something, but not in every language."""
    await desk.turn.asking(None)
    t, found, told = desk.t, list[Announcement](), list[str]()
    for one in await announcements.of_office(desk.c, desk.office.id, LATEST):
        texts = await announcements.texts(desk.c, one.id)
        missing = [ENDONYMS[language] for language in Language if language not in texts]
        if one.stage is Stage.DRAFT and texts and missing and len(found) < SHOWN:
            found.append(one)
            heading = f"{len(found)}. <b>{title(t, one, texts)}</b>"
            told.append(lines(heading, ", ".join(missing)))
    text = paragraphs(
        t("<b>Announcements to translate</b>"),
        *(told or [t("Nothing is missing. Thank you.")]),
    )
    rows = digits([FillText(desk.office.id, one.id, WHICH) for one in found])
    return Screen(text, (*rows, desk.turn.leave(ShowDesk(desk.office.id))))


async def fill(desk: Desk, announcement: Announcement, press: FillText) -> Screen:
    """Ask for a language that is missing, or which one that shall be, under the present text."""
    t, missing = desk.t, await _missing(desk, announcement)
    if not missing:
        return (await to_translate(desk)).saying(_late(desk))
    back = desk.turn.leave(ToTranslate(desk.office.id))
    if press.language == WHICH:
        which = desk.office.id, announcement.id
        buttons = [Go(ENDONYMS[one], FillText(*which, one.value)) for one in missing]
        return Screen(t("<b>Into which language?</b>"), (*per_row(buttons, 2), back))
    language = spoken(press.language)
    if language not in missing:
        return (await to_translate(desk)).saying(_late(desk))
    await desk.turn.asking(f"{WAITING} {desk.office.id} {announcement.id} {language}")
    found = in_language(await announcements.texts(desk.c, announcement.id), language)
    heading = t("<b>The translation: {language}</b>", language=ENDONYMS[language])
    screen = Screen(paragraphs(heading, how_to_send(desk, language)), (back,))
    return under(found[1] if found else None, screen)


async def receive(desk: Desk, more: str, sent: Incoming) -> Screen:
    """Keep a translation where its language is still missing."""
    number, _, code = more.partition(" ")
    announcement, language = await announcements.lock(desk.c, int(number)), Language(code)
    if announcement is None or language not in await _missing(desk, announcement):
        screen = await to_translate(desk)
        return Screen(paragraphs(_late(desk), screen.text), screen.rows)
    content = read(sent)
    refused = refusal(desk, content, language)
    if content is None or refused is not None:
        return Screen(refused or "", (desk.turn.leave(ToTranslate(desk.office.id)),))
    await announcements.set_text(desk.c, announcement.id, language, content, me(desk))
    screen = await to_translate(desk)
    await desk.record("announcement.text", announcement.batch, language=language.value)
    kept = desk.t("✅ Kept: {language}.", language=ENDONYMS[language])
    return Screen(paragraphs(kept, screen.text), screen.rows)


async def _missing(desk: Desk, announcement: Announcement) -> list[Language]:
    """Return the languages that a draft of this office lacks; a confirmed one lacks none."""
    if announcement.stage is not Stage.DRAFT or announcement.office_id != desk.office.id:
        return []
    texts = await announcements.texts(desk.c, announcement.id)
    return [language for language in Language if texts and language not in texts]


def _late(desk: Desk) -> str:
    return desk.t.label("alert", "This text is there already, or the draft is closed.")
