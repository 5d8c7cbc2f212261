"""Lists of calls: those that are open, with filters, and those that the person follows."""

from __future__ import annotations

from erasmus.calls import Call
from handlers import reminding
from handlers.call_cards import EVERYTHING, open_calls
from handlers.call_deadlines import deadline_short
from handlers.codec import StaleButton
from handlers.fitting import fitting
from handlers.pages import page_of
from handlers.presses import Deadlines, Filters, Following, Home, ShowCall
from handlers.screens import (
    Go,
    Screen,
    digits,
    in_columns,
    lines,
    paragraphs,
)
from handlers.turn import Turn
from locales import Safe

ANY = "-"
"""No filter: of actions those that are meant for the person."""

EVERYBODYS = "*"
"""The calls of all actions, whoever they are meant for."""

PAGE = 5


async def deadlines(turn: Turn, press: Deadlines | None = None) -> Screen:
    """List the calls that have not closed, the next deadline first."""
    press = press or EVERYTHING
    await turn.asking(None)
    found = [call for call in await open_calls(turn) if _fits(turn, call, press)]
    page = page_of(found, press.page, PAGE)
    t = turn.t
    listed = "\n\n".join(
        lines(f"{number}. <b>{t.words(call.title)}</b>", deadline_short(turn, call))
        for number, call in enumerate(page.items, start=page.first + 1)
    )
    text = paragraphs(
        t("<b>Deadlines</b>"),
        _filter_line(turn, press),
        listed or t("No call matches. Try another filter."),
        t("Tap a number to see the call.") if page.items else None,
    )
    rows = (
        *digits([ShowCall(call.id) for call in page.items], page.first + 1),
        *page.turning(
            t.label("button2", "← Earlier"),
            t.label("button2", "Later →"),
            lambda number: Deadlines(press.action, press.field, number),
        ),
        (
            Go(t.label("button2", "By type"), Filters("a", press.action, press.field)),
            Go(t.label("button2", "By field"), Filters("f", press.action, press.field)),
        ),
        turn.leave(),
    )
    return Screen(text, rows)


def _fits(turn: Turn, call: Call, press: Deadlines) -> bool:
    library = turn.library
    field = library.field_by_short.get(press.field)
    return _fits_action(turn, call, press.action) and (field is None or call.field == field.id)


def _fits_action(turn: Turn, call: Call, choice: str) -> bool:
    """Without a choice people see the calls that are meant for them."""
    chosen = turn.library.action_by_short.get(choice)
    if chosen is not None:
        return call.action == chosen.id
    audience = turn.library.actions[call.action].audience
    return choice == EVERYBODYS or turn.role is None or turn.role in audience


def _filter_line(turn: Turn, press: Deadlines) -> str | None:
    t, library = turn.t, turn.library
    action = library.action_by_short.get(press.action)
    field = library.field_by_short.get(press.field)
    parts = [t.words(entry.label) for entry in (action, field) if entry is not None]
    return t("Filter: {filter}", filter=Safe(" · ".join(parts))) if parts else None


async def filters(turn: Turn, press: Filters) -> Screen:
    """Choose an action or a field among those that have open calls."""
    t, library = turn.t, turn.library
    found = await open_calls(turn)
    if press.what == "a":
        prompt = t("Which type of call?")
        used = {call.action for call in found}
        choices = [
            (a.label, Deadlines(a.short, press.field, 0))
            for a in library.actions.values()
            if a.id in used
        ]
    elif press.what == "f":
        prompt = t("Which field of study?")
        fields = {call.field for call in found}
        choices = [
            (f.label, Deadlines(press.action, f.short, 0))
            for f in library.fields.values()
            if f.id in fields
        ]
    else:
        raise StaleButton(press.what)
    by_action = press.what == "a"
    every = (EVERYBODYS, press.field) if by_action else (press.action, ANY)
    buttons = [Go(t.words(label), to) for label, to in choices]
    rows = in_columns(buttons, [text for label, _ in choices for text in label.values()])
    all_of_them = (Go(t.label("button", "All"), Deadlines(*every, 0)),)
    back = Deadlines(press.action, press.field, 0)
    return Screen(f"<b>{prompt}</b>", (*rows, all_of_them, turn.leave(back)))


async def following(turn: Turn, _press: Following | None = None) -> Screen:
    """List the calls that the person follows, those that are over last."""
    t = turn.t
    followed = await reminding.followed(turn)
    mine = sorted(followed, key=lambda call: (call.closed(turn.now), call.closes))
    told = [
        lines(f"{number}. <b>{t.words(call.title)}</b>", deadline_short(turn, call))
        for number, call in enumerate(mine, start=1)
    ]
    shown = fitting(t, told)
    listed = paragraphs(*shown)
    nothing = t("You are not following any calls yet. Choose one from the list of deadlines.")
    rows = (
        *digits([ShowCall(call.id) for call in mine[: len(shown) - (shown != told)]]),
        (Go(t.label("button", "Deadlines"), EVERYTHING),),
        turn.leave(Home()),
    )
    return Screen(paragraphs(t("<b>Calls I follow</b>"), listed or nothing), rows)
