"""The deadline of a call: both times, the day that is safe, and how sure the date is."""

from __future__ import annotations

from erasmus.calls import Call
from handlers.screens import lines
from handlers.turn import Turn
from locales import dates, moments


def deadline_short(turn: Turn, call: Call) -> str:
    """Say until when a call takes applications; how long that is only where the date is sure."""
    t, zone = turn.t, turn.person.zone
    if call.withdrawn:
        return t("withdrawn by the office")
    until = dates.until_day(t.language, call.safe_day(zone))
    if call.expected:
        return t("expected deadline: {until}", until=until)
    left = moments.days_left(t.language, call.days_left(zone, turn.now))
    return lines(t("deadline: {until}", until=until), left)


def deadline_text(turn: Turn, call: Call) -> str:
    """Say when a call closes there and here, what day is safe, and how sure all that is."""
    t, zone = turn.t, turn.person.zone
    language = t.language
    if call.withdrawn_at is not None:
        day = dates.day(language, moments.local_day(call.withdrawn_at, zone))
        return t(
            "🚫 The office withdrew this call on {day}. Nothing can be handed in any more.", day=day
        )
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
        same_clocks = moments.clock(call.closes, zone) == moments.clock(call.closes, call.zone)
        return None if same_clocks else t("For you that is {moment}.", moment=here)
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
