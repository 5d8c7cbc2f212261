"""Prepared answers at the desk: listed, written in each language, published by somebody else."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Final

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcement_texts import visible
from erasmus.announcements import By
from erasmus.enquiries import Entry
from erasmus.offices import Right
from erasmus.words import Language, Words
from handlers.codec import StaleButton
from handlers.incoming import Incoming, Kind
from handlers.screens import Go, Screen, digits, lines, one_each, paragraphs
from handlers.staff.answer_presses import (
    DeleteEntry,
    Entries,
    PublishEntry,
    ShowEntry,
    WriteEntry,
)
from handlers.staff.desk import Desk
from handlers.staff.flaws import flaw_in, too_long
from handlers.turn import Turn
from locales import ENDONYMS, Texts, language_of
from storage import faq, members

ASKING: Final = "entry"
LISTED: Final = 15
LONGEST_QUESTION: Final = 200
MILLISECONDS: Final = 1000
SHOWN: Final = 600
"""Signs of each language's answer where all four are shown."""


async def answers(turn: Turn) -> Screen:
    """Show whose prepared answers a member may work on."""
    await turn.asking(None)
    t = turn.t
    known = await members.offices_of(turn.c, turn.person.id)
    able = [Desk(turn, office, role) for office, role in known]
    able = [desk for desk in able if desk.may(Right.TRANSLATE)]
    if len(able) == 1:
        return await entries(able[0], Entries(able[0].office.id))
    buttons = [Go(t.words(desk.office.name), Entries(desk.office.id)) for desk in able]
    return Screen(t("<b>Prepared answers</b>"), (*one_each(buttons), turn.leave()))


async def entries(desk: Desk, _press: Entries) -> Screen:
    """List the prepared answers, with what is still to be done."""
    await desk.turn.asking(None)
    t = desk.t
    known = (await faq.of_office(desk.c, desk.office.id))[:LISTED]
    listed = [f"{n}. {t.words(e.question)}{_todo(t, e)}" for n, e in enumerate(known, start=1)]
    text = paragraphs(
        t("<b>Prepared answers: {office}</b>", office=t.words(desk.office.name)),
        lines(*listed)
        or t("None yet. Under a question in your group tap “Keep the answer for others”."),
    )
    rows = digits([ShowEntry(desk.office.id, entry.id) for entry in known])
    return Screen(text, (*rows, desk.turn.leave()))


def _todo(t: Texts, entry: Entry) -> str:
    state = "" if entry.published else " 📝"
    if not entry.missing:
        return state
    missing = ", ".join(ENDONYMS[language] for language in entry.missing)
    told = t("(missing: {languages})", languages=missing)
    return f"{state} {told}"


async def show_entry(desk: Desk, press: ShowEntry) -> Screen:
    """Show one entry in all languages."""
    await desk.turn.asking(None)
    t = desk.t
    entry = await _entry(desk, press.entry)
    texts = [_text(desk, entry, language) for language in Language]
    state = (
        t("Students see it. It was shown {shown} times and helped {helped} times.",
          shown=entry.shown, helped=entry.helped)
        if entry.published
        else t("A draft: students do not see it until a colleague publishes it.")
    )  # fmt: skip
    office = desk.office.id
    rows = [Go(ENDONYMS[each], WriteEntry(office, entry.id, str(each))) for each in Language]
    buttons = one_each(rows)
    if desk.may(Right.PUBLISH) and not entry.published:
        buttons += (
            (Go(t.label("button", "Publish"), PublishEntry(office, entry.id, _stamp(entry))),),
        )
    if desk.may(Right.WRITE):
        buttons += ((Go(t.label("button", "Delete"), DeleteEntry(office, entry.id)),),)
    hint = t("Tap a language to read all of it, or to write it.")
    return Screen(paragraphs(state, *texts, hint), (*buttons, desk.turn.leave(Entries(office))))


def _text(desk: Desk, entry: Entry, language: Language) -> str:
    name = f"<b>{ENDONYMS[language]}</b>"
    if language in entry.missing:
        return lines(name, desk.t("Not translated yet."))
    return lines(name, f"<i>{entry.question[language]}</i>", _shortened(entry.answer[language]))


