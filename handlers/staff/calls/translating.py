"""Titles and notes in the languages that are missing: a to-do for whoever may translate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from erasmus.call_drafts import Part
from erasmus.calls import Call
from erasmus.words import Language, Words
from handlers.codec import StaleButton
from handlers.incoming import Incoming
from handlers.screens import Go, Screen, digits, lines, one_each, paragraphs
from handlers.staff.calls.listing import find_office_call, open_ones
from handlers.staff.calls.presses import TranslateText, Untranslated
from handlers.staff.calls.texts import as_sent, missing_line, problem_of, untranslated
from handlers.staff.desk import Desk
from handlers.staff.office_presses import ShowDesk
from locales import ENDONYMS
from storage import call_changes, calls
from storage.call_revisions import Change

WHICH = "-"
SHOWN = 10


async def list_untranslated(desk: Desk, _press: Untranslated | None = None) -> Screen:
    """List the open calls whose title or note lacks a language."""
    await desk.turn.asking(None)
    t, office = desk.t, desk.office.id
    found = [
        call
        for call in open_ones(await calls.of_office(desk.c, office), desk)
        if untranslated(call)
    ][:SHOWN]
    listed = [
        lines(f"{n}. <b>{t.words(call.title)}</b>", missing_line(t, call.title, call.note))
        for n, call in enumerate(found, start=1)
    ]
    text = paragraphs(
        t("<b>Calls to translate</b>"),
        *(listed or [t("Nothing is missing. Thank you.")]),
    )
    rows = digits([_which_of(desk, call.id) for call in found])
    return Screen(text, (*rows, desk.turn.leave(ShowDesk(office))))


def _which_of(desk: Desk, call_id: str) -> TranslateText:
    return TranslateText(desk.office.id, call_id, WHICH, WHICH)


async def translate(desk: Desk, press: TranslateText) -> Screen:
    """Ask for a text in a language that is missing, or which one that shall be."""
    call = await find_office_call(desk, press.call)
    if press.language == WHICH:
        return await _which(desk, call)
    for part, language in untranslated(call):
        if (part, language) == (press.part, press.language):
            return await _ask(desk, call, part, language)
    raise StaleButton(press.language)


async def _which(desk: Desk, call: Call) -> Screen:
    await desk.turn.asking(None)
    t = desk.t
    label = {
        Part.TITLE: lambda name: t.label("button", "Title: {language}", language=name),
        Part.NOTE: lambda name: t.label("button", "Note: {language}", language=name),
    }
    buttons = [
        Go(label[part](ENDONYMS[language]), TranslateText(desk.office.id, call.id, part, language))
        for part, language in untranslated(call)
    ]
    text = paragraphs(*_known(call, Part.TITLE), t("Into which language?"))
    return Screen(text, (*one_each(buttons), desk.turn.leave(Untranslated(desk.office.id))))


async def _ask(
    desk: Desk, call: Call, part: Part, language: Language, problem: str | None = None
) -> Screen:
    t = desk.t
    await desk.turn.asking(f"{part} {desk.office.id} {call.id} {language}")
    question = t("Send the note.") if part is Part.NOTE else t("Send the title.")
    said = t("Translation into: {language}", language=ENDONYMS[language])
    text = paragraphs(*_known(call, part), said, problem or question)
    return Screen(text, (desk.turn.leave(_which_of(desk, call.id)),))


def _texts(call: Call, part: Part) -> Mapping[Language, str]:
    return (call.note or {}) if part is Part.NOTE else call.title


def _known(call: Call, part: Part) -> list[str]:
    known = _texts(call, part).items()
    return [f"{ENDONYMS[language]}: <b>{text}</b>" for language, text in known]


async def take_title(desk: Desk, asked: str, sent: Incoming) -> Screen:
    """Keep a translated title; one that somebody sent meanwhile stays as it is."""
    return await _take(desk, Part.TITLE, asked, sent)


async def take_note(desk: Desk, asked: str, sent: Incoming) -> Screen:
    """Keep a translated note; one that somebody sent meanwhile stays as it is."""
    return await _take(desk, Part.NOTE, asked, sent)


async def _take(desk: Desk, part: Part, asked: str, sent: Incoming) -> Screen:
    call_id, _, code = asked.partition(" ")
    call, t = await find_office_call(desk, call_id, to_change=True), desk.t
    if (part, code) not in untranslated(call):
        screen = await list_untranslated(desk)
        return screen.saying(t.label("alert", "Somebody has translated it meanwhile."))
    language, text = Language(code), as_sent(part, sent.text)
    problem = problem_of(t, part, text)
    if problem is not None:
        return await _ask(desk, call, part, language, problem)
    translated = _with(call, part, language, text)
    await call_changes.store(desk.c, translated, desk.person_id, desk.now, what=Change.TRANSLATED)
    await desk.turn.asking(None)
    more = untranslated(translated)
    screen = await _which(desk, translated) if more else await list_untranslated(desk)
    return Screen(paragraphs(t("Saved: {title}", title=text), screen.text), screen.rows)


def _with(call: Call, part: Part, language: Language, text: str) -> Call:
    words = Words({**_texts(call, part), language: escape(text, quote=False)})
    return replace(call, note=words) if part is Part.NOTE else replace(call, title=words)
