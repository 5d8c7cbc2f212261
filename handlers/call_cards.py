"""The card of a call: both times, the safe day, how sure the date is, following."""

from __future__ import annotations

from erasmus.calls import Call
from handlers import reminding
from handlers.codec import StaleButton
from handlers.presses import About, CallReminders, Check, Deadlines, SetFollow, ShowCall, ShowPlan
from handlers.screens import Button, Go, Link, Screen, lines, one_each, paragraphs
from handlers.turn import Turn
from locales import dates, moments
from storage import calls, follows
from storage.follows import Follow

EVERYTHING = Deadlines("-", "-", 0)
"""The list of calls without a filter."""


def deadline_short(turn: Turn, call: Call) -> str:
    """Say until when a call takes applications; how long that is only where the date is sure."""
    t, zone = turn.t, turn.person.zone
    until = dates.until_day(t.language, call.safe_day(zone))
    if call.expected:
        return t("expected deadline: {until}", until=until)
    left = moments.days_left(t.language, call.days_left(zone, turn.now))
    return lines(t("deadline: {until}", until=until), left)


async def find_call(turn: Turn, call_id: str) -> Call:
    """Return a call; raise StaleButton where it is gone or was never there."""
    call = await calls.get(turn.c, call_id)
    if call is None or call.owner not in {None, turn.person.id}:
        raise StaleButton(call_id)
    return call


async def show_call(turn: Turn, press: ShowCall) -> Screen:
    """Show a call: its deadline in both zones, the safe day, how sure it is, and its source."""
    await turn.asking(None)
    return await call_card(turn, await find_call(turn, press.call))


async def call_card(turn: Turn, call: Call) -> Screen:
    """Show the card of a call."""
    t, library = turn.t, turn.library
    follow = await follows.get(turn.c, turn.person.id, call.id)
    action = library.actions[call.action]
    field = library.fields.get(call.field or "")
    text = paragraphs(
        f"<b>{t.words(call.title)}</b>",
        lines(
            t("Type: {action}", action=t.words(action.label)),
            t("Field: {field}", field=t.words(field.label)) if field else None,
        ),
        deadline_text(turn, call),
        t.words(call.note) if call.note else None,
        source_line(turn, call.source_id) if call.owner is None else None,
        follow_line(turn, follow) if follow else None,
    )
    return Screen(
        text,
        (
            *one_each(_call_buttons(turn, call, followed=follow is not None)),
            turn.leave(EVERYTHING),
        ),
    )


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
    if followed:
        buttons.append(Go(t.label("button", "Reminders"), CallReminders(call.id)))
        buttons.append(Go(t.label("button", "Stop following"), SetFollow(call.id, on=False)))
    elif not call.closed(turn.now):
        buttons.append(Go(t.label("button", "Follow this call"), SetFollow(call.id, on=True)))
    if action.checklist is not None:
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
    return buttons


def deadline_text(turn: Turn, call: Call) -> str:
    """Say when a call closes there and here, what day is safe, and how sure all that is."""
    t, zone = turn.t, turn.person.zone
    language = t.language
    if call.closed(turn.now):
        day = dates.day(language, call.closing_day())
        return t("This call closed on {day}.", day=day)
    safe = call.safe_day(zone)
    return lines(
        _closing(turn, call),
        _closing_here(turn, call),
        t(
            "⚠️ Treat {day} as your last day. Some calls close at 12:00 Brussels "
            "time, so don’t leave it until the evening.",
            day=dates.day(language, safe),
        )
        if call.days_differ(zone)
        else None,
        _time_left(turn, call),
        _opening(turn, call),
        _how_sure(turn, call),
    )


def _time_left(turn: Turn, call: Call) -> str:
    t, days = turn.t, call.days_left(turn.person.zone, turn.now)
    if call.expected and days > 0:
        return t.plural("⏳ {n} day to the expected date", "⏳ {n} days to the expected date", days)
    return f"⏳ {moments.days_left(t.language, days)}"


def _closing(turn: Turn, call: Call) -> str:
    t = turn.t
    day = call.closing_day()
    values = {
        "weekday": dates.weekday(t.language, day),
        "day": dates.day(t.language, day),
    }
    if call.owner is not None:
        return t("Your deadline: <b>{day}</b>, {weekday}", **values)
    if call.expected:
        return t("Expected deadline: <b>{day}</b>, {weekday}", **values)
    if call.date_only:
        return t("Deadline: <b>{day}</b>, {weekday} (the source gives no time)", **values)
    time = moments.clock_in_zone(t.language, call.closes, call.zone)
    return t("Deadline: <b>{day}</b>, {weekday}, {time}", time=time, **values)


def _closing_here(turn: Turn, call: Call) -> str | None:
    t, zone = turn.t, turn.person.zone
    here = moments.moment_in_zone(t.language, call.closes, zone)
    if not call.date_only:
        return t("For you that is {moment}.", moment=here)
    if not call.days_differ(zone):
        return None
    return t(
        "For you that means {moment} at the latest. It may close many hours earlier.", moment=here
    )


def _opening(turn: Turn, call: Call) -> str | None:
    if call.opens is None or call.opened(turn.now):
        return None
    day = moments.local_day(call.opens, call.zone)
    return turn.t("Opens on {day}.", day=dates.day(turn.t.language, day))


def _how_sure(turn: Turn, call: Call) -> str | None:
    t = turn.t
    if not call.expected:
        return None
    if call.based_on is None:
        return t("❔ This date is expected, not confirmed. Check the official page.")
    last = dates.day(t.language, call.based_on)
    return t(
        "❔ This date is expected, not confirmed: the last known deadline was {day}."
        " Check the official page.",
        day=last,
    )


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
