"""News that nobody asked for at this moment: reminders, changed deadlines, an apology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from erasmus.calls import Call
from erasmus.library import Library
from erasmus.plans import ItemState, PlannedItem
from erasmus.words import Language
from handlers.call_deadlines import deadline_short, deadline_text
from handlers.documents import OF_CALL, find_subject, make_plan, named
from handlers.documents import waiting as waiting_items
from handlers.fitting import fitting
from handlers.presses import CallReminders, Fewer, Following, Home, SetReminders, ShowCall
from handlers.reminders import call_buttons
from handlers.screens import Go, Rows, Screen, digits, lines, one_each, paragraphs
from handlers.turn import Turn
from locales import dates, moments, texts_for
from storage import Connection, call_news, calls, follows
from storage.deliveries import Delivery
from storage.people import Person

LATE_AFTER = timedelta(hours=2)


async def render(
    c: Connection, library: Library, person: Person, rows: Sequence[Delivery], now: datetime
) -> Screen | None:
    """Return one message for what is due to a person now, or None when nothing is left to say.

    Several rows are reminders; news of a call comes alone.
    """
    turn = Turn(person, c, library, now)
    if rows[0].kind == call_news.NEWS:
        return await _changed(turn, rows[0])
    due: dict[str, tuple[Call, list[Delivery]]] = {}
    for row in rows:
        call = await _still_wanted(turn, row)
        if call is not None:
            due.setdefault(call.id, (call, []))[1].append(row)
    blocks = [(call, await _block(turn, call, about)) for call, about in due.values()]
    told = [(call, block) for call, block in blocks if block]
    if not told:
        return None
    t = turn.t
    heading = t("<b>Reminder</b>") if len(told) == 1 else t("<b>Your reminders for today</b>")
    listed = [block if len(told) == 1 else f"{n}. {block}" for n, (_, block) in enumerate(told, 1)]
    shown = fitting(t, listed)
    more = shown != listed
    named = [call for call, _ in told][: len(shown) - more]
    return Screen(paragraphs(heading, *shown), _rows(turn, named, more=more), fresh=True)


def _rows(turn: Turn, about: list[Call], *, more: bool) -> Rows:
    t = turn.t
    common = (
        (Go(t.label("button", "Fewer reminders"), Fewer(on=True)),),
        (Go(t.label("button", "Stop all reminders"), SetReminders(on=False)),),
    )
    if len(about) == 1:
        return (*one_each(call_buttons(turn, about[0])), *common)
    others: Rows = ((Go(t.label("button", "Calls I follow"), Following()),),) if more else ()
    return (*digits([CallReminders(call.id) for call in about]), *others, *common)


async def _still_wanted(turn: Turn, row: Delivery) -> Call | None:
    call = await calls.get(turn.c, row.call_id or "")
    follow = await follows.get(turn.c, turn.person.id, row.call_id or "")
    if call is None or follow is None or not turn.person.reminders_on:
        return None
    if call.withdrawn or call.closed(turn.now) or call.revision != row.revision:
        return None
    return None if follow.muted or follow.submitted_at is not None else call


async def _block(turn: Turn, call: Call, rows: Sequence[Delivery]) -> str | None:
    """Say what is due about one call: its deadline, and the documents that are not done."""
    t = turn.t
    waiting: list[PlannedItem] = []
    if turn.library.actions[call.action].checklist is not None:
        subject = await find_subject(turn, OF_CALL + call.id)
        waiting = waiting_items(await make_plan(turn, subject))
    starting = {(row.occasion or "")[2:] for row in rows if (row.occasion or "").startswith("s:")}
    begin = [p for p in waiting if p.item.id in starting and p.state is ItemState.OPEN]
    if not begin and all((row.occasion or "").startswith("s:") for row in rows):
        return None
    return lines(
        f"<b>{t.words(call.title)}</b>",
        deadline_short(turn, call),
        t("Start today: {items}", items=named(turn, begin)) if begin else None,
        t("Still to do: {items}", items=named(turn, waiting)) if waiting and not begin else None,
        _late(turn, rows),
    )


def _late(turn: Turn, rows: Sequence[Delivery]) -> str | None:
    due_at = max(row.meant_for for row in rows)
    if turn.now - due_at < LATE_AFTER:
        return None
    t = turn.t
    due = dates.day(t.language, moments.local_day(due_at, turn.person.zone))
    return t("Sorry, this reminder is late. You should have received it on {day}.", day=due)


async def _changed(turn: Turn, row: Delivery) -> Screen | None:
    quiet = row.occasion == call_news.QUIET
    gone = await _withdrawn(turn, row)
    if gone is not None:
        return replace(gone, silent=quiet)
    call = await _still_wanted(turn, row)
    was = datetime.fromisoformat(str(row.body["was"]))
    if call is None or (was == call.closes and row.body["was_status"] == call.status):
        return None
    t = turn.t
    before = dates.day(t.language, moments.local_day(was, call.zone))
    text = paragraphs(
        t("<b>A deadline has changed</b>"),
        f"<b>{t.words(call.title)}</b>",
        t("Old date: {day}", day=before),
        deadline_text(turn, call),
        t("Your reminders and document dates have moved with it."),
    )
    return Screen(
        text,
        (*one_each([Go(t.label("button", "Show the call"), ShowCall(call.id))]), turn.leave()),
        fresh=True,
        silent=quiet,
    )


async def _withdrawn(turn: Turn, row: Delivery) -> Screen | None:
    """Say that a call was withdrawn; those who have applied hear of it, too."""
    call = await calls.get(turn.c, row.call_id or "")
    follow = await follows.get(turn.c, turn.person.id, row.call_id or "")
    if call is None or follow is None or follow.muted or not turn.person.reminders_on:
        return None
    if not call.withdrawn or call.revision != row.revision:
        return None
    t = turn.t
    text = paragraphs(
        t("<b>A call was withdrawn</b>"),
        f"<b>{t.words(call.title)}</b>",
        deadline_text(turn, call),
        t("I will send no more reminders about it. If you have applied, ask the office."),
    )
    show = Go(t.label("button", "Show the call"), ShowCall(call.id))
    return Screen(text, (*one_each([show]), turn.leave()), fresh=True)


def too_fast(language: Language) -> Screen:
    """Say that what comes now is not read, and when to go on."""
    t = texts_for(language)
    text = t(
        "That is faster than I can follow, so I skip what you send now. Please wait ten seconds, "
        "then send it again. What you told me before is safe."
    )
    toast = t.label("alert", "Too fast for me. Please wait ten seconds, then try again.")
    return Screen(text, ((Go(t.label("button2", "Home"), Home()),),), toast, fresh=True)


def apology(language: Language, code: str) -> Screen:
    """Say that something failed, what is safe, and what to do."""
    t = texts_for(language)
    text = paragraphs(
        t("Sorry, I could not do that. Your answers are safe. Please try again."),
        t("The fault is noted under the code <code>{code}</code>.", code=code),
    )
    toast = t.label("alert", "Sorry, I could not do that. Please try again.")
    return Screen(text, ((Go(t.label("button2", "Home"), Home()),),), toast, fresh=True)
