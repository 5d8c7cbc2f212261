"""The card of a call, with what a person can do about it: follow it, plan it, ask about it."""

from __future__ import annotations

from erasmus.calls import Call
from erasmus.words import Words
from handlers import reminding
from handlers.call_deadlines import deadline_text
from handlers.codec import StaleButton
from handlers.presses import About, CallReminders, Check, Deadlines, SetFollow, ShowCall, ShowPlan
from handlers.questions.presses import AskOffice
from handlers.screens import Button, Go, Link, Screen, lines, one_each, paragraphs
from handlers.turn import Turn
from locales import ENDONYMS, dates, moments
from storage import calls, follows, offices
from storage.follows import Follow

EVERYTHING = Deadlines("-", "-", 0)
"""The list of calls without a filter."""


async def find_call(turn: Turn, call_id: str) -> Call:
    """Return a call; raise StaleButton where it is gone or was never there."""
    call = await calls.get(turn.c, call_id)
    if call is None or call.owner not in {None, turn.person.id}:
        raise StaleButton(call_id)
    return call


async def open_calls(turn: Turn) -> list[Call]:
    """Return the calls that the person is shown and that have not closed."""
    shown = await calls.listing(turn.c, turn.person.id)
    return [call for call in shown if not call.closed(turn.now)]


async def show_call(turn: Turn, press: ShowCall) -> Screen:
    """Show a call: its deadline in both zones, the safe day, how sure it is, and its source."""
    await turn.asking(None)
    return await call_card(turn, await find_call(turn, press.call))


async def call_card(turn: Turn, call: Call) -> Screen:
    """Show the card of a call."""
    follow = await follows.get(turn.c, turn.person.id, call.id)
    followed = follow_line(turn, follow) if follow and not call.withdrawn else None
    return Screen(
        paragraphs(await card_text(turn, call), followed),
        (
            *one_each(_call_buttons(turn, call, followed=follow is not None)),
            turn.leave(EVERYTHING),
        ),
    )


async def card_text(turn: Turn, call: Call) -> str:
    """Say what a call is: the same for everybody who reads the turn's language in its zone."""
    t, library = turn.t, turn.library
    action = library.actions[call.action]
    field = library.fields.get(call.field or "")
    return paragraphs(
        lines(f"<b>{t.words(call.title)}</b>", _title_elsewhere(turn, call.title)),
        lines(
            t("Type: {action}", action=t.words(action.label)),
            t("Field: {field}", field=t.words(field.label)) if field else None,
        ),
        deadline_text(turn, call),
        lines(t.words(call.note), _note_elsewhere(turn, call.note)) if call.note else None,
        await _told_by(turn, call),
    )


def _title_elsewhere(turn: Turn, title: Words) -> str | None:
    """Say in which language a title is, where the reader's own is missing."""
    there = title.nearest(turn.t.language)
    if there is turn.t.language:
        return None
    return turn.t("🌐 Not translated yet. The title is in: {language}", language=ENDONYMS[there])


def _note_elsewhere(turn: Turn, note: Words) -> str | None:
    there = note.nearest(turn.t.language)
    if there is turn.t.language:
        return None
    return turn.t("🌐 Not translated yet. The note is in: {language}", language=ENDONYMS[there])


async def _told_by(turn: Turn, call: Call) -> str | None:
    """Say whose word a date is: a source's, an office's; a person's own needs no source."""
    if call.office_id is None:
        return source_line(turn, call.source_id) if call.owner is None else None
    t, office = turn.t, await offices.get(turn.c, call.office_id)
    if office is None or call.published_at is None:
        return None
    day = dates.day(t.language, moments.local_day(call.published_at, office.zone))
    return t("Published by {office}, {day}", office=t.words(office.name), day=day)


def source_line(turn: Turn, source_id: str) -> str:
    """Say where a statement comes from and when that was checked."""
    t, source = turn.t, turn.library.sources[source_id]
    return t(
        'Source: <a href="{url}">{title}</a>, checked on {day}',
        url=source.url,
        title=source.title,
        day=dates.day(t.language, source.checked),
    )


def _call_buttons(turn: Turn, call: Call, *, followed: bool) -> list[Button]:
    t, action = turn.t, turn.library.actions[call.action]
    buttons: list[Button] = []
    plan = Go(t.label("button", "Documents and dates"), ShowPlan(f"c.{call.id}"))
    if call.withdrawn:
        if followed:
            buttons.append(Go(t.label("button", "Stop following"), SetFollow(call.id, on=False)))
    elif followed:
        buttons.append(Go(t.label("button", "Reminders"), CallReminders(call.id)))
        buttons.append(Go(t.label("button", "Stop following"), SetFollow(call.id, on=False)))
    elif not call.closed(turn.now):
        buttons.append(Go(t.label("button", "Follow this call"), SetFollow(call.id, on=True)))
    if action.checklist is not None and not call.withdrawn:
        buttons.insert(1, plan)
    if action.rules:
        buttons.append(Go(t.label("button", "Can I apply?"), Check(action.short)))
    else:
        buttons.append(
            Go(t.label("button", "About this opportunity"), About(action.short, action.short))
        )
    page = call.url or action.link
    if page is not None and call.owner is None:
        buttons.append(Link(t.label("button", "Official page"), page))
    if call.owner is None:
        buttons.append(Go(t.label("button", "Ask the office"), AskOffice()))
    return buttons


def follow_line(turn: Turn, follow: Follow) -> str:
    """Say what becomes of the reminders of a followed call."""
    t = turn.t
    if follow.submitted_at is not None:
        return t("✅ You have applied. I will send no more reminders about this call.")
    if follow.muted:
        return t("🔕 Muted. I will send no reminders about this call.")
    if not turn.person.reminders_on:
        return t("⏸ Reminders are switched off.")
    return t("You are following this call. I will remind you in time.")


async def set_follow(turn: Turn, press: SetFollow) -> Screen:
    """Follow a call, or no longer; either is said and can be undone."""
    call = await find_call(turn, press.call)
    t = turn.t
    if press.on:
        if call.withdrawn:
            return (await call_card(turn, call)).saying(
                t.label("alert", "The office withdrew this call.")
            )
        if call.closed(turn.now):
            return (await call_card(turn, call)).saying(t.label("alert", "This call has closed."))
        await reminding.begin(turn, call)
        toast = t.label("alert", "You are following this call. I will remind you.")
        if not turn.person.reminders_on:
            toast = t("⏸ Reminders are switched off.")
    else:
        await reminding.end(turn, call)
        toast = t.label("alert", "You are no longer following this call.")
    return (await call_card(turn, call)).saying(toast)
