"""Titles in the languages that are missing: a to-do for whoever may translate."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from erasmus.words import Language, Words
from handlers.codec import StaleButton
from handlers.incoming import Incoming
from handlers.screens import Go, Screen, digits, lines, one_each, paragraphs
from handlers.staff.calls.listing import find_office_call, open_ones, untranslated
from handlers.staff.calls.presses import TranslateTitle, Untranslated
from handlers.staff.calls.typed import LONGEST_TITLE
from handlers.staff.desk import Desk
from handlers.staff.office_presses import ShowDesk
from locales import ENDONYMS
from storage import call_changes, calls
from storage.call_revisions import Change

AWAITS = "title"
"""The first word of what a translator is asked; the call and the language follow the office."""

WHICH = "-"
SHOWN = 10


async def list_untranslated(desk: Desk, _press: Untranslated | None = None) -> Screen:
    """List the open calls whose title lacks a language."""
    await desk.turn.asking(None)
    t, office = desk.t, desk.office.id
    found = [
        call
        for call in open_ones(await calls.of_office(desk.c, office), desk)
        if untranslated(call)
    ][:SHOWN]
    listed = [
        lines(f"{n}. <b>{t.words(call.title)}</b>", _missing(call.title))
        for n, call in enumerate(found, start=1)
    ]
    text = paragraphs(
        t("<b>Titles to translate</b>"),
        *(listed or [t("Nothing is missing. Thank you.")]),
    )
    rows = digits([TranslateTitle(office, call.id, WHICH) for call in found])
    return Screen(text, (*rows, desk.turn.leave(ShowDesk(office))))


def _missing(title: Words) -> str:
    return ", ".join(ENDONYMS[language] for language in Language if language not in title)


async def translate(desk: Desk, press: TranslateTitle) -> Screen:
    """Ask for a title in a language that is missing, or which one that shall be."""
    call, t = await find_office_call(desk, press.call), desk.t
    if press.language == WHICH:
        return await _which(desk, call.id, call.title)
    if press.language not in untranslated(call):
        raise StaleButton(press.language)
    return await _ask(desk, call.id, call.title, Language(press.language), t("Send the title."))


async def _which(desk: Desk, call_id: str, title: Words) -> Screen:
    await desk.turn.asking(None)
    buttons = [
        Go(ENDONYMS[language], TranslateTitle(desk.office.id, call_id, language.value))
        for language in Language
        if language not in title
    ]
    text = paragraphs(*_known(title), desk.t("Into which language?"))
    leave = desk.turn.leave(Untranslated(desk.office.id))
    return Screen(text, (*one_each(buttons), leave))


async def _ask(desk: Desk, call_id: str, title: Words, language: Language, question: str) -> Screen:
    await desk.turn.asking(f"{AWAITS} {desk.office.id} {call_id} {language}")
    said = desk.t("Translation into: {language}", language=ENDONYMS[language])
    back = TranslateTitle(desk.office.id, call_id, WHICH)
    return Screen(paragraphs(*_known(title), said, question), (desk.turn.leave(back),))


def _known(title: Words) -> list[str]:
    return [f"{ENDONYMS[language]}: <b>{text}</b>" for language, text in title.items()]


async def take_title(desk: Desk, asked: str, sent: Incoming) -> Screen:
    """Keep a translated title; one that somebody sent meanwhile stays as it is."""
    call_id, _, code = asked.partition(" ")
    call, t = await find_office_call(desk, call_id), desk.t
    text = " ".join(sent.text.split())
    if code not in untranslated(call):
        screen = await list_untranslated(desk)
        return screen.saying(t.label("alert", "Somebody has translated it meanwhile."))
    language = Language(code)
    if not any(map(str.isalpha, text)) or len(text) > LONGEST_TITLE:
        problem = t.plural(
            "⚠️ A title is a line of words, at most {n} sign.",
            "⚠️ A title is a line of words, at most {n} signs.",
            LONGEST_TITLE,
        )
        return await _ask(desk, call.id, call.title, language, problem)
    title = Words({**call.title, language: escape(text, quote=False)})
    translated = replace(call, title=title)
    await call_changes.store(desk.c, translated, desk.person_id, desk.now, what=Change.TRANSLATED)
    await desk.turn.asking(None)
    saved = t("Saved: {title}", title=text)
    if untranslated(translated):
        screen = await _which(desk, call.id, title)
        return Screen(paragraphs(saved, screen.text), screen.rows)
    screen = await list_untranslated(desk)
    return Screen(paragraphs(saved, screen.text), screen.rows)