def _shortened(html: str) -> str:
    """Return as much of an answer as four of them have room for in one message."""
    text = visible(html)
    if len(text) <= SHOWN:
        return html
    return f"{escape(text[:SHOWN].rstrip(), quote=False)} …"


async def write_entry(desk: Desk, press: WriteEntry) -> Screen:
    """Wait for the text in one language, under the whole of the present one."""
    t = desk.t
    entry, language = await _entry(desk, press.entry), language_of(press.language)
    if language is None:
        raise StaleButton(press.language)
    await desk.turn.asking(f"{ASKING} {desk.office.id} {entry.id} {language}")
    text = paragraphs(
        t("Send the question and the answer in one message ({language}).",
          language=ENDONYMS[language]),
        t("The first line is the question, everything below it the answer."),
    )  # fmt: skip
    screen = Screen(text, (desk.turn.leave(ShowEntry(desk.office.id, entry.id)),))
    if language in entry.missing:
        return screen
    whole = lines(f"<i>{entry.question[language]}</i>", entry.answer[language])
    return Screen(whole, fresh=True, also=(replace(screen, fresh=True),))


async def written(desk: Desk, more: str, sent: Incoming) -> Screen:
    """Keep the text that was waited for."""
    t = desk.t
    number, _, code = more.partition(" ")
    entry, language = await _entry(desk, int(number), to_change=True), language_of(code)
    question, _, answer = sent.html.partition("\n")
    back = (desk.turn.leave(ShowEntry(desk.office.id, entry.id)),)
    if language is None or sent.kind is not Kind.TEXT or not answer.strip():
        said = t("I need two lines at least: the question, and below it the answer.")
        return Screen(said, back)
    if problem := _problem(t, question, answer):
        return Screen(paragraphs(problem, t("Nothing was changed. Please send it again.")), back)
    asked = Words({**entry.question, language: question.strip()})
    given = Words({**entry.answer, language: answer.strip()})
    await faq.write(desk.c, entry, asked, given, By(desk.person_id, desk.now))
    await desk.record("faq.write", str(entry.id), language=str(language))
    return await show_entry(desk, ShowEntry(desk.office.id, entry.id))


def _problem(t: Texts, question: str, answer: str) -> str | None:
    if "<" in question:
        return t("Please write the question, the first line, without formatting.")
    long = too_long(t, question, LONGEST_QUESTION)
    return long or flaw_in(t, Content(ContentKind.TEXT, answer))


async def publish(desk: Desk, press: PublishEntry) -> Screen:
    """Publish what somebody else wrote, if it is what the presser has read."""
    t = desk.t
    entry = await _entry(desk, press.entry, to_change=True)
    if press.stamp != _stamp(entry):
        screen = await show_entry(desk, ShowEntry(desk.office.id, entry.id))
        return screen.saying(t.label("alert", "It was changed meanwhile. Please read it again."))
    if await faq.publish(desk.c, entry.id, desk.person_id):
        await desk.record("faq.publish", str(entry.id))
        screen = await show_entry(desk, ShowEntry(desk.office.id, entry.id))
        return screen.saying(t.label("alert", "Students see it from now on."))
    screen = await show_entry(desk, ShowEntry(desk.office.id, entry.id))
    if entry.published:
        return screen.saying(t.label("alert", "It is published already."))
    return screen.saying(t.label("alert", "You wrote it: somebody else has to publish it."))


def _stamp(entry: Entry) -> int:
    """Return what tells a text from what it was before."""
    return int(entry.updated_at.timestamp() * MILLISECONDS)


async def delete(desk: Desk, press: DeleteEntry) -> Screen:
    """Take an entry away."""
    entry = await _entry(desk, press.entry)
    if await faq.remove(desk.c, entry.id):
        await desk.record("faq.delete", str(entry.id))
    return await entries(desk, Entries(desk.office.id))


async def _entry(desk: Desk, entry_id: int, *, to_change: bool = False) -> Entry:
    entry = await (faq.lock if to_change else faq.get)(desk.c, entry_id)
    if entry is None or entry.office_id != desk.office.id:
        raise StaleButton(str(entry_id))
    return entry
