"""Asking staff for the parts of a call, one at a time, and only for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from erasmus.call_drafts import Part
from handlers.screens import Go, Screen, in_columns, one_each, paragraphs, per_row
from handlers.settings import far_cities, near_cities
from handlers.staff.calls.days import ask_closes, ask_opens
from handlers.staff.calls.drafting import Asked, Drafting
from handlers.staff.calls.presses import (
    OfficeCalls,
    OpenDraft,
    SetCallAction,
    SetCallField,
    SetCallTime,
    SetCallZone,
    SkipPart,
)
from handlers.staff.calls.summary import heading, summary
from handlers.staff.calls.texts import ask_note, ask_title

AWAITS = "call"
"""The first word of what a member is asked while a draft waits for an answer."""

MORE = "*"
WHOLE_DAY = "-"
CLOCKS = ("1200", "1700", "2359")


async def ask(
    work: Drafting, part: Part, problem: str | None = None, *, every: bool = False
) -> Screen:
    """Ask for a part; `every` shows the rarer answers. What was wrong before stands first."""
    desk = work.desk
    await desk.turn.asking(f"{AWAITS} {desk.office.id} {work.id} {part}")
    question, rows = (_RARER if every else _QUESTIONS)[part](work)
    back = OpenDraft(desk.office.id, work.id) if not work.draft.missing() else None
    text = paragraphs(heading(desk, work.draft), summary(desk, work.draft), problem, question)
    leave = desk.turn.leave(back or OfficeCalls(desk.office.id))
    return Screen(text, (*rows, leave))


def _ask_action(work: Drafting, *, every: bool = False) -> Asked:
    t, office, library = work.desk.t, work.desk.office.id, work.desk.turn.library
    likely = [] if every else [library.actions[name] for name in work.draft.actions]
    actions = likely or list(library.actions.values())
    buttons = [
        Go(t.words(action.label), SetCallAction(office, work.id, action.short))
        for action in actions
    ]
    if likely:
        buttons.append(Go(t.label("button", "Another type"), SetCallAction(office, work.id, MORE)))
    return t("What can people apply for? Tap it, or write a word for it."), one_each(buttons)


def _ask_time(work: Drafting) -> Asked:
    t, office = work.desk.t, work.desk.office.id
    clocks = [
        Go(f"{clock[:2]}:{clock[2:]}", SetCallTime(office, work.id, clock)) for clock in CLOCKS
    ]
    whole = Go(t.label("button", "The whole day"), SetCallTime(office, work.id, WHOLE_DAY))
    question = t("At what time does it close? Tap it, or write a time such as 18:00.")
    return question, (*per_row(clocks, 3), (whole,))


def _ask_zone(work: Drafting, *, every: bool = False) -> Asked:
    t, office = work.desk.t, work.desk.office.id
    near = {"Europe/Brussels": t.label("button", "Brussels"), **near_cities(t)}
    cities = far_cities(t) if every else near
    buttons = [Go(name, SetCallZone(office, work.id, zone)) for zone, name in cities.items()]
    if not every:
        buttons.append(Go(t.label("button", "Another city"), SetCallZone(office, work.id, MORE)))
    question = t("Whose time is that? Calls of the European Commission use Brussels time.")
    return question, in_columns(buttons, cities.values())


def _ask_field(work: Drafting) -> Asked:
    t, office, fields = work.desk.t, work.desk.office.id, work.desk.turn.library.fields.values()
    buttons = [
        Go(t.words(field.label), SetCallField(office, work.id, field.short)) for field in fields
    ]
    every = Go(t.label("button", "For all fields"), SkipPart(office, work.id, Part.FIELD))
    question = t("For which field of study is it? Tap it, or write a word for it.")
    return question, (*one_each(buttons), (every,))


def _ask_link(work: Drafting) -> Asked:
    t, office = work.desk.t, work.desk.office.id
    skip = Go(t.label("button", "No link"), SkipPart(office, work.id, Part.LINK))
    question = t(
        "Is there a page with the details? Send its link, for example https://example.org/call"
    )
    return question, ((skip,),)


_QUESTIONS: Mapping[Part, Callable[[Drafting], Asked]] = {
    Part.TITLE: ask_title,
    Part.ACTION: _ask_action,
    Part.CLOSES: ask_closes,
    Part.TIME: _ask_time,
    Part.ZONE: _ask_zone,
    Part.OPENS: ask_opens,
    Part.LINK: _ask_link,
    Part.FIELD: _ask_field,
    Part.NOTE: ask_note,
}
_RARER: Mapping[Part, Callable[[Drafting], Asked]] = {
    Part.ACTION: lambda work: _ask_action(work, every=True),
    Part.ZONE: lambda work: _ask_zone(work, every=True),
}
