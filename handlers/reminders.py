"""Reminders: how many a person wants, and what can be done about those of one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from erasmus.calls import Call
from erasmus.reminders import DEFAULT_LADDER, MORNING
from handlers import reminding
from handlers.call_cards import find_call, follow_line
from handlers.call_deadlines import deadline_text
from handlers.codec import StaleButton
from handlers.presses import (
    CallReminders,
    Fewer,
    Reminders,
    SetFollow,
    SetMuted,
    SetReminders,
    SetRung,
    SetSubmitted,
    Settings,
    ShowCall,
    ShowPlan,
    Snooze,
)
from handlers.screens import Go, Screen, in_columns, lines, one_each, paragraphs
from handlers.turn import Turn
from locales import Texts, dates
from storage import deliveries, follows, people
from storage.deliveries import Draft, Lane

FEW: tuple[int, ...] = (7, 1)
SNOOZES = (1, 3, 7)


def rung_labels(t: Texts) -> dict[int, str]:
    """Name the rungs of the ladder for buttons."""
    return {
        30: t.label("button2", "30 days"),
        14: t.label("button2", "14 days"),
        7: t.label("button2", "7 days"),
        3: t.label("button2", "3 days"),
        1: t.label("button2", "1 day"),
        0: t.label("button2", "Same day"),
    }


async def _with_ladder(turn: Turn, ladder: tuple[int, ...]) -> Turn:
    await people.set_ladder(turn.c, turn.person.id, ladder)
    await reminding.replan(turn)
    return await turn.again()


async def reminders(turn: Turn, _press: Reminders | None = None) -> Screen:
    """Show the ladder, the quiet hours and the switch for everything."""
    t, person = turn.t, turn.person
    labels = rung_labels(t)
    rungs = [
        Go(
            f"✓ {labels[days]}" if days in person.ladder else labels[days],
            SetRung(days, on=days not in person.ladder),
        )
        for days in DEFAULT_LADDER
    ]
    text = paragraphs(
        t("<b>Reminders</b>"),
        t("How long before a deadline shall I write to you? Tap to switch a reminder on or off."),
        lines(
            t("I never write between 21:00 and 09:00, and at most once a day."),
            t("I mention only documents that are not done yet."),
        ),
        None if person.reminders_on else t("⏸ Reminders are switched off."),
    )
    if person.reminders_on:
        whole = Go(t.label("button", "Stop all reminders"), SetReminders(on=False))
    else:
        whole = Go(t.label("button", "Switch reminders on"), SetReminders(on=True))
    return Screen(text, (*in_columns(rungs, ["✓ 30 days"]), (whole,), turn.leave(Settings())))


async def set_rung(turn: Turn, press: SetRung) -> Screen:
    """Switch one rung of the ladder."""
    if press.days not in DEFAULT_LADDER:
        raise StaleButton(str(press.days))
    wanted = (
        set(turn.person.ladder) | {press.days}
        if press.on
        else set(turn.person.ladder) - {press.days}
    )
    ladder = tuple(days for days in DEFAULT_LADDER if days in wanted)
    return await reminders(await _with_ladder(turn, ladder))


async def set_reminders(turn: Turn, press: SetReminders) -> Screen:
    """Switch all reminders on or off; off is effective at once."""
    t = turn.t
    await people.set_reminders(turn.c, turn.person.id, on=press.on)
    if not press.on:
        await reminding.replan(turn)
    screen = await reminders(await turn.again())
    if press.on:
        return screen.saying(t.label("alert", "Reminders are on."))
    return screen.saying(t.label("alert", "No more reminders. You can switch them on again here."))


async def fewer(turn: Turn, press: Fewer) -> Screen:
    """Keep two reminders a call, or all again."""
    t = turn.t
    screen = await reminders(await _with_ladder(turn, FEW if press.on else DEFAULT_LADDER))
    if press.on:
        return screen.saying(
            t.label("alert", "From now on I will write only 7 days and 1 day before a deadline.")
        )
    return screen.saying(t.label("alert", "All reminders are on again."))


async def call_reminders(turn: Turn, press: CallReminders) -> Screen:
    """Show what can be done about the reminders of one call."""
    call = await find_call(turn, press.call)
    # A message of its own: the digest it may come from names other calls, too.
    return replace(await _call_screen(turn, call), fresh=True)


async def _call_screen(turn: Turn, call: Call) -> Screen:
    t = turn.t
    follow = await follows.get(turn.c, turn.person.id, call.id)
    state = follow_line(turn, follow) if follow else t("You are not following this call.")
    text = paragraphs(f"<b>{t.words(call.title)}</b>", deadline_text(turn, call), state)
    if call.withdrawn:
        stop = Go(t.label("button", "Stop following"), SetFollow(call.id, on=False))
        return Screen(text, ((stop,), turn.leave(ShowCall(call.id))))
    if follow is None:
        buttons = [Go(t.label("button", "Follow this call"), SetFollow(call.id, on=True))]
        return Screen(text, (*one_each(buttons), turn.leave(ShowCall(call.id))))
    buttons = call_buttons(
        turn, call, muted=follow.muted, submitted=follow.submitted_at is not None
    )
    return Screen(text, (*one_each(buttons), turn.leave(ShowCall(call.id))))


def call_buttons(
    turn: Turn, call: Call, *, muted: bool = False, submitted: bool = False
) -> list[Go]:
    """Return the buttons under a reminder of one call."""
    t = turn.t
    if submitted:
        return [
            Go(t.label("button", "I haven’t applied after all"), SetSubmitted(call.id, on=False))
        ]
    if muted:
        return [Go(t.label("button", "Remind me again"), SetMuted(call.id, on=False))]
    return [
        Go(t.label("button", "I have applied"), SetSubmitted(call.id, on=True)),
        Go(t.label("button", "Remind me tomorrow"), Snooze(call.id, 1)),
        Go(t.label("button", "Documents and dates"), ShowPlan(f"c.{call.id}")),
        Go(t.label("button", "Mute this call"), SetMuted(call.id, on=True)),
    ]


async def set_submitted(turn: Turn, press: SetSubmitted) -> Screen:
    """Note that the application is in; nothing more is due then."""
    call, t = await find_call(turn, press.call), turn.t
    await reminding.submit(turn, call, on=press.on)
    screen = await _call_screen(turn, call)
    if press.on:
        return screen.saying(t.label("alert", "Well done. Good luck with the selection."))
    return screen.saying(t.label("alert", "I will remind you again."))


async def set_muted(turn: Turn, press: SetMuted) -> Screen:
    """Mute a call, or hear of it again."""
    call, t = await find_call(turn, press.call), turn.t
    await reminding.mute(turn, call, on=press.on)
    screen = await _call_screen(turn, call)
    if press.on:
        return screen.saying(t.label("alert", "This call is muted."))
    return screen.saying(t.label("alert", "I will remind you again."))


async def snooze(turn: Turn, press: Snooze) -> Screen:
    """Remind of a call again in some days, never past its deadline."""
    call, t = await find_call(turn, press.call), turn.t
    if call.withdrawn or press.days not in SNOOZES:
        raise StaleButton(str(press.days))
    screen = await _call_screen(turn, call)
    day = turn.today + timedelta(days=press.days)
    at = datetime.combine(day, MORNING, tzinfo=ZoneInfo(turn.person.zone)).astimezone(UTC)
    if at >= call.closes:
        return screen.saying(t.label("alert", "That would be too late for this deadline."))
    person = turn.person.id
    draft = Draft(
        key=f"r{person}:{call.id}:{call.revision}:z{day.isoformat()}",
        lane=Lane.REMINDER,
        chat_id=person,
        kind="reminder",
        body={},
        due_at=at,
        valid_until=call.closes,
        call_id=call.id,
        revision=call.revision,
        occasion=f"z{day.isoformat()}",
    )
    await deliveries.put(turn.c, draft, turn.now)
    when = dates.day_near(t.language, day, turn.today)
    return screen.saying(t.label("alert", "Next reminder: {day}", day=when))
