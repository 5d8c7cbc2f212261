"""A date of one's own: a university's competition has a deadline that no list knows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from erasmus.call_dates import Parts, find_dates, replace_year
from erasmus.calls import Call, CallStatus, end_of_day
from handlers import reminding
from handlers.codec import StaleButton
from handlers.documents import OF_ACTION, OF_CALL, Subject, find_subject, show_plan
from handlers.presses import ChooseDay, ChooseMonth, SetDate, ShowPlan
from handlers.screens import Go, Screen, paragraphs, per_row
from handlers.turn import Turn
from locales import dates
from storage import calls, ticks

MONTHS = 12
A_WEEK = 7
ASKING: Final = "deadline "
"""Before the plan whose deadline is being chosen: it may be typed, too."""


async def choose_month(turn: Turn, press: ChooseMonth) -> Screen:
    """Ask for the month of the deadline: this one or one of the next eleven."""
    subject = await find_subject(turn, press.plan)
    await turn.asking(ASKING + subject.id)
    t = turn.t
    months = [_later(_first_month(turn), n) for n in range(MONTHS)]
    buttons = [Go(dates.month(t.language, m), ChooseDay(subject.id, f"{m:%Y-%m}")) for m in months]
    text = paragraphs(
        f"<b>{t.words(subject.action.label)}</b>",
        t(
            "By when must your documents be there? For an exchange, ask the international office "
            "of your university."
        ),
        t("Choose the month."),
        t("You can also type the date, for example {day}.", day=dates.day(t.language, months[1])),
    )
    return Screen(text, (*per_row(buttons, 2), turn.leave(ShowPlan(subject.id))))


async def choose_day(turn: Turn, press: ChooseDay) -> Screen:
    """Ask for the day; only days to come are offered."""
    subject = await find_subject(turn, press.plan)
    await turn.asking(ASKING + subject.id)
    t, first = turn.t, _day(f"{press.month}-01")
    last = _later(first, 1) - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range(last.day)]
    buttons = [
        Go(f"{day.day}", SetDate(subject.id, day.isoformat())) for day in days if day > turn.today
    ]
    text = paragraphs(
        f"<b>{t.words(subject.action.label)}</b>",
        t("Choose the day: {month}", month=dates.month(t.language, first)),
    )
    return Screen(text, (*per_row(buttons, A_WEEK), turn.leave(ChooseMonth(subject.id))))


async def set_date(turn: Turn, press: SetDate) -> Screen:
    """Keep the date as a call of one's own, follow it, and show the plan with its dates."""
    subject = await find_subject(turn, press.plan)
    day = _day(press.day)
    if not _offered(turn, day):
        raise StaleButton(press.day)
    call = own_call(turn, subject, day)
    await turn.asking(None)
    await calls.put(turn.c, call, turn.now)
    await reminding.withdraw_old(turn, call.id)
    await reminding.begin(turn, call)
    plan_id = OF_CALL + call.id
    await _carry_over(turn, subject.id, plan_id)
    screen = await show_plan(turn, ShowPlan(plan_id))
    return screen.saying(turn.t.label("alert", "Saved. I will remind you."))


async def typed(turn: Turn, text: str) -> Screen | None:
    """Take a typed date; None where the text has none, or more than one."""
    plan_id = (turn.person.asking or "").removeprefix(ASKING)
    found = find_dates(text, turn.library.reading)
    if len(found) != 1 or ("/" in text and len(found[0].ways) > 1):
        return None  # 5/6 is in May or in June
    day = _next(found[0].ways[0], turn.today)
    if day is None or not _offered(turn, day):
        return None
    return await set_date(turn, SetDate(plan_id, day.isoformat()))


async def asked_again(turn: Turn) -> Screen:
    """Ask for the date again, where what was typed is none to come."""
    screen = await choose_month(turn, ChooseMonth((turn.person.asking or "").removeprefix(ASKING)))
    again = turn.t("I see no date there within the next 12 months.")
    return Screen(paragraphs(again, screen.text), screen.rows)


def _next(parts: Parts, today: date) -> date | None:
    """Return the day; one without a year is the next of its name."""
    if parts.year is not None:
        return parts.complete
    years = (replace_year(parts, today.year + n).complete for n in range(2))
    return next((day for day in years if day is not None and day > today), None)


def _first_month(turn: Turn) -> date:
    """Return the month of tomorrow: on its last day a month has no day to come."""
    return (turn.today + timedelta(days=1)).replace(day=1)


def _offered(turn: Turn, day: date) -> bool:
    return turn.today < day < _later(_first_month(turn), MONTHS)


def own_call(turn: Turn, subject: Subject, day: date) -> Call:
    """Return the person's own call of an action, closing as a day ends where they are."""
    zone = turn.person.zone
    return Call(
        id=f"own-{turn.person.id}-{subject.action.short}",
        action=subject.action.id,
        field=None,
        title=subject.action.label,
        url=None,
        opens=None,
        closes=end_of_day(day, zone),
        zone=zone,
        date_only=True,
        status=CallStatus.OWN,
        based_on=None,
        note=None,
        source_id="",
        section="",
        owner=turn.person.id,
    )


async def _carry_over(turn: Turn, before: str, after: str) -> None:
    """Take the states of the documents along from the plan without a date."""
    if not before.startswith(OF_ACTION):
        return
    known = await ticks.of_plan(turn.c, turn.person.id, after)
    for item, tick in (await ticks.of_plan(turn.c, turn.person.id, before)).items():
        if item not in known:
            person = turn.person.id
            await ticks.set_state(turn.c, person, after, item, tick.state, tick.since)


def _later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise StaleButton(text) from error
