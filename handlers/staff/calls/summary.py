"""What is known of a call that is being written."""

from __future__ import annotations

from textwrap import shorten

from erasmus.call_drafts import CallDraft
from erasmus.calls import Call
from erasmus.drafted_calls import of_call
from erasmus.words import Language
from handlers.screens import lines
from handlers.staff.desk import Desk
from locales import ENDONYMS, dates, moments

SHOWN_OF_NOTE = 120
"""So many signs of a note tell which one it is; the card shows it whole."""


def heading(desk: Desk, draft: CallDraft) -> str:
    """Say what is being written."""
    t = desk.t
    return t("<b>Changing a call</b>") if draft.call else t("<b>New call</b>")


def until_now(desk: Desk, draft: CallDraft, before: Call | None) -> str | None:
    """Say what a change would replace; None for a new call, and where nothing is replaced."""
    if before is None:
        return None
    published = of_call(before, None)
    new = _facts(desk, draft).splitlines()
    old = [line for line in _facts(desk, published).splitlines() if line not in new]
    notes = [
        _note(desk, language, text)
        for language, text in published.note.items()
        if draft.note.get(language) != text
    ]
    return lines(desk.t("Until now:"), *old, *notes) if old or notes else None


def summary(desk: Desk, draft: CallDraft) -> str:
    """Say what of a call is known already; of a note, how it begins."""
    notes = (_note(desk, language, text) for language, text in draft.note.items())
    return lines(_facts(desk, draft), *notes)


def _note(desk: Desk, language: Language, text: str) -> str:
    begins = shorten(text, SHOWN_OF_NOTE, placeholder="…")
    return desk.t("Note, {language}: {text}", language=ENDONYMS[language], text=begins)


def _facts(desk: Desk, draft: CallDraft) -> str:
    t, library = desk.t, desk.turn.library
    titles = [
        t("{language}: {title}", language=ENDONYMS[language], title=title)
        for language, title in draft.title.items()
    ]
    action, field = library.actions.get(draft.action or ""), library.fields.get(draft.field or "")
    return lines(
        *titles,
        t("Type: {action}", action=t.words(action.label)) if action else None,
        t("Field: {field}", field=t.words(field.label)) if field else None,
        t("Deadline: {day}", day=dates.day(t.language, draft.closes)) if draft.closes else None,
        _time_line(desk, draft),
        t("Opens on: {day}", day=dates.day(t.language, draft.opens)) if draft.opens else None,
        t("Link: {link}", link=draft.link) if draft.link else None,
    )


def _time_line(desk: Desk, draft: CallDraft) -> str | None:
    t = desk.t
    if draft.at is None and not draft.whole_day:
        return None
    time = t("the whole day") if draft.at is None else f"{draft.at:%H:%M}"
    if draft.zone is None:
        return t("Time: {time}", time=time)
    return t("Time: {time}, {zone}", time=time, zone=moments.zone_name(t.language, draft.zone))
