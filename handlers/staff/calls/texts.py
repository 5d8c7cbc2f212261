"""The title and the note of a call, each in the languages: how they are asked, what may be sent."""

from __future__ import annotations

from collections.abc import Mapping

from erasmus.call_drafts import TEXTS, CallDraft, Part
from erasmus.call_limits import LONGEST_NOTE, LONGEST_TITLE
from erasmus.calls import Call
from erasmus.words import Language, missing_in
from handlers.screens import Go, Rows, lines, paragraphs, per_row
from handlers.staff.calls.drafting import Asked, Drafting
from handlers.staff.calls.presses import AskText, SkipPart
from locales import ENDONYMS, Texts

REMOVE = "-"


def ask_title(work: Drafting) -> Asked:
    """Ask for the title: the first one is in whatever language it is written."""
    t = work.desk.t
    if not work.draft.title:
        return t("What is the title of the call? Write it in your language."), ()
    return t("In which language do you want to write the title?"), _languages(work, Part.TITLE)


def ask_note(work: Drafting) -> Asked:
    """Ask for the note, which need not be there."""
    t, office = work.desk.t, work.desk.office.id
    if not work.draft.note:
        return paragraphs(
            t("What else should people know: who pays, whom to ask, what to bring?"),
            t("Write it in your language."),
        ), ()
    none = Go(t.label("button", "No note"), SkipPart(office, work.id, Part.NOTE))
    question = t("In which language do you want to write the note?")
    return question, (*_languages(work, Part.NOTE), (none,))


def _languages(work: Drafting, part: Part) -> Rows:
    office = work.desk.office.id
    buttons = [
        Go(ENDONYMS[language], AskText(office, work.id, part, language.value))
        for language in Language
    ]
    return per_row(buttons, 2)


def in_language(t: Texts, part: Part, language: Language) -> str:
    """Ask for a text in one language."""
    if part is Part.NOTE:
        return t("Send the note in this language: {language}", language=ENDONYMS[language])
    return t("Send the title in this language: {language}", language=ENDONYMS[language])


def removable(draft: CallDraft, part: Part, language: Language) -> bool:
    """Tell whether a text may be taken away: one title has to stay."""
    texts = draft.texts(part)
    return language in texts and (part is Part.NOTE or len(texts) > 1)


def as_sent(part: Part, text: str) -> str:
    """Return a text as it is kept: a title on one line, a note with its lines."""
    return text.strip() if part is Part.NOTE else " ".join(text.split())


def problem_of(t: Texts, part: Part, text: str) -> str | None:
    """Say what is wrong with a title or a note, with an example; None where nothing is."""
    note = part is Part.NOTE
    if not any(map(str.isalpha, text)):
        if note:
            example = t("For example: The host university pays for the visa.")
            return paragraphs(t("⚠️ Please send the note as a text."), example)
        example = t("For example: Exchange in Granada, spring 2027")
        return paragraphs(t("⚠️ A title needs words."), example)
    most = LONGEST_NOTE if note else LONGEST_TITLE
    return _too_long(t, part, len(text), most) if len(text) > most else None


def _too_long(t: Texts, part: Part, signs: int, most: int) -> str:
    if part is Part.NOTE:
        return t.plural(
            "⚠️ The note is too long: {n} sign. At most {most} fit.",
            "⚠️ The note is too long: {n} signs. At most {most} fit.",
            signs,
            most=most,
        )
    return t.plural(
        "⚠️ The title is too long: {n} sign. At most {most} fit.",
        "⚠️ The title is too long: {n} signs. At most {most} fit.",
        signs,
        most=most,
    )


def untranslated(call: Call) -> list[tuple[Part, Language]]:
    """Return what a call's title and note lack."""
    texts = {Part.TITLE: call.title, Part.NOTE: call.note}
    return [(part, language) for part in TEXTS for language in missing_in(texts[part])]


def missing_line(
    t: Texts, title: Mapping[Language, str], note: Mapping[Language, str] | None
) -> str | None:
    """Say in which languages a title and a note are missing; None where nothing is."""
    of_title, of_note = (
        ", ".join(ENDONYMS[language] for language in missing_in(texts)) for texts in (title, note)
    )
    return lines(
        t("🌐 The title is missing in: {languages}", languages=of_title) if of_title else None,
        t("🌐 The note is missing in: {languages}", languages=of_note) if of_note else None,
    )
